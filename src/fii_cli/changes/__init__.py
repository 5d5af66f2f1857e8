"""What changed between two versions of a trajectory: facts, known by identity, and conclusions from them."""

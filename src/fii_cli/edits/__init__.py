"""Changes to a trajectory, made in its text: every other byte is kept."""

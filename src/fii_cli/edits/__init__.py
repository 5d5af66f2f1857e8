"""Changes to a trajectory, made in its text: every other byte stays as it was."""

"""Editions: the form of a trajectory for each audience, and the marker of the audience in a file."""

"""Who may see what: the edition of a trajectory for an audience, and how a file says whom it is for."""

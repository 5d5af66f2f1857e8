"""A workbook that goes out with facts of a trajectory, and comes back with changes to them."""

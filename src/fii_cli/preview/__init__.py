"""A report beside the editor: what is shown, the frame around it, and the server for this machine only."""

"""The commands: each turns options into a request, calls the core, and shows the result."""

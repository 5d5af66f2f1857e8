"""The commands: each reads its options, calls the core, and prints the result."""

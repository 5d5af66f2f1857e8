"""The commands: each reads, asks the core, and says it."""

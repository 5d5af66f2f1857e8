"""The user's folder: its files, its settings, its own instruments, its git, and what fii writes into it."""

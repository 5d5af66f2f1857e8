"""How long fii takes, how much memory it needs, and how that compares with other tools: make bench."""

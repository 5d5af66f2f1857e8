"""YAML text to data with locations, and data to YAML text."""

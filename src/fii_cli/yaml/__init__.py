"""YAML text as data with places, and data as YAML text."""

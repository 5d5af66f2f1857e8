"""The handbook as pages to read."""

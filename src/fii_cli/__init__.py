"""fii: an innovation and implementation trajectory in one YAML file."""

__version__ = "0.1.0"

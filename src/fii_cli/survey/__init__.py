"""Questionnaires, and tables of survey answers."""

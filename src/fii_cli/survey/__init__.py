"""Questionnaires and the answers that come back as tables."""

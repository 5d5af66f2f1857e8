"""Conclusions from a trajectory: functions of its records, the handbook and the date."""

"""What fii concludes from a trajectory: functions of the records, the handbook and the day."""

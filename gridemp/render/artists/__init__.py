"""Artists: functions that draw one thing on axes, such as walls, arrows or the trail of a walk."""

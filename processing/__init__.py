"""The meaning of the samples: ankle angle, reps, verdicts and sessions."""

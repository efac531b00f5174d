"""What the samples mean: ankle angle, reps, verdicts and sessions."""

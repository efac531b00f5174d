"""From angles to reps and their phases."""

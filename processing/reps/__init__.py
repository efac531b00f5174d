"""Reps and their phases, from the driving angle: live, and offline with the whole recording."""

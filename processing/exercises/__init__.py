"""Exercises as data: the driving angle, sensors, start pose, limits of a rep and words of each."""

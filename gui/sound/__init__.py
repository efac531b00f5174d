"""Sound: tones, words and their timing."""

"""What a person hears: tones, words and their timing."""

"""From two streams of samples to the ankle and curl angles."""

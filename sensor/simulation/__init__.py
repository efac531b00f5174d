"""A simulated leg with two sensors on it: truth, sensor errors, radio and sessions."""

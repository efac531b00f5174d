"""A simulated leg with sensors on it: truth, sensor errors, radio and sessions."""

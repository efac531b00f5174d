"""Sources of samples: Bluetooth, a recorded file or a simulated leg."""

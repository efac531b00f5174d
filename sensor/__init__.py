"""Where samples come from: Bluetooth, a recorded file or a simulated leg."""

"""A real X server without a monitor, and the pixels that it shows."""

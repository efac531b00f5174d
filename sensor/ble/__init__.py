"""Live sensors over Bluetooth: the only package that imports Bleak."""

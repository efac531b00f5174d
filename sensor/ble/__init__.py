"""Live sensors over Bluetooth. The only place that imports Bleak."""

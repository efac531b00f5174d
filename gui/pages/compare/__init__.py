"""Compare: two sets side by side."""

"""The page Calibrate and its own widgets."""

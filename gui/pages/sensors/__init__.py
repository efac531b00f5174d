"""The page Sensors and its own widgets."""

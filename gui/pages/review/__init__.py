"""The page Review and its own widgets."""

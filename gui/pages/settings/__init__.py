"""The page Settings and its own widgets."""

"""The page History and its own widgets."""

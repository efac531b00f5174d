"""The page Train and its own widgets."""

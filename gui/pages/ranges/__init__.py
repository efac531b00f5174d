"""The page that measures ranges in trials."""

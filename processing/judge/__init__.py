"""Thresholds, measures, checks and reasons: the verdict on a rep."""

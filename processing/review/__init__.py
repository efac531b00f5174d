"""A finished recording: its analysis, sets, edits and self-calibration."""

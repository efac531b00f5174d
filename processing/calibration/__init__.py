"""The calibration: fits, guides, grades and stores it."""

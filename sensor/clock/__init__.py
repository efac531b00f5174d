"""Arrival times and device ticks on one time base."""

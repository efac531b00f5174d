"""The day on which every window test happens: no result depends on when the tests run."""

from datetime import datetime

NOW = datetime(2026, 3, 11, 12, 0).astimezone()
"""A Wednesday at noon, in the zone of the machine."""

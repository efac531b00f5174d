"""The day and time of the person, read in one place, so that a test can set it."""

from datetime import datetime


def now() -> datetime:
    """Return the time here and now, with its zone."""
    return datetime.now().astimezone()

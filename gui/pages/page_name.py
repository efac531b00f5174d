"""The names by which the window and its pages call a page."""

from enum import Enum


class PageName(Enum):
    """A page of the window, in the order of the buttons that lead to them."""

    HOME = "home"
    SENSORS = "sensors"
    CALIBRATE = "calibrate"
    TRAIN = "train"
    REVIEW = "review"
    HISTORY = "history"
    SETTINGS = "settings"
    RANGES = "ranges"
    """Calibrate and History lead to it; it has no button of its own."""

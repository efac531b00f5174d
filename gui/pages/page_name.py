"""The names by which the window and its pages call a page."""

from enum import Enum

from processing.exercises.exercise import Exercise


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
    PLAN = "plan"
    """Home and Train lead to it; it has no button of its own."""
    END = "end"
    """A session that ends leads to it, and so do Home, Review and History."""
    COMPARE = "compare"
    """Review leads to it; it has no button of its own."""


BESIDE = (PageName.RANGES, PageName.PLAN, PageName.COMPARE, PageName.END)
"""The pages without a button in the head, where there is no room for their words; other pages lead to them."""


def page_of(exercise: Exercise) -> PageName:
    """Return the page on which ``exercise`` is done."""
    return PageName.RANGES if exercise.in_trials else PageName.TRAIN

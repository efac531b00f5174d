"""The table of the pages: the title, the shortcut and the class of each."""

import importlib
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

from gui.pages.app_state import AppState
from gui.pages.page import Page
from gui.pages.page_name import PageName


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page and the way to it."""

    title: str
    """English; the window translates it."""
    shortcut: str
    """In the notation of QKeySequence."""
    module: str
    """Module that holds the class of the page."""
    class_name: str
    """A subclass of Page."""

    def make(self, state: AppState) -> Page:
        """Load the page's module and return a new page.

        The module is loaded only here: plots alone take as long to load as the rest of the window.
        """
        page: Page = getattr(importlib.import_module(self.module), self.class_name)(state)
        return page


PAGES = {
    PageName.HOME: PageEntry(
        str(QT_TRANSLATE_NOOP("MainWindow", "Home")),
        "Ctrl+0",
        "gui.pages.home.home_page",
        "HomePage",
    ),
    PageName.SENSORS: PageEntry(
        str(QT_TRANSLATE_NOOP("MainWindow", "Sensors")),
        "Ctrl+1",
        "gui.pages.sensors.sensors_page",
        "SensorsPage",
    ),
    PageName.CALIBRATE: PageEntry(
        str(QT_TRANSLATE_NOOP("MainWindow", "Calibrate")),
        "Ctrl+2",
        "gui.pages.calibrate.calibrate_page",
        "CalibratePage",
    ),
    PageName.TRAIN: PageEntry(
        str(QT_TRANSLATE_NOOP("MainWindow", "Train")),
        "Ctrl+3",
        "gui.pages.train.train_page",
        "TrainPage",
    ),
    PageName.REVIEW: PageEntry(
        str(QT_TRANSLATE_NOOP("MainWindow", "Review")),
        "Ctrl+4",
        "gui.pages.review.review_page",
        "ReviewPage",
    ),
    PageName.HISTORY: PageEntry(
        str(QT_TRANSLATE_NOOP("MainWindow", "History")),
        "Ctrl+5",
        "gui.pages.history.history_page",
        "HistoryPage",
    ),
    PageName.SETTINGS: PageEntry(
        str(QT_TRANSLATE_NOOP("MainWindow", "Settings")),
        "Ctrl+,",
        "gui.pages.settings.settings_page",
        "SettingsPage",
    ),
    PageName.RANGES: PageEntry(
        str(QT_TRANSLATE_NOOP("MainWindow", "Ranges")),
        "Ctrl+R",
        "gui.pages.ranges.ranges_page",
        "RangesPage",
    ),
    PageName.PLAN: PageEntry(
        str(QT_TRANSLATE_NOOP("MainWindow", "Plan")),
        "Ctrl+P",
        "gui.pages.plan.plan_page",
        "PlanPage",
    ),
    PageName.END: PageEntry(
        str(QT_TRANSLATE_NOOP("MainWindow", "Session card")),
        "Ctrl+6",
        "gui.pages.end.end_page",
        "EndPage",
    ),
    PageName.COMPARE: PageEntry(
        str(QT_TRANSLATE_NOOP("MainWindow", "Compare")),
        "Ctrl+D",
        "gui.pages.compare.compare_page",
        "ComparePage",
    ),
}
"""In the order of the buttons that lead to the pages."""

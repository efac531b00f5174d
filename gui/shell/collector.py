"""Garbage is collected in the thread of the window only.

Python collects in the thread that happens to allocate most. Parts of the window that only hold each other
would then be deleted by the thread of a session or of an analysis, which Qt allows only in the thread of
the window: while that one uses them, the program crashes.
"""

import gc

from PySide6.QtCore import QObject, QTimerEvent

PERIOD_MS = 1000
"""Garbage of a second is small; more often would cost frames."""


class Collector(QObject):
    """Collects garbage in the thread of its ``parent``, while Python itself does not."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # Modules that are loaded never become garbage: without them a collection takes milliseconds.
        gc.freeze()
        gc.disable()
        self.startTimer(PERIOD_MS)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Collect what is due."""
        super().timerEvent(event)
        collect_due()


def collect_due() -> None:
    """Collect the oldest generation that Python would collect now, with the younger ones."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [n for n in range(len(counts)) if counts[n] > limits[n]]
    if due:
        gc.collect(max(due))

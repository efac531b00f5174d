"""An axis of days and months in the person's language."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pyqtgraph as pg
from PySide6.QtCore import QDate, QLocale

_DAY_S = 86400.0


class DateAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis of seconds since 1970 with a tick at the start of a day."""

    def __init__(self) -> None:
        super().__init__("bottom")

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Return about five days, evenly spaced."""
        days = max((high - low) / _DAY_S, 1.0)
        # Steps that people count in: days, weeks, months of four weeks, half years.
        step = next((s for s in (1, 2, 7, 14, 28, 56, 91, 182) if days / s <= 6), 365)
        first = int(low // (step * _DAY_S)) + 1
        last = int(high // (step * _DAY_S))
        return [(step * _DAY_S, [n * step * _DAY_S for n in range(first, last + 1)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return days as ``22 Nov``."""
        days = [datetime.fromtimestamp(v, UTC).date() for v in values]
        return [QLocale().toString(QDate(d.year, d.month, d.day), "d MMM") for d in days]

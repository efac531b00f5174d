"""The list of sensors, one row each."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.models.sensors import NEEDED, SensorRow
from gui.pages.sensors.sensor_row import SensorRowWidget
from gui.widgets.theme import Theme
from sensor.types import Segment


class SensorList(QWidget):
    """A list of :class:`SensorRow` values in the order given; a row that stays keeps its focus."""

    assigned = Signal(str, object)
    """The source of a sensor, and the :class:`Segment` that it goes to or None."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._widgets: dict[str, SensorRowWidget] = {}
        self._order: list[str] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(8))
        self.setAccessibleName(self.tr("Sensors"))

    def show_rows(
        self, rows: Sequence[SensorRow], *, fixed: bool = False, places: Sequence[Segment] = NEEDED
    ) -> None:
        """Show ``rows``, each with buttons for ``places``; a ``fixed`` sensor cannot be assigned."""
        order = [row.source for row in rows]
        if order != self._order:
            self._arrange(order)
        for row in rows:
            self._widgets[row.source].show_row(row, fixed=fixed, places=places)

    @property
    def shown(self) -> list[str]:
        """The sources of the rows, from the top."""
        return list(self._order)

    def row(self, source: str) -> SensorRowWidget:
        """Return the row of a source."""
        return self._widgets[source]

    def _arrange(self, order: list[str]) -> None:
        for source in set(self._widgets) - set(order):
            gone = self._widgets.pop(source)
            self._box.removeWidget(gone)
            gone.deleteLater()
        for at, source in enumerate(order):
            if source not in self._widgets:
                made = SensorRowWidget(self._theme)
                made.assigned.connect(self.assigned)
                self._widgets[source] = made
            self._box.insertWidget(at, self._widgets[source])
        # Rows change places as signals change; the tab key must follow what is seen.
        for before, after in pairwise(order):
            self.setTabOrder(self._widgets[before], self._widgets[after])
        self._order = order

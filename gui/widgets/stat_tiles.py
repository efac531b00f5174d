"""Values side by side, each large under its name; in more lines where there is less room."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from gui.widgets.card import label
from gui.widgets.theme import Theme

_VALUE_PX, _NAME_PX = 22, 13


@dataclass(frozen=True, slots=True)
class Stat:
    """A value with its name, as texts."""

    name: str
    """Name of the value."""
    value: str
    """With its unit."""


class StatTiles(QWidget):
    """A row of :class:`Stat` values; as many columns as there is room for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[Stat, ...] = ()
        self._tiles: list[_Tile] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(10))

    def show_stats(self, stats: Sequence[Stat]) -> None:
        """Show ``stats``."""
        if tuple(stats) == self._shown:
            return
        self._shown = tuple(stats)
        while len(self._tiles) < len(stats):
            self._tiles.append(_Tile(self._theme))
        for tile in self._tiles:
            self._grid.removeWidget(tile)
            tile.hide()
        for tile, stat in zip(self._tiles, stats, strict=False):
            tile.show_stat(stat)
        self._columns = 0
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the size of a column of the widest tile."""
        return QSize(self._widest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use as many columns as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _widest(self) -> int:
        used = self._tiles[: len(self._shown)]
        return max((tile.minimumSizeHint().width() for tile in used), default=0)

    def _arrange(self) -> None:
        count = len(self._shown)
        if not count:
            return
        gap = self._grid.spacing()
        fitting = max((self.width() + gap) // (self._widest() + gap), 1)
        # Lines of equal length: five tiles in three and two, not in four and one.
        lines = -(-count // min(fitting, count))
        columns = -(-count // lines)
        if columns == self._columns:
            return
        self._columns = columns
        for at, tile in enumerate(self._tiles[:count]):
            self._grid.addWidget(tile, at // columns, at % columns)
            tile.show()
        for at in range(len(self._tiles)):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)


class _Tile(QFrame):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px, p = theme.px, theme.palette
        self.setObjectName("tile")
        self.setStyleSheet(f"QFrame#tile {{ background: {p.raised}; border-radius: {px(8)}px; }}")
        column = QVBoxLayout(self)
        column.setContentsMargins(*(px(n) for n in (14, 8, 14, 9)))
        column.setSpacing(px(1))
        self._name, self._value = label(""), label("")
        self._name.setFont(theme.font(_NAME_PX))
        self._name.setStyleSheet(f"color: {theme.ink('muted').name()};")
        self._value.setFont(theme.font(_VALUE_PX, bold=True))
        column.addWidget(self._name)
        column.addWidget(self._value)

    def show_stat(self, stat: Stat) -> None:
        self._name.setText(stat.name)
        self._value.setText(stat.value)
        self.setAccessibleName(f"{stat.name}: {stat.value}")

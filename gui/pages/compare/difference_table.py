"""The numbers of two sets in a table: name, first, second, difference."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.models.compare import Compared, Measure
from gui.translations.decimals import decimal
from gui.translations.load_words import weight_words
from gui.widgets.card import label
from gui.widgets.plain_text import PlainLabel
from gui.widgets.theme import Theme

_NO_VALUE = "–"
_DIGITS = {
    Measure.LOWERING: 1,
    Measure.LIFT: 1,
}
"""Digits after the point; the others are whole numbers, loads as they are."""
_TOES = (Measure.TOES_LIFTING, Measure.TOES_LOWERING)


class DifferenceTable(QWidget):
    """A table of :class:`Compared` rows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._unit = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(0, 1)

    def show_rows(
        self, rows: Sequence[Compared], heads: tuple[str, str], unit: str, height: str
    ) -> None:
        """Show ``rows`` under the two ``heads``.

        Parameters
        ----------
        rows
            The measures of both sets.
        heads
            The names of the two sets.
        unit
            The unit of loads in the settings.
        height
            The name of a range that is a height; empty for an angle.
        """
        self._unit = unit
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for column, head in enumerate(("", *heads, self.tr("difference"))):
            self._put(0, column, head, "muted")
        for line, row in enumerate(rows, 1):
            name = self._name(row.measure, height)
            self._put(line, 0, name, "muted")
            for column, value in ((1, row.first), (2, row.second)):
                made = self._put(line, column, self._value(row.measure, value))
                made.setFont(self._theme.font(15, bold=True))
            made = self._put(line, 3, self._difference(row), "muted" if row.within_chance else "")
            made.setAccessibleName(f"{name}: {made.text()}")

    def _put(self, line: int, column: int, text: str, role: str = "") -> PlainLabel:
        made = label(text, role)
        side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        made.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        made.setWordWrap(True)
        self._grid.addWidget(made, line, column)
        return made

    def _name(self, measure: Measure, height: str) -> str:
        names = {
            Measure.LOAD: self.tr("load"),
            Measure.REPS: self.tr("reps"),
            Measure.GOOD: self.tr("good reps"),
            Measure.LOWERING: self.tr("lowering, mean"),
            Measure.LIFT: self.tr("lift, mean"),
            Measure.TOES_LIFTING: self.tr("toes while lifting"),
            Measure.TOES_LOWERING: self.tr("toes while lowering"),
            Measure.RANGE: height or self.tr("range"),
            Measure.POINTED: self.tr("pointed lowering, all"),
            Measure.CONTROL_LOSS: self.tr("control loss"),
        }
        return names[measure]

    def _value(self, measure: Measure, value: float | None) -> str:
        if value is None:
            return _NO_VALUE
        if measure in _TOES:
            # As everywhere a person looks: an angle has a way and no sign.
            way = self.tr("{angle}° up") if value > 0 else self.tr("{angle}° pointed")
            return way.format(angle=f"{abs(value):.0f}")
        return self._amount(measure, value)

    def _difference(self, row: Compared) -> str:
        if row.first is None or row.second is None:
            return ""
        change = row.second - row.first
        unit = Measure.RANGE if row.measure in _TOES else row.measure
        size = self._amount(unit, abs(change))
        if size == self._amount(unit, 0.0):
            return self.tr("the same")
        if row.measure in _TOES:
            more = self.tr("{size} more up") if change > 0 else self.tr("{size} more pointed")
        else:
            more = self.tr("{size} more") if change > 0 else self.tr("{size} less")
        text = more.format(size=size)
        return self.tr("{change} · chance").format(change=text) if row.within_chance else text

    def _amount(self, measure: Measure, value: float) -> str:
        if measure is Measure.LOAD:
            return weight_words(value, self._unit)
        units = {
            Measure.GOOD: " %",
            Measure.LOWERING: " s",
            Measure.LIFT: " s",
            Measure.RANGE: "°",
            Measure.POINTED: " s",
            Measure.CONTROL_LOSS: " %",
        }
        return decimal(value, _DIGITS.get(measure, 0)) + units.get(measure, "")

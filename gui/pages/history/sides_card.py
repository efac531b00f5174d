"""Left beside right: the numbers of both legs, and whether they differ by more than chance."""

import math
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.translations.decimals import decimal
from gui.translations.load_words import weight_words
from gui.translations.set_words import angle_words, kind_words
from gui.widgets.card import Card, label
from gui.widgets.theme import Theme
from processing.exercises.exercise import LEG_CURL
from processing.library.sides import LegDifference, LegMeasure, Sides
from processing.review.session_numbers import CHANGE_SESSIONS


class SidesCard(Card):
    """A card with both legs side by side, a row for each measure."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Left beside right"), self.tr("median of the comparisons"))
        self._theme = theme
        self._shown: QWidget | None = None
        self.body.addStretch(1)

    def show_sides(
        self, found: Sequence[Sides], exercise: str = LEG_CURL, unit: str = "kg"
    ) -> None:
        """Show the comparisons of ``exercise``, with loads in the ``unit`` of the settings."""
        if self._shown is not None:
            self.body.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = QWidget()
        self.body.insertWidget(0, self._shown)
        grid = QGridLayout(self._shown)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(14))
        grid.setVerticalSpacing(self._theme.px(2))
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        for column, head in enumerate((self.tr("left"), self.tr("right")), 1):
            grid.addWidget(label(head, "muted"), 0, column, right)
        for at, one in enumerate(found):
            name = label(f"{kind_words(one.protocol)} · {self._name(one.measure, exercise)}")
            verdict = label(self._verdict(one), "muted")
            for words in (name, verdict):
                words.setWordWrap(True)
            grid.addWidget(name, 2 * at + 1, 0)
            for column, value in enumerate((one.left, one.right), 1):
                number = label(_value(one.measure, value, unit))
                number.setFont(self._theme.font(15, bold=True))
                grid.addWidget(number, 2 * at + 1, column, right)
            grid.addWidget(verdict, 2 * at + 2, 0, 1, 3)

    def _name(self, measure: LegMeasure, exercise: str) -> str:
        angle = angle_words(exercise)
        names = {
            LegMeasure.WORK: self.tr("height × reps"),
            LegMeasure.ROM: self.tr("range of the curl"),
            LegMeasure.ECCENTRIC: self.tr("time of the lowering"),
            LegMeasure.QUALITY: self.tr("good reps"),
            LegMeasure.LOAD: self.tr("load"),
            LegMeasure.BREAK_POINT: self.tr("curl angle at which control is lost"),
        }
        if angle and measure is LegMeasure.ROM:
            return angle
        if angle and measure is LegMeasure.BREAK_POINT:
            return self.tr("{angle} at which control is lost").format(angle=angle)
        return names[measure]

    def _verdict(self, one: Sides) -> str:
        # Few comparisons would call chance a difference.
        if one.verdict is LegDifference.TOO_EARLY or one.least is None:
            text = self.tr("too early to tell, {count} of {needed} comparisons")
            return text.format(count=len(one.values), needed=CHANGE_SESSIONS)
        texts = {
            LegDifference.NONE: self.tr("no real difference; chance alone makes ± {least} %"),
            LegDifference.LEFT: self.tr(
                "{middle} % more on the left; chance alone makes ± {least} %"
            ),
            LegDifference.RIGHT: self.tr(
                "{middle} % more on the right; chance alone makes ± {least} %"
            ),
        }
        return texts[one.verdict].format(middle=f"{abs(one.middle):.0f}", least=f"{one.least:.0f}")


def _value(measure: LegMeasure, value: float, unit: str) -> str:
    match measure:
        case LegMeasure.LOAD:
            return weight_words(value, unit)
        case LegMeasure.ECCENTRIC:
            return f"{decimal(value)} s"
        case LegMeasure.QUALITY:
            return f"{value:.0f} %"
        case _:
            return f"{math.degrees(value):.0f}°"

"""The card that is read at one glance: leg, phase, angle and tempo, or what to do first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from gui.pages.train.marked_strip import MarkedStrip
from gui.pages.train.phase_panel import PhasePanel
from gui.pages.train.tempo_bar import TempoBar
from gui.widgets.card import Card, label
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.figure import FigureWidget
from gui.widgets.shapes import Mark
from gui.widgets.theme import Theme

_LINE_PX = 46
"""Height of the tempo or of a row of buttons, at 100 % text size."""


class GlanceCard(Card):
    """A card with a head line, the leg, the words, and below them the tempo or buttons."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        px = theme.px
        self.leg = FigureWidget(theme)
        self.leg.setMinimumHeight(px(64))
        self.words = PhasePanel(theme)
        self.tempo = TempoBar(theme)
        self.alarm = MarkedStrip(theme)
        self._what = ElidedLabel()
        # It takes only the width of its text, and ends in dots where there is less.
        self._what.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._where = label("")
        self._where.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(self._what)
        row.addStretch(1)
        row.addWidget(self._where)
        # The alarm replaces the head line, so that nothing moves when it appears.
        self._head = QStackedWidget()
        self._head.addWidget(line)
        self._head.addWidget(self.alarm)
        self._head.setFixedHeight(px(34))
        self._foot = QStackedWidget()
        self._foot.addWidget(self.tempo)
        holder = QWidget()
        self._button_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self._button_row.setContentsMargins(0, 0, 0, 0)
        self._button_row.setSpacing(px(6))
        self._button_row.addStretch(1)
        self._buttons: list[QPushButton] = []
        self._brief = self._shown = False
        self._foot.addWidget(holder)
        self.ready = MarkedStrip(theme)
        self._foot.addWidget(self.ready)
        self._foot.setFixedHeight(px(_LINE_PX))
        self.body.addWidget(self._head)
        self._middle = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._middle.setSpacing(px(10))
        self._middle.addWidget(self.leg, 70)
        self._middle.addWidget(self.words, 30)
        self.body.addLayout(self._middle, 1)
        self.body.addWidget(self._foot)

    def arrange(self, *, flat: bool, leg_share: int, brief: bool) -> None:
        """Put the words beside the leg (``flat``) or below it.

        Parameters
        ----------
        leg_share
            Share of the leg, in percent.
        brief
            Whether the set is named elsewhere, and buttons may replace the leg.
        """
        self._brief = brief
        self._where.setVisible(not brief)
        self._make_room()
        way = QBoxLayout.Direction.LeftToRight if flat else QBoxLayout.Direction.TopToBottom
        self._middle.setDirection(way)
        self._middle.setStretch(0, leg_share)
        self._middle.setStretch(1, 100 - leg_share)

    def add_button(self, button: QPushButton) -> None:
        """Add a button that can replace the tempo."""
        self._button_row.insertWidget(len(self._buttons), button)
        self._buttons.append(button)

    def show_head(self, what: str, where: str) -> None:
        """Show the protocol and the set."""
        if self._what.text() != what:
            self._what.setText(what)
        if self._where.text() != where:
            self._where.setText(where)

    def show_alarm(self, text: str, mark: Mark = Mark.MISS) -> None:
        """Show an alarm in place of the head line; an empty text shows the head line again."""
        self.alarm.say(text, mark)
        self._head.setCurrentIndex(1 if text else 0)

    def show_buttons(self, shown: Sequence[QPushButton]) -> None:
        """Show these of the added buttons; the tempo if there is none."""
        for button in self._buttons:
            button.setVisible(button in shown)
        self._shown = bool(shown)
        self._show_foot()
        self._make_room()

    def show_readiness(self, text: str, mark: Mark) -> None:
        """Show in place of the tempo whether all is ready for a set; an empty text shows the tempo."""
        self.ready.say(text, mark)
        self._show_foot()

    def _show_foot(self) -> None:
        at = 1 if self._shown else 2 if self.ready.accessibleName() else 0
        self._foot.setCurrentIndex(at)

    def _make_room(self) -> None:
        """Put several buttons below each other where the card is narrow."""
        shown = sum(not button.isHidden() for button in self._buttons)
        lines = shown if self._brief and self._foot.currentIndex() == 1 else 1
        way = QBoxLayout.Direction
        self._button_row.setDirection(way.LeftToRight if lines == 1 else way.TopToBottom)
        self.leg.setVisible(lines == 1)
        self._foot.setFixedHeight(self._theme.px(_LINE_PX * lines))

"""The card of a session without sets: its measured ranges, or that there is nothing in it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.translations import texts
from gui.translations.decimals import decimal
from gui.widgets.card import Card, label
from gui.widgets.theme import Theme
from processing.ranges.results import RangeResult


class NoSetCard(Card):
    """A card in place of the desk, which needs a set."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._gap = theme.px(18)
        self.words = label("", "muted")
        self.words.setWordWrap(True)
        self._table = QWidget()
        self._rows = QGridLayout(self._table)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(self._gap)
        self._rows.setColumnStretch(3, 1)
        self.body.addWidget(self._table)
        self.body.addWidget(self.words)
        self.body.addStretch(1)
        self._shown: tuple[RangeResult, ...] | None = None

    def show_ranges(self, ranges: Sequence[RangeResult]) -> None:
        """Show the ``ranges`` of the session, in order of time."""
        if self._shown == tuple(ranges):
            return
        self._shown = tuple(ranges)
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._table.setVisible(bool(ranges))
        if not ranges:
            self.set_title(self.tr("There is no set in this recording"))
            self.words.setText(
                self.tr("Nothing in it was marked as a set, and no movement in it looks like one.")
            )
            return
        self.set_title(self.tr("Measured ranges"))
        self.words.setText(texts().ranges.range_method())
        for column, head in enumerate((self.tr("measure"), self.tr("mean"), self.tr("trials"))):
            self._rows.addWidget(label(head, "muted"), 0, column)
        for at, one in enumerate(ranges, 1):
            name = texts().ranges.measure(one.kind)
            mean = "–" if one.mean_deg is None else f"{decimal(one.mean_deg)}°"
            trials = " · ".join(f"{value:.0f}°" for value in one.values_deg)
            cells = (name[:1].upper() + name[1:], mean, trials or self.tr("none held"))
            for column, text in enumerate(cells):
                side = Qt.AlignmentFlag.AlignRight if column == 1 else Qt.AlignmentFlag.AlignLeft
                self._rows.addWidget(label(text), at, column, side)

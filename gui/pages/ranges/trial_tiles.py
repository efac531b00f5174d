"""The trials of a measure as tiles: the value of each, large, and how long it was held."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.translations.decimals import decimal
from gui.widgets.card import label
from gui.widgets.theme import Theme
from processing.ranges.measures import TRIALS
from processing.ranges.trials import Trial

_HEIGHT_PX = 96
"""Height of a tile at 100 % text size."""


class TrialTiles(QWidget):
    """A row of :data:`TRIALS` tiles; with more trials, the newest ones."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        self.tiles = [TrialTile(theme) for _ in range(TRIALS)]
        for tile in self.tiles:
            row.addWidget(tile, 1)

    def show_trials(self, trials: Sequence[Trial]) -> None:
        """Show the ``trials`` that count, oldest first."""
        shown = trials[-TRIALS:]
        first = len(trials) - len(shown) + 1
        for at, tile in enumerate(self.tiles):
            tile.show_trial(first + at, shown[at] if at < len(shown) else None)


class TrialTile(QFrame):
    """One trial; empty until it is done."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        p, px = theme.palette, theme.px
        self.setStyleSheet(f"TrialTile {{ background: {p.raised}; border-radius: {px(10)}px; }}")
        self.setMinimumHeight(px(_HEIGHT_PX))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(8), px(6), px(8), px(6))
        box.setSpacing(0)
        self.number = label("", "muted")
        self.value = label("")
        self.value.setFont(theme.font(30, bold=True))
        self.held = label("", "muted")
        for line in (self.number, self.value, self.held):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(line)

    def show_trial(self, number: int, trial: Trial | None) -> None:
        """Show a trial; None: it is still to come."""
        self.number.setText(str(number))
        done = trial is not None and trial.value_deg is not None
        value = trial.value_deg if trial is not None else None
        self.value.setText("–" if value is None else f"{value:.0f}°")
        held = self.tr("held {seconds} s") if done else self.tr("to come")
        seconds = 0.0 if trial is None else trial.t_end - trial.t_start
        self.held.setText(held.format(seconds=decimal(seconds)))
        self.setAccessibleName(f"{number}: {self.value.text()}, {self.held.text()}")

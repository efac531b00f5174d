"""The exports of a session: angles for other programs, a report for people."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton


class ExportButton(QPushButton):
    """A button that asks what to export and where to."""

    angles_wanted = Signal(object)
    """The path of the CSV file to write."""
    card_wanted = Signal()
    """The card of the session: a picture to share, a page to print."""
    report_wanted = Signal(object)
    """The folder to write a report into."""
    ranges_wanted = Signal(object)
    """The path of the CSV file to write the measured ranges to."""

    def __init__(self) -> None:
        super().__init__(self.tr("Export"))
        self.suggested = Path("session")
        menu = QMenu(self)
        menu.addAction(self.tr("Angles (CSV)…"), self._ask_angles)
        menu.addAction(self.tr("Report (HTML)…"), self._ask_report)
        self.ranges = menu.addAction(self.tr("Measured ranges (CSV)…"), self._ask_ranges)
        self.ranges.setVisible(False)
        self.card_action = menu.addAction(
            self.tr("Card: a picture to share, a page to print…"), self.card_wanted.emit
        )
        self.setMenu(menu)
        self.setToolTip(self.tr("Write the angles or a report (Ctrl+E)"))

    def _ask_angles(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Write the angles"),
            str(self.suggested.with_suffix(".csv")),
            self.tr("Tables (*.csv)"),
        )
        # Empty after Cancel.
        if name:
            self.angles_wanted.emit(Path(name))

    def _ask_ranges(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Write the measured ranges"),
            str(self.suggested.with_name(f"{self.suggested.stem}-ranges.csv")),
            self.tr("Tables (*.csv)"),
        )
        if name:
            self.ranges_wanted.emit(Path(name))

    def _ask_report(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Write a report into a new folder"),
            str(self.suggested.with_suffix("")),
        )
        if name:
            self.report_wanted.emit(Path(name))

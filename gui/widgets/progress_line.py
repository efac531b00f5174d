"""The progress of a longer job: a bar and a line of text, in sight only while it runs."""

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from gui.widgets.elided_label import ElidedLabel
from gui.widgets.theme import Theme


class ProgressLine(QWidget):
    """A progress bar with a line of text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._words = ElidedLabel()
        self._words.setProperty("role", "muted")
        self._bar = QProgressBar()
        # Finer than percent: a long recording would seem to stand still.
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(theme.px(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self._words)
        column.addWidget(self._bar)
        self.show_progress(None)

    def show_progress(self, share: float | None, words: str = "") -> None:
        """Show a ``share`` from 0 to 1 and what is being done; None: nothing is."""
        self.setVisible(share is not None)
        self._words.setText(words)
        self._bar.setValue(round(1000 * (share or 0.0)))
        # Qt does not paint steps that are shorter than a chunk of its style.
        self._bar.update()
        self._bar.setAccessibleName(words)

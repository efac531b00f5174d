"""How far a longer work is: a line and a word, in sight only while it runs."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from gui.theme import Theme
from gui.widgets.card import label


class ProgressLine(QWidget):
    """Shows a share from 0 to 1 and what is being done."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._words = label("", "muted")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(theme.px(6))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.show_progress(None)

    def show_progress(self, share: float | None, words: str = "") -> None:
        """Show how far it is; None: nothing is being done."""
        self.setVisible(share is not None)
        self._words.setText(words)
        self._bar.setValue(round(1000 * (share or 0.0)))
        self._bar.setAccessibleName(words)

"""A label whose text ends in dots where there is no room for all of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from gui.widgets.plain_text import PlainLabel, plain_tip


class ElidedLabel(PlainLabel):
    """A label that shows as much of its text as fits; its tool tip has the whole.

    The text itself stays whole: screen readers read it, and the size hint does not shrink with it.
    """

    def minimumSizeHint(self) -> QSize:
        """Return a width of 0: a narrow place is enough."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text."""
        painter = QPainter(self)
        metrics = self.fontMetrics()
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(plain_tip(self.text()) if text != self.text() else "")
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )

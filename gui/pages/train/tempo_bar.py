"""The time of the current phase as a bar that fills up to its target, with a notch a second."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.translations.decimals import decimal
from gui.widgets.theme import Theme

MOST_NOTCHES = 12
"""A bar of a longer target has none: they would be too dense to read."""


class TempoBar(QWidget):
    """A bar of the elapsed and the target time of a phase."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._elapsed_s: float | None = None
        self._target_s = 0.0
        self._color = "toes_pointed"
        self._words = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Tempo"))
        # It fills itself, so that the card behind it is not painted with every frame.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_tempo(
        self,
        elapsed_s: float | None,
        target_s: float,
        color: str,
        words: tuple[str, str] | None = None,
    ) -> None:
        """Show the progress of a phase.

        Parameters
        ----------
        elapsed_s
            None empties the bar.
        target_s
            0 for none.
        color
            A name of the palette.
        words
            Texts above the bar, at the left and the right end; None: the seconds.
        """
        if words is None:
            left = "" if elapsed_s is None else f"{decimal(elapsed_s)} s"
            words = left, f"{decimal(target_s)} s" if target_s > 0 else ""
        new = elapsed_s, target_s, color, words
        if new == (self._elapsed_s, self._target_s, self._color, self._words):
            return
        if words != self._words:
            self.setAccessibleDescription(" / ".join(word for word in words if word))
        self._elapsed_s, self._target_s, self._color, self._words = new
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a bar with a line of text above it."""
        return QSize(self._theme.px(300), self._theme.px(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = theme.px(20)
        groove = QRectF(0, self.height() - height, self.width(), height)
        shape = QPainterPath()
        shape.addRoundedRect(groove, height / 2, height / 2)
        painter.fillPath(shape, theme.color("edge"))
        if self._target_s > 0:
            self._fill(painter, shape, groove)
        above = QRectF(0, 0, self.width(), self.height() - height - theme.px(5))
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.setFont(theme.font(16, bold=True))
        painter.setPen(theme.color("text"))
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft | bottom, self._words[0])
        painter.setFont(theme.font(15))
        painter.setPen(theme.ink("muted"))
        painter.drawText(above, Qt.AlignmentFlag.AlignRight | bottom, self._words[1])

    def _fill(self, painter: QPainter, shape: QPainterPath, groove: QRectF) -> None:
        theme = self._theme
        share = min((self._elapsed_s or 0.0) / self._target_s, 1.0)
        filled = QPainterPath()
        filled.addRect(QRectF(groove.left(), groove.top(), groove.width() * share, groove.height()))
        painter.fillPath(shape.intersected(filled), theme.color(self._color))
        if self._target_s > MOST_NOTCHES:
            return
        # No notch at the very end of a target of whole seconds.
        for second in range(1, int(self._target_s - 1e-6) + 1):
            x = groove.left() + groove.width() * second / self._target_s
            notch = QRectF(x - theme.px(1), groove.top(), theme.px(2), groove.height())
            painter.fillRect(notch, theme.color("panel"))

"""A set as a small picture to be clicked: many of them show a whole session."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from gui.models.small_pictures import SmallPicture
from gui.widgets.set_painter import paint_plot
from gui.widgets.theme import Theme

_WIDTH_PX, _HEIGHT_PX, _EDGE_PX = 184, 136, 8


class SetButton(QAbstractButton):
    """A button with the curves of a set below its ``title`` and the number of good reps."""

    def __init__(self, theme: Theme, title: str, picture: SmallPicture) -> None:
        super().__init__()
        self._theme, self._picture, self._role = theme, picture, ""
        good = self.tr("{good} of {judged} good").format(good=picture.good, judged=picture.judged)
        self.setText(title)
        self.setAccessibleName(f"{title}, {good}" if picture.judged else title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the usual size of the picture."""
        return QSize(self._theme.px(_WIDTH_PX), self._theme.px(_HEIGHT_PX))

    def show_role(self, word: str) -> None:
        """Show the word for its part in the comparison; empty if it has none."""
        self._role = word
        self.setAccessibleDescription(word)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, the words above the curves, and the role in a corner."""
        del event  # everything is painted
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(self._role) or self.hasFocus()
        painter.setPen(
            QPen(theme.color("text") if chosen else theme.line(), px(2) if chosen else px(1))
        )
        painter.setBrush(theme.color("ground"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(8), px(8))
        painter.setFont(theme.font(13))
        painter.setPen(theme.ink("muted"))
        metrics, edge = painter.fontMetrics(), px(_EDGE_PX)
        inner = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        good = f"{self._picture.good} / {self._picture.judged}" if self._picture.judged else ""
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, good)
        room = round(inner.width() - metrics.horizontalAdvance(good) - edge)
        title = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, title)
        plot = inner.adjusted(0, metrics.height() + edge / 2, 0, 0)
        paint_plot(painter, theme, self._picture, plot)
        if self._role:
            painter.setFont(theme.font(13, bold=True))
            painter.setPen(theme.color("text"))
            corner = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
            painter.drawText(inner, corner, self._role)

"""The picture of the video, as large as its place allows."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.models.video.facts import Picture
from gui.widgets.theme import Theme

MOST_ROOM = (1920, 1080)
"""Pictures are scaled to at most this: larger ones would cost memory and show no more of a foot."""


class VideoView(QWidget):
    """A widget that paints a :class:`Picture`, or words in its place."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture: Picture | None = None
        self._words = ""
        self.setMinimumSize(theme.px(120), theme.px(90))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Video"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def picture(self) -> Picture | None:
        """The picture in view."""
        return self._picture

    @property
    def room(self) -> tuple[int, int]:
        """Width and height for a picture, in physical pixels."""
        ratio = self.devicePixelRatio()
        return (
            min(max(round(self.width() * ratio), 1), MOST_ROOM[0]),
            min(max(round(self.height() * ratio), 1), MOST_ROOM[1]),
        )

    def show_picture(self, picture: Picture | None, words: str = "") -> None:
        """Show a picture; without one, ``words`` in its place."""
        if picture is self._picture and words == self._words:
            return
        if words != self._words:
            self.setAccessibleDescription(words)
        self._picture, self._words = picture, words
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width that is comfortable, and the least height: the plot beside it decides."""
        return QSize(self._theme.px(320), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture with the ground around it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("ground" if self._picture else "raised"))
        if self._picture is None:
            margin = self._theme.px(12)
            painter.setPen(self._theme.color("muted"))
            painter.setFont(self._theme.font(14))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(margin, 0, -margin, 0), flags, self._words)
            return
        pixels = self._picture.pixels
        high, wide = pixels.shape[:2]
        image = QImage(pixels.data, wide, high, 4 * wide, QImage.Format.Format_RGB32)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._target(wide, high), image)

    def _target(self, wide: int, high: int) -> QRect:
        """Return the largest rectangle of the picture's shape, in the middle."""
        scale = min(self.width() / wide, self.height() / high)
        size = QSize(max(round(scale * wide), 1), max(round(scale * high), 1))
        target = QRect(0, 0, size.width(), size.height())
        target.moveCenter(self.rect().center())
        return target

"""The curves of every set, side by side."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.models.small_pictures import SmallPicture
from gui.pages.end import page_words
from gui.widgets.card import Card, label
from gui.widgets.set_painter import paint_set
from gui.widgets.theme import Theme

_WIDE_PX, _LOW_PX = 190, 96
"""Least width and height of a picture, at 100 % text size."""
_MOST = 12
_ASPECT = 1.5
"""Width of a picture over its height, where it looks best."""


class SetPictures(QWidget):
    """The pictures of the sets in a grid that fills the widget."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pictures: tuple[SmallPicture, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Every set"))

    def show_pictures(self, pictures: tuple[SmallPicture, ...]) -> None:
        """Show other sets."""
        self._pictures = pictures[:_MOST]
        text = self.tr("Set {number}: {good} of {judged} good")
        self.setAccessibleDescription(
            "; ".join(text.format(number=p.number, good=p.good, judged=p.judged) for p in pictures)
        )
        self.update()

    def boxes(self) -> list[QRectF]:
        """Return the places of the pictures."""
        count, gap = len(self._pictures), self._theme.px(14)
        if not count:
            return []

        def size(columns: int) -> tuple[float, float]:
            rows = -(-count // columns)
            return (
                (self.width() - gap * (columns - 1)) / columns,
                (self.height() - gap * (rows - 1)) / rows,
            )

        def largest(columns: int) -> float:
            width, height = size(columns)
            return min(width, _ASPECT * height)

        # The columns in which a picture of the usual shape is largest.
        columns = max(range(1, count + 1), key=largest)
        width, height = size(columns)
        return [
            QRectF((at % columns) * (width + gap), (at // columns) * (height + gap), width, height)
            for at in range(count)
        ]

    def minimumSizeHint(self) -> QSize:
        """Return the size of a picture."""
        return QSize(self._theme.px(_WIDE_PX), self._theme.px(_LOW_PX))

    def sizeHint(self) -> QSize:
        """Return a size that is large enough; it grows where there is room."""
        return QSize(self._theme.px(2 * _WIDE_PX), self._theme.px(1.2 * _LOW_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures."""
        painter = QPainter(self)
        axis = page_words.axis_words()
        for picture, box in zip(self._pictures, self.boxes(), strict=True):
            paint_set(painter, self._theme, picture, box, words=axis)


class SetsCard(Card):
    """A card with the pictures of the sets, or with what it waits for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Every set"), " ")
        self.pictures = SetPictures(theme)
        self.words = label("", "muted")
        self.words.setWordWrap(True)
        self.body.addWidget(self.words)
        self.body.addWidget(self.pictures, 1)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.waits_for("")

    def show_pictures(self, pictures: tuple[SmallPicture, ...], note: str) -> None:
        """Show the sets of a finished session, and in a note what their pictures show."""
        self.set_note(note)
        self.pictures.show_pictures(pictures)
        self.pictures.show()
        self.words.hide()

    def waits_for(self, words: str) -> None:
        """Show what is waited for instead of pictures."""
        self.set_note("")
        self.pictures.hide()
        self.words.setText(words)
        self.words.setVisible(bool(words))

"""A mark for every rep of a session, set by set: the shape and the colour say how it was."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.widgets.shapes import MARKS, Mark, draw_mark
from gui.widgets.theme import Theme
from processing.judge.checks import Grade

SetGrades = Sequence[Sequence[Grade]]

_SHAPE = 0.64
"""Share of a mark in the room of its rep."""
_SET_GAP = 0.55
"""Room between two sets, in rooms of a rep."""
_SQUEEZE = 0.62
"""Marks in one row may be smaller by this factor."""
_LEAST_PX = 8.0
_MARK_PX, _ROWS = 26.0, 2


def mark_places(grades: SetGrades, room: QRectF, most_px: float) -> list[tuple[Mark, QRectF]]:
    """Return the marks with their boxes: as large as ``room`` allows, ``most_px`` a rep at most."""
    count = sum(map(len, grades)) + _SET_GAP * max(sum(map(bool, grades)) - 1, 0)
    one_row = room.width() / max(count, 1.0)
    if one_row >= _SQUEEZE * most_px:
        # A row of smaller marks is read more easily than a row with a rest of two.
        return _placed(grades, room, min(one_row, most_px))
    cell = most_px
    while True:
        places = _placed(grades, room, cell)
        if cell <= _LEAST_PX or not places or places[-1][1].bottom() <= room.bottom() + 0.5:
            return places
        cell *= 0.94


def _placed(grades: SetGrades, room: QRectF, cell: float) -> list[tuple[Mark, QRectF]]:
    places: list[tuple[Mark, QRectF]] = []
    x, y, size = room.left(), room.top(), _SHAPE * cell
    for number, graded in enumerate(grades):
        x += _SET_GAP * cell if number and graded and x > room.left() else 0.0
        for grade in graded:
            if x + size > room.right() + 0.5 and x > room.left():
                x, y = room.left(), y + cell
            places.append((MARKS[grade], QRectF(x, y, size, size)))
            x += cell
    return places


class RepMarks(QWidget):
    """The marks of all reps, in one or two rows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grades: SetGrades = ()
        self.setAccessibleName(self.tr("Reps"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_grades(self, grades: SetGrades) -> None:
        """Show the reps with these grades, set by set."""
        if grades == self._grades:
            return
        self._grades = grades
        self.setAccessibleDescription("; ".join(map(self._words, range(len(grades)))))
        self.updateGeometry()
        self.update()

    def places(self) -> list[tuple[Mark, QRectF]]:
        """Return the marks and where they are painted."""
        return mark_places(self._grades, QRectF(self.rect()), self._theme.px(_MARK_PX))

    def sizeHint(self) -> QSize:
        """Return the size of two rows, or of one where that is enough."""
        px = self._theme.px
        count = sum(map(len, self._grades)) + _SET_GAP * len(self._grades)
        rows = 1 if count * _SQUEEZE * px(_MARK_PX) <= max(self.width(), px(300)) else _ROWS
        return QSize(px(300), rows * px(_MARK_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the rows that the new width needs."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks."""
        painter = QPainter(self)
        for mark, box in self.places():
            draw_mark(painter, self._theme, mark, box)

    def _words(self, at: int) -> str:
        words = {
            Mark.GOOD: self.tr("{count} good"),
            Mark.NEAR: self.tr("{count} near"),
            Mark.MISS: self.tr("{count} missed"),
            Mark.NOT_JUDGED: self.tr("{count} not judged"),
        }
        counts = Counter(MARKS[grade] for grade in self._grades[at])
        parts = [words[mark].format(count=counts[mark]) for mark in Mark if counts[mark]]
        head = self.tr("Set {number}").format(number=at + 1)
        return f"{head}: {', '.join(parts)}"

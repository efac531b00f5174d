"""The sets of a session: number, load, result, and one shape a rep."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from gui.pages.review.row_list import Index, RowList, RowPainter
from gui.translations.load_words import kept_load_words
from gui.widgets.rep_table import mark_of
from gui.widgets.shapes import draw_mark
from gui.widgets.theme import Theme
from processing.review.judged_sets import JudgedSet

_SET = Qt.ItemDataRole.UserRole
_STEP_PX, _MARK_SHARE = 16.0, 0.7
"""Distance of the shapes at 100 % text size, and the share of it that a shape fills."""


class SetList(RowList):
    """The list of the sets of a session; the arrow keys move from one to the next."""

    chosen = Signal(int)
    """The index of the set that the person chose."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Sets"))
        self._sets = _Sets()
        self.setModel(self._sets)
        self.setItemDelegate(_SetPainter(theme, self))
        self.selectionModel().currentChanged.connect(lambda now: self.chosen.emit(now.row()))

    def show_sets(self, sets: Sequence[JudgedSet], unit: str) -> None:
        """Show ``sets``, their loads in the unit of the settings."""
        blocked = self.selectionModel().blockSignals(True)
        self._sets.show(sets, unit)
        self.selectionModel().blockSignals(blocked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Space (play) and the arrows that change the rep to the page."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Sets(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._sets: tuple[JudgedSet, ...] = ()
        self._unit = ""

    def show(self, sets: Sequence[JudgedSet], unit: str) -> None:
        self.beginResetModel()
        self._sets, self._unit = tuple(sets), unit
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as in Qt
        return 0 if parent.isValid() else len(self._sets)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        judged = self._sets[index.row()]
        if role == _SET:
            return judged
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join((self.title(judged), self.result(judged)))
        return None

    def title(self, judged: JudgedSet) -> str:
        """Return the number and the load."""
        title = self.tr("Set {number}").format(number=judged.number)
        load = kept_load_words(judged.load_kg, self._unit, judged.source.exercise)
        return f"{title} · {load}" if load else title

    def result(self, judged: JudgedSet) -> str:
        """Return the number of good reps."""
        metrics = judged.metrics
        if not metrics.judged:
            return self.tr("{count} reps").format(count=metrics.reps)
        text = self.tr("{good} of {judged} good")
        return text.format(good=metrics.good, judged=metrics.judged)


class _SetPainter(RowPainter):
    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        rows, judged = index.model(), index.data(_SET)
        if not isinstance(rows, _Sets) or not isinstance(judged, JudgedSet):
            return
        theme, px = self._theme, self._theme.px
        painter.save()
        inner = self.begin_row(painter, option)
        top = Qt.AlignmentFlag.AlignTop
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font(15, bold=True))
        title = rows.title(judged)
        painter.drawText(inner, top | Qt.AlignmentFlag.AlignLeft, title)
        taken = QFontMetrics(painter.font()).horizontalAdvance(title)
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font(14))
        result, metrics = rows.result(judged), QFontMetrics(painter.font())
        # A narrow list leaves the result out: the shapes below tell it.
        if taken + px(8) + metrics.horizontalAdvance(result) <= inner.width():
            painter.drawText(inner, top | Qt.AlignmentFlag.AlignRight, result)
        self._draw_reps(painter, judged, inner)
        painter.restore()

    def _draw_reps(self, painter: QPainter, judged: JudgedSet, inner: QRectF) -> None:
        """Draw one shape a rep, smaller where there are many."""
        if not judged.verdicts:
            return
        step = min(self._theme.px(_STEP_PX), inner.width() / len(judged.verdicts))
        size = _MARK_SHARE * step
        middle = inner.bottom() - 0.5 * _MARK_SHARE * self._theme.px(_STEP_PX)
        for at, verdict in enumerate(judged.verdicts):
            painter.setOpacity(0.5 if verdict.rep.partial else 1.0)
            shape = QRectF(inner.left() + at * step, middle - size / 2, size, size)
            draw_mark(painter, self._theme, mark_of(verdict), shape)

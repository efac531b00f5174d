"""The sets of a session below each other: number, load, result, and one shape a rep."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from gui.texts.decimals import plain
from gui.widgets.rep_table import mark_of
from gui.widgets.shapes import draw_mark
from gui.widgets.theme import Theme
from processing.review.judged_sets import JudgedSet

Index = QModelIndex | QPersistentModelIndex
_SET = Qt.ItemDataRole.UserRole
ROW_PX = 62
_STEP_PX, _MARK_SHARE = 16.0, 0.7


class SetList(QListView):
    """Shows :class:`JudgedSet` values; the arrow keys go from one to the next."""

    chosen = Signal(int)
    """The place of a set that a person chose."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sets = _Sets()
        self.setModel(self._sets)
        self.setItemDelegate(_Painter(theme, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The chosen row itself shows the focus.
        self.setStyleSheet("QListView:focus { border: none; }")
        self.setAccessibleName(self.tr("Sets"))
        self.selectionModel().currentChanged.connect(lambda now: self.chosen.emit(now.row()))

    def sizeHint(self) -> QSize:
        """Return the least that can be read; more room is taken where it is."""
        return QSize(self._theme.px(180), self._theme.px(ROW_PX))

    def show_sets(self, sets: Sequence[JudgedSet]) -> None:
        """Show ``sets``."""
        blocked = self.selectionModel().blockSignals(True)
        self._sets.show(sets)
        self.selectionModel().blockSignals(blocked)

    def mark(self, row: int) -> None:
        """Show a set as chosen without saying so."""
        blocked = self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self._sets.index(row))
        self.selectionModel().blockSignals(blocked)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to the page what belongs to it: play, and the way from rep to rep."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Sets(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._sets: tuple[JudgedSet, ...] = ()

    def show(self, sets: Sequence[JudgedSet]) -> None:
        self.beginResetModel()
        self._sets = tuple(sets)
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
        return title if judged.load_kg is None else f"{title} · {plain(judged.load_kg)} kg"

    def result(self, judged: JudgedSet) -> str:
        """Return how many of its reps were good."""
        metrics = judged.metrics
        if not metrics.judged:
            return self.tr("{count} reps").format(count=metrics.reps)
        text = self.tr("{good} of {judged} good")
        return text.format(good=metrics.good, judged=metrics.judged)


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: SetList) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(180), self._theme.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rows, judged = index.model(), index.data(_SET)
        if not isinstance(rows, _Sets) or not isinstance(judged, JudgedSet):
            return
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect.adjusted(px(2), px(2), -px(2), -px(2)))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected"))
            painter.drawRoundedRect(box, px(8), px(8))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("text"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, px(8), px(8))
        inner = box.adjusted(px(12), px(8), -px(12), -px(8))
        top = Qt.AlignmentFlag.AlignTop
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font(15, bold=True))
        title = rows.title(judged)
        painter.drawText(inner, top | Qt.AlignmentFlag.AlignLeft, title)
        taken = QFontMetrics(painter.font()).horizontalAdvance(title)
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font(14))
        result, metrics = rows.result(judged), QFontMetrics(painter.font())
        if taken + px(8) + metrics.horizontalAdvance(result) <= inner.width():
            painter.drawText(inner, top | Qt.AlignmentFlag.AlignRight, result)
        self._draw_reps(painter, judged, inner)
        painter.restore()

    def _draw_reps(self, painter: QPainter, judged: JudgedSet, inner: QRectF) -> None:
        """Draw a shape a rep, smaller where there are many."""
        if not judged.verdicts:
            return
        step = min(self._theme.px(_STEP_PX), inner.width() / len(judged.verdicts))
        size = _MARK_SHARE * step
        middle = inner.bottom() - 0.5 * _MARK_SHARE * self._theme.px(_STEP_PX)
        for at, verdict in enumerate(judged.verdicts):
            painter.setOpacity(0.5 if verdict.rep.partial else 1.0)
            shape = QRectF(inner.left() + at * step, middle - size / 2, size, size)
            draw_mark(painter, self._theme, mark_of(verdict), shape)

"""The sets of a session in a row: number, load, and one shape a rep."""

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
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from gui.theme import Theme
from gui.widgets.rep_table import mark_of
from gui.widgets.shapes import draw_mark
from processing.judging import JudgedSet

Index = QModelIndex | QPersistentModelIndex
_SET = Qt.ItemDataRole.UserRole


class SetStrip(QListView):
    """Shows :class:`JudgedSet` values; the arrow keys go from one to the next."""

    chosen = Signal(int)
    """The place of a set that a person chose."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._sets = _Sets()
        self.setModel(self._sets)
        self.setItemDelegate(_Painter(theme, self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setSpacing(0)
        self.setFixedHeight(theme.px(60))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The chosen row itself shows the focus.
        self.setStyleSheet(
            "QListView { background: transparent; } QListView:focus { border: none; }"
        )
        self.setAccessibleName(self.tr("Sets"))
        self.selectionModel().currentChanged.connect(lambda now: self.chosen.emit(now.row()))

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
        """Leave the space bar to the page, which plays and pauses with it."""
        if event.key() == Qt.Key.Key_Space:
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
        return title if judged.load_kg is None else f"{title} · {judged.load_kg:g} kg"

    def result(self, judged: JudgedSet) -> str:
        """Return how many of its reps were good."""
        metrics = judged.metrics
        if not metrics.judged:
            return self.tr("{count} reps").format(count=metrics.reps)
        text = self.tr("{good} of {judged} good")
        return text.format(good=metrics.good, judged=metrics.judged)


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: SetStrip) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        judged = index.data(_SET)
        reps = len(judged.verdicts) if isinstance(judged, JudgedSet) else 0
        px = self._theme.px
        words = QFontMetrics(self._theme.font(14, bold=True)).horizontalAdvance(self._title(index))
        return QSize(max(words + px(28), min(reps, 12) * px(16) + px(28), px(150)), px(58))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        judged = index.data(_SET)
        if not isinstance(judged, JudgedSet):
            return
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(1, 1, -px(8), -1)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setBrush(theme.color("selected" if selected else "panel"))
        painter.setPen(QPen(theme.color("text"), px(2)) if focused else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, px(8), px(8))
        inner = box.adjusted(px(12), px(8), -px(10), -px(9))
        painter.setPen(theme.color("text" if selected else "muted"))
        painter.setFont(theme.font(14, bold=True))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, self._title(index))
        size = px(11)
        for at, verdict in enumerate(judged.verdicts):
            x = inner.left() + at * px(16)
            if x + size > inner.right():
                break
            painter.setOpacity(0.5 if verdict.rep.partial else 1.0)
            shape = QRectF(x, inner.bottom() - size - px(2), size, size)
            draw_mark(painter, theme, mark_of(verdict), shape)
        painter.restore()

    def _title(self, index: Index) -> str:
        rows, judged = index.model(), index.data(_SET)
        return rows.title(judged) if isinstance(rows, _Sets) and judged is not None else ""

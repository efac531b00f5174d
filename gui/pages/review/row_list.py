"""The base of the lists of Review: painted rows with one chosen row."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from gui.widgets.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 62
_LEAST_WIDTH_PX = 180


class RowList(QListView):
    """A list whose rows a :class:`RowPainter` paints."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The chosen row itself shows the focus.
        self.setStyleSheet("QListView:focus { border: none; }")
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """Return the least size that can be read; the layout gives more where there is room."""
        return QSize(self._theme.px(_LEAST_WIDTH_PX), self._theme.px(ROW_PX))

    def mark_row(self, row: int) -> None:
        """Show a row as chosen, -1 for none, without emitting a signal."""
        blocked = self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self.model().index(row, 0))
        self.selectionModel().blockSignals(blocked)
        self.viewport().update()


class RowPainter(QStyledItemDelegate):
    """A painter of rows; a subclass paints into the room that :meth:`begin_row` leaves."""

    def __init__(self, theme: Theme, parent: RowList) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: Option, index: Index) -> QSize:
        """Return the size of a row."""
        return QSize(self._theme.px(_LEAST_WIDTH_PX), self._theme.px(ROW_PX))

    def begin_row(self, painter: QPainter, option: Option) -> QRectF:
        """Paint the ground of a row and its focus; return the room inside."""
        theme, px = self._theme, self._theme.px
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
        return box.adjusted(px(12), px(8), -px(12), -px(8))

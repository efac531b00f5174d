"""The recorded sessions, newest first: when, what was done, how well, and what is damaged."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from gui.widgets.theme import Theme
from processing.library import LibrarySession

Index = QModelIndex | QPersistentModelIndex
_SESSION = Qt.ItemDataRole.UserRole
ROW_PX = 62


class SessionList(QListView):
    """Shows :class:`LibrarySession` values."""

    chosen = Signal(object)
    """The path of a session that a person chose."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows = _Sessions()
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(theme, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The chosen row itself shows the focus.
        self.setStyleSheet("QListView:focus { border: none; }")
        self.setAccessibleName(self.tr("Sessions"))
        self.selectionModel().currentChanged.connect(self._choose)

    def sizeHint(self) -> QSize:
        """Return the least that can be read; more room is taken where it is."""
        return QSize(self._theme.px(180), self._theme.px(ROW_PX))

    def show_sessions(self, sessions: Sequence[LibrarySession]) -> None:
        """Show ``sessions``; none is chosen then."""
        if tuple(sessions) == self._rows.sessions:
            return
        blocked = self.selectionModel().blockSignals(True)
        self._rows.show(sessions)
        self.selectionModel().blockSignals(blocked)

    def mark(self, path: Path | None) -> None:
        """Show ``path`` as chosen without saying so; none if it is not in the list."""
        row = next((i for i, s in enumerate(self._rows.sessions) if s.path == path), -1)
        if row == self.currentIndex().row():
            return
        blocked = self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self._rows.index(row))
        self.selectionModel().blockSignals(blocked)
        self.viewport().update()

    def _choose(self, current: QModelIndex) -> None:
        session = current.data(_SESSION)
        if isinstance(session, LibrarySession):
            self.chosen.emit(session.path)


class _Sessions(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.sessions: tuple[LibrarySession, ...] = ()

    def show(self, sessions: Sequence[LibrarySession]) -> None:
        self.beginResetModel()
        self.sessions = tuple(sessions)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as in Qt
        return 0 if parent.isValid() else len(self.sessions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        session = self.sessions[index.row()]
        if role == _SESSION:
            return session
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = self.day(session), self.time(session), self.quality(session), self.kind(session)
            return ", ".join(words)
        if role == Qt.ItemDataRole.ToolTipRole:
            said = [self.quality(session), str(session.path), session.health, session.problem]
            return "\n".join(filter(None, said))
        return None

    def day(self, session: LibrarySession) -> str:
        """Say when it was, as short as it can be told."""
        when = session.when
        return QLocale().toString(QDate(when.year, when.month, when.day), "ddd d MMM")

    def time(self, session: LibrarySession) -> str:
        """Say at which time of the day it was."""
        return f"{session.when:%H:%M}"

    def number(self, session: LibrarySession) -> str:
        """Tell those apart that began in the same minute; empty for one alone."""
        same = [s for s in self.sessions if f"{s.when:%x %H:%M}" == f"{session.when:%x %H:%M}"]
        return f"#{len(same) - same.index(session)}" if len(same) > 1 else ""

    def quality(self, session: LibrarySession) -> str:
        """Say how well it went."""
        share = session.quality_percent
        return "" if share is None else self.tr("{percent} % good").format(percent=f"{share:.0f}")

    def share(self, session: LibrarySession) -> str:
        """Say how much of it was good, without the word."""
        share = session.quality_percent
        return "" if share is None else f"{share:.0f} %"

    def kind(self, session: LibrarySession) -> str:
        """Say what was done in it, and what is wrong with its file."""
        if session.problem:
            return self.tr("cannot be opened")
        parts = [part for part in (self.number(session), session.protocol) if part]
        count = len(session.sets)
        sets = self.tr("1 set") if count == 1 else self.tr("{count} sets").format(count=count)
        parts.append(sets)
        if not session.complete:
            parts.append(self.tr("damaged"))
        if session.simulated:
            parts.append(self.tr("simulated"))
        return " · ".join(parts)


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: SessionList) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: Option, index: Index) -> QSize:
        return QSize(self._theme.px(180), self._theme.px(ROW_PX))

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        theme, px = self._theme, self._theme.px
        rows, session = index.model(), index.data(_SESSION)
        if not isinstance(rows, _Sessions) or not isinstance(session, LibrarySession):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect.adjusted(px(2), px(2), -px(2), -px(2))
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected"))
            painter.drawRoundedRect(box, px(8), px(8))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("text"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, px(8), px(8))
        inner = box.adjusted(px(12), px(8), -px(12), -px(8))
        top = Qt.AlignmentFlag.AlignTop
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font(14))
        kind = QFontMetrics(painter.font()).elidedText(
            rows.kind(session), Qt.TextElideMode.ElideRight, inner.width()
        )
        if session.problem or not session.complete:
            painter.setPen(theme.color("near"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, kind)
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font(15, bold=True))
        day, time = rows.day(session), rows.time(session)
        painter.drawText(inner, top | Qt.AlignmentFlag.AlignLeft, day)
        taken = QFontMetrics(painter.font()).horizontalAdvance(day) + px(6)
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font(14))
        metrics = QFontMetrics(painter.font())
        painter.drawText(inner.adjusted(taken, 0, 0, 0), top | Qt.AlignmentFlag.AlignLeft, time)
        room = inner.width() - taken - metrics.horizontalAdvance(time) - px(6)
        # In a narrow list the share alone stands there; the word is heard and in the tool tip.
        words = (rows.quality(session), rows.share(session), "")
        quality = next(word for word in words if metrics.horizontalAdvance(word) <= room)
        painter.drawText(inner, top | Qt.AlignmentFlag.AlignRight, quality)
        painter.restore()

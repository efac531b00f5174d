"""The recorded sessions, newest first: day, kind, quality and damage."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QDate, QLocale, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from gui.pages.review.row_list import Index, RowList, RowPainter
from gui.translations.set_words import kind_words, ranges_words
from gui.widgets.plain_text import plain_tip
from gui.widgets.theme import Theme
from processing.library import LibrarySession

_SESSION = Qt.ItemDataRole.UserRole


class SessionList(RowList):
    """The list of the recorded sessions."""

    chosen = Signal(object)
    """The path of the session that the person chose."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Sessions"))
        self._rows = _Sessions()
        self.setModel(self._rows)
        self.setItemDelegate(_SessionPainter(theme, self))
        self.selectionModel().currentChanged.connect(self._choose)

    def show_sessions(self, sessions: Sequence[LibrarySession]) -> None:
        """Show ``sessions``; none is chosen then."""
        # A reset would lose the scroll position.
        if tuple(sessions) == self._rows.sessions:
            return
        blocked = self.selectionModel().blockSignals(True)
        self._rows.show(sessions)
        self.selectionModel().blockSignals(blocked)

    def mark(self, path: Path | None) -> None:
        """Show ``path`` as chosen without a signal; none if it is not in the list."""
        row = next((i for i, s in enumerate(self._rows.sessions) if s.path == path), -1)
        if row != self.currentIndex().row():
            self.mark_row(row)

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
            parts = [self.quality(session), str(session.path), session.health, session.problem]
            return plain_tip("\n".join(filter(None, parts)))
        return None

    def day(self, session: LibrarySession) -> str:
        """Return the day in its shortest form."""
        when = session.when
        return QLocale().toString(QDate(when.year, when.month, when.day), "ddd d MMM")

    def time(self, session: LibrarySession) -> str:
        """Return the time of the day."""
        return f"{session.when:%H:%M}"

    def number(self, session: LibrarySession) -> str:
        """Return a number that tells sessions of the same minute apart; empty for one alone."""
        # Short trials start several sessions within a minute.
        same = [s for s in self.sessions if f"{s.when:%x %H:%M}" == f"{session.when:%x %H:%M}"]
        return f"#{len(same) - same.index(session)}" if len(same) > 1 else ""

    def quality(self, session: LibrarySession) -> str:
        """Return the share of good reps with its word."""
        share = session.quality_percent
        return "" if share is None else self.tr("{percent} % good").format(percent=f"{share:.0f}")

    def share(self, session: LibrarySession) -> str:
        """Return the share of good reps without the word."""
        share = session.quality_percent
        return "" if share is None else f"{share:.0f} %"

    def kind(self, session: LibrarySession) -> str:
        """Return protocol and number of sets, and what is wrong with the file."""
        if session.problem:
            return self.tr("cannot be opened")
        parts = [part for part in (self.number(session), kind_words(session.protocol)) if part]
        count = len(session.sets)
        sets = self.tr("1 set") if count == 1 else self.tr("{count} sets").format(count=count)
        measured = ranges_words(session.ranges)
        parts += [sets] if count or not measured else []
        parts += [measured] if measured else []
        if not session.complete:
            parts.append(self.tr("damaged"))
        if session.simulated:
            parts.append(self.tr("simulated"))
        return " · ".join(parts)


class _SessionPainter(RowPainter):
    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        theme, px = self._theme, self._theme.px
        rows, session = index.model(), index.data(_SESSION)
        if not isinstance(rows, _Sessions) or not isinstance(session, LibrarySession):
            return
        painter.save()
        inner = self.begin_row(painter, option)
        top = Qt.AlignmentFlag.AlignTop
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font(14))
        kind = QFontMetrics(painter.font()).elidedText(
            rows.kind(session), Qt.TextElideMode.ElideRight, int(inner.width())
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
        # A narrow list shows the share alone; screen readers and the tool tip have the word.
        words = (rows.quality(session), rows.share(session), "")
        quality = next(word for word in words if metrics.horizontalAdvance(word) <= room)
        painter.drawText(inner, top | Qt.AlignmentFlag.AlignRight, quality)
        painter.restore()

"""The table of the reps of a set: verdict as shape and word, the numbers, and the reason."""

import math
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from gui.models.versions import Versions
from gui.translations import texts
from gui.translations.decimals import decimal
from gui.widgets.shapes import MARKS, Mark, draw_mark
from gui.widgets.theme import Theme
from processing.exercises.exercise import LEG_CURL, Driving
from processing.exercises.exercise_file import built_in
from processing.judge.bands import Band
from processing.judge.break_point import BreakPoint, Control
from processing.judge.checks import Grade
from processing.judge.verdict import Verdict
from processing.review.judged_sets import JudgedSet
from processing.review.session_numbers import best_percents_of

Index = QModelIndex | QPersistentModelIndex
_MARK_COLUMN, _CURL_COLUMN, _SWITCH_COLUMN, _BEFORE_COLUMN, _CONTROL_COLUMN = 1, 4, 8, 9, 10
_BEST_COLUMN = 11
_PHASE_COLUMNS = _LIFT_COLUMN, _LOWER_COLUMN = 2, 3
_TOE_COLUMNS = (5, 6, 7, 8)
"""Columns that say nothing where nothing is asked of the toes."""
_LEFT_OUT_FIRST = (4, 2, 8, 5, 10)
"""Columns that a narrow table hides, the first one first: curl, lift, switch, toes lifting, break point.

The reason and the plots beside the table show what they hold.
"""
_LEFT_OUT_FIRST_WITHOUT_TOES = (2, 10)
"""The same where nothing is asked of the toes: the range stays."""
_REASON_PX = 230
"""Least width of the reasons, at 100 % text size; columns are hidden to keep it."""
_ROW_PX, _EDGE_PX = 30, 12
"""Height of a row of one line, and what a row is higher than its lines."""
_LEFT_PX, _BESIDE_PX = 8, 14
"""Room left of the words of a cell, and what a column is wider than its widest words."""
_NO_VALUE = "–"


def mark_of(verdict: Verdict) -> Mark:
    """Return the shape of a verdict."""
    return MARKS[verdict.grade]


class RepTable(QTableView):
    """The table of the verdicts of a set, one row a rep."""

    chosen = Signal(int)
    """The row of a rep that a person chose."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows = _Reps(theme)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        # A reason that is wider than its column takes a second line; the other columns fit their words.
        self.setWordWrap(True)
        # Tab leaves the table; else it would visit every cell before the next control.
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # The chosen row itself shows the focus.
        self.setStyleSheet("QTableView:focus { border: none; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Reps of this set"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW_PX))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(self._rows.columns) - 1, QHeaderView.ResizeMode.Stretch)
        # There is no sorting: the rows keep the order of the set.
        header.setSectionsClickable(False)
        self.selectionModel().currentRowChanged.connect(lambda now: self.chosen.emit(now.row()))

    def show_set(
        self,
        judged: JudgedSet | None,
        versions: Versions | None = None,
        *,
        knee: bool = False,
        best: float | None = None,
    ) -> None:
        """Show the reps of a set.

        Parameters
        ----------
        judged
            The set.
        versions
            The verdicts before the limits were changed.
        knee
            Whether the reps are those of the knee, because a sensor was worn on the thigh.
        best
            The largest height of this side before the set, rad; None if there is none.
        """
        blocked = self.selectionModel().blockSignals(True)
        # Resetting the rows moves the current one, which nobody chose.
        self._rows.show(judged, versions or Versions(), knee=knee, best=best)
        self.selectionModel().blockSignals(blocked)
        self._fit()

    def mark(self, row: int) -> None:
        """Show a row as chosen without emitting :attr:`chosen`."""
        index = self._rows.index(row, 0)
        if index == self.currentIndex().siblingAtColumn(0):
            return
        blocked = self.selectionModel().blockSignals(True)
        how = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, how.ClearAndSelect | how.Rows)
        self.selectionModel().blockSignals(blocked)
        self.scrollTo(index)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Return the least size that can be read; the layout gives more where there is room."""
        return QSize(self._theme.px(400), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the columns that matter least where there is no room for the reasons."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        spare = self.viewport().width() - self._theme.px(_REASON_PX)
        header = self.horizontalHeader()
        widths = [
            max(self.sizeHintForColumn(c), header.sectionSizeHint(c))
            for c in range(len(self._rows.columns) - 1)
        ]
        toes = self._rows.asks_toes
        hidden = set[int]() if toes else set(_TOE_COLUMNS)
        if not self._rows.raises:
            hidden.add(_BEST_COLUMN)
        if not self._rows.switches:
            hidden.add(_SWITCH_COLUMN)
        if not self._rows.controlled:
            hidden.add(_CONTROL_COLUMN)
        if not self._rows.changed:
            hidden.add(_BEFORE_COLUMN)
        for column in _LEFT_OUT_FIRST if toes else _LEFT_OUT_FIRST_WITHOUT_TOES:
            if sum(w for c, w in enumerate(widths) if c not in hidden) > spare:
                hidden.add(column)
        for column in range(len(self._rows.columns)):
            self.setColumnHidden(column, column in hidden)
        taken = sum(w for c, w in enumerate(widths) if c not in hidden)
        self._fit_rows(self.viewport().width() - taken)

    def _fit_rows(self, wide: int) -> None:
        """Make rows as high as their reason needs in a column of ``wide`` pixels."""
        last, px = len(self._rows.columns) - 1, self._theme.px
        room = QRect(0, 0, max(wide - px(_LEFT_PX + _BESIDE_PX), 1), 0)
        for row in range(self._rows.rowCount()):
            words = str(self._rows.index(row, last).data())
            needed = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()
            self.setRowHeight(row, max(px(_ROW_PX), needed + px(_EDGE_PX)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Space (play) and Delete (delete the chosen rep) to the page."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Delete):
            event.ignore()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the table."""

    title: str
    """The text of the header."""
    tip: str
    """The tool tip; empty for none."""


class _Reps(QAbstractTableModel):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._judged: JudgedSet | None = None
        self.versions = Versions()
        self._knee = False
        self._percents: list[float] = []
        self.columns = (
            _Column(self.tr("rep"), ""),
            _Column(self.tr("verdict"), ""),
            _Column("", self.tr("Concentric phase, seconds")),
            _Column("", self.tr("Eccentric phase, seconds")),
            _Column(self.tr("range °"), self.tr("Range of the driving angle, degrees")),
            _Column(self.tr("toes lifting"), self.tr("Median ankle angle, concentric phase")),
            _Column(self.tr("toes lowering"), self.tr("Median ankle angle, eccentric phase")),
            _Column(self.tr("in band"), ""),
            _Column(self.tr("switch s"), self.tr("From the top until the toes were pointed")),
            _Column("", self.tr("The first verdict, before the limits were changed")),
            _Column(
                self.tr("control °"),
                self.tr("Curl angle at which control of the lowering is lost"),
            ),
            _Column(
                self.tr("% of best"),
                self.tr("Height in % of the best of this leg until then, earlier sessions too"),
            ),
            _Column(self.tr("why"), ""),
        )

    @property
    def raises(self) -> bool:
        """Whether the range of a rep is the height of the heel."""
        return self._judged is not None and self._judged.source.exercise.measures_height

    @property
    def asks_toes(self) -> bool:
        """Whether the set is judged by the toes."""
        return self._judged is None or self._judged.source.exercise.asks_toes

    @property
    def switches(self) -> bool:
        """Whether the foot has to switch at the top in this set."""
        return self._judged is not None and self._judged.target.switches

    @property
    def controlled(self) -> bool:
        """Whether it is known of any rep of this set if control was lost: a tempo is asked."""
        return self._judged is not None and self._judged.metrics.break_points.known > 0

    @property
    def changed(self) -> bool:
        """Whether new limits changed the verdict of a rep."""
        return self._judged is not None and self.versions.changed(self._judged) > 0

    @property
    def _other_angle(self) -> str:
        """The name of the driving angle if it is neither curl nor knee."""
        if self._judged is None:
            return ""
        exercise = self._judged.source.exercise
        if exercise.driving in (Driving.CURL, Driving.KNEE):
            return ""
        return exercise.words_in(QLocale().name()[:2]).angle

    def _phase_word(self, section: int) -> str:
        """Return what the exercise calls the phase whose time a column shows."""
        exercise = built_in(LEG_CURL) if self._judged is None else self._judged.source.exercise
        own = exercise.words_in(QLocale().name()[:2])
        return own.lift if section == _LIFT_COLUMN else own.lower

    def show(
        self, judged: JudgedSet | None, versions: Versions, *, knee: bool, best: float | None
    ) -> None:
        self.beginResetModel()
        self._judged, self.versions, self._knee = judged, versions, knee
        self._percents = [] if judged is None else best_percents_of(judged, best)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as in Qt
        return 0 if parent.isValid() or self._judged is None else len(self._judged.verdicts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as in Qt
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if section == _CURL_COLUMN and self.raises:
            column = _Column(self.tr("height °"), self.tr("Turn of the foot in the rep, degrees"))
        elif section == _CURL_COLUMN and self._other_angle:
            tip = self.tr("Range of this angle in the rep, degrees")
            column = _Column(f"{self._other_angle} °", tip)
        elif section == _CURL_COLUMN and self._knee:
            column = _Column(self.tr("knee °"), self.tr("Range of the knee angle, degrees"))
        if section == _CONTROL_COLUMN and self.raises:
            tip = self.tr("Height at which control of the lowering is lost, degrees")
            column = _Column(column.title, tip)
        elif section == _CONTROL_COLUMN and self._other_angle:
            tip = self.tr("Angle at which control of the lowering is lost, degrees")
            column = _Column(column.title, tip)
        if section in _PHASE_COLUMNS:
            column = _Column(f"{self._phase_word(section)} s", column.tip)
        if role == Qt.ItemDataRole.DisplayRole:
            before = section == _BEFORE_COLUMN
            return f"v1 → v{self.versions.number}" if before else column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._share_tip() if column.title == self.tr("in band") else column.tip or None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._judged is None:
            return None
        verdict = self._judged.verdicts[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(verdict, index.row())[index.column()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._shape(verdict, index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            last = index.column() == len(self.columns) - 1
            name = mark_of(verdict).value if last and verdict.reason is not None else "text"
            return self._theme.color("muted" if verdict.rep.partial or name == "good" else name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(texts().verdicts.reason(c.reason) for c in verdict.checks) or None
        return None

    def _cells(self, verdict: Verdict, row: int) -> tuple[str, ...]:
        rep, measures = verdict.rep, verdict.measures
        known = rep.judged
        return (
            _NO_VALUE if rep.partial else str(rep.number),
            self.tr("partial") if rep.partial else texts().verdicts.grade(verdict.grade),
            decimal(measures.concentric_s),
            decimal(measures.eccentric_s) if known else _NO_VALUE,
            f"{math.degrees(rep.rom):.0f}",
            self._angle(rep.ankle_con) if known else _NO_VALUE,
            self._angle(rep.ankle_ecc) if known else _NO_VALUE,
            f"{100 * self._share(verdict):.0f} %" if known else _NO_VALUE,
            self._switch(verdict) if known else _NO_VALUE,
            self._before(verdict),
            self._control(measures.break_point),
            f"{self._percents[row]:.0f} %",
            self._why(verdict),
        )

    def _control(self, point: BreakPoint) -> str:
        if point.angle is not None:
            return f"{math.degrees(point.angle):.0f}"
        return self.tr("held") if point.control is Control.HELD else _NO_VALUE

    def _angle(self, angle: float) -> str:
        if not math.isfinite(angle):
            return _NO_VALUE
        text = self.tr("{angle}° up") if angle > 0 else self.tr("{angle}° pointed")
        return text.format(angle=f"{abs(math.degrees(angle)):.0f}")

    def _share(self, verdict: Verdict) -> float:
        toes_up = verdict.target.lower is Band.DORSIFLEXED
        return verdict.measures.df_share if toes_up else verdict.measures.pf_share

    def _share_tip(self) -> str:
        up = self._judged is not None and self._judged.target.lower is Band.DORSIFLEXED
        return (
            self.tr("Share of lift and lowering with the toes up")
            if up
            else self.tr("Share of the lowering with the toes pointed")
        )

    def _switch(self, verdict: Verdict) -> str:
        seconds = verdict.measures.switch_s
        return self.tr("never") if seconds is None else decimal(seconds)

    def _shape(self, verdict: Verdict, column: int) -> str | None:
        """Return the shape in front of the words of a column."""
        shown = {_MARK_COLUMN: verdict, _BEFORE_COLUMN: self.versions.before(verdict)}.get(column)
        return None if shown is None else mark_of(shown).value

    def _before(self, verdict: Verdict) -> str:
        """Return how new limits changed the verdict; empty if they did not change it or its reason."""
        first = self.versions.before(verdict)
        if first is None:
            return ""
        old, new = (texts().verdicts.grade(one.grade) for one in (first, verdict))
        return (
            f"{old} → {new}"
            if old != new
            else self.tr("{verdict}, other reason").format(verdict=old)
        )

    def _why(self, verdict: Verdict) -> str:
        if verdict.reason is not None:
            return texts().verdicts.reason(verdict.reason)
        notes = [c for c in verdict.checks if c.grade is Grade.NOTE]
        return texts().verdicts.reason(notes[0].reason) if notes else ""


class _Painter(QStyledItemDelegate):
    """A painter that adds the shape of the verdict and marks the chosen row by its ground."""

    def __init__(self, theme: Theme, parent: RepTable) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        # Drawn below; Qt would take the name of the shape for that of a picture.
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasDecoration
        color = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(color, QColor):
            option.palette.setColor(option.palette.ColorRole.HighlightedText, color)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # The shape is drawn by us, so Qt does not know its width.
        size = super().sizeHint(option, index)
        extra = 38 if index.column() in (_MARK_COLUMN, _BEFORE_COLUMN) else _BESIDE_PX
        return QSize(size.width() + self._theme.px(extra), size.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        px = self._theme.px
        table = self.parent()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._theme.color("selected"))
            if isinstance(table, RepTable) and table.hasFocus() and index.column() == 0:
                edge = QRectF(option.rect.left(), option.rect.top(), px(3), option.rect.height())
                painter.fillRect(edge, self._theme.color("text"))
        left = px(_LEFT_PX)
        mark = index.data(Qt.ItemDataRole.DecorationRole)
        if mark is not None:
            size = px(14)
            top = option.rect.top() + (option.rect.height() - size) / 2
            box = QRectF(option.rect.left() + left, top, size, size)
            draw_mark(painter, self._theme, Mark(mark), box)
            left += px(22)
        shifted = QStyleOptionViewItem(option)
        shifted.rect = option.rect.adjusted(left, 0, 0, 0)
        # Qt would draw a dotted box around one cell; the whole row shows the focus instead.
        shifted.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, shifted, index)

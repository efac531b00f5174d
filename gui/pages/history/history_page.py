"""History: the sessions over weeks, whether anything really changed, and the plan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.models import wall_clock
from gui.models.goals import loads_in
from gui.models.history import (
    RANGES_WEEKS,
    RECENT_WEEKS,
    HistoryChoice,
    chosen_sessions,
    exercise_sessions,
    exercises,
    protocols,
    shown_exercise,
    shows_simulated,
)
from gui.pages.app_state import AppState
from gui.pages.history.plan_view import PlanView
from gui.pages.history.ranges_view import RangesView
from gui.pages.history.recent_numbers import RecentNumbersRow
from gui.pages.history.sides_card import SidesCard
from gui.pages.history.trend_card import TrendCard
from gui.pages.history.week_bars import WeekBars
from gui.pages.library_page import LibraryPage
from gui.pages.page_name import PageName
from gui.translations import texts
from gui.translations.set_words import exercise_words
from gui.widgets.card import Card, label
from gui.widgets.choice import Choice
from gui.widgets.columns import Columns, scrolled
from gui.widgets.empty_card import EmptyCard
from gui.widgets.ends import Ends
from gui.widgets.marked_text import MarkedText
from gui.widgets.picker import Picker
from gui.widgets.progress_line import ProgressLine
from gui.widgets.shapes import Mark
from gui.widgets.switch import Switch
from processing.exercises.exercise import LEG_CURL
from processing.library import LibrarySession
from processing.library.dose import last_jump
from processing.library.history import (
    load_trends,
    quality_trends,
    recent,
    trends_by_protocol,
    weeks,
)
from processing.library.sides import sides

_EMPTY, _TRENDS, PLAN_VIEW, RANGES_VIEW = range(4)
"""The pages of the stack: without sessions, the numbers over time, the goals and the plan,
the measured ranges."""


class HistoryPage(LibraryPage):
    """The page of the last weeks: numbers over time in one view, goals and the plan in another."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self.choice = HistoryChoice()
        self._view = _TRENDS
        self._chosen = False
        """Whether the view was chosen; until then it is the one that has something to show."""
        self._shown: tuple[object, ...] = ()
        self._make()
        self.range.activated.connect(self._choose)
        self.protocol.activated.connect(self._choose)
        self.exercise.activated.connect(self._choose)
        self.simulated.clicked.connect(self._choose_simulated)
        self.view.chosen.connect(self.show_view)
        for card in (self.pointed, self.work, self.best_height, self.quality, self.load):
            card.session_chosen.connect(self.open)

    def refresh(self) -> None:
        """Show the sessions that have been read."""
        library, state = self.library, self.state
        library.poll(state.recording if state.session else None, may_read=state.session is None)
        self._show_reading()
        sessions = library.sessions
        # Called with every frame; drawing the plots takes longer than a frame.
        unit = state.settings.unit
        if not self._chosen and sessions and not any(s.sets for s in sessions):
            self._use_view(RANGES_VIEW if any(s.ranges for s in sessions) else _TRENDS)
        now = (sessions, self.choice, self._view, self.state.goals.goals, unit)
        if now != self._shown:
            self._shown = now
            self._offer(sessions)
            self._show(sessions)

    def open(self, path: Path) -> None:
        """Open a session on Review."""
        self.library.open(path)
        self.state.page_wanted.emit(PageName.REVIEW)

    def show_view(self, view: object) -> None:
        """Show the trends, or the goals and the plan."""
        self._chosen = True
        self._use_view(view if view in (PLAN_VIEW, RANGES_VIEW) else _TRENDS)

    def _use_view(self, view: int) -> None:
        if view != self._view:
            self._view = view
            self.view.show_value(view)

    def _choose(self) -> None:
        self.choice = replace(
            self.choice,
            weeks=self.range.currentData(),
            protocol=self.protocol.currentData(),
            exercise=self.exercise.currentData() if self.exercise.count() > 1 else None,
        )

    def _choose_simulated(self, wanted: bool) -> None:
        self.choice = replace(self.choice, simulated=wanted)

    def _offer(self, sessions: tuple[LibrarySession, ...]) -> None:
        """Offer the protocols of the sessions."""
        names = protocols(sessions)
        known = [self.protocol.itemData(at) for at in range(1, self.protocol.count())]
        if list(names) != known:
            # The first entry stays: all protocols.
            while self.protocol.count() > 1:
                self.protocol.removeItem(1)
            for name in names:
                self.protocol.addItem(self.tr("Protocol {name}").format(name=name), name)
            self.protocol.setCurrentIndex(max(self.protocol.findData(self.choice.protocol), 0))
        keys = exercises(sessions)
        if [self.exercise.itemData(at) for at in range(self.exercise.count())] != list(keys):
            self.exercise.clear()
            for key in keys:
                self.exercise.addItem(exercise_words(key), key)
        shown = shown_exercise(sessions, self.choice)
        self.exercise.setCurrentIndex(max(self.exercise.findData(shown), 0))
        self.exercise.setVisible(len(keys) > 1 and self._view != RANGES_VIEW)
        for control in (self.title, self.protocol, self.range):
            # The plan looks at its own last weeks.
            control.setVisible(self._view == _TRENDS)
        self.simulated.setVisible(any(s.simulated for s in sessions))
        self.simulated.setChecked(shows_simulated(sessions, self.choice))

    def _show(self, sessions: tuple[LibrarySession, ...]) -> None:
        now = wall_clock.now()
        of_exercise = exercise_sessions(sessions, self.choice)
        self._warn(of_exercise, now)
        if self._view == PLAN_VIEW:
            self.stack.setCurrentIndex(PLAN_VIEW)
            simulated = shows_simulated(sessions, self.choice)
            counted = [s for s in sessions if simulated or not s.simulated]
            self.plan.show_sessions(counted, of_exercise, now)
            return
        if self._view == RANGES_VIEW:
            simulated = shows_simulated(sessions, self.choice)
            counted = [s for s in sessions if simulated or not s.simulated]
            self.stack.setCurrentIndex(RANGES_VIEW)
            self.ranges.show_sessions(counted, now)
            return
        shown = chosen_sessions(sessions, self.choice, now)
        self.stack.setCurrentIndex(_TRENDS if shown else _EMPTY)
        if shown:
            self._show_trends(shown, now)

    def _warn(self, sessions: Sequence[LibrarySession], now: datetime) -> None:
        """Show that the dose of the last days jumped after soreness, if it did."""
        jump = last_jump(sessions, now)
        self.jump.setVisible(jump is not None)
        if jump is not None:
            self.jump.say(texts().weeks.dose_jump(jump))

    def _show_trends(self, shown: tuple[LibrarySession, ...], now: datetime) -> None:
        # A short history fills the plot; a chosen span is shown whole, also where it is empty.
        start = min(s.when for s in shown)
        if self.choice.weeks is not None:
            start = min(start, now - timedelta(weeks=self.choice.weeks))
        last_weeks = chosen_sessions(shown, replace(self.choice, weeks=RECENT_WEEKS), now)
        self.numbers.show_recent(recent(last_weeks), RECENT_WEEKS)
        self.bars.show_weeks(weeks(shown))
        end = max(now, *(s.when for s in shown))
        self.pointed.show_trends(
            trends_by_protocol(shown, lambda s: s.pointed_eccentric_s), start, end
        )
        raises = any(s.best_work_deg is not None for s in shown)
        self.pointed.setVisible(not raises)
        self.work.setVisible(raises)
        self.best_height.setVisible(raises)
        self.load.setVisible(not raises or any(s.load_kg for s in shown))
        if raises:
            works = trends_by_protocol(shown, lambda s: s.best_work_deg)
            heights = trends_by_protocol(shown, lambda s: s.best_height_deg)
            self.work.show_trends(works, start, end)
            self.best_height.show_trends(heights, start, end)
        self.quality.show_trends(quality_trends(shown), start, end)
        per_kg, unit = loads_in(self.state.settings.unit)
        self.load.use_unit(unit)
        self.load.show_trends(load_trends(shown, per_kg), start, end)
        efforts = trends_by_protocol(shown, lambda s: s.session_load)
        comparisons = sides(shown)
        self.effort.show_trends(efforts, start, end)
        exercise = shown_exercise(shown, self.choice) or LEG_CURL
        self.sides.show_sides(comparisons, exercise, self.state.settings.unit)
        self.effort.setVisible(any(t.values for t in efforts))
        self.sides.setVisible(bool(comparisons))
        # The layout would give an empty row its share of the height.
        self.last_row.setVisible(any(t.values for t in efforts) or bool(comparisons))

    def _show_reading(self) -> None:
        library = self.library
        words = self.reading_words()
        self.progress.show_progress(library.share if words else None, words)
        self.empty.show_reading(words)
        trouble = library.trouble or self.state.goals.trouble
        if trouble != self.trouble.text():
            self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

    def _make(self) -> None:
        theme, px = self.theme, self.theme.px
        self.empty = EmptyCard(
            theme,
            self.tr("Nothing to show yet"),
            self.tr(
                "Every session that you record adds a point here. There is none in this selection."
            ),
            self.go_home,
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(scrolled(self._make_content()))
        self.plan = PlanView(self.state)
        self.stack.addWidget(scrolled(self.plan))
        self.ranges = RangesView(self.state)
        self.ranges.session_chosen.connect(self.open)
        self.stack.addWidget(scrolled(self.ranges))
        self.jump = MarkedText(theme, Mark.NEAR)
        self.jump.hide()
        self.trouble = label("")
        self.trouble.setWordWrap(True)
        self.progress = ProgressLine(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(12))
        outer.addWidget(self._make_head())
        outer.addWidget(self.trouble)
        outer.addWidget(self.jump)
        outer.addWidget(self.stack, 1)
        outer.addWidget(self.progress)

    def _make_head(self) -> QWidget:
        theme = self.theme
        self.range = Picker(theme)
        self.range.setAccessibleName(self.tr("How far back"))
        words = (self.tr("8 weeks"), self.tr("6 months"), self.tr("everything"))
        for value, word in zip(RANGES_WEEKS, words, strict=True):
            self.range.addItem(word, value)
        self.protocol = Picker(theme)
        self.protocol.setAccessibleName(self.tr("Protocol"))
        self.protocol.addItem(self.tr("all protocols"), None)
        self.protocol.setMinimumContentsLength(12)
        self.exercise = Picker(theme)
        self.exercise.setAccessibleName(self.tr("Exercise"))
        views = [
            (_TRENDS, self.tr("Trends")),
            (PLAN_VIEW, self.tr("Goals and plan")),
            (RANGES_VIEW, self.tr("Ranges")),
        ]
        self.view = Choice(theme, self.tr("View"), views)
        self.view.show_value(_TRENDS)
        self.simulated = Switch(theme, self.tr("simulated sessions too"))
        head = Ends(theme.px(12))
        title = self.tr("The last {weeks} weeks").format(weeks=RECENT_WEEKS)
        self.title = label(title, "title")
        head.left.addWidget(self.title)
        head.left.addWidget(self.view)
        for control in (self.simulated, self.exercise, self.protocol, self.range):
            head.right.addWidget(control)
        return head

    def _make_content(self) -> QWidget:
        theme = self.theme
        self.numbers: RecentNumbersRow = RecentNumbersRow(theme)
        self.bars = WeekBars(theme)
        self.pointed = TrendCard(theme, self.tr("Pointed lowering a session"), "s")
        self.work = TrendCard(theme, self.tr("Height × reps, best set of a session"), "°")
        self.best_height = TrendCard(theme, self.tr("Best height of a session"), "°")
        self.work.hide()
        self.best_height.hide()
        self.quality = TrendCard(theme, self.tr("Good reps a session"), "%", high=110.0)
        self.load = TrendCard(theme, self.tr("Heaviest load a session"), "")
        self.effort = TrendCard(theme, self.tr("Effort × minutes a session"), "")
        self.effort.session_chosen.connect(self.open)
        self.sides = SidesCard(theme)
        sets = Card(theme, self.tr("Sets a week"), self.tr("all together"))
        sets.body.addWidget(self.bars)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(14))
        inner.addWidget(self.numbers)
        rows = ((self.pointed, self.quality), (self.load, sets), (self.effort, self.sides))
        for cards in rows:
            columns = Columns(theme, (50, 50))
            for at, card in enumerate(cards):
                columns.column(at).addWidget(card)
            inner.addWidget(columns, 1)
            # Of heel raises in the place of the pointed lowering and of a load that is none.
            instead = {self.pointed: self.work, self.load: self.best_height}.get(cards[0])
            if instead is not None:
                columns.column(0).addWidget(instead)
            self.last_row = columns
        return content

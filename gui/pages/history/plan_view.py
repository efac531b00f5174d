"""The view of History on the plan: goals, own weeks, adherence, and dose beside soreness."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.models.goals import loads_in
from gui.pages.app_state import AppState
from gui.pages.history.adherence_card import AdherenceCard
from gui.pages.history.dose_card import DoseCard
from gui.pages.history.goal_dialog import GoalDialog
from gui.pages.history.goals_card import GoalsCard
from gui.pages.history.own_weeks_card import OwnWeeksCard
from gui.widgets.columns import Columns
from processing.exercises.exercise_file import built_in_keys
from processing.library import LibrarySession
from processing.library.adherence import adherence
from processing.library.dose import dose_weeks
from processing.library.goal_file import MOST_GOALS, Goals
from processing.library.goals import Goal, goal_progress
from processing.library.own_weeks import SetKind, own_weeks


class PlanView(QWidget):
    """Four cards; the goals that the person changes in them are saved at once."""

    def __init__(self, state: AppState) -> None:
        super().__init__()
        theme = state.theme
        self._state = state
        self._usual = Goal()
        self._exercises: tuple[str, ...] = ()
        self.goals = GoalsCard(theme)
        self.own = OwnWeeksCard(theme)
        self.adherence = AdherenceCard(theme)
        self.dose = DoseCard(theme)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.px(14))
        for cards in ((self.goals, self.own), (self.adherence, self.dose)):
            columns = Columns(theme, (50, 50))
            for at, card in enumerate(cards):
                columns.column(at).addWidget(card)
            outer.addWidget(columns, 1)
        self.goals.goal_wanted.connect(self.ask_goal)
        self.goals.edit_wanted.connect(self.ask_goal)
        self.goals.removed.connect(self._remove)
        self.own.taken.connect(lambda aim: self._change(self._goals.with_aim(aim)))
        self.own.dropped.connect(lambda kind: self._change(self._goals.without_aim(kind)))
        self.adherence.planned.connect(
            lambda count: self._change(replace(self._goals, sessions_a_week=count))
        )

    @property
    def _goals(self) -> Goals:
        return self._state.goals.goals

    def show_sessions(
        self,
        all_sessions: Sequence[LibrarySession],
        of_exercise: Sequence[LibrarySession],
        now: datetime,
    ) -> None:
        """Show the goals over all sessions, and the rest over those of one exercise."""
        unit, goals = self._state.settings.unit, self._goals
        found = [goal_progress(goal, all_sessions, now) for goal in goals.goals]
        self.goals.show_goals(found, unit, MOST_GOALS)
        weeks = own_weeks(of_exercise, now)
        self.own.show_weeks(weeks, goals)
        self.adherence.show_adherence(
            adherence(of_exercise, now, goals.sessions_a_week), goals.sessions_a_week
        )
        per_kg, load_unit = loads_in(unit)
        self.dose.show_dose(dose_weeks(of_exercise, now, per_kg), load_unit)
        done = {one.exercise for session in all_sessions for one in session.sets}
        self._exercises = tuple(sorted({*built_in_keys(), *done}))
        self._usual = _usual_goal(weeks[0].kind if weeks else SetKind(), of_exercise)

    def ask_goal(self, at: int | None = None) -> GoalDialog:
        """Open the dialog of the goal at this place; None: of another one."""
        goal = self._usual if at is None else self._goals.goals[at]
        dialog = GoalDialog(self, goal, self._exercises, self._state.settings.unit)
        dialog.accepted.connect(lambda: self._set(at, dialog.wanted()))
        # As a window of its own; the keys of the page stay out of it.
        dialog.open()
        return dialog

    def _set(self, at: int | None, goal: Goal) -> None:
        before = self._goals.goals
        place = len(before) if at is None else at
        self._change(replace(self._goals, goals=(*before[:place], goal, *before[place + 1 :])))

    def _remove(self, at: int) -> None:
        before = self._goals.goals
        self._change(replace(self._goals, goals=(*before[:at], *before[at + 1 :])))

    def _change(self, goals: Goals) -> None:
        self._state.change_goals(goals)


def _usual_goal(kind: SetKind, sessions: Sequence[LibrarySession]) -> Goal:
    """Return the goal that the dialog begins with: the last load, 80 % good, the asked lowering."""
    newest = max((s for s in sessions if s.sets), key=lambda s: s.created_utc, default=None)
    if newest is None:
        return Goal(kind, lowering_s=4.0)
    last = newest.sets[-1]
    return Goal(kind, load_kg=last.load_kg or None, lowering_s=last.target_s)

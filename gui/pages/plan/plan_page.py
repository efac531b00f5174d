"""Plan: what a session asks, changed by clicks, and saved as a plan of one's own."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent

from gui.models import wall_clock
from gui.models.chosen_coach import in_days, in_force, planned_protocol
from gui.models.chosen_exercise import exercise_choice
from gui.models.home import plan_after
from gui.models.plan import Change, PlanSheet, SheetRow, sheet_of
from gui.models.plan_changes import plan_changes
from gui.models.plan_steps import (
    TempoPart,
    kinds_for,
    with_kind,
    with_reps,
    with_rest,
    with_tempo,
    without_tempo,
)
from gui.models.train_plan import TrainPlan
from gui.pages.app_state import AppState
from gui.pages.library_page import LibraryPage
from gui.pages.page_name import PageName
from gui.pages.plan.plan_card import PlanCard
from gui.pages.plan.plan_words import PlanWords
from gui.pages.plan.save_plan_card import SavePlanCard
from gui.pages.plan.set_card import PlanSetCard
from gui.translations import texts
from gui.widgets.columns import scrolled_columns
from processing.coach.kept_features import kept_features
from processing.coach.own_protocols import FOLDER, own_protocols, save_own
from processing.coach.plan_sets import listed_sets, sets_table, with_sets
from processing.coach.protocol import LoadRule, Prescription, Protocol, SetType
from processing.coach.protocol_file import built_in_names, load_protocol
from processing.exercises.exercise import Exercise
from processing.library.records import of_exercise
from processing.pipeline.marks import PlanEventKind
from sensor.errors import ToepointError


class PlanPage(LibraryPage):
    """The page of the plan: its sets on the left, the chosen one and saving on the right."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self.model = state.plan
        self.words = PlanWords()
        self._shown: object = None
        self._listed_for: object = None
        self._named_for: object = None
        self._plan_for: tuple[object, ...] = ()
        self._plan: TrainPlan | None = None
        self.sheet = PlanSheet(())
        self.plan_card = PlanCard(self.theme, self.words, state.settings.language)
        self.list = self.plan_card.list
        self.set_card = PlanSetCard(self.theme, self.words)
        self.save_card = SavePlanCard(self.theme)
        columns = scrolled_columns(self, self.theme, (56, 44))
        columns.column(0).addWidget(self.plan_card)
        columns.column(0).addWidget(self.save_card)
        columns.column(0).addStretch(1)
        columns.column(1).addWidget(self.set_card)
        columns.column(1).addStretch(1)
        self._connect()
        self.refresh()

    @property
    def folder(self) -> Path:
        """The folder of the person's own plans."""
        return self.state.settings.recordings_folder / FOLDER

    def _connect(self) -> None:
        card, plan = self.set_card, self.plan_card
        plan.add_button.clicked.connect(self.add)
        plan.fewer_button.clicked.connect(self.drop)
        plan.undo_button.clicked.connect(self.undo)
        plan.back_button.clicked.connect(self.go_back)
        self.list.chosen.connect(self.choose)
        self.list.remove.connect(self.remove)
        # activated, not currentIndexChanged: only a choice of the person is saved.
        plan.protocol.activated.connect(
            lambda at: self._use(protocol=plan.protocol.itemData(at), plan=None, understood="")
        )
        plan.exercise.activated.connect(
            lambda at: self._choose_exercise(plan.exercise.itemData(at))
        )
        plan.side.chosen.connect(lambda side: self._use(side=side))
        card.kind_chosen.connect(self._choose_kind)
        card.reps.stepped.connect(lambda by: self.change(lambda one: with_reps(one, by)))
        card.load.stepped.connect(self.change_load)
        card.rest.stepped.connect(self.change_rest)
        for part, stepper in card.tempo.items():
            stepper.stepped.connect(lambda by, part=part: self._step_tempo(part, by))
        card.no_tempo.clicked.connect(lambda: self.change(without_tempo))
        card.copy_button.clicked.connect(self.copy)
        card.remove_button.clicked.connect(self.remove)
        self.save_card.save.connect(self.save)
        back = QShortcut(QKeySequence("Escape"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.go_back)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with every set, and with the keys on the list."""
        super().showEvent(event)
        self._listed_for = None
        self.refresh()
        if self.sheet.rows:
            self.list.line(self.model.number).setFocus()

    # -- what is shown ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the plan as it is now."""
        state = self.state
        self.library.poll(
            state.recording if state.session else None, may_read=state.session is None
        )
        self.model.follow(state.session)
        shown = self._what_is_shown()
        if shown == self._shown:
            return
        self._shown = shown
        try:
            draft, plan = self.model.draft(state.settings), self._plan_now()
        except ToepointError as error:
            # A file of the person's own was changed while the window is open.
            self.plan_card.say_trouble(str(error))
            return
        self._show(draft, plan)

    def _what_is_shown(self) -> tuple[object, ...]:
        """Return all that the page depends on; a frame in which it stays the same costs nothing."""
        state, train = self.state, self.state.train
        rest = train.rest() if self._runs else None
        return (
            state.settings,
            state.goals.goals,
            state.session,
            self.library.sessions if self.library.listed else None,
            self.model.number,
            self._runs and (train.number, train.in_set, train.planned, train.plan.load),
            rest is not None and rest.left_s > 0.0,
            self.model.is_changed(state.settings),
        )

    @property
    def _runs(self) -> bool:
        """Whether a session runs whose plan can be changed."""
        return self.state.session is not None and not self._replays

    @property
    def _replays(self) -> bool:
        return self.state.session is not None and self.state.source.startswith("file:")

    @property
    def _exercise(self) -> Exercise:
        return self.state.train.exercise

    def _plan_now(self) -> TrainPlan:
        """Return the plan of the running session, or of the next one with the person's limits."""
        if self._runs:
            return self.state.train.plan
        state = self.state
        sessions = self.library.sessions if self.library.listed else ()
        wanted = (state.settings, sessions, state.goals.goals)
        if self._plan is None or wanted != self._plan_for:
            own = [s for s in sessions if not s.simulated]
            own = [s for s in of_exercise(own, state.settings.exercise) if s.sets]
            now = wall_clock.now()
            self._plan = plan_after(own, state.settings, state.goals.goals, now)
            self._plan_for = wanted
        return self._plan

    def _show(self, draft: Protocol, plan: TrainPlan) -> None:
        state, settings = self.state, self.state.settings
        self.sheet = sheet = sheet_of(draft, plan, state.train if self._runs else None)
        if self.model.number is not None and sheet.row(self.model.number) is None:
            self.model.number = None
        free = not self._replays and not (self._runs and state.train.in_set)
        card = self.plan_card
        self._list_protocols(draft)
        card.show_choices(settings, self._exercise, before=state.session is None, free=free)
        number = self.model.number
        card.show_sheet(sheet, number, settings.unit, self._exercise, free=not self._replays)
        row = self._row
        self.set_card.offer_kinds(kinds_for(draft, self._exercise))
        if row is not None:
            self.set_card.show_row(
                row,
                settings.unit,
                self._exercise,
                every=number is None,
                rest_only=row.locked and sheet.resting and row.number == sheet.first - 1,
            )
        self.set_card.setEnabled(not self._replays)
        is_changed = self._is_changed
        card.undo_button.setVisible(is_changed)
        card.say_changed(self._changed_words(is_changed=is_changed))
        card.show_limits(draft, plan.protocol)
        runs = state.session is not None
        card.show_back(self.tr("Back to Train") if runs else self.tr("Done"))
        self.save_card.show_kept(texts().sheet.kept(kept_features(draft)))

    @property
    def _row(self) -> SheetRow | None:
        """The set that is shown; of every set the first one that can be changed."""
        if self.model.number is not None:
            return self.sheet.row(self.model.number)
        return next(iter(self.sheet.free), self.sheet.rows[-1] if self.sheet.rows else None)

    def _list_protocols(self, draft: Protocol) -> None:
        """List the plans again where others fit, and offer a name for this one."""
        settings = self.state.settings
        listed_for = settings.protocol, settings.exercise, settings.storage_folder
        if listed_for != self._listed_for:
            self._listed_for = listed_for
            own = own_protocols(self.folder)
            self.plan_card.list_protocols(settings, self._exercise, own)
        if settings.protocol != self._named_for:
            self._named_for = settings.protocol
            is_own = settings.protocol not in built_in_names()
            name = draft.name if is_own else self.tr("{name}, yours").format(name=draft.name)
            self.save_card.use(self.folder, name)

    @property
    def _is_changed(self) -> bool:
        return self.model.is_changed(self.state.settings)

    def _changed_words(self, *, is_changed: bool) -> str:
        if self._replays:
            return self.tr("A recording is shown as it was planned.")
        if not is_changed:
            return ""
        if self._runs:
            return self.tr("Changed for this session. Save it to keep it.")
        plan = self.state.settings.plan
        if plan is not None and plan.until > in_days():
            day = QLocale().toString(QDate.fromString(plan.until, Qt.DateFormat.ISODate))
            return self.tr("Changed until {day}. Save it to keep it.").format(day=day)
        return self.tr("Changed for today. Save it to keep it.")

    # -- changes ---------------------------------------------------------------------------------

    def choose(self, number: int | None) -> None:
        """Show set ``number``, or every set."""
        self.model.number = number
        self.refresh()

    def change(self, change: Change) -> None:
        """Change the chosen set, or every set that can be changed."""
        self.put(self.sheet.changed(self.model.number, change))

    def change_rest(self, steps: int) -> None:
        """Change the rest after the chosen set, which may be the one that runs."""
        row = self._row
        if row is not None and row.locked and row.number == self.sheet.first - 1:
            self.put(self.sheet.with_running_rest(lambda one: with_rest(one, steps)))
        else:
            self.change(lambda one: with_rest(one, steps))

    def change_load(self, steps: int) -> None:
        """Change the load by steps of the machine; the coach goes on from there."""
        state, number = self.state, self.model.number
        if not self._runs:
            step = steps * state.settings.load_step
            self._use(load=max(state.settings.load + step, 0.0))
            return
        plan = state.train.plan
        plan.change_load(max(number or 0, state.train.number), steps)
        if plan.load != state.settings.load:
            self._use(load=plan.load)
        self.refresh()

    def add(self) -> None:
        """Add a set at the end, like the last one."""
        self.put(self.sheet.added())

    def drop(self) -> None:
        """Remove the last set."""
        self.put(self.sheet.removed(None))

    def copy(self) -> None:
        """Copy the chosen set, and show the copy."""
        number = self.model.number
        if number is not None:
            self.put(self.sheet.added(number))
            self.choose(number + 1)

    def remove(self) -> None:
        """Remove the chosen set."""
        number = self.model.number
        if number is not None:
            self.model.number = min(number, max(len(self.sheet.rows) - 1, 1))
            self.put(self.sheet.removed(number))
            self.list.line(self.model.number).setFocus()

    def undo(self) -> None:
        """Return to the sets of the plan; those that are done stay."""
        if self._runs:
            self.put(listed_sets(self.model.as_planned(self.state.settings, self.sheet)))
            self.model.keep(None)
        else:
            self._use(plan=None)
        self.refresh()

    def put(self, sets: Sequence[Prescription]) -> None:
        """Put other sets into force: of the running session by an event, else for today."""
        state = self.state
        if self._replays:
            return
        try:
            draft = with_sets(self.model.draft(state.settings), sets)
        except ToepointError as error:
            self.plan_card.say_trouble(str(error))
            return
        if self._runs:
            self.model.keep(draft)
            data = sets_table(in_force(state.settings, draft))
            state.add_input(PlanEventKind.SETS, data)
        else:
            kept = state.settings.plan
            until = kept.until if kept is not None and self._is_changed else in_days()
            self._use(plan=plan_changes(state.settings.protocol, draft, until))
        self._shown = None
        self.refresh()

    def save(self, name: str, over: bool) -> None:
        """Save the plan as one of the person's own, and train by it from now on."""
        settings = self.state.settings
        try:
            sets = [row.asked for row in self.sheet.rows]
            draft = with_sets(self.model.draft(settings), sets)
            path = save_own(self.folder, name, draft, over=over)
            saved = load_protocol(path)
        except ToepointError as error:
            self.save_card.say_trouble(str(error))
            return
        self._drop_aims(saved)
        understood = str(path) if settings.understood == settings.protocol else ""
        self._use(protocol=str(path), plan=None, understood=understood)
        self.model.keep(None)
        self._listed_for = None
        self._shown = None
        self.refresh()
        self.save_card.use(self.folder, saved.name)
        self.save_card.say_saved(saved.name)

    def _drop_aims(self, saved: Protocol) -> None:
        """Let the saved lowering hold, where the person aimed at another one until now."""
        goals = self.state.goals.goals
        plan = self.state.train.plan
        for asked in saved.sets:
            aim = plan.aim(asked.type)
            if aim is None or asked.tempo is None or aim.lowering_s is None:
                continue
            if aim.lowering_s != asked.tempo.eccentric_s:
                goals = goals.without_aim(aim.kind)
        if goals != self.state.goals.goals:
            self.state.change_goals(goals)

    def _step_tempo(self, part: TempoPart, steps: int) -> None:
        self.change(lambda one: with_tempo(one, part, steps))

    def _choose_kind(self, kind: object) -> None:
        if isinstance(kind, SetType):
            draft = self.model.draft(self.state.settings)
            self.change(lambda one: with_kind(draft, one, kind))

    def _choose_exercise(self, key: str) -> None:
        """Use another exercise with the plan that was last used for it; done sets stay."""
        if key == self._exercise.key:
            return
        done = [row.asked for row in self.sheet.rows if row.locked]
        try:
            chosen = exercise_choice(self.state.settings, key)
        except ToepointError as error:
            self.plan_card.say_trouble(str(error))
            return
        self._use(**chosen, plan=None)
        self._listed_for = None
        if self._runs:
            new = listed_sets(planned_protocol(self.state.settings))
            # The ratio is learned by the coach of the session, if its plan has one.
            own = [replace(one, load=LoadRule.CHOSEN) for one in new]
            self.put([*done, *(own[len(done) :] or own[-1:])])

    def _use(self, **values: object) -> None:
        """Change settings; an error is shown."""
        try:
            self.state.change(**values)
        except ToepointError as error:
            self.plan_card.say_trouble(str(error))
        self.refresh()

    def go_back(self) -> None:
        """Return to the page that led here."""
        runs = self.state.session is not None
        self.state.page_wanted.emit(PageName.TRAIN if runs else PageName.HOME)

"""Home: continue, the sensors of last time, the goal, and the last session."""

import time
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent

from gui.models import wall_clock
from gui.models.athletes import athletes
from gui.models.chosen_coach import in_days, plan_is_over, planned_protocol
from gui.models.chosen_exercise import exercise_choice, try_source
from gui.models.home import HomeView, days_ago, days_since, home_view
from gui.models.plan_changes import half_the_sets, plan_changes
from gui.models.sensors import LOW_BATTERY_PERCENT
from gui.pages.app_state import AppState
from gui.pages.athletes_dialog import AthletesDialog
from gui.pages.home.goal_card import GoalCard
from gui.pages.home.last_card import LastCard
from gui.pages.home.next_card import NextCard
from gui.pages.home.sensors_card import SensorsCard, WornSensor
from gui.pages.library_page import LibraryPage
from gui.pages.page_name import PageName, page_of
from gui.widgets.columns import scrolled_columns
from sensor.errors import ToepointError
from sensor.store.charges import Charge
from sensor.store.pairs import RememberedSensor

OFFER_PX = 220
"""The room of an offer, with the drawing still as large as its parts can be told."""
EASY_DAYS = 7
"""The length of an easier week."""
WITH_LEG_PX = 440
"""A page that is lower, at 100 % text size, does without the drawing."""


class HomePage(LibraryPage):
    """The page that a person who comes back opens on."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        theme, wanted = self.theme, state.page_wanted
        self.next = NextCard(theme, state.settings)
        self.sensors = SensorsCard(theme)
        self.goal = GoalCard(theme)
        self.last = LastCard(theme)
        columns = scrolled_columns(self, theme, (60, 40))
        columns.column(0).addWidget(self.next, 1)
        for card in (self.sensors, self.goal, self.last):
            columns.column(1).addWidget(card)
        columns.column(1).addStretch(1)
        self.next.exercise_chosen.connect(self._choose_exercise)
        self.next.athlete_chosen.connect(self._choose_athlete)
        self._show_athletes()
        self.next.reminders.accept.clicked.connect(self.train_less)
        self.next.reminders.decline.clicked.connect(self.train_on)
        self.next.start.clicked.connect(self.go_on)
        self.next.plan.clicked.connect(lambda: wanted.emit(PageName.PLAN))
        self.next.attempt.clicked.connect(self.try_it)
        self.sensors.connect_button.clicked.connect(self.connect_last)
        self.sensors.other_button.clicked.connect(lambda: wanted.emit(PageName.SENSORS))
        self.goal.button.clicked.connect(lambda: wanted.emit(PageName.HISTORY))
        self.last.button.clicked.connect(self.review)
        self.last.card_button.clicked.connect(self.show_card)
        for key in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.go_on)
        self._view: HomeView | None = None
        self._shown: tuple[object, ...] = ()
        try:
            state.sensors.recall()
        except ToepointError as error:
            self.sensors.say_trouble(str(error))
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for the sensors of last time, and offer the large button to the keys."""
        super().showEvent(event)
        self.next.start.setFocus()
        # Without known sensors there is nothing to look for.
        if self.state.session is None and self.state.sensors.remembered is not None:
            self.state.search.start(self.state.settings.recordings_folder)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the search: it disturbs a session that streams."""
        super().hideEvent(event)
        self.state.search.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the leg where the large button would be below the visible part."""
        super().resizeEvent(event)
        self._set_low()

    def _set_low(self) -> None:
        """Keep the large button in sight: an offer takes the room of the drawing first."""
        offers = not self.next.reminders.offer.isHidden()
        needed = WITH_LEG_PX + (OFFER_PX if offers else 0)
        self.next.set_low(low=self.height() < self.theme.px(needed))

    def refresh(self) -> None:
        """Show the sensors now, and the sessions that have been read."""
        library, state = self.library, self.state
        library.poll(state.recording if state.session else None, may_read=state.session is None)
        state.sensors.take_found(state.search.take(), time.monotonic())
        now = wall_clock.now()
        if plan_is_over(state.settings):
            state.change(plan=None)
        self.sensors.show_sensors(self._worn(now), live=state.session is not None)
        self._show_start()
        # Another person's folder may be on Review; Home stays that of its owner.
        sessions = library.sessions if library.visited is None and library.listed else None
        reading = self.reading_words() if library.visited is None else ""
        shown = (sessions, state.settings, state.goals.goals, now.date(), reading)
        if shown == self._shown or (sessions is None and self._view is not None):
            return
        self._shown = shown
        try:
            view = home_view(state.settings, sessions or (), state.goals.goals, now)
        except ToepointError as error:
            # A file of the person's own was changed while the window is open.
            self.sensors.say_trouble(str(error))
            return
        self._view, unit = view, state.settings.unit
        self.next.reminders.show_reminders(view.reminders, state.settings, now.date())
        self._set_low()
        self.next.show_next(view.following, state.settings, known=sessions is not None)
        self.next.when.setText(self._when(view, now))
        self.goal.show_goal(view.goal, unit)
        self.last.show_session(view.last, reading, unit)

    def go_on(self) -> None:
        """Do what comes next: connect the sensors of last time, find some, or train."""
        if self.state.session is not None:
            self.state.page_wanted.emit(page_of(self.state.train.exercise))
            return
        self.connect_last()
        # Sensors shows the stages of connecting, and the remedy if one fails.
        self.state.page_wanted.emit(PageName.SENSORS)

    def connect_last(self) -> None:
        """Connect the sensors of last time; their rows show how it goes."""
        try:
            self.state.connect_last()
        except (ToepointError, OSError) as error:
            self.sensors.say_trouble(str(error))
        else:
            self.sensors.say_trouble("")

    def try_it(self) -> None:
        """Show a simulated session, kept apart from the person's own."""
        self.state.watch(try_source(self.state.settings))
        self.state.page_wanted.emit(page_of(self.state.train.exercise))

    def review(self) -> None:
        """Open the last session on Review."""
        if self._view is not None and self._view.last is not None:
            self.library.open(self._view.last.path)
            self.state.page_wanted.emit(PageName.REVIEW)

    def show_card(self) -> None:
        """Show the card of the last session."""
        if self._view is not None and self._view.last is not None:
            self.state.end.show(self._view.last.path)
            self.state.page_wanted.emit(PageName.END)

    def train_less(self) -> None:
        """Take half of the sets for a week, as it was offered."""
        settings = self.state.settings
        less = half_the_sets(planned_protocol(settings))
        changes = plan_changes(settings.protocol, less, in_days(EASY_DAYS - 1))
        self.state.change(plan=changes, easy_week_answered=in_days())

    def train_on(self) -> None:
        """Stay with the plan; the offer does not come again for the same jump."""
        self.state.change(easy_week_answered=in_days())

    def _choose_exercise(self, key: str) -> None:
        """Use another exercise, with the protocol that was last used for it."""
        if key == self.state.settings.exercise:
            return
        try:
            self.state.change(**exercise_choice(self.state.settings, key))
        except ToepointError as error:
            self.sensors.say_trouble(str(error))

    def _choose_athlete(self, key: str) -> None:
        """Let another athlete train, or show all of them."""
        before = self.state.settings.athlete_key
        if not key:
            self._show_athletes()
            AthletesDialog(self.window(), self.state).exec()
        chosen = {one.key: one for one in athletes(self.state.settings)}.get(key)
        try:
            if chosen is not None and chosen.trouble:
                self.sensors.say_trouble(chosen.trouble)
            elif chosen is not None and key != before:
                self.state.switch_to(chosen)
        except ToepointError as error:
            self.sensors.say_trouble(str(error))
        # With another athlete the window has another Home, and this one is gone.
        if self.state.settings.athlete_key == before:
            self._show_athletes()

    def _show_athletes(self) -> None:
        settings = self.state.settings
        everybody = athletes(settings)
        self.next.show_athletes(everybody, settings.athlete_key)

    def _show_start(self) -> None:
        self.next.athlete.setEnabled(self.state.session is None)
        measures = self.state.train.exercise.in_trials
        if self.state.session is not None:
            go_on = self.tr("Go on measuring") if measures else self.tr("Go on training")
            self.next.say_start(go_on, "")
        elif self.state.sensors.remembered is not None:
            hint = self.tr("The sensors connect; then comes a minute of calibration.")
            self.next.say_start(self.tr("Start"), hint)
        else:
            hint = self.tr("Connect {count} sensors, calibrate for a minute, and train.")
            if measures:
                hint = self.tr("Connect {count} sensors, calibrate for a minute, and measure.")
            count = len(self.state.train.exercise.sensors)
            self.next.say_start(self.tr("Connect my sensors"), hint.format(count=count))

    def _when(self, view: HomeView, now: datetime) -> str:
        """Return how long ago the last session was; empty if there was none."""
        if view.last is None:
            return ""
        days = days_since(view.last.when, now)
        if days <= 0:
            return self.tr("last time today")
        if days == 1:
            return self.tr("last time yesterday")
        return self.tr("last time {days} days ago").format(days=days)

    def _worn(self, now: datetime) -> list[WornSensor]:
        pair = self.state.sensors.remembered
        return [] if pair is None else [self._sensor(sensor, now) for sensor in pair.sensors]

    def _sensor(self, sensor: RememberedSensor, now: datetime) -> WornSensor:
        state, model = self.state, self.state.sensors
        live = state.session is not None and state.source.startswith("ble:")
        status = state.live.sensors.get(sensor.segment) if live else None
        link = model.links.get(sensor.address)
        last = model.charges.get(sensor.address, Charge(sensor.address))
        charge = status.battery_percent if status is not None else None
        charge = last.percent if charge is None else charge
        return WornSensor(
            sensor.segment,
            sensor.name or sensor.address,
            battery_percent=charge,
            low=charge is not None and charge < LOW_BATTERY_PERCENT,
            days=days_ago(last.seen_utc, now),
            in_sight=model.in_sight(sensor.address, time.monotonic()),
            streaming=live and link is not None and link.state == "streaming",
            connecting=live,
            fault=link.fault if link is not None and link.failed else None,
        )

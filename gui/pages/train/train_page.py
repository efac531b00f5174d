"""Train: a glance for the athlete, plots for the coach, the set and the plan."""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.models.chosen_exercise import try_source
from gui.models.figure import scene_of
from gui.models.questions import Question
from gui.models.train_view import Face
from gui.pages.app_state import AppState
from gui.pages.page import Page
from gui.pages.page_name import PageName
from gui.pages.train.angle_plots import AnglePlots
from gui.pages.train.announcer import Announcer
from gui.pages.train.card_places import CardName, Places, places_for
from gui.pages.train.fit_button import FitButton
from gui.pages.train.glance_card import GlanceCard
from gui.pages.train.key_button import KeyButton
from gui.pages.train.plan_panel import PlanPanel
from gui.pages.train.rest_view import RestView
from gui.pages.train.set_card import SetCard
from gui.pages.train.train_frame import TrainFrame
from gui.pages.train.train_windows import ExtraWindow, coach_window, far_window
from gui.pages.train.train_words import TrainWords
from gui.widgets.announce import announce
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.columns import scrolled
from gui.widgets.plain_text import NamedLabel, PlainLabel
from processing.pipeline.marks import PlanEventKind
from sensor.types import EventKind, JsonValue, Segment


class TrainPage(Page):
    """The page of a running session: leg, phase, angle, tempo, plots, reps and plan."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        theme, px = self.theme, self.theme.px
        self.words = TrainWords()
        self.frame = TrainFrame(state.train, self.words)
        self.announcer = Announcer()
        self.glance = GlanceCard(theme)
        self.plots = AnglePlots(theme)
        self.plan = PlanPanel(theme)
        self.far_window: ExtraWindow | None = None
        self.coach_window: ExtraWindow | None = None
        self.set_card = SetCard(
            theme,
            (
                (self.tr("Re-zero"), "Z", self.rezero),
                (self.tr("Mark"), "M", self.mark),
                (self.tr("View"), "P", self.switch_picture),
                (self.tr("Far view"), "F", self.show_far_window),
                (self.tr("For the coach"), "W", self.show_coach_window),
            ),
        )
        self.tiles, self.ask = self.set_card.tiles, self.set_card.ask
        self.ask.answered.connect(self.answer)
        self._make_plan_card()
        self._add_exits()
        self._content = QWidget()
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(16))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(self._content))
        self._places: Places | None = None
        self.rest_view: RestView | None = None
        self._arrange()
        self._keys: list[QShortcut] = []
        self._make_keys(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        state.sensor_tapped.connect(self._take_tap)

    # -- layout ----------------------------------------------------------------------------------

    def _make_plan_card(self) -> None:
        theme, px = self.theme, self.theme.px
        self.plan_card = Card(theme)
        self._rest = label("", "muted")
        self._less = KeyButton(theme, "−", "")
        self._less.setAccessibleName(self.tr("Less load"))
        self._less.clicked.connect(lambda: self.change_load(-1))
        self._load = NamedLabel(self.tr("Load"))
        self._more = KeyButton(theme, "+", "")
        self._more.setAccessibleName(self.tr("More load"))
        self._more.clicked.connect(lambda: self.change_load(+1))
        self._plan_head = QWidget()
        head = QHBoxLayout(self._plan_head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(px(2))
        self.plan_button = KeyButton(theme, self.tr("Plan"), "E")
        self.plan_button.setAccessibleName(self.tr("Change the plan"))
        self.plan_button.setToolTip(self.tr("Change sets, reps, tempo, load and rest"))
        self.plan_button.clicked.connect(self.change_plan)
        head.addWidget(self.plan_button)
        head.addSpacing(px(4))
        for widget in (self._less, self._load, self._more):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._rest)
        self.set_button = FitButton(theme, "", "primary")
        self.set_button.clicked.connect(self.start_or_end_set)
        self.stop_button = FitButton(theme, self.tr("Cramp / stop · C"), "stop")
        self.stop_button.clicked.connect(self.stop_set)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(10))
        buttons.addWidget(self.set_button, 1)
        buttons.addWidget(self.stop_button, 1)
        self.plan_card.body.setSpacing(px(8))
        self.plan_card.body.addWidget(self._plan_head)
        self.plan_card.body.addWidget(self.plan, 1)
        self.plan_card.body.addLayout(buttons)

    def _add_exits(self) -> None:
        """Add the buttons of the faces in which no set can run."""

        def button(text: str, act: Callable[[], object], role: str = "") -> QPushButton:
            made = push_button(text, act, role)
            # The return key presses it: space starts and ends sets.
            made.setAutoDefault(True)
            self.glance.add_button(made)
            return made

        wanted = self.state.page_wanted
        self.review_button = button(self.tr("Review it"), lambda: wanted.emit(PageName.REVIEW))
        self.try_button = button(self.tr("Try the simulated leg"), self.try_it, "primary")
        self.sensors_button = button(
            self.tr("Go to Sensors"), lambda: wanted.emit(PageName.SENSORS)
        )
        self.calibrate_button = button(
            self.tr("Calibrate"), lambda: wanted.emit(PageName.CALIBRATE), "primary"
        )
        self.neutral_button = button(
            self.tr("Neutral set · space"), self.start_or_end_set, "primary"
        )
        self.measure_button = button(self.tr("Measure ranges · space"), self.measure, "primary")
        self.resume_button = button(self.tr("Train as planned · R"), lambda: self.press("r"))
        self.finish_button = button(self.tr("End here · Q"), self.finish)
        self._exits = {
            Face.NO_SESSION: (self.try_button, self.sensors_button),
            Face.OVER: (self.review_button, self.try_button, self.sensors_button),
            Face.NOT_CALIBRATED: (self.calibrate_button,),
            Face.REFUSED: (self.neutral_button, self.resume_button, self.finish_button),
            Face.STOPPED: (self.neutral_button, self.resume_button, self.finish_button),
            Face.DONE: (self.finish_button,),
            Face.IN_TRIALS: (self.measure_button,),
        }
        self._exits_shown: Face | None = None

    def _make_keys(self, widget: QWidget) -> None:
        """Make the keys of Train work in ``widget``."""
        # The keys marked True work without a session as well.
        for key, pressed, always in (
            ("Space", self.start_or_end_set, False),
            ("C", self.stop_set, False),
            ("Z", self.rezero, False),
            ("M", self.mark, False),
            ("+", lambda: self.change_load(+1), False),
            # On many keyboards + is Shift and this key.
            ("=", lambda: self.change_load(+1), False),
            ("-", lambda: self.change_load(-1), False),
            ("R", lambda: self.press("r"), False),
            ("L", self.accept_less_feedback, True),
            ("P", self.switch_picture, True),
            ("Q", self.finish, False),
            ("N", partial(self.answer, None), False),
            *((str(n), partial(self.answer, n), False) for n in range(10)),
            ("E", self.change_plan, True),
            ("F", self.show_far_window, True),
            ("W", self.show_coach_window, True),
            # A presenter's clicker: forward, back, and the key that blanks the screen.
            *((key, self.start_or_end_set, False) for key in ("PgDown", "Right")),
            *((key, self.rezero, False) for key in ("PgUp", "Left")),
            *((key, self.stop_set, False) for key in ("B", ".")),
        ):
            shortcut = QShortcut(QKeySequence(key), widget)
            # The extra windows are children with shortcuts of their own.
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            # A key that is held down must not start and end sets.
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(pressed)
            if not always:
                self._keys.append(shortcut)

    def _arrange(self) -> None:
        """Place the cards for the size of the page."""
        scale, size = self.theme.text_scale, self.size()
        rests = self.frame.rests and self.state.session is not None
        places = places_for(
            size.width() / scale,
            size.height() / scale,
            picture=self.state.settings.picture_first,
            rest=rests,
        )
        cards, px = self._cards(rests=rests), self.theme.px
        # The height follows the page, so it is set even when the places stay.
        if places.fills is not None:
            least = px(places.heights[places.fills])
            cards[places.fills].setMinimumHeight(max(least, size.height()))
        if places is self._places:
            return
        self._places = places
        for name, card in cards.items():
            self._grid.removeWidget(card)
            cell = places.cells.get(name)
            if cell is None:
                self._hide(card)
                continue
            self._grid.addWidget(card, *cell)
            card.show()
            if name is not places.fills:
                card.setMinimumHeight(px(places.heights.get(name, 0)))
            # The shares of the columns must not depend on the words in them.
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.glance.arrange(flat=places.flat, leg_share=places.leg_share, brief=places.tight)
        if self.rest_view is not None:
            self.rest_view.arrange(flat=places.below)
        self.set_card.arrange(below=places.below, menu=places.tight)
        for row, stretch in enumerate(places.rows):
            self._grid.setRowStretch(row, stretch)
        for column, stretch in enumerate(places.columns):
            self._grid.setColumnStretch(column, stretch)
        # The words on the two buttons of the plan need their room.
        self._grid.setColumnMinimumWidth(2, px(places.last_px))

    def _hide(self, card: QWidget) -> None:
        """Hide a card; the focus stays on the page, or the keys would act on the head of the window."""
        focused = QApplication.focusWidget()
        if focused is not None and card.isAncestorOf(focused):
            self.setFocus()
        card.hide()

    def _cards(self, *, rests: bool) -> dict[CardName, Card]:
        """Return the cards that exist; those of the rest are made in the first one."""
        if rests and self.rest_view is None:
            self.rest_view = RestView(self.theme, self.frame, self)
        return {
            CardName.GLANCE: self.glance,
            CardName.ANKLE: self.plots.ankle_card,
            CardName.DRIVING: self.plots.driving_card,
            CardName.SET: self.set_card,
            CardName.PLAN: self.plan_card,
            **(self.rest_view.cards if self.rest_view is not None else {}),
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cards for the new size."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard focus, so that space starts a set at once."""
        super().showEvent(event)
        self.setFocus()

    # -- actions of the person -------------------------------------------------------------------

    def start_or_end_set(self) -> None:
        """Start a set, or end the running one."""
        if self.state.train.exercise.in_trials:
            self.measure()
        elif self.state.train.in_set or self.state.train.ends_late:
            self.state.add_input(EventKind.SET_END)
        else:
            self.state.add_input(EventKind.SET_START, self.state.train.announcement())

    def _take_tap(self, place: Segment) -> None:
        """Start or end a set; a tapped foot sensor sets the zero again."""
        if self.isVisible():
            (self.rezero if place is Segment.FOOT else self.start_or_end_set)()

    def measure(self) -> None:
        """Go to the page that measures ranges: here there is nothing to count."""
        self.state.page_wanted.emit(PageName.RANGES)

    def stop_set(self) -> None:
        """Stop at once, for a cramp or another reason."""
        # The coach notes the cramp before the set ends.
        self.press("c")
        if self.state.train.in_set:
            self.state.add_input(EventKind.SET_END, {"reason": "cramp"})

    def press(self, key: str) -> None:
        """Pass a key to the coach; its meaning depends on the state of the session."""
        self.state.add_input(EventKind.KEY, {"key": key})

    def finish(self) -> None:
        """End the training; if that is done, end the session and its recording."""
        if self.state.train.face() is Face.DONE:
            self.state.stop()
        else:
            self.press("q")

    def answer(self, value: int | None) -> None:
        """Answer the question; in a rest, a number tells how many more reps were possible."""
        train = self.state.train
        resting = value is not None and train.face() in (Face.RESTING, Face.DONE)
        question = train.question or (Question.RESERVE if resting else None)
        if question is not None and (value is None or value <= question.most):
            self.state.add_input(question.value, question.answer(value))

    def accept_less_feedback(self) -> None:
        """Accept the offer of less feedback, from the next session on."""
        level = self.state.train.offered_level
        if level is not None:
            self.state.change(feedback=level.value)

    def rezero(self) -> None:
        """Take the pose of the foot in the next moments as neutral, in a set after it; or cancel that."""
        self.state.rezero()

    def mark(self) -> None:
        """Mark this moment in the recording."""
        self.state.add_input(EventKind.MARK)

    def change_load(self, steps: int) -> None:
        """Change the load by steps of the machine, and save it."""
        train = self.state.train
        train.change_load(steps)
        load, load_kg = train.plan.load, train.plan.load_kg(train.number)
        if train.in_set and load_kg is not None:
            # The load of the next set is announced; this set has begun with another one.
            data: dict[str, JsonValue] = {"load_kg": load_kg, "set": train.number}
            self.state.add_input(PlanEventKind.LOAD, data)
        if load != self.state.settings.load:
            self.state.change(load=load)

    def change_next(self, reps: int, lowering: int) -> None:
        """Change the reps and the lowering of the next set by steps."""
        self.state.train.change_next(reps=reps, lowering=lowering)

    def change_plan(self) -> None:
        """Show the list of the plan, where its sets are changed."""
        self.state.page_wanted.emit(PageName.PLAN)

    def try_it(self) -> None:
        """Play a simulated session; nothing is recorded."""
        self.state.watch(try_source(self.state.settings))

    def switch_picture(self) -> None:
        """Show the leg large in place of the plots, or the plots again, and save the choice."""
        wanted = "plots" if self.state.settings.picture_first else "picture"
        self.state.change(train_view=wanted)

    def show_far_window(self) -> None:
        """Open or close the full-screen window that is read from three metres."""
        if self.far_window is None:
            self.far_window = far_window(self, self.state, self.frame)
            self._make_keys(self.far_window)
        if self.far_window.isVisible():
            self.far_window.close()
        else:
            # On the monitor of its saved place, to which it was moved before.
            self.far_window.showFullScreen()

    def show_coach_window(self) -> None:
        """Open a second window for the coach."""
        if self.coach_window is None:
            self.coach_window = coach_window(self, self.state, self.frame, self.mark)
            self._make_keys(self.coach_window)
        self.coach_window.show()
        self.coach_window.raise_()

    # -- frames ----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the session as it is now."""
        frame, settings = self.frame, self.state.settings
        frame.update(time.monotonic())
        glance = self.glance
        glance.leg.show_scene(
            scene_of(frame.exercise, settings.posture), mirrored=settings.mirrored
        )
        glance.leg.show_pose(frame.pose())
        glance.words.show_words(frame.words())
        glance.tempo.show_tempo(*frame.tempo())
        what, where = frame.head(settings)
        if self.state.watched.running:
            what = self.tr("A simulated leg: watch and listen")
        glance.show_head(what, where)
        glance.show_alarm(*frame.alarm())
        glance.show_readiness(*frame.readiness(self.state.sound.heard))
        self._arrange()
        rests = self.rest_view is not None and not self.rest_view.rest.isHidden()
        if rests and self.rest_view is not None:
            watched = self.state.watched.running
            self.rest_view.show_frame(frame, settings.unit, watched=watched)
        # Hidden plots would still cost the time of painting.
        elif not settings.picture_first:
            self.plots.show_live(self.state.live, frame)
        self.tiles.show_tiles(frame.tiles())
        self.plan.show_lines(frame.plan_lines(settings))
        self.set_card.show_words(frame.set_title(), frame.set_note())
        _set_text(self._rest, frame.rest())
        _set_text(self._load, frame.load(settings))
        self._show_controls(frame.face)
        question = self.state.train.question
        # In the rest it has buttons of its own.
        tiled = None if rests and question is Question.RESERVE else question
        self.set_card.show_question(tiled, frame.warning())
        if question is not None and self.ask.visibleRegion().isEmpty():
            # With large text the question may be below the visible part.
            self.glance.show_head(self.ask.words.text(), self.ask.keys(question))
        asked = "" if question is None else self.ask.question_words(question)
        for news in self.announcer.news(frame, settings.unit, asked):
            announce(self, news.text, urgent=news.urgent)

    def _show_controls(self, face: Face) -> None:
        running = self.state.session is not None
        in_set = running and self.state.train.in_set
        starts, ends = self.tr("Start set · space"), self.tr("End set · space")
        # Trials have no load, no reps and no rest.
        measures = self.frame.exercise.in_trials
        self._plan_head.setVisible(not measures)
        if measures:
            self.set_button.show_text(self.tr("Measure · space"))
        else:
            self.set_button.show_text(ends if in_set else starts)
        for control in (self.set_button, self.stop_button):
            control.setEnabled(running)
        for key in self._keys:
            key.setEnabled(running)
        if face is not self._exits_shown:
            self._exits_shown = face
            if self.glance.isAncestorOf(QApplication.focusWidget() or self):
                self.setFocus()
            self.glance.show_buttons(self._exits.get(face, ()))


def _set_text(control: PlainLabel, text: str) -> None:
    """Set the text of ``control`` if it changes: setting it again would lay out the page."""
    if control.text() != text:
        control.setText(text)

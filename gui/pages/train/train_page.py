"""Train: one glance from three metres, a coach's plots beside it, the set and the plan below."""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.models.questions import Question
from gui.models.sensors import TRY_SOURCE
from gui.models.train_view import Face
from gui.pages.app_state import AppState
from gui.pages.page import Page
from gui.pages.page_name import PageName
from gui.pages.train.angle_plots import AnglePlots
from gui.pages.train.card_places import Places, places_for
from gui.pages.train.fit_button import FitButton
from gui.pages.train.glance_card import GlanceCard
from gui.pages.train.key_button import KeyButton
from gui.pages.train.plan_panel import PlanPanel
from gui.pages.train.set_card import SetCard
from gui.pages.train.train_frame import TrainShown
from gui.pages.train.train_windows import BesideWindow, coach_window, far_window
from gui.texts.train import TrainWords
from gui.widgets.card import Card, label
from gui.widgets.leg import Exercise
from gui.widgets.scroll import scrolled
from processing.calibration.steps import CalibrationStep
from sensor.types import EventKind


class TrainPage(Page):
    """The leg, the phase, the angle, the tempo, the plots, the reps and the plan."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        theme, px = self.theme, self.theme.px
        self.words = TrainWords()
        self.shown = TrainShown(state.train, self.words)
        self.glance = GlanceCard(theme)
        self.plots = AnglePlots(theme)
        self.plan = PlanPanel(theme)
        self.far_window: BesideWindow | None = None
        self.coach_window: BesideWindow | None = None
        self.set_card = SetCard(
            theme,
            (
                (self.tr("Re-zero"), "Z", self.rezero),
                (self.tr("Mark"), "M", self.mark),
                (self.tr("View"), "P", self.switch_picture),
                (self.tr("From afar"), "F", self.show_far_window),
                (self.tr("For the coach"), "W", self.show_coach_window),
            ),
        )
        self.tiles, self.ask = self.set_card.tiles, self.set_card.ask
        self.ask.answered.connect(self.answer)
        self._make_plan_card()
        self._make_ways()
        self._content = QWidget()
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(16))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(self._content))
        self._places: Places | None = None
        self._arrange()
        self._keys: list[QShortcut] = []
        self._make_keys(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # -- what stands where -----------------------------------------------------------------------

    def _make_plan_card(self) -> None:
        theme, px = self.theme, self.theme.px
        self.plan_card = Card(theme)
        self._rest = label("", "muted")
        self._less = KeyButton(theme, "−", "")
        self._less.setAccessibleName(self.tr("Less load"))
        self._less.clicked.connect(lambda: self.change_load(-1))
        self._load = label("")
        self._load.setAccessibleName(self.tr("Load"))
        self._more = KeyButton(theme, "+", "")
        self._more.setAccessibleName(self.tr("More load"))
        self._more.clicked.connect(lambda: self.change_load(+1))
        head = QHBoxLayout()
        head.setSpacing(px(2))
        head.addWidget(label(self.tr("Plan"), "title"))
        head.addSpacing(px(10))
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
        self.plan_card.body.addLayout(head)
        self.plan_card.body.addWidget(self.plan, 1)
        self.plan_card.body.addLayout(buttons)

    def _make_ways(self) -> None:
        """Make the buttons that lead out of a face in which there is nothing to see."""

        def button(text: str, pressed: Callable[[], object], role: str = "") -> QPushButton:
            made = QPushButton(text)
            made.setProperty("role", role)
            made.setAutoDefault(True)
            made.clicked.connect(pressed)
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
        self.resume_button = button(self.tr("Train as planned · R"), lambda: self.press("r"))
        self.finish_button = button(self.tr("End here · Q"), self.finish)
        self._ways = {
            Face.NO_SESSION: (self.try_button, self.sensors_button),
            Face.OVER: (self.review_button, self.try_button, self.sensors_button),
            Face.NOT_CALIBRATED: (self.calibrate_button,),
            Face.REFUSED: (self.neutral_button, self.resume_button, self.finish_button),
            Face.STOPPED: (self.neutral_button, self.resume_button, self.finish_button),
            Face.DONE: (self.finish_button,),
        }
        self._ways_shown: Face | None = None

    def _make_keys(self, widget: QWidget) -> None:
        """Let the keys of Train work in ``widget``."""
        for key, pressed, always in (
            ("Space", self.start_or_end_set, False),
            ("C", self.stop_set, False),
            ("Z", self.rezero, False),
            ("M", self.mark, False),
            ("+", lambda: self.change_load(+1), False),
            ("=", lambda: self.change_load(+1), False),
            ("-", lambda: self.change_load(-1), False),
            ("R", lambda: self.press("r"), False),
            ("L", self.say_less, True),
            ("P", self.switch_picture, True),
            ("Q", self.finish, False),
            ("N", partial(self.answer, None), False),
            *((str(n), partial(self.answer, n), False) for n in range(10)),
            ("F", self.show_far_window, True),
            ("W", self.show_coach_window, True),
        ):
            shortcut = QShortcut(QKeySequence(key), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(pressed)
            if not always:
                self._keys.append(shortcut)

    def _arrange(self) -> None:
        """Put the cards where they have room."""
        scale, size = self.theme.text_scale, self.size()
        places = places_for(
            size.width() / scale, size.height() / scale, picture=self.state.settings.picture_first
        )
        if places.fills:
            self.glance.setMinimumHeight(max(self.theme.px(places.heights[0]), size.height()))
        if places is self._places:
            return
        self._places = places
        px = self.theme.px
        cards = (
            self.glance,
            self.plots.ankle_card,
            self.plots.curl_card,
            self.set_card,
            self.plan_card,
        )
        for card, cell, height in zip(cards, places.cells, places.heights, strict=True):
            self._grid.removeWidget(card)
            if cell is None:
                card.hide()
                continue
            self._grid.addWidget(card, *cell)
            card.show()
            if not (places.fills and card is self.glance):
                card.setMinimumHeight(px(height))
            # The columns have their shares, whatever the words in them.
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.glance.lay(flat=places.flat, leg_share=places.leg_share, brief=places.tight)
        self.set_card.lay(below=places.below, menu=places.tight)
        for row, stretch in enumerate(places.rows):
            self._grid.setRowStretch(row, stretch)
        for column, stretch in enumerate(places.columns):
            self._grid.setColumnStretch(column, stretch)
        # The words on the two buttons of the plan need their room.
        self._grid.setColumnMinimumWidth(2, px(places.last_px))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keys, so that space starts a set at once."""
        super().showEvent(event)
        self.setFocus()

    # -- what a person does ----------------------------------------------------------------------

    def start_or_end_set(self) -> None:
        """Start a set, or end the one that runs."""
        if self.state.train.in_set:
            self.state.add_input(EventKind.SET_END)
        else:
            self.state.add_input(EventKind.SET_START, self.state.train.announcement())

    def stop_set(self) -> None:
        """Stop at once: a cramp, or anything else."""
        self.press("c")
        if self.state.train.in_set:
            self.state.add_input(EventKind.SET_END, {"reason": "cramp"})

    def press(self, key: str) -> None:
        """Give a key to the coach; what it means depends on where the session is."""
        self.state.add_input(EventKind.KEY, {"key": key})

    def finish(self) -> None:
        """End the training; once that is done, the session and its recording."""
        if self.state.train.face() is Face.DONE:
            self.state.stop()
        else:
            self.press("q")

    def answer(self, value: int | None) -> None:
        """Answer what is asked; in a rest that is how many more reps the last set would have had."""
        train = self.state.train
        resting = value is not None and train.face() in (Face.RESTING, Face.DONE)
        question = train.question or (Question.RESERVE if resting else None)
        if question is not None and (value is None or value <= question.most):
            self.state.add_input(question.value, question.answer(value))

    def say_less(self) -> None:
        """Take the offer to be told less, from the next session on."""
        level = self.state.train.offered_level
        if level is not None:
            self.state.change(feedback=level.value)

    def rezero(self) -> None:
        """Take the foot's pose of the next moments as neutral."""
        if self.state.session is not None:
            self.state.session.guide((CalibrationStep.REZERO,))

    def mark(self) -> None:
        """Mark this moment, to find it again in the recording."""
        self.state.add_input(EventKind.MARK)

    def change_load(self, steps: int) -> None:
        """Put more or less on the machine, and remember it."""
        self.state.train.change_load(steps)
        load = self.state.train.plan.load
        if load != self.state.settings.load:
            self.state.change(load=load)

    def try_it(self) -> None:
        """Play a simulated session; nothing is recorded."""
        self.state.start(TRY_SOURCE, record=False)

    def switch_picture(self) -> None:
        """Show the leg large in place of the plots, or the plots again, and remember it."""
        wanted = "plots" if self.state.settings.picture_first else "picture"
        self.state.change(train_view=wanted)

    def show_far_window(self) -> None:
        """Fill the screen with what is read from three metres, or end that."""
        if self.far_window is None:
            self.far_window = far_window(self, self.state, self.shown)
            self._make_keys(self.far_window)
        if self.far_window.isVisible():
            self.far_window.close()
        else:
            self.far_window.showFullScreen()

    def show_coach_window(self) -> None:
        """Open a second window for the coach."""
        if self.coach_window is None:
            self.coach_window = coach_window(self, self.state, self.shown, self.mark)
            self._make_keys(self.coach_window)
        self.coach_window.show()
        self.coach_window.raise_()

    # -- what is shown ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the newest of the session."""
        shown, settings = self.shown, self.state.settings
        shown.look(time.monotonic())
        glance = self.glance
        glance.leg.show_exercise(Exercise(settings.exercise), mirrored=settings.mirrored)
        glance.leg.show_pose(shown.pose())
        glance.words.show_words(shown.words())
        glance.tempo.show_tempo(*shown.tempo())
        glance.show_head(*shown.head(settings))
        glance.show_alarm(*shown.alarm())
        self._arrange()
        if not settings.picture_first:
            self.plots.show_live(self.state.live, shown)
        self.tiles.show_tiles(shown.tiles())
        self.plan.show_lines(shown.plan_lines(settings))
        self.set_card.show_words(shown.set_title(), shown.set_note())
        _say(self._rest, shown.rest())
        _say(self._load, shown.load(settings))
        self._show_controls(shown.face)
        question = self.state.train.question
        self.set_card.show_question(question)
        if question is not None and self.ask.visibleRegion().isEmpty():
            # In large letters it stands further down.
            self.glance.show_head(self.ask.words.text(), self.ask.keys(question))

    def _show_controls(self, face: Face) -> None:
        running = self.state.session is not None
        in_set = running and self.state.train.in_set
        starts, ends = self.tr("Start set · space"), self.tr("End set · space")
        self.set_button.show_text(ends if in_set else starts)
        for control in (self.set_button, self.stop_button):
            control.setEnabled(running)
        for key in self._keys:
            key.setEnabled(running)
        if face is not self._ways_shown:
            self._ways_shown = face
            self.glance.show_buttons(self._ways.get(face, ()))


def _say(control: QLabel, text: str) -> None:
    """Change the text of ``control``, if it is another one."""
    if control.text() != text:
        control.setText(text)

"""Ranges: choose what to measure, three trials that are held, their mean, and last time beside it."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.models.body_scenes import Scene
from gui.models.ranges import CHOICES, start_data
from gui.pages.app_state import AppState
from gui.pages.page import Page
from gui.pages.page_name import PageName
from gui.pages.ranges.trial_tiles import TrialTiles
from gui.translations import texts
from gui.translations.decimals import decimal
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.choice import Choice
from gui.widgets.columns import scrolled_columns
from gui.widgets.figure import FigureWidget, LegPose
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.plain_text import NamedLabel, PlainLabel
from processing.library import LibrarySession
from processing.ranges.measures import TRIALS, Knee, Measure, RangeKind
from processing.ranges.results import RangeResult, knee_difference
from sensor.types import EventKind

_BENT_DEG = 90.0
"""The bend of a knee over the edge of a chair, as it is drawn."""
_PAUSE_S = 1.5
"""No measure begins so soon after the last: two marks within a second are a clicker pressed twice."""
_SIDES = {"left": "L", "right": "R"}


class RangesPage(Page):
    """The page that measures ranges: the movement on the left, trials and comparison on the right."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self.choice = CHOICES[0]
        self.side = _SIDES.get(state.settings.side, "L")
        self._ended_s = -_PAUSE_S
        columns = scrolled_columns(self, self.theme, (56, 44))
        self._make_now()
        self._make_trials()
        self._make_session()
        columns.column(0).addWidget(self.now_card, 1)
        columns.column(1).addWidget(self.trials_card)
        columns.column(1).addWidget(self.session_card)
        columns.column(1).addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard focus, and look for earlier sessions to compare with."""
        super().showEvent(event)
        self.state.library.look()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start or end a measure with space."""
        if event.key() == Qt.Key.Key_Space and self.start_button.isVisible():
            self.start()
        elif event.key() == Qt.Key.Key_Space and self.end_button.isVisible():
            self.end()
        else:
            super().keyPressEvent(event)

    @property
    def kind(self) -> RangeKind:
        """The measure that is being taken, or the chosen one."""
        return self.state.ranges.running or RangeKind(*self.choice, self.side)

    def refresh(self) -> None:
        """Show the state of the measure."""
        state, model = self.state, self.state.ranges
        state.library.poll(state.recording if state.session else None, may_read=False)
        if model.complete and self._own:
            self.end()
        kind = self.kind
        self.measure.show_value((kind.measure, kind.knee))
        if kind.side:
            self.side_choice.show_value(kind.side)
        running = model.running is not None
        calibrated = state.live.calibration.calibration is not None
        for choice in (self.measure, self.side_choice):
            choice.setEnabled(not running)
        self.start_button.setVisible(
            self._own and calibrated and not running and not state.train.in_set
        )
        paused = state.live.now - self._ended_s >= _PAUSE_S
        self.start_button.setEnabled(paused)
        self.end_button.setVisible(self._own and running)
        self.sensors_button.setVisible(state.session is None)
        self.calibrate_button.setVisible(state.session is not None and not calibrated)
        self._show_now(kind)
        self._show_trials(kind)
        self._show_session()

    def start(self) -> None:
        """Begin the chosen measure."""
        self.state.add_input(EventKind.SET_START, start_data(self.kind))

    def end(self) -> None:
        """End the measure."""
        self._ended_s = self.state.live.now
        self.state.add_input(EventKind.SET_END)
        # The next set is one of the person's own exercise again.
        self.state.announce_again()

    @property
    def _own(self) -> bool:
        """Whether a person does the trials: recordings and simulations bring their own."""
        return self.state.session is not None and self.state.source.startswith("ble:")

    def _choose(self, choice: object) -> None:
        if isinstance(choice, tuple):
            self.choice = choice

    def _choose_side(self, side: object) -> None:
        self.side = str(side)

    def _make_now(self) -> None:
        theme, px = self.theme, self.theme.px
        self.now_card = Card(theme, self.tr("Measure a range"))
        names = texts().ranges
        options = [(one, _title(names.measure(RangeKind(*one)))) for one in CHOICES]
        self.measure = Choice(theme, self.tr("Measure"), options)
        self.measure.chosen.connect(self._choose)
        sides = [("L", self.tr("Left")), ("R", self.tr("Right"))]
        self.side_choice = Choice(theme, self.tr("Side"), sides)
        self.side_choice.chosen.connect(self._choose_side)
        self.words = PlainLabel()
        self.words.setFont(theme.font(17))
        self.words.setWordWrap(True)
        self.angle = NamedLabel(self.tr("Angle now"))
        self.angle.setFont(theme.font(84, bold=True))
        self.angle.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.angle.setMinimumWidth(px(150))
        self.way = label("", "muted")
        self.way.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture = FigureWidget(theme)
        self.picture.setMinimumHeight(px(200))
        self.start_button = push_button(self.tr("Start · space"), self.start, "primary")
        self.end_button = push_button(self.tr("End · space"), self.end)
        self.sensors_button = push_button(
            self.tr("Go to the sensors"),
            lambda: self.state.page_wanted.emit(PageName.SENSORS),
            "primary",
        )
        self.calibrate_button = push_button(
            self.tr("Calibrate first"),
            lambda: self.state.page_wanted.emit(PageName.CALIBRATE),
            "primary",
        )
        buttons = (
            self.start_button,
            self.end_button,
            self.sensors_button,
            self.calibrate_button,
        )
        for button in buttons[:2]:
            # They replace each other; the focus must not move under a finger.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        number = QVBoxLayout()
        number.setSpacing(0)
        number.addWidget(self.angle)
        number.addWidget(self.way)
        number.addStretch(1)
        guide = QVBoxLayout()
        guide.addWidget(self.words)
        guide.addLayout(FlowLayout(px(10), *buttons))
        guide.addStretch(1)
        shown = QHBoxLayout()
        shown.setSpacing(px(20))
        shown.addLayout(number)
        shown.addLayout(guide, 1)
        body = self.now_card.body
        # With large text the page is scrolled, and this has to be in sight in a trial.
        body.addLayout(shown)
        body.addWidget(self.measure)
        body.addWidget(self.side_choice)
        body.addWidget(self.picture, 1)

    def _make_trials(self) -> None:
        theme = self.theme
        self.trials_card = Card(theme, self.tr("Trials"))
        self.trials_card.title.setWordWrap(True)
        # Else it would break its lines although there is room.
        self.trials_card.head.setStretch(0, 1)
        self.trials_card.head.setStretch(1, 0)
        self.tiles = TrialTiles(theme)
        self.mean = label("", "heading")
        self.spread = label("", "muted")
        self.compared = PlainLabel()
        self.compared.setFont(theme.font(16))
        self.left_out = label("", "muted")
        lines = (self.mean, self.spread, self.compared, self.left_out)
        self.trials_card.body.addWidget(self.tiles)
        for line in lines:
            line.setWordWrap(True)
            self.trials_card.body.addWidget(line)

    def _make_session(self) -> None:
        theme = self.theme
        self.session_card = Card(theme, self.tr("This session"))
        rows = QWidget()
        self._row_holder = rows
        self._rows = QGridLayout(rows)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setColumnStretch(0, 1)
        self._shown_rows: tuple[RangeResult, ...] | None = None
        self.knees = label("")
        self.method = label(texts().ranges.range_method(), "muted")
        history = push_button(
            self.tr("Ranges over the weeks"),
            lambda: self.state.page_wanted.emit(PageName.HISTORY),
        )
        body: QVBoxLayout = self.session_card.body
        body.addWidget(rows)
        for line in (self.knees, self.method):
            line.setWordWrap(True)
            body.addWidget(line)
        body.addLayout(FlowLayout(theme.px(10), history))

    def _show_now(self, kind: RangeKind) -> None:
        live, model = self.state.live, self.state.ranges
        now = model.angle_deg(kind.measure)
        # The way in a word and not as a sign, as everywhere.
        self.angle.setText("–" if now is None else f"{abs(now):.0f}°")
        self.way.setText(_way(now, kind.measure))
        words = texts().ranges.how_to(kind)
        if self.state.session is not None and not self._own:
            words = self.tr("This session brings its own trials: just watch.")
        self.words.setText(words)
        mirrored = self.state.settings.mirrored
        if kind.measure is Measure.INCLINATION:
            self.picture.show_scene(Scene.FLOOR, mirrored=mirrored)
            self.picture.show_pose(LegPose(now if now is not None else 0.0, sensors=live.worn))
        else:
            self.picture.show_scene(Scene.SEATED, mirrored=mirrored)
            curl = _BENT_DEG if kind.knee is Knee.BENT else 0.0
            self.picture.show_pose(LegPose(live.ankle_deg, curl, sensors=live.worn))

    def _show_trials(self, kind: RangeKind) -> None:
        model = self.state.ranges
        found = model.result(kind)
        counted = () if found is None else found.counted
        values = () if found is None else found.values_deg
        self.trials_card.set_title(_title(texts().ranges.measure(kind)))
        self.tiles.show_trials(counted)
        if found is None or found.mean_deg is None:
            self.mean.setText(self.tr("No trial yet"))
            self.spread.setText(self.tr("The mean of {count} counts.").format(count=TRIALS))
        else:
            self.mean.setText(self.tr("Mean {mean}°").format(mean=decimal(found.mean_deg)))
            spread = self.tr("Trials that count: {count}, from {low}° to {high}°")
            self.spread.setText(
                spread.format(
                    count=len(values), low=f"{min(values):.0f}", high=f"{max(values):.0f}"
                )
            )
        left_out = 0 if found is None else len(found.trials) - len(counted)
        self.left_out.setVisible(left_out > 0)
        self.left_out.setText(
            self.tr("{count} left out: not held still, or not to the end").format(count=left_out)
        )
        sessions = self._earlier()
        compared = model.compared(kind, sessions, simulated=self.state.simulated)
        if compared is None:
            self.compared.setText(self.tr("Nothing earlier to compare with."))
        else:
            text = self.tr("Last time {mean}°: {difference}.")
            words = texts().ranges.difference(compared.difference)
            self.compared.setText(text.format(mean=decimal(compared.before_deg), difference=words))

    def _earlier(self) -> list[LibrarySession]:
        """Return the sessions before this one."""
        playing = self.state.source.removeprefix("file:")
        own = {str(self.state.recording), playing}
        return [s for s in self.state.library.sessions if str(s.path) not in own]

    def _show_session(self) -> None:
        results = self.state.ranges.results
        if results != self._shown_rows:
            self._shown_rows = results
            self._row_holder.setVisible(bool(results))
            while (item := self._rows.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.deleteLater()
            for at, one in enumerate(results):
                mean = "–" if one.mean_deg is None else f"{decimal(one.mean_deg)}°"
                name = label(_title(texts().ranges.measure(one.kind)))
                name.setWordWrap(True)
                self._rows.addWidget(name, at, 0)
                self._rows.addWidget(label(mean), at, 1, Qt.AlignmentFlag.AlignRight)
        lost = knee_difference(results, self.kind.side)
        self.knees.setVisible(lost is not None)
        if lost is not None:
            text = self.tr("Toes up, knee straight against bent: {difference}.")
            self.knees.setText(text.format(difference=texts().ranges.contrast(lost)))


def _way(now: float | None, measure: Measure) -> str:
    """Return in a word which way an angle is; empty where it is level or not known."""
    if now is None or round(now) == 0:
        return ""
    if measure is Measure.INCLINATION:
        forward = QCoreApplication.translate("ranges", "forward")
        return forward if now > 0 else QCoreApplication.translate("ranges", "back")
    up = (now > 0) is (measure is Measure.DORSIFLEXION)
    words = QCoreApplication.translate("ranges", "toes up")
    return words if up else QCoreApplication.translate("ranges", "pointed")


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]

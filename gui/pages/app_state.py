"""The state that the pages share: settings, models and the running session."""

import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from gui.models import wall_clock
from gui.models.athletes import AthleteEntry, goals_of, keep_athlete, personal_values
from gui.models.chosen_coach import protocol_of, usable
from gui.models.compare import CompareModel
from gui.models.dose_before import DoseBefore
from gui.models.end import EndModel
from gui.models.goals import GoalModel
from gui.models.library import LibraryModel
from gui.models.live import LiveModel
from gui.models.plan import PlanModel
from gui.models.ranges import RangesModel
from gui.models.review import ReviewModel
from gui.models.rezero import RezeroStep
from gui.models.sensor_search import SensorSearch
from gui.models.sensors import SensorModel
from gui.models.session_maker import session_maker
from gui.models.settings import Settings, analyses_folder, changed, save_settings
from gui.models.train import TrainModel
from gui.models.video.attached import AttachedVideo
from gui.models.watched import WatchedSessions
from gui.models.window_place import WindowPlace
from gui.models.worker import RunningSession, Worker
from gui.pages.page_name import PageName
from gui.sound.player import SoundPlayer
from gui.sound.session_voice import SessionVoice
from gui.widgets.theme import PALETTES, Theme, ThemeName
from processing.calibration.calibration_steps import CalibrationStep
from processing.coach.loads import Athlete
from processing.coach.plan_reasons import Gate
from processing.coach.protocol import SetType
from processing.coach.protocol_file import protocol_named
from processing.coach.supramaximal import gate_of, weeks_of
from processing.exercises.session_exercises import session_exercises
from processing.library import (
    KeptAnalyses,
    Library,
    LibraryError,
    LibrarySession,
    past_of,
    times_of,
)
from processing.library.goal_file import Goals
from processing.library.records import of_exercise
from processing.pipeline.marks import PlanEventKind
from sensor.errors import DocumentError
from sensor.recording import RecordingMoved
from sensor.recording.places import new_recording
from sensor.sources import open_source
from sensor.types import Event, EventKind, JsonValue, Segment

FRAME_MS = 16
"""Period of the frames: 60 a second, as most screens."""
WATCHED_FROM_S = 2.7
"""A session that is watched begins as long after the start of its set: a simulated leg is lifting then."""
MAX_LINK_EVENTS = 1000
"""Between two frames there are a few at most; the bound holds if the window hangs."""


class AppState(QObject):
    """The state of the window; there is one.

    Signals are for rare events; values that change with every frame are polled from :attr:`live`.
    """

    session_started = Signal()
    session_ended = Signal(str)
    """The text of the error that ended it; empty after a normal end."""
    recording_moved = Signal(RecordingMoved)
    """The recording goes on in another file."""
    settings_changed = Signal()
    not_saved = Signal(str)
    """Settings could not be saved; the text says why."""
    page_wanted = Signal(PageName)
    """A page asks for another one."""
    sensor_tapped = Signal(Segment)
    """A person tapped a sensor of their session twice; its place."""
    frame = Signal()
    """The updates of this frame are in :attr:`live`."""

    def __init__(self, settings: Settings, settings_path: Path | None = None) -> None:
        super().__init__()
        settings, trouble = usable(settings)
        self.trouble = trouble
        """An error of the settings at the start, or when another athlete came; empty for none."""
        self.settings = settings
        self.readable = True
        """Whether the settings file could be read."""
        self.theme = theme_of(settings)
        self.live = LiveModel()
        self.goals = GoalModel(goals_of(settings.athlete_key))
        self.train = TrainModel(self.live, settings)
        self.train.use_goals(self.goals.goals)
        self.plan = PlanModel()
        self.ranges = RangesModel()
        self.sensors = SensorModel()
        self.worker = Worker()
        self.search = SensorSearch(self.worker)
        self.library = LibraryModel(
            self.worker,
            lambda: self.settings.recordings_folder,
            KeptAnalyses(analyses_folder()),
        )
        self.review = ReviewModel()
        self.video = AttachedVideo(self.worker)
        self.end = EndModel()
        self.compare = CompareModel(self.worker, KeptAnalyses(analyses_folder()))
        self.session: RunningSession | None = None
        self.source = ""
        self.simulated = False
        """Whether the angles come from a simulated leg, live or recorded."""
        self.recording: Path | None = None
        self.started_s = 0.0
        self._announced: tuple[int, Mapping[str, JsonValue]] | None = None
        # The worker appends while the window pops: a deque is safe for that without a lock.
        self._links: deque[Event] = deque(maxlen=MAX_LINK_EVENTS)
        self._settings_path = settings_path
        self.watched = WatchedSessions()
        self.closed = False
        """Whether everything has ended."""
        self.sound = SoundPlayer(settings)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.poll)
        self._timer.start()

    def change(self, **values: object) -> None:
        """Change settings and save them; :attr:`not_saved` tells if the disk refuses.

        Raises
        ------
        SettingError
            If a value is not allowed.
        DocumentError
            If the protocol cannot be used.
        """
        # Both checks raise before anything is saved.
        settings = changed(self.settings, **values)
        protocol_of(settings)
        self._save(settings)
        self.theme = theme_of(self.settings)
        self.train.use(self.settings)
        self.sound.apply(self.settings)
        self.settings_changed.emit()

    def switch_to(self, athlete: AthleteEntry) -> None:
        """Let another athlete train, with the settings, goals and sessions of that one.

        Raises
        ------
        ToepointError
            If the settings of the one before cannot be kept; nothing has changed then.
        """
        keep_athlete(self.settings)
        settings, self.trouble = usable(athlete.settings)
        # First, so that nobody sees the sessions of the one before.
        self.review.close()
        self.compare.clear()
        self.end.show(None)
        self.library.visit(None)
        self.goals.use(athlete.goals)
        self.change(**personal_values(settings))
        self.train.use_goals(self.goals.goals)

    def _save(self, settings: Settings) -> None:
        self.settings = settings
        try:
            save_settings(settings, self._settings_path)
        except DocumentError as error:
            # They hold for as long as the window is open.
            self.not_saved.emit(str(error))

    def change_goals(self, goals: Goals) -> None:
        """Change the goals and save them; :attr:`not_saved` tells if the disk refuses."""
        self.goals.change(goals)
        # A recording is shown as it was planned.
        if not self.source.startswith("file:"):
            self.train.use_goals(goals)
        if self.goals.trouble:
            self.not_saved.emit(self.goals.trouble)

    def keep_place(self, window: str, place: WindowPlace) -> None:
        """Save the place of the window of that name.

        A settings file that could not be read is not overwritten for that.
        """
        if self.readable and self.settings.place(window) != place:
            places = {**(self.settings.places or {}), window: str(place)}
            # No signal: a place changes nothing that is painted, and a closing window has no time.
            self._save(changed(self.settings, places=places))

    def connect_last(self) -> None:
        """Start a session with the sensors of last time.

        Raises
        ------
        ToepointError
            If it cannot be started.
        """
        if self.sensors.remembered is not None:
            self.sensors.expect(self.sensors.remembered)
            self.start(self.sensors.source_text)

    def watch(self, source: str) -> None:
        """Show a simulated session from the first lift of a set on; when it ends, Review shows it.

        It is kept apart from the person's own sessions, until the window closes.
        """
        recording = self.watched.new_recording()
        self.start(source, recording=recording, skip_to=EventKind.SET_START, skip_s=WATCHED_FROM_S)
        self.watched.running = True

    def start(
        self,
        source: str,
        *,
        record: bool = True,
        recording: Path | None = None,
        speed: float | None = 1.0,
        skip_to: EventKind | None = None,
        skip_s: float = 0.0,
    ) -> None:
        """Start a session of ``source``; a running one is ended first.

        Parameters
        ----------
        source
            As :func:`sensor.sources.open_source` takes it.
        record
            Whether it is recorded as one of the person's own sessions.
        recording
            The file to record to instead; None for none.
        speed, skip_to, skip_s
            As :func:`sensor.sources.open_source` takes them. Nothing is heard of what is skipped.

        Raises
        ------
        ToepointError
            If ``source`` cannot be opened. Later errors come with ``session_ended``.
        """
        self.stop()
        # The session needs the radio that the search uses.
        self.search.stop()
        links: deque[Event] = deque(maxlen=MAX_LINK_EVENTS)
        opened = open_source(
            source, speed=speed, on_event=links.append, skip_to=skip_to, skip_s=skip_s
        )
        own_recording = record and recording is None
        self.recording = (
            new_recording(self.settings.recordings_folder) if own_recording else recording
        )

        # At any other speed a cue would come at the wrong time of the movement.
        voice = SessionVoice(self.sound, skip_to, skip_s) if speed == 1.0 else None
        sessions, now = self._sessions(), wall_clock.now()
        past = past_of(sessions, protocol_of(self.settings), now)
        make = session_maker(
            source,
            opened,
            self.settings,
            past,
            recording=self.recording,
            audio_delay_s=self.sound.delay_s,
            hear=voice.take if voice is not None else None,
        )
        self.live.clear()
        self.ranges.clear()
        # Self-reports are only asked for in a session of the person.
        own = own_recording and not source.startswith("file:")
        self.end.begin(own=own)
        self.train.use_goals(self.goals.goals if own else Goals())
        self.train.begin(time.monotonic(), past, asks=own)
        if own:
            done = of_exercise([s for s in sessions if not s.simulated], self.settings.exercise)
            self.train.before = DoseBefore(done, now)
        self.sensors.begin()
        self._links = links
        self._announced = None
        self.source = source
        self.simulated = source.startswith("sim:")
        self.started_s = time.monotonic()
        self.session = RunningSession(self.worker, make)
        self.session_started.emit()

    def gate_before(self, protocol: str) -> Gate | None:
        """Return the gate before the protocol of this name, None if it has none.

        Raises
        ------
        DocumentError
            If there is no such protocol.
        """
        now = wall_clock.now()
        weeks = weeks_of(times_of(self._sessions(), SetType.B, now))
        understood = self.settings.understood == protocol
        return gate_of(protocol_named(protocol), Athlete(b_weeks=weeks, understood=understood))

    def _sessions(self) -> Sequence[LibrarySession]:
        """Return the person's own sessions, none if their index is damaged."""
        try:
            return Library(self.settings.recordings_folder).sessions()
        except LibraryError as error:
            # A damaged index must not keep a person from training.
            self.library.trouble = str(error)
            return ()

    def stop(self) -> None:
        """End the running session, if there is one. Its recording is closed by the worker."""
        if self.session is not None:
            self.session.end()
            self._finish("")

    def add_input(self, kind: str, data: Mapping[str, JsonValue] | None = None) -> None:
        """Add a key, a mark or the end of a set to the session."""
        if self.session is not None:
            self.session.add_input(kind, data)

    def rezero(self) -> None:
        """Take the pose of the next moments as zero, in a set that of the next rest; or cancel that."""
        if self.session is not None:
            train = self.train
            self._do_rezero(train.inputs.press_rezero(time.monotonic(), in_set=train.in_set))

    def _do_rezero(self, step: RezeroStep | None) -> None:
        if self.session is not None:
            if step is RezeroStep.BEGIN:
                self.session.guide((CalibrationStep.REZERO,))
            elif step in (RezeroStep.STOP, RezeroStep.CANCEL):
                self.session.end_guide()

    def poll(self) -> None:
        """Take what the worker has produced since the last frame."""
        if self.session is not None:
            # Asked first: the last updates of a session that ends are then taken below.
            ended = self.session.future.done()
            if self.session.header is not None:
                self.simulated = self.session.header.simulated
                if self.live.exercise is None:
                    exercises = session_exercises(self.session.header)
                    self.live.use_exercises(exercises)
                    self.train.plan.exercise = exercises.first
            while self._links:
                self.sensors.take_link(self._links.popleft())
            updates = self.session.take()
            for moved in (one for one in updates if isinstance(one, RecordingMoved)):
                self.recording = moved.new
                self.recording_moved.emit(moved)
            self.live.take(updates)
            self.live.carry_on(self.session.now_s)
            for place in self.live.take_taps():
                # The inputs of a recording are its own.
                if self.source.startswith("ble:"):
                    self.sensor_tapped.emit(place)
            self.ranges.take(updates)
            self.train.take(updates, time.monotonic())
            self._do_rezero(self.train.inputs.rezero.follow(in_set=self.train.in_set))
            self._announce()
            if ended:
                error = ""
                try:
                    error = self.session.error()
                finally:
                    # A bug is raised once, not at every frame.
                    self._finish(error)
        watched = self.watched.take_ended()
        if watched is not None:
            self.library.open(watched)
            self.page_wanted.emit(PageName.REVIEW)
        self.frame.emit()

    def _announce(self) -> None:
        """Record the person's choices for the next set, which may start without a mark."""
        # The inputs of a recording are its own.
        if self.source.startswith("file:") or self.train.in_set or self.live.now <= 0.0:
            return
        following = self.train.number, self.train.announcement()
        if following != self._announced:
            self._announced = following
            self.add_input(PlanEventKind.NEXT, following[1])

    def announce_again(self) -> None:
        """Record the choices for the next set once more: something else was done meanwhile."""
        self._announced = None

    def close(self) -> None:
        """End everything; recordings are closed before this returns. Again it does nothing."""
        if self.closed:
            return
        self.closed = True
        self._timer.stop()
        self.stop()
        self.library.close()
        self.video.close()
        self.worker.stop()
        self.sound.close()
        self.watched.close()

    def _finish(self, error: str) -> None:
        if self.session is not None:
            self.watched.end(self.session.future, self.recording)
            self.end.close(self.session.future, self.recording)
            self._note_charges(self.session)
        self.session = None
        self.sound.silence()
        self.train.end()
        self.session_ended.emit(error)

    def _note_charges(self, session: RunningSession) -> None:
        """Save the last charge of the sensors, to tell it before they are connected again."""
        if session.header is None or not self.source.startswith("ble:"):
            return
        charges = {
            info.source: seen.battery_percent
            if (seen := self.live.sensors.get(info.segment)) is not None
            else None
            for info in session.header.sensors
        }
        try:
            self.sensors.note_end(charges, wall_clock.now())
        except DocumentError as error:
            self.not_saved.emit(str(error))


def theme_of(settings: Settings) -> Theme:
    """Return the theme of ``settings``."""
    return Theme(PALETTES[ThemeName(settings.theme)], settings.text_scale)

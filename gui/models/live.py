"""The newest values of the running session, for the widgets. No Qt."""

import math
from collections import deque
from collections.abc import Iterable
from typing import assert_never

from gui.models.calibration import CalibrationModel
from gui.models.live_buffer import LiveBuffer
from gui.models.set_losses import SetLosses
from gui.models.shown_curl import CARRIED_S, ShownCurl
from processing.calibration.calibration_steps import StepEnded, StepProgress, StepStarted
from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.coach.count_watch import CannotCount
from processing.coach.cues import Cue
from processing.coach.plan_change import PlanChange
from processing.coach.stop_rule import StopReached
from processing.exercises.exercise import Driving, Exercise
from processing.exercises.session_exercises import SessionExercises
from processing.judge.recount import FinishedSet
from processing.judge.verdict import RestJudged, Verdict
from processing.motion.grid import GRID_HZ
from processing.pipeline.guided_calibration import GuideEnded
from processing.pipeline.marks import is_strapping
from processing.pipeline.pairing import PAIRED_SEGMENTS
from processing.pipeline.shin_ahead import ShinAhead
from processing.session import SessionOutput
from processing.types import (
    AngleBlock,
    Dropout,
    Phase,
    PhaseChange,
    Rep,
    RevisedAngles,
    SensorSilent,
    SensorStatus,
    SessionEvent,
)
from sensor.recording import RecordingMoved
from sensor.types import Segment

PATH_S = 0.7
"""Length of the recent path of the foot: a lift is seen whole, a slow lowering as a short tail."""
PATH_STEP = 7
"""Samples between its points: ten points are a smooth curve."""
KEPT_PHASES = 200
"""More changes of phase than a minute of plot can have."""


class LiveModel:
    """The newest angles, phases and states of the session; memory is bounded."""

    def __init__(self) -> None:
        self.buffer = LiveBuffer()
        self._shown_curl = ShownCurl()
        self.calibration = CalibrationModel()
        self.clear()

    def clear(self) -> None:
        """Forget the session: another one begins."""
        self.buffer.clear()
        self._shown_curl.clear()
        self.calibration.clear()
        self.now = 0.0
        self.ankle_deg: float | None = None
        self.uncertainty_deg = 0.0
        """The ± of the ankle angle; 0 without an angle."""
        self.curl_deg: float | None = None
        """The curl that is drawn, see :meth:`carry_on`."""
        self.driving_deg: float | None = None
        """The driving angle of the exercise in hand; a curl is carried on like :attr:`curl_deg`."""
        self.shown_t = 0.0
        """The time in s for which it is drawn."""
        self.calibrated: Calibrated | None = None
        self._calibrated_t = 0.0
        self.strapped = False
        self.phase = Phase.IDLE
        self.rests = False
        """Whether the leg is in the start pose, before or between reps."""
        self.phase_since = 0.0
        self.phases: deque[PhaseChange] = deque(maxlen=KEPT_PHASES)
        self.sensors: dict[Segment, SensorStatus] = {}
        self._tapped: list[Segment] = []
        self.losses = SetLosses()
        self._exercises: SessionExercises | None = None
        self.exercise: Exercise | None = None
        """The exercise in hand, None before the session has begun."""

    @property
    def in_rep(self) -> bool:
        """Whether a rep has begun and is not over."""
        return self.phase is not Phase.IDLE and not self.rests

    def use_exercises(self, exercises: SessionExercises) -> None:
        """Take the exercises of the session that begins."""
        self._exercises = exercises
        self.exercise = exercises.first
        self.calibration.use(exercises.first)

    @property
    def knows_knee(self) -> bool:
        """Whether the curl is the angle of the knee, because a sensor is worn on the thigh."""
        made = self.calibrated
        return made is not None and made.calibration.knee is not None

    def calibration_age_s(self, now_s: float) -> float | None:
        """Return how old the calibration is at ``now_s`` of the session, s; a new zero does not renew it."""
        return None if self.calibrated is None else max(now_s - self._calibrated_t, 0.0)

    @property
    def worn(self) -> int:
        """The number of sensors that are worn, at least those that every session needs."""
        return max(len(self.sensors), len(PAIRED_SEGMENTS))

    def take(self, updates: Iterable[SessionOutput]) -> None:
        """Update the model by outputs of the session, oldest first."""
        for update in updates:
            self._take(update)
            self.calibration.take(update)

    def carry_on(self, now_s: float | None) -> None:
        """Carry the curl that is drawn on to ``now_s`` s by the gyro of the shin alone.

        Without it the picture lags by the wait for the later sensor. The ankle is not carried on.
        """
        if now_s is None or self.curl_deg is None:
            return
        measured = float(self.buffer.last(0.0).curl[-1])
        self.curl_deg = measured + math.degrees(self._shown_curl.since(self.now, now_s))
        if self.exercise is None or self.exercise.driving is Driving.CURL:
            self.driving_deg = self.curl_deg
        self.shown_t = max(self.now, min(now_s, self.now + CARRIED_S))

    def recent_path(self) -> tuple[tuple[float, float], ...]:
        """Return ankle and curl (degrees) of the last moments, oldest first; empty where some are unknown."""
        t, ankle, curl, _ = self.buffer.last(PATH_S)
        # The same samples at every frame, so that their points are computed once.
        first = -round(t[0] * GRID_HZ) % PATH_STEP if len(t) else 0
        chosen = slice(first, None, PATH_STEP)
        path = list(zip(ankle[chosen].tolist(), curl[chosen].tolist(), strict=True))
        known = self.ankle_deg is not None and self.curl_deg is not None
        if not known or any(math.isnan(ankle + curl) for ankle, curl in path):
            return ()
        # What is drawn may be carried on beyond the newest sample.
        return (*path, (self.ankle_deg or 0.0, self.curl_deg or 0.0))

    def _take(self, update: SessionOutput) -> None:
        match update:
            case AngleBlock():
                self._take_angles(update)
            case PhaseChange():
                self.phases.append(update)
                self.phase, self.phase_since = update.phase, update.t
                self.rests = update.rests
            case SensorStatus():
                self._take_status(update)
            case Calibrated():
                self.calibrated = update
                if update.whole:
                    self._calibrated_t = update.t
                # A new zero alone does not tell where the straps are now.
                self.strapped = self.strapped and not update.whole
            case Dropout() | PlanChange():
                self.losses.take(update)
            case ShinAhead():
                self._shown_curl.take(update)
            case SessionEvent():
                self.strapped = self.strapped or is_strapping(update.kind, update.data)
                if self._exercises is not None and self.exercise is not None:
                    self.exercise = self._exercises.after(update.kind, update.data, self.exercise)
            case (
                Rep()
                | RevisedAngles()
                | SensorSilent()
                | CalibrationFailed()
                | Verdict()
                | RestJudged()
                | FinishedSet()
                | CannotCount()
                | StopReached()
                | Cue()
                | StepStarted()
                | StepProgress()
                | StepEnded()
                | GuideEnded()
                | RecordingMoved()
            ):
                pass
            case _:
                assert_never(update)

    def take_taps(self) -> list[Segment]:
        """Return the sensors that were tapped twice since the last call, oldest first."""
        taken, self._tapped = self._tapped, []
        return taken

    def _take_status(self, status: SensorStatus) -> None:
        before = self.sensors.get(status.segment)
        if before is not None and status.double_taps > before.double_taps:
            self._tapped.append(status.segment)
        self.sensors[status.segment] = status

    def _take_angles(self, block: AngleBlock) -> None:
        if not len(block.t):
            return
        self.buffer.append(block)
        self.now = self.shown_t = float(block.t[-1])
        # A lost sensor must not leave its last value on the screen.
        newest = self.buffer.last(0.0)
        self.ankle_deg = float(newest.ankle[-1]) if block.valid[-1] else None
        known = self.ankle_deg is not None
        self.uncertainty_deg = math.degrees(float(block.uncertainty[-1])) if known else 0.0
        self.curl_deg = float(newest.curl[-1]) if block.curl_valid[-1] else None
        self.driving_deg = float(newest.driving[-1]) if block.driving_valid[-1] else None

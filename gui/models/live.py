"""What the window knows of the running session. No Qt: the widgets are handed values from here."""

import math
from collections import deque
from collections.abc import Iterable

from gui.models.calibration import CalibrationModel
from gui.models.live_buffer import LiveBuffer
from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.pipeline.marks import is_strapping
from processing.session import SessionOutput
from processing.types import (
    AngleBlock,
    Dropout,
    Phase,
    PhaseChange,
    Rep,
    SensorStatus,
    SessionEvent,
)
from sensor.types import Segment

KEPT_PHASES = 200
"""Changes of phase that a plot of a minute may need, with room to spare."""


class LiveModel:
    """The newest angles, phases, reps and states. Everything that grows is bounded."""

    def __init__(self) -> None:
        self.buffer = LiveBuffer()
        self.calibration = CalibrationModel()
        self.clear()

    def clear(self) -> None:
        """Forget the session: another one begins."""
        self.buffer.clear()
        self.calibration.clear()
        self.now = 0.0
        self.ankle_deg: float | None = None
        self.curl_deg: float | None = None
        self.uncertainty_deg: float | None = None
        self.calibrated: Calibrated | None = None
        self.calibration_failed: CalibrationFailed | None = None
        self.strapped = False
        self.phase = Phase.IDLE
        self.phase_since = 0.0
        self.phases: deque[PhaseChange] = deque(maxlen=KEPT_PHASES)
        self.reps: deque[Rep] = deque(maxlen=KEPT_PHASES)
        self.dropouts: deque[Dropout] = deque(maxlen=KEPT_PHASES)
        self.sensors: dict[Segment, SensorStatus] = {}

    def take(self, updates: Iterable[SessionOutput]) -> None:
        """Take what happened, oldest first."""
        for update in updates:
            self._take(update)
            self.calibration.take(update)

    def _take(self, update: SessionOutput) -> None:
        if isinstance(update, AngleBlock):
            self._take_angles(update)
        elif isinstance(update, PhaseChange):
            self.phases.append(update)
            self.phase, self.phase_since = update.phase, update.t
        elif isinstance(update, Rep):
            self.reps.append(update)
        elif isinstance(update, SensorStatus):
            self.sensors[update.segment] = update
        elif isinstance(update, Calibrated):
            self.calibrated, self.calibration_failed = update, None
            self.strapped = self.strapped and not update.whole
        elif isinstance(update, CalibrationFailed):
            self.calibration_failed = update
        elif isinstance(update, SessionEvent):
            self.strapped = self.strapped or is_strapping(update.kind, update.data)
        elif isinstance(update, Dropout):
            self.dropouts.append(update)

    def _take_angles(self, block: AngleBlock) -> None:
        if not len(block.t):
            return
        self.buffer.append(block)
        self.now = float(block.t[-1])
        # A lost sensor must not leave its last value on the screen.
        known = bool(block.valid[-1])
        _, ankle, curl = self.buffer.last(0.0)
        self.ankle_deg = float(ankle[-1]) if known else None
        self.curl_deg = float(curl[-1]) if known else None
        self.uncertainty_deg = math.degrees(float(block.uncertainty[-1])) if known else None

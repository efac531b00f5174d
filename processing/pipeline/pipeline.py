"""Wires the stages: blocks of samples and events in, updates out. Reads no clock and no file.

Live, replay and analysis feed the same object. An event takes effect when the time grid reaches
it, so that the result depends on when things happened and not on how they arrived in batches.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

import numpy as np

from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.calibration.steps import Step
from processing.motion.calibrated import Calibration
from processing.motion.estimator import AngleEstimator, EstimatorConfig
from processing.pipeline.live_calibration import Calibrating, CalibratingConfig
from processing.pipeline.pairing import Pairing, PairingConfig, segments_of
from processing.pipeline.silence import Silence
from processing.pipeline.updates import Update
from processing.reps.rep_detector import RepDetector
from processing.types import (
    AngleBlock,
    Dropout,
    PairedBlock,
    PhaseChange,
    Rep,
    SensorSilent,
    SessionEvent,
    slice_block,
)
from sensor.families import family_named
from sensor.types import Event, EventKind, ImuBlock, Segment, SensorInfo, SessionHeader


@dataclass(frozen=True, slots=True)
class Config:
    """The parameters of every stage; a sensor that is silent for ``lost_after_s`` is told of."""

    pairing: PairingConfig = field(default_factory=PairingConfig)
    calibrating: CalibratingConfig = field(default_factory=CalibratingConfig)
    estimator: EstimatorConfig = field(default_factory=EstimatorConfig)
    lost_after_s: float = 1.0


@dataclass(frozen=True, slots=True)
class _Due:
    """Something that takes effect when the grid reaches ``t`` s."""

    t: float
    what: Event | Dropout


class Pipeline:
    """From samples to angles, phases and reps. Any split of the input gives the same bits.

    Parameters
    ----------
    header
        The session's: its time base places the events, its sensors say how long to wait for them.
    calibration
        One that is known already; without it the angles are invalid until the calibration
        movements of the session itself are complete.
    on_paired
        Told of every block of paired samples before it is used, or None.
    """

    def __init__(
        self,
        header: SessionHeader,
        config: Config | None = None,
        calibration: Calibration | None = None,
        on_paired: Callable[[PairedBlock], None] | None = None,
    ) -> None:
        self.config = config or Config()
        self._on_paired = on_paired
        self._calibrating = Calibrating(self.config.calibrating, calibration)
        self._start_ns = header.start_ns
        self._pairing = Pairing(
            patient(self.config.pairing, header.sensors), segments_of(header.sensors)
        )
        self._estimator = self._new_estimator()
        self._reps = RepDetector(_reference_rom_deg(calibration))
        self._due: deque[_Due] = deque()
        self._last_t: dict[Segment, float] = {}
        self._silence = Silence(self.config.lost_after_s)

    @property
    def calibration(self) -> Calibration | None:
        """The calibration in force."""
        return self._calibrating.calibration

    def feed(self, items: Sequence[ImuBlock | Event]) -> list[Update]:
        """Take blocks and events in their order of arrival; return what follows from them."""
        paired = self._pairing.feed([self._prepared(item) for item in items])
        return self._advance(paired) if paired is not None else []

    def finish(self) -> list[Update]:
        """Return what is left when no more items come."""
        paired = self._pairing.finish()
        updates = self._advance(paired) if paired is not None else []
        while self._due:
            updates += self._apply(self._due.popleft())
        return updates

    def _prepared(self, item: ImuBlock | Event) -> ImuBlock | float:
        """Note what ``item`` will cause; return it as the pairing wants it."""
        if isinstance(item, Event):
            t = (item.t_ns - self._start_ns) / 1e9
            self._plan(_Due(t, item))
            return t
        last_t = self._last_t.get(item.segment)
        if item.lost and last_t is not None:
            gap = Dropout(item.segment, last_t, float(item.t[0]), item.lost, item.unnoticed_s)
            self._plan(_Due(gap.t_end, gap))
        if len(item.t):
            self._last_t[item.segment] = float(item.t[-1])
        return item

    def _plan(self, due: _Due) -> None:
        """Insert ``due`` by its time, behind those of the same time."""
        at = len(self._due)
        while at and self._due[at - 1].t > due.t:
            at -= 1
        self._due.insert(at, due)

    @property
    def overtaken(self) -> bool:
        """Whether more patience might have given other samples; see :class:`Pairing`."""
        return self._pairing.overtaken

    def _advance(self, paired: PairedBlock) -> list[Update]:
        if self._on_paired is not None:
            self._on_paired(paired)
        updates: list[Update] = []
        at = 0
        while self._due and self._due[0].t < paired.t[-1]:
            due = self._due.popleft()
            upto = int(np.searchsorted(paired.t, due.t, side="right"))
            if upto > at:
                updates += self._measure(slice_block(paired, at, upto))
                at = upto
            updates += self._apply(due)
        if at < len(paired.t):
            updates += self._measure(slice_block(paired, at, len(paired.t)))
        return updates

    def _measure(self, paired: PairedBlock) -> list[Update]:
        self._calibrating.remember(paired)
        silent = self._silence.feed(paired)
        if self._estimator is None:
            return in_order(uncalibrated(paired), silent)
        angles = self._estimator.feed(paired)
        return in_order(angles, [*silent, *self._reps.feed(angles)])

    def _apply(self, due: _Due) -> list[Update]:
        if isinstance(due.what, Dropout):
            if due.what.unnoticed_s > 0.0 and self._estimator is not None:
                self._estimator.doubt(due.what.missing_s)
            return [due.what, *self._reps.feed(due.what)]
        event = due.what
        happened = SessionEvent(due.t, str(event.kind), event.data)
        seen = self._reps.feed(event)
        step = str(event.data.get("step", ""))
        if event.kind == EventKind.SET_END:
            # The rep that this cuts short still belongs to the set.
            return [*seen, happened]
        if event.kind == EventKind.CALIBRATION_START:
            self._calibrating.begin(step, due.t, event.data)
        elif event.kind == EventKind.CALIBRATION_END and event.data.get("accepted", True):
            made = self._calibrating.end(step, due.t, event.data)
            return [happened, *seen, *self._adopt(made, step)]
        return [happened, *seen]

    def _adopt(self, made: Calibrated | CalibrationFailed | None, step: str) -> list[Update]:
        """Use the calibration that was ``made`` at the end of ``step``, if one was."""
        if made is None or isinstance(made, CalibrationFailed):
            return [made] if made is not None else []
        self._estimator = self._new_estimator()
        if self._estimator is not None:
            # The filters settle on what was seen since the still pose.
            self._estimator.feed(self._calibrating.since_start())
        if step != Step.REZERO:
            self._reps = RepDetector(_reference_rom_deg(self.calibration))
        return [made]

    def _new_estimator(self) -> AngleEstimator | None:
        if self.calibration is None:
            return None
        return AngleEstimator(self.calibration, self.config.estimator)


def in_order(angles: AngleBlock, found: Sequence[PhaseChange | Rep | SensorSilent]) -> list[Update]:
    """Return ``angles`` with what was ``found`` in them, each where it was noticed.

    Who listens then hears the same whatever the length of the block was.
    """
    updates: list[Update] = []
    at = 0
    last_t = float(angles.t[-1])
    timed = [(last_t if one.noticed_t is None else one.noticed_t, one) for one in found]
    for noticed_t, one in sorted(timed, key=itemgetter(0)):
        upto = int(np.searchsorted(angles.t, noticed_t, side="right"))
        if upto > at:
            updates.append(slice_block(angles, at, upto))
            at = upto
        updates.append(one)
    if at < len(angles.t):
        updates.append(slice_block(angles, at, len(angles.t)))
    return updates


def patient(config: PairingConfig, sensors: Sequence[SensorInfo]) -> PairingConfig:
    """Return ``config`` with time for what the ``sensors`` hold back before they send it."""
    held_s = [
        family_named(s.family).capabilities.held_back_samples / s.settings.rate_hz for s in sensors
    ]
    return replace(config, patience_s=config.patience_s + max(held_s, default=0.0))


def _reference_rom_deg(calibration: Calibration | None) -> float | None:
    return None if calibration is None else calibration.reference_rom_deg


def uncalibrated(paired: PairedBlock) -> AngleBlock:
    """Return the angles of ``paired`` when nothing is calibrated: zero and not valid."""
    zero = np.zeros(len(paired.t))
    zero.flags.writeable = False
    valid = np.zeros(len(paired.t), dtype=np.bool_)
    valid.flags.writeable = False
    unknown = np.full(len(paired.t), np.pi)
    unknown.flags.writeable = False
    return AngleBlock(paired.t, zero, zero, zero, zero, valid, unknown)

"""Connects the stages: blocks of samples and events in, updates out. Reads no clock and no file.

Live sessions, replays and analyses feed the same object. An event takes effect when the time grid
reaches it, so that the result depends on when things session_event and not on the batches in which they
arrived.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from processing.calibration.calibration_steps import CalibrationStep
from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.exercises.exercise import Exercise
from processing.exercises.session_exercises import session_exercises
from processing.motion.calibrated import Calibration
from processing.motion.driving import unloaded_rom_deg, with_driving
from processing.pipeline.dropouts import Dropouts
from processing.pipeline.live_angles import LiveAngles
from processing.pipeline.live_calibration import LiveCalibration
from processing.pipeline.pairing import PATIENCE_S, Pairing, segments_of
from processing.pipeline.silence import Silence
from processing.pipeline.update_kinds import Update
from processing.reps.rep_detector import RepDetector
from processing.types import (
    AngleBlock,
    Dropout,
    PairedBlock,
    PhaseChange,
    Rep,
    RevisedAngles,
    SensorSilent,
    SessionEvent,
    slice_block,
)
from sensor.families import family_named
from sensor.types import Event, EventKind, ImuBlock, Segment, SensorInfo, SessionHeader


@dataclass(frozen=True, slots=True)
class PipelineConfig:
    """The choices of a person that change what the pipeline computes."""

    fixed_calibration: bool = False
    """Whether a given calibration stays, whatever movements are marked; a new zero still counts."""
    own_neutral: bool = False
    """Whether the ankle angle is zero in the still pose, whatever angle was stated for it."""
    exercise: Exercise | None = None
    """The exercise, whatever the recording says; None: what it says."""


_BETWEEN_SETS = (EventKind.SET_START, EventKind.SET_END)
"""The events at which no set runs any more, or not yet."""


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
        Header of the session: its time base gives the time of events, its sensors decide how long
        to wait for them.
    config
        The person's choices; None for the defaults.
    calibration
        The one to begin with; without it the angles are not valid until the calibration movements
        of the session are complete.
    """

    def __init__(
        self,
        header: SessionHeader,
        config: PipelineConfig | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        config = config or PipelineConfig()
        self._exercises = session_exercises(header, config.exercise)
        self._worn = tuple(sensor.segment for sensor in header.sensors)
        self._calibration = LiveCalibration(
            calibration,
            fixed=config.fixed_calibration,
            own_neutral=config.own_neutral,
            exercise=self._exercises.first,
        )
        self._start_ns = header.start_ns
        self._pairing = Pairing(patience_for(header.sensors), segments_of(header.sensors))
        self._angles = self._new_angles()
        self._driving = self.exercise.driving_with(self._worn)
        self._reps = self._new_detector()
        self._following: Exercise | None = None
        """The exercise that was announced while a set ran."""
        self._due: deque[_Due] = deque()
        self._dropouts = Dropouts()
        self._silence = Silence()

    @property
    def calibration(self) -> Calibration | None:
        """The calibration in force."""
        return self._calibration.calibration

    @property
    def exercise(self) -> Exercise:
        """The exercise in hand."""
        return self._calibration.exercise

    def may_calibrate(self, items: Sequence[ImuBlock | Event]) -> bool:
        """Return whether feeding ``items`` may compute a calibration, which takes seconds."""
        return any(
            isinstance(one, Event) and one.kind == EventKind.CALIBRATION_END
            for one in (*items, *(due.what for due in self._due))
        )

    def feed(self, items: Sequence[ImuBlock | Event]) -> list[Update]:
        """Take blocks and events in their order of arrival; return the updates that they complete."""
        paired = self._pairing.feed([self._prepared(item) for item in items])
        return self._advance(paired) if paired is not None else []

    def finish(self) -> list[Update]:
        """Return the updates that are left when no more items come."""
        paired = self._pairing.finish()
        updates = self._advance(paired) if paired is not None else []
        # Events after the last sample take effect too: the end of a set may come late.
        while self._due:
            updates += self._apply(self._due.popleft())
        return [*updates, *self._reps.finish()]

    def _prepared(self, item: ImuBlock | Event) -> ImuBlock | float:
        """Schedule the effect of ``item``; return it in the form that the pairing takes."""
        if isinstance(item, Event):
            t = (item.t_ns - self._start_ns) / 1e9
            self._schedule(_Due(t, item))
            return t
        gap = self._dropouts.feed(item)
        if gap is not None:
            self._schedule(_Due(gap.t_end, gap))
        return item

    def _schedule(self, due: _Due) -> None:
        """Insert ``due`` by its time, after those of the same time."""
        at = len(self._due)
        while at and self._due[at - 1].t > due.t:
            at -= 1
        self._due.insert(at, due)

    def _advance(self, paired: PairedBlock) -> list[Update]:
        """Process ``paired``, cut where something takes effect."""
        updates: list[Update] = []
        at = 0
        last_t = paired.t.item(-1)
        while self._due and self._due[0].t < last_t:
            due = self._due.popleft()
            # An event belongs behind the last sample of its time.
            upto = int(np.searchsorted(paired.t, due.t, side="right"))
            if upto > at:
                updates += self._measure(slice_block(paired, at, upto))
                at = upto
            updates += self._apply(due)
        if at < len(paired.t):
            updates += self._measure(slice_block(paired, at, len(paired.t)))
        return updates

    def _measure(self, paired: PairedBlock) -> list[Update]:
        """Return angles, phases, reps and silences of ``paired``."""
        self._calibration.remember(paired)
        silent = self._silence.feed(paired)
        if self._angles is None:
            return in_order(uncalibrated(paired), silent)
        angles = self._driven(self._angles.feed(paired))
        # The trials of a range are no reps.
        found = [] if self.exercise.measures else self._reps.feed(angles)
        return in_order(angles, [*silent, *found])

    def _apply(self, due: _Due) -> list[Update]:
        """Let a loss or an event take effect."""
        if isinstance(due.what, Dropout):
            if due.what.unnoticed_s > 0.0:
                self._calibration.remember_late(due.what)
                return [due.what, *self._revise(due.what), *self._reps.feed(due.what)]
            return [due.what, *self._reps.feed(due.what)]
        event = due.what
        session_event = SessionEvent(due.t, str(event.kind), event.data)
        seen = [*self._reps.feed(event), *self._change_exercise(event)]
        step = str(event.data.get("step", ""))
        if event.kind == EventKind.SET_END:
            # The rep that this mark cuts short still belongs to the set.
            return [*seen, session_event]
        if event.kind == EventKind.CALIBRATION_START:
            self._calibration.begin(step, due.t, event.data)
        elif event.kind == EventKind.CALIBRATION_END and event.data.get("accepted", True):
            made = self._calibration.end(step, due.t, event.data)
            return [session_event, *seen, *self._adopt(made, step)]
        return [session_event, *seen]

    def _revise(self, loss: Dropout) -> list[RevisedAngles]:
        """Return the angles again since a ``loss`` that was noticed late."""
        found = None if self._angles is None else self._angles.revise(loss)
        if found is None:
            return []
        angles = self._driven(found)
        self._reps.revise(loss, angles)
        return [RevisedAngles(angles)]

    def _driven(self, angles: AngleBlock) -> AngleBlock:
        return with_driving(angles, self._driving, pelvis=Segment.PELVIS in self._worn)

    def _adopt(self, made: Calibrated | CalibrationFailed | None, step: str) -> list[Update]:
        """Put the calibration that was ``made`` at the end of ``step``, if any, in force."""
        if made is None or isinstance(made, CalibrationFailed):
            return [made] if made is not None else []
        self._angles = self._new_angles()
        if self._angles is not None:
            # The filters settle on the samples since the still pose, so angles are valid at once.
            self._angles.feed(self._calibration.since_start())
        # A new zero changes neither the range of a rep nor the set in hand.
        if step != CalibrationStep.REZERO:
            self._reps = self._new_detector()
        return [made]

    def _change_exercise(self, event: Event) -> list[PhaseChange | Rep]:
        """Let ``event`` change the exercise; return the phases and reps that end with it."""
        wanted = self._following or self.exercise
        wanted = self._exercises.after(event.kind, event.data, wanted)
        # The choice for the next set changes nothing in the one that runs.
        if event.kind not in _BETWEEN_SETS and self._reps.is_in_set:
            self._following = wanted
            return []
        self._following = None
        if wanted is self.exercise:
            return []
        ended = self._reps.feed(Event(event.t_ns, EventKind.SET_END))
        self._calibration.exercise = wanted
        self._driving = wanted.driving_with(self._worn)
        self._reps = self._new_detector()
        return [*ended, *self._reps.feed(event)]

    def _new_detector(self) -> RepDetector:
        """Return a detector of the reps of the exercise in hand."""
        own = self.exercise
        reference_deg = unloaded_rom_deg(own, self.calibration)
        return RepDetector(reference_deg, own.reps, mark_only=own.start.arm == "mark")

    def _new_angles(self) -> LiveAngles | None:
        if self.calibration is None:
            return None
        return LiveAngles(self.calibration)


def in_order(angles: AngleBlock, found: Sequence[PhaseChange | Rep | SensorSilent]) -> list[Update]:
    """Return ``angles`` with what was ``found`` in them, each where it was noticed.

    A listener then gets the same order, whatever the length of the block.
    """
    if not found:
        return [angles]
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


def patience_for(sensors: Sequence[SensorInfo]) -> float:
    """Return how long (s) to wait for a sensor, with the samples that some hold back included."""
    # Such a sensor sends samples only when a message is full.
    held_s = [
        family_named(s.family).capabilities.held_back_samples / s.settings.rate_hz for s in sensors
    ]
    return PATIENCE_S + max(held_s, default=0.0)


def uncalibrated(paired: PairedBlock) -> AngleBlock:
    """Return the angles of ``paired`` while nothing is calibrated: zero and not valid."""
    zero = np.zeros(len(paired.t))
    zero.flags.writeable = False
    valid = np.zeros(len(paired.t), dtype=np.bool_)
    valid.flags.writeable = False
    unknown = np.full(len(paired.t), np.pi)
    unknown.flags.writeable = False
    return AngleBlock(paired.t, zero, zero, zero, zero, valid, unknown)

"""The sets of a recording: as its coach recorded them, else as marked, else as the movement shows."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from processing.coach.protocol import SetType
from processing.coach.set_fields import read_number, read_type
from processing.coach.set_record import recorded_sets
from processing.exercises.exercise import LEG_CURL, Exercise
from processing.exercises.exercise_file import built_in
from processing.motion.calibrated import Calibration
from processing.motion.driving import unloaded_rom_deg
from processing.pipeline.marks import MarkedSpan, marked_sets
from processing.reps.segmentation import segment_sets
from processing.review.set_exercises import SetExercises
from processing.types import AngleBlock, Dropout, Rep, slice_block
from sensor.types import Event, JsonValue, SessionHeader

_SIDES = {"left": "L", "right": "R", "both": "BOTH"}
"""Sides as the events name them, and as they are stored."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """A set of reps."""

    number: int
    """Number of the set in the session, from 1."""
    t_start: float
    """Start, s."""
    t_end: float
    """End, s."""
    reps: tuple[Rep, ...]
    """The reps as found offline."""
    live: tuple[Rep, ...]
    """The reps as counted live."""
    marked: bool
    """False if the set was found from the movement alone."""
    prescription: Mapping[str, JsonValue]
    """The demands of the set, as the fields of its events."""
    type: SetType = SetType.FREE
    """Kind of the set, FREE if nothing was planned."""
    load_kg: float | None = None
    """Load, kg; None if not stated."""
    side: str = ""
    """``L``, ``R`` or ``BOTH``; empty if not stated."""
    exercise: Exercise = field(default_factory=lambda: built_in(LEG_CURL))
    """The exercise that is trained in it."""


def known_sets(
    header: SessionHeader, events: Sequence[Event], t_last: float
) -> Sequence[MarkedSpan] | None:
    """Return the sets that the recording itself names; None if it names none.

    The record of the coach goes before the marks, because it knows why each set ended.
    """
    recorded = recorded_sets(events, t_last)
    return recorded if recorded is not None else marked_sets(header, events, t_last) or None


def training_sets(
    known: Sequence[MarkedSpan] | None,
    moved: Sequence[MarkedSpan],
    angles: AngleBlock,
    live: Sequence[Rep],
    dropouts: Sequence[Dropout],
    calibration: Calibration | None,
    exercises: SetExercises,
) -> tuple[TrainingSet, ...]:
    """Segment each known set, or the sets that the movement shows if none is known.

    Parameters
    ----------
    known
        The sets that the coach recorded, else the marked ones; None if there is neither.
    moved
        The marked calibration movements, which are no sets even if they look like one.
    angles
        The offline angles of the whole recording, driven by the exercise of each part.
    live
        The reps as counted live.
    dropouts
        The known losses.
    calibration
        The calibration in force, which may show the range of an unloaded rep; None if there is none.
    exercises
        The exercise of each set.
    """
    if not len(angles.t):
        return ()
    finder = _SetFinder(angles, dropouts, calibration)
    found = (
        finder.known(known, exercises) if known is not None else finder.unmarked(moved, exercises)
    )
    return tuple(
        TrainingSet(
            number=number,
            t_start=span.t_start,
            t_end=span.t_end,
            reps=reps,
            # By the turn: the start of a live rep may be dated before its mark.
            live=tuple(r for r in live if span.holds(r.t_turn)),
            marked=span.marked,
            prescription=span.data,
            type=read_type(span.data.get("set_type")) or SetType.FREE,
            load_kg=read_number(span.data.get("load_kg")),
            side=_SIDES.get(str(span.data.get("side")), ""),
            exercise=exercise,
        )
        for number, (span, exercise, reps) in enumerate(found, start=1)
    )


_Found: TypeAlias = tuple[MarkedSpan, Exercise, tuple[Rep, ...]]
"""A set with its exercise and its reps."""


@dataclass(frozen=True, slots=True)
class _SetFinder:
    """Finds the reps of sets by what the exercise of each says."""

    angles: AngleBlock
    dropouts: Sequence[Dropout]
    calibration: Calibration | None

    def known(self, known: Sequence[MarkedSpan], exercises: SetExercises) -> list[_Found]:
        """Return the sets whose times are known, with their reps."""
        # The trials of a range are no set of reps.
        known = [span for span in known if not exercises.of(span).measures]
        kinds = [exercises.of(span) for span in known]
        reps_of: dict[int, tuple[Rep, ...]] = {}
        # Together, since the angles are smoothed as a whole.
        for kind in {one.key: one for one in kinds}.values():
            own = [i for i, one in enumerate(kinds) if one == kind]
            times = [(known[i].t_start, known[i].t_end) for i in own]
            reps_of |= dict(zip(own, self._segmented(self.angles, kind, times), strict=True))
        # A mark is believed without a rep, but not if a cramp comes before the first lift.
        return [
            (span, kinds[i], reps_of[i])
            for i, span in enumerate(known)
            if reps_of[i] or (span.marked and not span.cramp)
        ]

    def unmarked(self, moved: Sequence[MarkedSpan], exercises: SetExercises) -> list[_Found]:
        """Return the sets that the movement shows, with their reps."""
        # A calibration movement ends the set before it, as it does live; so does another exercise.
        edges = [-math.inf, *(t for m in moved for t in (m.t_start, m.t_end)), math.inf]
        found: list[_Found] = []
        for start, stop in zip(edges[::2], edges[1::2], strict=True):
            inner = [t for t in exercises.edges() if start < t < stop]
            for first_t, last_t in pairwise([start, *inner, stop]):
                first, last = np.searchsorted(self.angles.t, (first_t, last_t)).tolist()
                kind = exercises.at(first_t)
                if kind.start.arm == "mark":
                    continue
                part = slice_block(self.angles, first, last)
                found += [
                    (MarkedSpan(reps[0].t_begin, reps[-1].t_end, {}, marked=False), kind, reps)
                    for reps in self._segmented(part, kind, None)
                    if reps
                ]
        return found

    def _segmented(
        self,
        angles: AngleBlock,
        exercise: Exercise,
        sets: Sequence[tuple[float, float]] | None,
    ) -> list[tuple[Rep, ...]]:
        reference_deg = unloaded_rom_deg(exercise, self.calibration)
        return segment_sets(
            angles, reference_deg, sets=sets, dropouts=self.dropouts, own=exercise.reps
        )

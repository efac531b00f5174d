"""The exercise of each set of a recording, and the driving angle of each part of it."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from processing.exercises.exercise import LEG_CURL, Exercise
from processing.exercises.session_exercises import KEY, NEXT_SET, SessionExercises
from processing.motion.driving import with_driving
from processing.motion.long_block import LongBlock, pieces
from processing.pipeline.marks import MarkedSpan
from processing.types import AngleBlock, slice_block
from sensor.types import Event, Segment, SessionHeader

_SOON_S = 0.001
"""Times in the record of a set are rounded to less than this."""


class SetExercises:
    """The exercises of a recording over time.

    Parameters
    ----------
    header, events
        Of the recording.
    exercises
        The exercises that the session may be of.
    """

    def __init__(
        self, header: SessionHeader, events: Sequence[Event], exercises: SessionExercises
    ) -> None:
        self._exercises = exercises
        self._worn = tuple(sensor.segment for sensor in header.sensors)
        self.changes = exercises.at_events(events, header.start_ns)

    def at(self, t: float) -> Exercise:
        """Return the exercise in force at ``t`` s."""
        return next(one for since, one in reversed(self.changes) if since <= max(t, 0.0) + _SOON_S)

    def of(self, span: MarkedSpan) -> Exercise:
        """Return the exercise of a set: the one that it names, or the one in force at its start."""
        return self._exercises.after(NEXT_SET, {KEY: span.data.get(KEY)}, self.at(span.t_start))

    def driven(self, angles: AngleBlock, known: Sequence[MarkedSpan] | None) -> AngleBlock:
        """Return ``angles`` of the whole recording with the driving angle of each part.

        Parameters
        ----------
        angles
            With the driving angle of a leg curl.
        known
            The sets that the recording names; None if it names none.
        """
        pelvis = Segment.PELVIS in self._worn
        curls = all(one.key == LEG_CURL for _, one in self.changes) and not pelvis
        if curls or not len(angles.t):
            return angles
        spans = known or ()
        times = {t for t, _ in self.changes[1:]}
        times |= {t for span in spans for t in (span.t_start, span.t_end)}
        # An event belongs behind the last sample of its time.
        cuts = np.searchsorted(angles.t, sorted(times), side="right").tolist()
        found = LongBlock[AngleBlock]()
        for first, last in pairwise([0, *cuts, len(angles.t)]):
            if last <= first:
                continue
            middle = float(angles.t[(first + last) // 2])
            span = next((s for s in spans if s.holds(middle)), None)
            exercise = self.at(middle) if span is None else self.of(span)
            for part in pieces(slice_block(angles, first, last)):
                found.add(with_driving(part, exercise.driving_with(self._worn), pelvis=pelvis))
        return found.whole() or angles

    def edges(self) -> list[float]:
        """Return the times (s) at which the exercise changes, with minus and plus infinity."""
        return [-math.inf, *(t for t, _ in self.changes[1:]), math.inf]

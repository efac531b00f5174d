"""The metronome of a test with a fixed pace: a high tick to rise, a low one to sink."""

from processing.coach.cues import Cue, CueKind, Sound
from processing.types import AngleBlock, PhaseChange

_STALE_S = 0.25
"""A beat is dropped if it would come later than this, s."""
_LATE_S = 0.1
"""A beat that is noticed later than this breaks the rhythm, s."""

LEAD_S = 2.0
"""The first beat comes this long after the mark of the set, s: time to put the hands on the wall."""


class Metronome:
    """The beats of one set, from its mark on, else from its first lift.

    Parameters
    ----------
    reps_per_minute
        The pace; each rep has two beats.
    delay_s
        Delay of the sound output, by which beats are sent earlier.
    start_t
        The mark of the set, s; None for a set that begins with its first lift.
    """

    def __init__(
        self, reps_per_minute: float, delay_s: float = 0.0, start_t: float | None = None
    ) -> None:
        self.reps_per_minute = reps_per_minute
        self._beat_s = 30.0 / reps_per_minute
        self._delay_s = delay_s
        self._start_t = None if start_t is None else start_t + LEAD_S
        self._beats = 0

    def feed(self, update: AngleBlock | PhaseChange) -> list[Cue]:
        """Take the next update; return the beats that are due in it."""
        if isinstance(update, PhaseChange):
            if self._start_t is None and update.leaves:
                self._start_t = update.t
            return []
        if self._start_t is None or not len(update.t):
            return []
        found: list[Cue] = []
        last_t = float(update.t[-1])
        while (due := self._start_t + self._beats * self._beat_s - self._delay_s) <= last_t:
            number, self._beats = self._beats, self._beats + 1
            # The sample at which it is due, whatever block that is in.
            t = float(update.t[update.t.searchsorted(due)])
            # After a gap, and before the first lift was noticed, a beat would be out of time.
            if t <= due + _LATE_S:
                why = (("beat", number + 1), ("reps_per_minute", self.reps_per_minute))
                sound = Sound.SOFT_TICK if number % 2 else Sound.HIGH_TICK
                found.append(Cue(CueKind.TICK, t, due + _STALE_S, sound=sound, why=why))
        return found

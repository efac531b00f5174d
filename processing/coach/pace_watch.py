"""The pace of a running test: which reps come too early or too late, and when the test is over."""

from processing.coach.cues import Cue, CueKind
from processing.coach.speech import Phrase, Speech
from processing.judge.pace import Pace, PaceRule, lateness, over_t, pace_of
from processing.judge.reasons import Correction
from processing.types import Rep
from sensor.types import FloatArray

_STALE_S = 2.0
"""The end of a test is announced no later than this, s."""
_WORDS = {1: Correction.FASTER, -1: Correction.SLOWER}
"""The word for a lift that starts too late, and for one too early."""


class PaceWatch:
    """The lifts of one set against the pace of its test.

    Parameters
    ----------
    rule
        The pace.
    """

    def __init__(self, rule: PaceRule) -> None:
        self.rule = rule
        self._starts_s: list[float] = []
        self._known_t = 0.0

    @property
    def pace(self) -> Pace:
        """The pace so far."""
        return pace_of(self._starts_s, self.rule)

    def count(self, rep: Rep) -> Correction | None:
        """Take the next rep; return what to change about the pace, None for nothing."""
        if rep.partial:
            return None
        before, self._starts_s = self._starts_s, [*self._starts_s, rep.t_start]
        self._known_t = rep.t_bottom if rep.noticed_t is None else rep.noticed_t
        late = lateness(rep.t_start - before[-1], self.rule) if before else 0
        return _WORDS.get(late)

    def over_within(self, t: FloatArray) -> float | None:
        """Return the first of the times ``t`` (n,), s, at which too many reps are missed; None if none is."""
        if self.pace.missed >= self.rule.most_missed:
            return self._known_t
        at = int(t.searchsorted(over_t(self._starts_s, self.rule)))
        return float(t[at]) if at < len(t) else None


def over_cue(t: float, watch: PaceWatch) -> Cue:
    """Return the announcement that the test is over."""
    speech: Speech = (Phrase.TEST_OVER,)
    why = ("most_missed", watch.rule.most_missed), ("kept", watch.pace.kept)
    return Cue(CueKind.STOP, t, t + _STALE_S, speech, None, speech, why)

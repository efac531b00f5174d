"""What is said while the person rests: the time left, and the next set with its load."""

from collections.abc import Callable

from processing.coach import spoken as words
from processing.coach.cues import Cue, CueKind
from processing.coach.loads import NextSet
from processing.coach.protocol import SetType

_ANNOUNCED_S = (60, 30, 10, 3, 2, 1)
_NEXT_SET_AT_S = 25.0
"""The next set is told this long before the rest is over."""
_STALE_S = 1.0
_SAID_TYPE = {
    SetType.DF: "toes up",
    SetType.PF: "toes pointed",
    SetType.B: "up with toes up, down with toes pointed",
    SetType.FREE: "free",
}


class RestCues:
    """The cues of a rest of ``rest_s`` that begins at ``start_t`` s.

    Each falls at its own time, however long the step to it was; what comes too late to be heard is
    left to its deadline.
    """

    def __init__(self, start_t: float, rest_s: float) -> None:
        self.start_t = start_t
        self.end_t = start_t + rest_s
        due = sorted({*map(float, _ANNOUNCED_S), _NEXT_SET_AT_S}, reverse=True)
        self._due = [left for left in due if left < rest_s]

    def until(self, t: float, following: Callable[[], NextSet]) -> list[Cue]:
        """Return the cues that fall until ``t`` s; ``following`` says which set comes next."""
        cues: list[Cue] = []
        while self._due and self.end_t - self._due[0] <= t:
            left = self._due.pop(0)
            at = self.end_t - left
            cues.append(_next_set(at, following()) if left == _NEXT_SET_AT_S else _left(at, left))
        return cues


def describe_next(following: NextSet) -> str:
    """Return what is said of the next set: ``next: toes pointed, thirty-five kilo``."""
    load = following.load_kg
    spoken = "" if load is None or load > words.LARGEST else f", {words.decimal(load)} kilo"
    return f"next: {_SAID_TYPE[following.plan.type]}{spoken}"


def _left(t: float, left_s: float) -> Cue:
    text = words.number(round(left_s))
    return Cue(
        CueKind.REST, t, t + _STALE_S, text, None, f"{left_s:g}", f"{left_s:g} s of rest left"
    )


def _next_set(t: float, following: NextSet) -> Cue:
    text = describe_next(following)
    return Cue(CueKind.NEXT_SET, t, t + 5.0 * _STALE_S, text, None, text, following.why)

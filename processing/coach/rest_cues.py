"""The cues of a rest: the time left, and the next set with its load."""

from collections.abc import Callable
from typing import assert_never

from processing.coach.cues import Cue, CueKind
from processing.coach.loads import Suggestion
from processing.coach.protocol import SetType
from processing.coach.speech import LARGEST, PauseMark, Phrase, Speech, tenths

_ANNOUNCED_S = (60, 30, 10, 3, 2, 1)
"""The times left that are spoken, s."""
_NEXT_SET_AT_S = 25.0
"""The next set is announced this long before the end of the rest."""
_STALE_S = 1.0
"""A number that is spoken later than this would be the wrong one, s."""


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

    def changed(self, rest_s: float, t: float) -> "RestCues":
        """Return the cues of the same rest with another length, of which ``t`` s has been reached."""
        # A rest that is already longer than it should be ends now.
        new = RestCues(self.start_t, max(rest_s, t - self.start_t))
        new._due = [left for left in new._due if new.end_t - left > t]
        return new

    def until(self, t: float, following: Callable[[], Suggestion]) -> list[Cue]:
        """Return the cues that fall until ``t`` s; ``following`` says which set comes next."""
        cues: list[Cue] = []
        while self._due and self.end_t - self._due[0] <= t:
            left = self._due.pop(0)
            at = self.end_t - left
            cues.append(_next_set(at, following()) if left == _NEXT_SET_AT_S else _left(at, left))
        return cues


def next_set_speech(following: Suggestion) -> Speech:
    """Return the announcement of the next set: ``next: toes pointed, thirty-five kilo``."""
    kind, load = _type_speech(following.prescription.type), following.load_kg
    # A recording may name any load; what is too large for words is left out.
    if load is None or load > LARGEST:
        return (Phrase.NEXT, PauseMark.COLON, *kind)
    if load == 0.0:
        return (Phrase.NEXT, PauseMark.COLON, *kind, PauseMark.COMMA, Phrase.BODYWEIGHT)
    return (Phrase.NEXT, PauseMark.COLON, *kind, PauseMark.COMMA, tenths(load), Phrase.KILO)


def _type_speech(kind: SetType) -> Speech:
    match kind:
        case SetType.DF:
            return (Phrase.TOES_UP,)
        case SetType.PF:
            return (Phrase.TOES_POINTED,)
        case SetType.B:
            return (Phrase.UP_TO_LIFT, PauseMark.COMMA, Phrase.POINTED_TO_LOWER)
        case SetType.B2:
            return (Phrase.BOTH_LIFT, PauseMark.COMMA, Phrase.ONE_LOWERS)
        case SetType.FREE:
            return (Phrase.FREE,)
        case _:
            assert_never(kind)


def _left(t: float, left_s: float) -> Cue:
    left = (round(left_s),)
    return Cue(CueKind.REST, t, t + _STALE_S, left, None, left, (("rest_left_s", left_s),))


def _next_set(t: float, following: Suggestion) -> Cue:
    speech = next_set_speech(following)
    # No number of seconds is spoken here, so it stays true for longer.
    return Cue(CueKind.NEXT_SET, t, t + 5.0 * _STALE_S, speech, None, speech, following.why)

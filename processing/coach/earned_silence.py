"""The sounds that the reps of a session have earned: fewer after good ones, praise now and then.

The ticks of the lowering and the tick of the switch help while a movement is new or goes wrong. On
every rep of every set they would only be noise.
"""

from processing.judge.checks import Grade
from processing.judge.reasons import CheckKey
from processing.judge.verdict import Verdict

SILENT_AFTER = 2
"""A tick falls silent after so many reps in a row that were good in what it helps with."""
PRAISED_AFTER = 3
"""So many good reps in a row are praised, once."""
_TEMPO = frozenset({CheckKey.DROP, CheckKey.ECCENTRIC})
"""The misses against which the ticks of the lowering help."""
_TOES = frozenset({CheckKey.SWITCH, CheckKey.HOLD, CheckKey.LIFT})
"""The misses against which the tick of the switch helps."""


class EarnedSilence:
    """The verdicts of a session so far, as far as sounds depend on them.

    Attributes
    ----------
    ticks
        Whether the seconds of the lowering are ticked.
    switch
        Whether the switch of the foot is ticked while it is new.
    """

    def __init__(self) -> None:
        self.ticks = self.switch = True
        self._good = self._good_tempo = self._good_toes = 0
        self._missed = False

    def take(self, verdict: Verdict) -> bool:
        """Take the next verdict of the session; return whether the rep earns praise."""
        if verdict.grade is Grade.NOT_JUDGED:
            return False
        self._good_tempo, self.ticks = _sounded(verdict, _TEMPO, self._good_tempo, self.ticks)
        self._good_toes, self.switch = _sounded(verdict, _TOES, self._good_toes, self.switch)
        if verdict.grade is Grade.MISS:
            self._good, self._missed = 0, True
            return False
        self._good = self._good + 1 if verdict.grade is Grade.GOOD else 0
        gone = self._missed and self._good > 0
        self._missed = self._missed and not gone
        return gone or self._good == PRAISED_AFTER


def _sounded(
    verdict: Verdict, keys: frozenset[CheckKey], good: int, sounded: bool
) -> tuple[int, bool]:
    """Return how many reps in a row are good by the checks ``keys``, and whether their tick sounds."""
    grades = {check.grade for check in verdict.checks if check.key in keys}
    if Grade.MISS in grades:
        return 0, True
    good = 0 if Grade.NEAR in grades else good + 1
    return good, sounded and good < SILENT_AFTER

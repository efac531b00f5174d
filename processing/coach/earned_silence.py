"""The sounds that the reps of a session have earned: fewer after good ones, praise now and then.

The ticks of the lowering and the tick of the switch help while a movement is new or goes wrong. On
every rep of every set they would only be noise.
"""

from processing.judge.checks import Grade
from processing.judge.reasons import CheckKey
from processing.judge.verdict import Verdict

SILENT_AFTER = 2
"""The ticks fall silent after so many good reps in a row."""
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
        self._good = 0
        self._missed = False

    def take(self, verdict: Verdict) -> bool:
        """Take the next verdict of the session; return whether the rep earns praise."""
        match verdict.grade:
            case Grade.GOOD:
                self._good += 1
                gone, self._missed = self._missed, False
                if self._good >= SILENT_AFTER:
                    self.ticks = self.switch = False
                return gone or self._good == PRAISED_AFTER
            case Grade.MISS:
                self._good, self._missed = 0, True
                missed = {check.key for check in verdict.checks if check.grade is Grade.MISS}
                # Each comes back after the miss that it helps against.
                self.ticks = self.ticks or bool(missed & _TEMPO)
                self.switch = self.switch or bool(missed & _TOES)
            case Grade.NEAR:
                self._good = 0
            case Grade.NOT_JUDGED | Grade.NOTE:
                pass
        return False

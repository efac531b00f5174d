"""Whether other programs keep the threads of this one waiting, known from when a timer's calls come."""

from collections import deque

LATE_S = 0.02
"""A call that waited longer than this for the processor is late: a calm machine calls within 10 ms."""
LATE_CALLS = 4
"""So many late calls within :data:`WITHIN_S` show a busy machine; one alone may be a disk or a start."""
WITHIN_S = 5.0
"""Long enough for a machine with ten busy loops on two cores, where one call in ten is late."""
CALM_AFTER_S = 60.0
"""A machine counts as calm again after so long without a late call: about a set with its rest."""


class HostLoad:
    """The load of the machine by other programs, as far as it delays our calls.

    The time that this process itself computed is left out: a busy window is not a busy machine.
    """

    def __init__(self, every_s: float) -> None:
        self.is_busy = False
        self._every_s = every_s
        self._before: tuple[float, float] | None = None
        self._late_s: deque[float] = deque(maxlen=LATE_CALLS)

    def called(self, now_s: float, computed_s: float) -> None:
        """Note a call of the timer at ``now_s``, when this process had computed for ``computed_s``."""
        if self._before is not None:
            waited_s = now_s - self._before[0] - self._every_s
            if waited_s - (computed_s - self._before[1]) > LATE_S:
                self._late_s.append(now_s)
        self._before = now_s, computed_s
        late = self._late_s
        if len(late) == LATE_CALLS and now_s - late[0] < WITHIN_S:
            self.is_busy = True
        elif not late or now_s - late[-1] > CALM_AFTER_S:
            self.is_busy = False

"""Messages that come twice, or after a later one, as their marks tell.

A link delivers each message once and in order, but a host may hand one on twice, or from two threads.
Such a message would look like a device that began to count again. It is left out: the samples of one
that came too late stay missing.
"""

import math
from collections import deque
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from sensor.types import FloatArray, Packet

REMEMBERED = 16
"""So many messages back a repeat is looked for, about half a second."""
HOLE = 1.5
"""A message is missing between two whose marks are further apart than this many usual steps."""


class Repeats:
    """The newest messages of a stream, among which its next ones may be.

    Parameters
    ----------
    wrap
        Value at which the marks start again from 0; 0 if they never do.
    """

    def __init__(self, wrap: int) -> None:
        self._wrap = wrap
        self._newest: deque[tuple[int, FloatArray]] = deque(maxlen=REMEMBERED)

    def new_messages(self, packet: Packet, marks: Sequence[int]) -> list[int]:
        """Return the numbers of the messages of ``packet`` that are no repeats."""
        count = packet.messages
        values = packet.acc if len(packet.acc) else packet.gyr
        n = len(values) // count
        if count > REMEMBERED and self._all_follow(marks):
            new = list(range(count))
            remembered = new[-REMEMBERED:]
        else:
            new, remembered = [], []
            for k in range(count):
                own = values[k * n : (k + 1) * n]
                if not self._is_repeat(marks[k], own):
                    new.append(k)
                    self._newest.append((marks[k], own))
        for k in remembered:
            self._newest.append((marks[k], values[k * n : (k + 1) * n]))
        return new

    def forget(self) -> None:
        """Forget all messages, after a reconnection."""
        self._newest.clear()

    def _all_follow(self, marks: Sequence[int]) -> bool:
        """Return whether every mark is later than the one before it."""
        known = [self._newest[-1][0]] if self._newest else []
        most = self._wrap // 4 if self._wrap else math.inf
        return all(
            0 < self._forward(one, other) < most for one, other in pairwise([*known, *marks])
        )

    def _forward(self, one: int, other: int) -> int:
        """Return how far the mark ``other`` is ahead of ``one``."""
        return (other - one) % self._wrap if self._wrap else other - one

    def _is_repeat(self, mark: int, values: FloatArray) -> bool:
        if not self._newest:
            return False
        newest = self._newest[-1][0]
        back, reach = (self._forward(one, newest) for one in (mark, self._newest[0][0]))
        if not 0 <= back <= (min(reach, self._wrap // 4) if self._wrap else reach):
            return False
        behind = [self._forward(one, newest) for one, _ in self._newest]
        for at, (_, old) in zip(behind, self._newest, strict=True):
            if at == back and np.array_equal(old, values):
                return True
        # It fills a hole. Ticks that a busy device takes a little late leave none.
        usual = min((older - at for older, at in pairwise(behind) if older > at), default=0)
        return any(
            older > back > at and older - at > HOLE * usual for older, at in pairwise(behind)
        )

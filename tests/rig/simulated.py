"""A simulated leg as the motion of virtual sensors."""

from functools import lru_cache

import numpy as np

from sensor.assembler import Assembler
from sensor.simulation.simulated_session import SimulatedSession, simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import FloatArray, Segment, frozen


@lru_cache(maxsize=1)
def simulated(text: str) -> SimulatedSession:
    """Return the simulated session of ``text`` (``sim:…``)."""
    return simulate(parse_simulation(text))


REST_S = 1.0
"""The leg lies still at the beginning of every session for this long, s: its sensors show their offsets."""


class SimulatedLeg:
    """The motion of one segment of a simulated session, played from a monotonic time on.

    Before it, the leg waits in its first pose, and afterwards in its last.
    """

    def __init__(self, text: str, segment: Segment) -> None:
        session = simulated(text)
        assembler = Assembler(session.header.sensors, session.header.start_ns)
        blocks = [
            block
            for item in session.items
            for block in assembler.feed(item)
            if block.segment is segment
        ]
        self._t = np.concatenate([block.t for block in blocks])
        self._acc = np.concatenate([block.acc for block in blocks])
        self._gyr = np.concatenate([block.gyr for block in blocks])
        self._offset = self._gyr[self._t < self._t[0] + REST_S].mean(axis=0)
        self._begin_s, self._from_s, self._until_s = np.inf, 0.0, 0.0

    def play(self, begin_s: float, until_s: float = np.inf) -> None:
        """Go on from the monotonic time ``begin_s`` until the time ``until_s`` of the session, and wait there."""
        self._from_s = min(self._from_s + max(begin_s - self._begin_s, 0.0), self._until_s)
        self._begin_s, self._until_s = begin_s, until_s

    def at(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        """See :class:`tests.rig.motion.Motion`."""
        at = self._from_s + np.maximum(t - self._begin_s, 0.0)
        moves = (t >= self._begin_s) & (at <= min(self._until_s, self._t[-1]))
        at = np.clip(at, self._t[0], min(max(self._until_s, self._t[0]), self._t[-1]))
        acc, gyr = (
            np.stack([np.interp(at, self._t, values[:, axis]) for axis in range(3)], axis=1)
            for values in (self._acc, self._gyr)
        )
        # A leg that waits does not turn on and on.
        gyr[~moves] = self._offset
        return frozen(acc), frozen(gyr)

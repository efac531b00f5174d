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


class SimulatedLeg:
    """The motion of one segment of a simulated session, from the monotonic time ``begin_s`` on.

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
        self.begin_s = np.inf
        self._t = np.concatenate([block.t for block in blocks])
        self._acc = np.concatenate([block.acc for block in blocks])
        self._gyr = np.concatenate([block.gyr for block in blocks])

    def at(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        """See :class:`tests.rig.motion.Motion`."""
        at = np.clip(t - self.begin_s, self._t[0], self._t[-1])
        acc, gyr = (
            np.stack([np.interp(at, self._t, values[:, axis]) for axis in range(3)], axis=1)
            for values in (self._acc, self._gyr)
        )
        return frozen(acc), frozen(gyr)

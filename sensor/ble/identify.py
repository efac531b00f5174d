"""Identification of a sensor by shaking it: the shaken one moves most. It uses no radio."""

from collections import deque
from collections.abc import Mapping

import numpy as np

from sensor.types import ImuBlock, Segment

WINDOW_S = 1.0
"""Movement is measured over this time: a few shakes."""
MIN_SHAKE_DPS = 90.0
"""Least angular rate of a shaken sensor (root mean square over the window): a hand that only
carries or puts down a sensor stays below it."""
MIN_RATIO = 3.0
"""A shaken sensor moves this many times as much as every other one: two in one hand are no shake."""


class ShakeIdentifier:
    """An identifier of the streaming sensor that is being shaken."""

    def __init__(self) -> None:
        self._recent: dict[Segment, deque[tuple[float, float, int]]] = {}
        self._now = 0.0

    def add(self, block: ImuBlock) -> None:
        """Add samples of any of the sensors."""
        if not len(block.t):
            return
        recent = self._recent.setdefault(block.segment, deque())
        newest = block.t.item(-1)
        # This runs for every message, and one product of vectors is faster than three calls.
        recent.append((newest, float(np.vdot(block.gyr, block.gyr)), len(block.t)))
        self._now = max(self._now, newest)

    @property
    def movement_rad_s(self) -> Mapping[Segment, float]:
        """The root mean square of each sensor's angular rate in the window, in rad/s."""
        return {segment: self._movement(recent) for segment, recent in self._recent.items()}

    @property
    def shaken(self) -> Segment | None:
        """The sensor that is being shaken; None if no sensor is, or more than one."""
        movement = sorted(self.movement_rad_s.items(), key=lambda item: item[1])
        if not movement:
            return None
        segment, most = movement[-1]
        others = movement[-2][1] if len(movement) > 1 else 0.0
        least = max(np.deg2rad(MIN_SHAKE_DPS), MIN_RATIO * others)
        return segment if most >= least else None

    def _movement(self, recent: deque[tuple[float, float, int]]) -> float:
        # Forgotten by the newest time of any sensor: a silent one must not stay the shaken one.
        while recent and recent[0][0] < self._now - WINDOW_S:
            recent.popleft()
        count = sum(n for _, _, n in recent)
        return float(np.sqrt(sum(squares for _, squares, _ in recent) / count)) if count else 0.0

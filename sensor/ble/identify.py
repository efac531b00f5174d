"""Which sensor is which: the person shakes one, and it is the one that moves most. No radio here."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sensor.types import ImuBlock, Segment


@dataclass(frozen=True, slots=True)
class ShakeConfig:
    """What counts as a shake.

    Over the last ``window_s`` its angular rate must be at least ``min_dps`` (root mean square), and
    ``ratio`` times that of every other sensor.
    """

    window_s: float = 1.0
    min_dps: float = 90.0
    ratio: float = 3.0


class ShakeIdentifier:
    """Watches streaming sensors and tells which one is being shaken."""

    def __init__(self, config: ShakeConfig | None = None) -> None:
        self.config = config or ShakeConfig()
        self._recent: dict[Segment, deque[tuple[float, float, int]]] = {}
        self._now = 0.0

    def feed(self, block: ImuBlock) -> None:
        """Take samples of any of the sensors."""
        if not len(block.t):
            return
        recent = self._recent.setdefault(block.segment, deque())
        squares = float(np.sum(np.square(block.gyr)))
        recent.append((float(block.t[-1]), squares, len(block.t)))
        self._now = max(self._now, float(block.t[-1]))

    @property
    def movement_rad_s(self) -> Mapping[Segment, float]:
        """The root mean square of each sensor's angular rate in the window, in rad/s."""
        return {segment: self._movement(recent) for segment, recent in self._recent.items()}

    @property
    def shaken(self) -> Segment | None:
        """The sensor that is being shaken; None if none is, or more than one."""
        movement = sorted(self.movement_rad_s.items(), key=lambda item: item[1])
        if not movement:
            return None
        segment, most = movement[-1]
        others = movement[-2][1] if len(movement) > 1 else 0.0
        least = max(np.deg2rad(self.config.min_dps), self.config.ratio * others)
        return segment if most >= least else None

    def _movement(self, recent: deque[tuple[float, float, int]]) -> float:
        while recent and recent[0][0] < self._now - self.config.window_s:
            recent.popleft()
        count = sum(n for _, _, n in recent)
        return float(np.sqrt(sum(squares for _, squares, _ in recent) / count)) if count else 0.0

"""The script of a session: keyframes of the leg, events and true reps, written in order of time."""

from dataclasses import dataclass, field

import numpy as np

from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.paths import KeyPath
from sensor.types import JsonValue

EFFORT = "effort"
"""How unsteady the leg is, from 0 (relaxed) to 1 (working): a channel beside the coordinates."""

_SHORTEST_S = 1e-6


@dataclass(frozen=True, slots=True)
class PlannedRep:
    """A rep as it was played: when its four movements and holds began, in s.

    ``fault`` is "" for a clean rep. The lift starts at ``lift_t`` and ends at ``top_t``; the
    lowering starts at ``lower_t`` and ends at ``bottom_t``.
    """

    set_index: int
    number: int
    set_type: str
    fault: str
    lift_t: float
    top_t: float
    lower_t: float
    bottom_t: float


@dataclass(slots=True)
class Script:
    """A session while it is being written. ``now`` is where the next action begins, in s."""

    now: float = 0.0
    keys: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)
    events: list[tuple[float, str, dict[str, JsonValue]]] = field(default_factory=list)
    reps: list[PlannedRep] = field(default_factory=list)

    def place(self, **values: float) -> None:
        """Start channels at ``values`` (rad, m or 1)."""
        for channel, value in values.items():
            self.keys[channel] = [(self.now, value, 0.0)]

    def where(self, channel: str) -> float:
        """Return the value that ``channel`` was last sent to."""
        return self.keys[channel][-1][1]

    def move(self, seconds: float, *, after_s: float = 0.0, **targets: float) -> None:
        """Send channels to ``targets`` within ``seconds``, ``after_s`` from now; time stands still.

        A movement that would begin while the channel's last one still runs begins at its end; one
        to where the channel already goes is none.
        """
        for channel, target in targets.items():
            if target == self.where(channel):
                continue
            start, _ = self._hold(channel, self.now + after_s)
            self.keys[channel].append((start + seconds, target, 0.0))

    def glide(self, channel: str, seconds: float, target: float, ramp: float, waver: float) -> None:
        """Send ``channel`` to ``target`` at an even speed, with soft ends; time stands still.

        ``ramp`` is the share of the time that each end takes, below a half; ``waver`` is how far
        ahead it is half-way, as a share of the whole.
        """
        start, last = self._hold(channel, self.now)
        keys = self.keys[channel]
        step = target - last
        speed = step / ((1.0 - ramp) * seconds)
        edge = 0.5 * ramp * step / (1.0 - ramp)
        keys.append((start + ramp * seconds, last + edge, speed))
        if ramp < 0.4:
            keys.append((start + 0.5 * seconds, last + (0.5 + waver) * step, speed))
        keys.append((start + (1.0 - ramp) * seconds, target - edge, speed))
        keys.append((start + seconds, target, 0.0))

    def _hold(self, channel: str, until: float) -> tuple[float, float]:
        """Let ``channel`` rest ``until`` a time; return when it is free, and where it is then."""
        last_t, value, _ = self.keys[channel][-1]
        if until - last_t < _SHORTEST_S:
            return last_t, value
        self.keys[channel].append((until, value, 0.0))
        return until, value

    def wait(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        self.now += seconds

    def say(self, kind: str, **data: JsonValue) -> None:
        """Write an event of ``kind`` at this moment."""
        self.events.append((self.now, kind, data))

    def path(self, channel: str) -> KeyPath:
        """Return the finished path of ``channel``."""
        keys = self.keys[channel]
        end = (max(self.now, keys[-1][0]) + 1.0, keys[-1][1], 0.0)
        t, value, rate = np.array([*keys, end]).T
        return KeyPath(t.copy(), value.copy(), rate.copy())

    def paths(self) -> dict[Coordinate, KeyPath]:
        """Return the finished path of every coordinate."""
        return {coordinate: self.path(coordinate) for coordinate in Coordinate}

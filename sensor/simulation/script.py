"""The script of a session: keyframes of the leg, events and planned reps, in order of time."""

from dataclasses import dataclass, field

import numpy as np

from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.paths import KeyPath
from sensor.types import JsonValue

EFFORT = "effort"
"""The effort of the leg, from 0 (relaxed) to 1 (working), which decides how unsteady it is. It is a
channel beside the coordinates."""

_SHORTEST_S = 1e-6
"""Keyframes that are closer than this are one: a path divides by the time between them."""


@dataclass(frozen=True, slots=True)
class PlannedRep:
    """A rep of the script, with its times in s."""

    set_index: int
    """Index of its set, from 0."""
    number: int
    """Its number in the set, from 1."""
    set_type: str
    """``DF``, ``PF`` or ``B``."""
    fault: str
    """Its fault; "" for a clean rep."""
    lift_t: float
    """Start of the lift."""
    top_t: float
    """End of the lift."""
    lower_t: float
    """Start of the lowering."""
    bottom_t: float
    """End of the lowering."""


@dataclass(slots=True)
class Script:
    """A session while it is being written.

    A channel is a coordinate of the leg or :data:`EFFORT`.
    """

    now: float = 0.0
    """Start of the next action, in s."""
    keys: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)
    """Keyframes of each channel: time in s, value and rate."""
    events: list[tuple[float, str, dict[str, JsonValue]]] = field(default_factory=list)
    """Time in s, kind and data of each event."""
    reps: list[PlannedRep] = field(default_factory=list)
    """The reps so far."""

    def start(self, **values: float) -> None:
        """Start channels at ``values`` (rad, m or 1)."""
        for channel, value in values.items():
            self.keys[channel] = [(self.now, value, 0.0)]

    def target(self, channel: str) -> float:
        """Return the value to which ``channel`` moves, or at which it is."""
        return self.keys[channel][-1][1]

    def move(self, seconds: float, *, after_s: float = 0.0, **targets: float) -> None:
        """Move channels to ``targets`` within ``seconds``; the time of the script does not pass.

        A movement that would begin during the channel's last one begins at its end. A channel that
        already goes to its target does not move.

        Parameters
        ----------
        seconds
            Duration of the movement.
        after_s
            Time from now until it begins.
        targets
            Value of each channel, in rad, m or 1.
        """
        for channel, target in targets.items():
            if target == self.target(channel):
                continue
            start, _ = self._hold(channel, self.now + after_s)
            self.keys[channel].append((start + seconds, target, 0.0))

    def glide(self, channel: str, seconds: float, target: float, ramp: float, waver: float) -> None:
        """Move ``channel`` at an even speed with soft ends; the time of the script does not pass.

        Parameters
        ----------
        channel
            The channel.
        seconds
            Duration of the movement.
        target
            Its end, in rad, m or 1.
        ramp
            Share of the time that each soft end takes, below a half.
        waver
            Lead at half-time, as a share of the whole movement.
        """
        start, last = self._hold(channel, self.now)
        keys = self.keys[channel]
        step = target - last
        # With soft ends the middle is faster, so that the whole still takes ``seconds``.
        speed = step / ((1.0 - ramp) * seconds)
        edge = 0.5 * ramp * step / (1.0 - ramp)
        keys.append((start + ramp * seconds, last + edge, speed))
        # Soft ends that nearly meet leave no room for a keyframe in the middle.
        if ramp < 0.4:
            keys.append((start + 0.5 * seconds, last + (0.5 + waver) * step, speed))
        keys.append((start + (1.0 - ramp) * seconds, target - edge, speed))
        keys.append((start + seconds, target, 0.0))

    def _hold(self, channel: str, until: float) -> tuple[float, float]:
        """Let ``channel`` rest ``until`` a time; return when it is free, and its value then."""
        last_t, value, _ = self.keys[channel][-1]
        if until - last_t < _SHORTEST_S:
            return last_t, value
        self.keys[channel].append((until, value, 0.0))
        return until, value

    def wait(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        self.now += seconds

    def add_event(self, kind: str, **data: JsonValue) -> None:
        """Add an event of ``kind`` at this moment."""
        self.events.append((self.now, kind, data))

    def path(self, channel: str) -> KeyPath:
        """Return the finished path of ``channel``."""
        # A path needs two keyframes, and a channel that never moved has only one.
        keys = self.keys[channel]
        end = (max(self.now, keys[-1][0]) + 1.0, keys[-1][1], 0.0)
        t, value, rate = np.array([*keys, end]).T
        return KeyPath(t.copy(), value.copy(), rate.copy())

    def paths(self) -> dict[Coordinate, KeyPath]:
        """Return the finished path of every coordinate."""
        return {coordinate: self.path(coordinate) for coordinate in Coordinate}

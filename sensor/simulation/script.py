"""The script of a session: keyframes of the leg, events and planned reps, in order of time."""

from dataclasses import dataclass, field

import numpy as np

from sensor.simulation.courses import Course
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.paths import KeyPath
from sensor.simulation.truth import TrueTrial
from sensor.types import JsonValue

EFFORT = "effort"
"""The effort of the leg, from 0 (relaxed) to 1 (working), which decides how unsteady it is. It is a
channel beside the coordinates."""

SWAY = "sway"
"""The sway of a person on the feet, 1 for one who stands on one leg. It is a channel likewise."""

RAISED = "raised"
"""Whether the foot is off the ground or on its ball, from 0 (flat, or held) to 1: how unsteady it is. It
is a channel likewise."""

DRIVING = "driving"
"""The driving angle of the exercise as it is intended, in rad. It is a channel likewise, which only the
truth reads."""

JOLT = "jolt"
"""The jolts of the hip, or of a foot on the ground, by impacts, in m. It is a channel beside the coordinates."""
_JOLT_S = 0.015
"""Time of each half of a jolt: an impact is over in some hundredths of a second."""

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
    lift_t: float = 0.0
    """Start of the lift."""
    top_t: float = 0.0
    """End of the lift: the arrival, where the leg creeps on after it."""
    lower_t: float = 0.0
    """Start of the lowering."""
    bottom_t: float = 0.0
    """End of the lowering, likewise."""
    lift_motion: str = ""
    """Kind of the course of the lift, one of :class:`sensor.simulation.choices.MotionKind`."""
    lower_motion: str = ""
    """Kind of the course of the lowering."""
    lowers_first: bool = False
    """Whether the rep begins with the lowering."""
    break_point: float | None = None
    """Driving angle above the bottom of the rep at which control of the lowering is lost, rad; None if
    it is kept."""


@dataclass(slots=True)
class Script:
    """A session while it is being written.

    A channel is a coordinate of the leg or :data:`EFFORT`.
    """

    now: float = 0.0
    """Start of the next action, in s."""
    keys: dict[str, list[tuple[float, float, float, float]]] = field(default_factory=dict)
    """Keyframes of each channel: time in s, value, rate and acceleration."""
    events: list[tuple[float, str, dict[str, JsonValue]]] = field(default_factory=list)
    """Time in s, kind and data of each event."""
    reps: list[PlannedRep] = field(default_factory=list)
    """The reps so far."""

    activities: list[tuple[str, float, float]] = field(default_factory=list)
    """Name, start and end in s of what the person did around the sets."""
    trials: list[TrueTrial] = field(default_factory=list)
    """The trials of a range so far."""

    def start(self, **values: float) -> None:
        """Start channels at ``values`` (rad, m or 1)."""
        for channel, value in values.items():
            self.keys[channel] = [(self.now, value, 0.0, 0.0)]

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
            self.keys[channel].append((start + seconds, target, 0.0, 0.0))

    def follow(self, channel: str, target: float, course: Course) -> None:
        """Move ``channel`` to ``target`` in a ``course``; the time of the script does not pass."""
        start, last = self._hold(channel, self.now)
        step = target - last
        keys = np.column_stack(
            [
                start + course.t,
                last + step * course.share,
                step * course.rate,
                step * course.acceleration,
            ]
        )
        # The first keyframe of the course is the one at which the channel rests.
        self.keys[channel] += [(t, value, rate, bend) for t, value, rate, bend in keys[1:].tolist()]

    def _hold(self, channel: str, until: float) -> tuple[float, float]:
        """Let ``channel`` rest ``until`` a time; return when it is free, and its value then."""
        last_t, value, *_ = self.keys[channel][-1]
        if until - last_t < _SHORTEST_S:
            return last_t, value
        self.keys[channel].append((until, value, 0.0, 0.0))
        return until, value

    def wait(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        self.now += seconds

    def jolt(self, height_m: float, *, after_s: float = 0.0) -> None:
        """Jolt the hip by ``height_m``, as a heel strike does; the time of the script does not pass."""
        self.keys.setdefault(JOLT, [(0.0, 0.0, 0.0, 0.0)])
        self.move(_JOLT_S, after_s=after_s, **{JOLT: height_m})
        self.move(_JOLT_S, after_s=after_s + _JOLT_S, **{JOLT: 0.0})

    def record(self, activity: str, start_t: float) -> None:
        """Record that the person did ``activity`` from ``start_t`` until now."""
        self.activities.append((activity, start_t, self.now))

    def add_event(self, kind: str, **data: JsonValue) -> None:
        """Add an event of ``kind`` at this moment."""
        self.events.append((self.now, kind, data))

    def path(self, channel: str) -> KeyPath:
        """Return the finished path of ``channel``."""
        # A path needs two keyframes, and a channel that never moved has only one.
        keys = self.keys[channel]
        end = (max(self.now, keys[-1][0]) + 1.0, keys[-1][1], 0.0, 0.0)
        return KeyPath(*np.array([*keys, end]).T.copy())

    def paths(self) -> dict[Coordinate, KeyPath]:
        """Return the finished path of every coordinate of the script."""
        return {
            coordinate: self.path(coordinate)
            for coordinate in Coordinate
            if coordinate in self.keys
        }

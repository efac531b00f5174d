"""The courses of movements between two rests: the share of the way as a function of time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sensor.simulation.paths import KeyPath
from sensor.types import FloatArray

_STEP_S = 0.001
"""Time step in which crossings are searched."""
_BISECTIONS = 12
"""They find the time of a stall to some milliseconds."""
_STOP_S = 0.12
"""Time in which a leg that stalls comes to rest, and in which it goes on."""


@dataclass(frozen=True, slots=True)
class Course:
    """A movement from share 0 to share 1 of its way, by keyframes with a quintic between two."""

    t: FloatArray
    """(k,) s from the start of the movement; the first is 0."""
    share: FloatArray
    """(k,) share of the way."""
    rate: FloatArray
    """(k,) 1/s."""
    acceleration: FloatArray
    """(k,) 1/s²."""

    @property
    def seconds(self) -> float:
        """The duration of the movement in s."""
        return float(self.t[-1])

    def lasting(self, seconds: float) -> "Course":
        """Return the same course with another duration."""
        slower = seconds / self.seconds
        return Course(
            self.t * slower, self.share, self.rate / slower, self.acceleration / slower**2
        )

    def visible_s(self, edge: float) -> float:
        """Return the time in s from share ``edge`` of the way until share ``1 - edge``."""
        first, last = self.seen_from_to(edge)
        return last - first

    def seen_from_to(self, edge: float) -> tuple[float, float]:
        """Return the times in s at share ``edge`` of the way and at share ``1 - edge``."""
        path = KeyPath(self.t, self.share, self.rate, self.acceleration)
        t = np.arange(0.0, self.seconds, _STEP_S)
        share = path.at(t).value
        low, high = np.flatnonzero(share > edge), np.flatnonzero(share >= 1.0 - edge)
        if low.size == 0 or high.size == 0:
            return 0.0, self.seconds
        return float(t[low[0]]), float(t[high[0]])

    def then(self, other: "Course", share: float, pause_s: float = 0.0) -> "Course":
        """Return this course for the first ``share`` of the way, a pause, and ``other`` for the rest."""
        # Without a pause, the last keyframe of this course is the first of the other.
        first = 0 if pause_s > 0.0 else 1
        return Course(
            np.concatenate([self.t, self.seconds + pause_s + other.t[first:]]),
            np.concatenate([share * self.share, share + (1.0 - share) * other.share[first:]]),
            np.concatenate([share * self.rate, (1.0 - share) * other.rate[first:]]),
            np.concatenate([share * self.acceleration, (1.0 - share) * other.acceleration[first:]]),
        )

    def stalled(self, at_share: float, stall_s: float) -> "Course":
        """Return the course with a stall of ``stall_s`` at ``at_share`` of the way."""
        path = KeyPath(self.t, self.share, self.rate, self.acceleration)
        t = np.linspace(0.0, self.seconds, 49)
        speeds = np.maximum(path.at(t).rate, 0.0)
        # To stop costs some way on both sides of the stall, so its time is found by bisection.
        early, late = 0.0, self.seconds
        for _ in range(_BISECTIONS):
            at_s = 0.5 * (early + late)
            # Both ends stay, however quick the movement is.
            before = t <= max(0.0, at_s - _STOP_S)
            after = t >= min(self.seconds, at_s + _STOP_S)
            knots = [*t[before], at_s, at_s + stall_s, *(t[after] + stall_s)]
            course = from_speeds(knots, [*speeds[before], 0.0, 0.0, *speeds[after]])
            if course.share[before.sum()] < at_share:
                early = at_s
            else:
                late = at_s
        return course


def glide(seconds: float, ramp: float, waver: float) -> Course:
    """Return a movement at an even speed with soft ends.

    Parameters
    ----------
    seconds
        Duration of the movement.
    ramp
        Share of the time that each soft end takes, below a half.
    waver
        Lead at half-time, as a share of the whole movement.
    """
    # With soft ends the middle is faster, so that the whole still takes ``seconds``.
    speed = 1.0 / ((1.0 - ramp) * seconds)
    edge = 0.5 * ramp / (1.0 - ramp)
    keys = [(0.0, 0.0, 0.0), (ramp * seconds, edge, speed)]
    # Soft ends that nearly meet leave no room for a keyframe in the middle.
    if ramp < 0.4:
        keys.append((0.5 * seconds, 0.5 + waver, speed))
    keys += [((1.0 - ramp) * seconds, 1.0 - edge, speed), (seconds, 1.0, 0.0)]
    t, share, rate = np.array(keys).T
    return Course(t, share, rate, np.zeros_like(t))


def minimum_jerk(seconds: float) -> Course:
    """Return the minimum-jerk movement (Flash and Hogan 1985), which one quintic is."""
    return Course(np.array([0.0, seconds]), np.array([0.0, 1.0]), np.zeros(2), np.zeros(2))


def from_speeds(t: Sequence[float] | FloatArray, speed: Sequence[float] | FloatArray) -> Course:
    """Return the movement whose speed goes through some values, in a curve without overshoot.

    Parameters
    ----------
    t
        (k,) s, strictly increasing, from 0.
    speed
        (k,) speeds of any unit, not negative; their course is scaled so that the way is 1.
    """
    knots, speeds = np.array(t, dtype=np.float64), np.array(speed, dtype=np.float64)
    span, rise = np.diff(knots), np.diff(speeds) / np.diff(knots)
    slopes = _slopes(span, rise)
    bend = (slopes[:-1] + slopes[1:] - 2.0 * rise) / span
    pieces = np.array([bend / span, (rise - slopes[:-1]) / span - bend, slopes[:-1], speeds[:-1]])
    way = [0.0]
    for step, powers in zip(span.tolist(), (pieces / [[4.0], [3.0], [2.0], [1.0]]).T, strict=True):
        way.append(_sum([*powers.tolist(), way[-1]], step))
    speeds[-1] = _sum(pieces[:, -1].tolist(), span.item(-1))
    # Between its knots the way is a polynomial of degree four, so the quintics repeat it exactly.
    return Course(knots, np.array(way) / way[-1], speeds / way[-1], slopes / way[-1])


def _slopes(span: FloatArray, rise: FloatArray) -> FloatArray:
    """Return the slopes (k,) at knots between which no value overshoots (Fritsch and Butland 1984).

    A movement between two rests starts and ends without acceleration.

    Parameters
    ----------
    span
        (k - 1,) distances of the knots.
    rise
        (k - 1,) mean slopes between them.
    """
    slopes = np.zeros(len(span) + 1)
    goes_on = np.flatnonzero(rise[:-1] * rise[1:] > 0.0)
    before, after = span[goes_on], span[goes_on + 1]
    first, second = 2.0 * after + before, after + 2.0 * before
    mean = (first / rise[goes_on] + second / rise[goes_on + 1]) / (first + second)
    slopes[goes_on + 1] = 1.0 / mean
    return slopes


def _sum(coefficients: Sequence[float], x: float) -> float:
    """Return the value of a polynomial at ``x``; the highest power comes first."""
    value, power = 0.0, 1.0
    for one in reversed(coefficients):
        value += one * power
        power *= x
    return value

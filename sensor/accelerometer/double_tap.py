"""Detection of a sensor that is tapped twice with a finger, from its samples alone."""

import math
from enum import Enum, auto
from typing import NamedTuple

from sensor.types import ImuBlock

# Chosen so that no stride and no repetition of the real recordings of the tests is a double tap; how
# hard people tap was not measured.
TAP_M_S2 = 6.0
"""A tap changes the acceleration by more than this: more than half of gravity, from one sample to the next."""
CALM_M_S2 = 3.0
"""Below this change a tap is over."""
CALM_RAD_S = math.radians(30.0)
"""A sensor that turns faster is worn by a leg that moves, or is handled."""
BEFORE_S, AFTER_S = 0.5, 0.35
"""The sensor is calm for so long before the first tap, and from the begin of the second one on."""
LONGEST_TAP_S = 0.08
"""A tap rings for less; a push or a step lasts longer."""
NEAREST_S, FARTHEST_S = 0.1, 0.45
"""Time between the two taps: a finger taps no faster, and a stride or two separate jolts are slower."""
FOLLOW_S = 0.2
"""Time constant with which the usual acceleration follows the pose."""
LONGEST_STEP_S = 0.1
"""After a longer time between two samples nothing is known of what came before."""


class _State(Enum):
    RESTLESS = auto()
    """Not calm for long enough."""
    CALM = auto()
    FIRST = auto()
    """In the first tap."""
    BETWEEN = auto()
    SECOND = auto()
    """In the second tap."""
    AFTER = auto()
    """Both taps are over; calm must follow."""


class _Seen(NamedTuple):
    """One sample, compared with the pose."""

    tapped: bool
    """Whether the acceleration changes as in a tap, or did so since the state began."""
    calm: bool
    """Whether it hardly changes."""
    still: bool
    """Whether the sensor hardly turns either."""


class DoubleTap:
    """A detector of double taps on one sensor. Any split of its samples gives the same answers."""

    def __init__(self) -> None:
        self.count = 0
        """Double taps so far."""
        self._state = _State.RESTLESS
        self._t: float | None = None
        self._usual = (0.0, 0.0, 0.0)
        self._peaked = False
        self._since = 0.0
        """The begin of the present state, s; for the pause between the taps: when the first one began."""

    def add(self, block: ImuBlock) -> None:
        """Take the samples of ``block``."""
        acc, gyr = block.acc.tolist(), block.gyr.tolist()
        for t, a, w in zip(block.t.tolist(), acc, gyr, strict=True):
            self._step(t, a, math.hypot(*w))

    def _step(self, t: float, acc: list[float], turn_rad_s: float) -> None:
        step_s = LONGEST_STEP_S if self._t is None else t - self._t
        self._t = t
        if not 0.0 < step_s < LONGEST_STEP_S:
            self._usual = (acc[0], acc[1], acc[2])
            self._enter(_State.RESTLESS, t)
            return
        change = math.dist(acc, self._usual)
        calm = change < CALM_M_S2
        seen = _Seen(change > TAP_M_S2, calm, calm and turn_rad_s < CALM_RAD_S)
        # A new pose after a movement becomes the usual one; a tap does not.
        if not seen.tapped or self._state is _State.RESTLESS:
            share = step_s / (step_s + FOLLOW_S)
            x, y, z = self._usual
            self._usual = (
                x + share * (acc[0] - x),
                y + share * (acc[1] - y),
                z + share * (acc[2] - z),
            )
        self._follow(t, seen)

    def _follow(self, t: float, seen: _Seen) -> None:
        """Go on to the next state; every change of state happens here."""
        lasted_s = t - self._since
        self._peaked = self._peaked or seen.tapped
        new = _NEXT[self._state](lasted_s, seen._replace(tapped=self._peaked))
        if self._state is _State.RESTLESS and not seen.still:
            self._since = t
        if new is self._state:
            return
        if self._state is _State.AFTER and new is _State.CALM:
            self.count += 1
        self._enter(new, t)
        # The first sample of a tap may be its peak.
        self._peaked = seen.tapped

    def _enter(self, state: _State, t: float) -> None:
        self._state, self._peaked = state, False
        # Times between and after the taps are counted from the begin of the tap before.
        if state not in (_State.BETWEEN, _State.AFTER):
            self._since = t


def _restless(lasted_s: float, seen: _Seen) -> _State:
    return _State.CALM if seen.still and lasted_s >= BEFORE_S else _State.RESTLESS


def _calm(_lasted_s: float, seen: _Seen) -> _State:
    # The first sample of a tap may be a weak one.
    if not seen.calm:
        return _State.FIRST
    return _State.CALM if seen.still else _State.RESTLESS


def _first(lasted_s: float, seen: _Seen) -> _State:
    return _in_tap(lasted_s, seen, _State.FIRST, _State.BETWEEN)


def _between(lasted_s: float, seen: _Seen) -> _State:
    if lasted_s <= LONGEST_TAP_S:
        return _State.BETWEEN
    if not seen.calm and NEAREST_S <= lasted_s <= FARTHEST_S:
        return _State.SECOND
    return _State.BETWEEN if seen.still and lasted_s <= FARTHEST_S else _State.RESTLESS


def _second(lasted_s: float, seen: _Seen) -> _State:
    return _in_tap(lasted_s, seen, _State.SECOND, _State.AFTER)


def _in_tap(lasted_s: float, seen: _Seen, tap: _State, then: _State) -> _State:
    """Return ``then`` once it is calm again, if that is soon and there was a peak."""
    if not seen.calm:
        return tap if lasted_s <= LONGEST_TAP_S else _State.RESTLESS
    return then if seen.tapped else _State.RESTLESS


def _after(lasted_s: float, seen: _Seen) -> _State:
    if lasted_s > LONGEST_TAP_S and not seen.still:
        return _State.RESTLESS
    return _State.CALM if lasted_s >= AFTER_S else _State.AFTER


_NEXT = {
    _State.RESTLESS: _restless,
    _State.CALM: _calm,
    _State.FIRST: _first,
    _State.BETWEEN: _between,
    _State.SECOND: _second,
    _State.AFTER: _after,
}

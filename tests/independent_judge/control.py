"""Lowerings in which a person loses control at a known angle, and the rule as the specification words it.

The motions know no rule: a leg goes down at a pace of its own, is let go at a height, gathers speed as
fast as a weight lets it, and lands. The rule is read from a curve without tremor or noise.
"""

from dataclasses import dataclass

import numpy as np

from tests.independent_judge.motions import Array

FINE_HZ = 1000
"""Samples a second of a motion."""
FASTER = 1.5
"""Control is lost above this share of the planned mean pace, …"""
FAST_S = 0.15
"""… if the leg goes that fast for this long, …"""
BACK_S = 0.3
"""… and does not come back within this time after it."""


@dataclass(frozen=True)
class Lowering:
    """A lowering from height 1 to 0."""

    kind: str
    """Kind of the motion."""
    height: Array
    """Share of the range at :data:`FINE_HZ`, shape (n,)."""
    let_go: float | None
    """Height at which the person loses control for good; None if never."""


def falling(seconds: float, rom_deg: float, height: float, rng: np.random.Generator) -> Lowering:
    """Return a lowering that is let go at a height and falls down to the stop.

    Parameters
    ----------
    seconds
        Duration that was planned, s.
    rom_deg
        Range, deg.
    height
        Where the person loses control.
    rng
        Draws pace, weight and landing.
    """
    pace = _pace(seconds, rom_deg, rng)
    pull, limit = float(rng.uniform(150.0, 600.0)), float(rng.uniform(90.0, 220.0))
    brake = float(rng.uniform(600.0, 4000.0))
    heights: list[float] = []
    at, speed, gone_s = rom_deg, 0.0, 0.0
    while at > 0.02 and len(heights) < 30 * FINE_HZ:
        if at > height * rom_deg:
            speed = pace(gone_s)
        else:
            speed = min(speed + pull / FINE_HZ, limit, float(np.sqrt(2.0 * brake * at)) + 0.5)
        at -= speed / FINE_HZ
        gone_s += 1.0 / FINE_HZ
        heights.append(at)
    return Lowering("falling", _soft(np.array(heights) / rom_deg), height)


def caught(seconds: float, rom_deg: float, height: float, rng: np.random.Generator) -> Lowering:
    """Return a lowering that slips at a height for 0.1 to 0.2 s, and is caught at once."""
    pace, slip_s = _pace(seconds, rom_deg, rng), float(rng.uniform(0.1, 0.2))
    pull = float(rng.uniform(150.0, 400.0))
    heights: list[float] = []
    at, gone_s, slipped_s, extra = rom_deg, 0.0, 0.0, 0.0
    while at > 0.02 and len(heights) < 30 * FINE_HZ:
        if at <= height * rom_deg:
            slipped_s += 1.0 / FINE_HZ
            # Half of the time it gathers speed, half of the time it is braked.
            rises = slipped_s < 0.5 * slip_s
            extra = max(0.0, extra + (pull if rises else -pull) / FINE_HZ)
        near = 0.5 + float(np.sqrt(2.0 * 300.0 * at))
        at -= min(pace(gone_s) + extra, near) / FINE_HZ
        gone_s += 1.0 / FINE_HZ
        heights.append(at)
    return Lowering("caught", _soft(np.array(heights) / rom_deg), None)


def controlled(seconds: float, rom_deg: float, rng: np.random.Generator) -> Lowering:
    """Return a lowering at an uneven pace, braked softly before the stop."""
    pace, brake = _pace(seconds, rom_deg, rng), float(rng.uniform(100.0, 400.0))
    heights: list[float] = []
    at, gone_s = rom_deg, 0.0
    while at > 0.02 and len(heights) < 30 * FINE_HZ:
        at -= min(pace(gone_s), 0.5 + float(np.sqrt(2.0 * brake * at))) / FINE_HZ
        gone_s += 1.0 / FINE_HZ
        heights.append(at)
    return Lowering("controlled", _soft(np.array(heights) / rom_deg), None)


def in_steps(seconds: float, rom_deg: float, rng: np.random.Generator) -> Lowering:
    """Return a lowering in five to eight short steps, each braked to a near stop."""
    steps = int(rng.integers(5, 9))
    pieces, at = [], 1.0
    for share in rng.dirichlet(np.full(steps, 20.0)):
        moves_s = seconds / steps * float(rng.uniform(0.55, 0.7))
        rests_s = max(seconds / steps - moves_s, 0.02)
        tau = (np.arange(round(moves_s * FINE_HZ)) + 1.0) / round(moves_s * FINE_HZ)
        pieces.append(at - share * tau**3 * (10.0 - 15.0 * tau + 6.0 * tau**2))
        at -= share
        pieces.append(np.full(round(rests_s * FINE_HZ), at))
    return Lowering("in steps", np.concatenate(pieces), None)


def break_angle(
    t: Array, angle_deg: Array, lower_s: tuple[float, float], range_deg: float, planned_s: float
) -> float | None:
    """Return the angle at which control is lost by the words of the specification, None if never.

    Parameters
    ----------
    t, angle_deg
        A curve without tremor or noise, s and deg above the bottom, shape (n,).
    lower_s
        Visible start and end of the lowering, s.
    range_deg
        Range of the rep, deg.
    planned_s
        Planned duration of the lowering, s.
    """
    fine = np.arange(lower_s[0], lower_s[1], 1.0 / FINE_HZ)
    angle = np.interp(fine, t, angle_deg)
    limit = FASTER * range_deg / planned_s
    speed = -np.gradient(np.interp(fine, t, angle_deg), fine)
    # The samples of a drawn curve are 10 ms apart, so its speed has steps.
    width = round(0.02 * FINE_HZ)
    speed = np.convolve(np.pad(speed, width, mode="edge"), np.ones(width) / width, mode="same")
    speed = speed[width:-width]
    since: int | None = None
    for index in range(fine.size):
        if speed[index] > limit:
            since = index if since is None else since
            if index - since >= (FAST_S + BACK_S) * FINE_HZ:
                return float(angle[since])
        else:
            since = None
    # Still that fast at the bottom: the stop brought the leg back, and not the person.
    if since is not None and fine.size - since >= FAST_S * FINE_HZ:
        return float(angle[since])
    return None


class _Pace:
    """A pace around the planned one that starts softly and wavers slowly, deg/s by time in s."""

    def __init__(self, mean: float, rng: np.random.Generator) -> None:
        self._mean = mean * float(rng.uniform(0.85, 1.1))
        self._soft_s = float(rng.uniform(0.2, 0.5))
        self._waver = float(rng.uniform(0.0, 0.15))
        self._hz, self._phase = float(rng.uniform(0.2, 0.8)), float(rng.uniform(0.0, 6.0))

    def __call__(self, t: float) -> float:
        ramp = 0.5 - 0.5 * float(np.cos(np.pi * min(t / self._soft_s, 1.0)))
        waver = 1.0 + self._waver * float(np.sin(2.0 * np.pi * self._hz * t + self._phase))
        return max(self._mean * ramp * waver, 0.02 * self._mean)


def _pace(seconds: float, rom_deg: float, rng: np.random.Generator) -> _Pace:
    return _Pace(rom_deg / seconds, rng)


def _soft(height: Array) -> Array:
    """Return a motion without kinks, by a moving mean over 20 ms: muscles and weights have some give."""
    width = round(0.02 * FINE_HZ)
    padded = np.concatenate([np.full(width, 1.0), height, np.zeros(width)])
    return np.convolve(padded, np.ones(width) / width, mode="same")[width:-width]

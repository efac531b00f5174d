"""Motions of people: how far a movement has come at each time, from 0 to 1.

None of them knows what the product or the judge calls a hold. Shapes from the literature on movement:
minimum jerk (Flash and Hogan 1985), skewed bell-shaped speeds (Nagasaki 1989, as Beta densities), and
what lifters do with a weight that they lower slowly.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Motion = Callable[[float, np.random.Generator], Array]
"""A function from a duration in s and a random generator to the progress at 100 Hz, shape (n,)."""

RATE_HZ = 100
"""Samples a second of a drawn curve."""


def lasting(motion: Motion, seconds: float, edge: float, rng: np.random.Generator) -> Array:
    """Return a movement that takes the given time between two edges; what creeps on comes later.

    Parameters
    ----------
    motion
        The kind of movement.
    seconds
        Time from the first edge to the second, in s.
    edge
        Progress at the first edge; the second lies as far before the end.
    rng
        Draws what the motion leaves open.
    """
    path = motion(1.4 * seconds, rng)
    end = 2.0 * edge if motion is creeping else edge
    visible = int(np.count_nonzero((path >= edge) & (path <= 1.0 - end)))
    n = max(8, round(path.size * seconds * RATE_HZ / max(1, visible)))
    shares = (np.arange(n) + 1.0) / n
    return np.interp(shares, (np.arange(path.size + 1)) / path.size, np.concatenate(([0.0], path)))


def minimum_jerk(seconds: float, rng: np.random.Generator) -> Array:
    """Return the smoothest movement."""
    tau = _tau(seconds)
    return np.asarray(tau**3 * (10.0 - 15.0 * tau + 6.0 * tau**2), dtype=np.float64)


def skewed(seconds: float, rng: np.random.Generator) -> Array:
    """Return a movement whose speed is a Beta density with its peak early or late."""
    a, b = rng.uniform(1.8, 4.5, 2)
    tau = _tau(seconds)
    return _path(tau ** (a - 1.0) * (1.0 - tau) ** (b - 1.0))


def even(seconds: float, rng: np.random.Generator) -> Array:
    """Return a movement of even speed with soft ends of 0.1-0.5 s."""
    return _path(_soft_ends(seconds, rng))


def late_falling(seconds: float, rng: np.random.Generator) -> Array:
    """Return a movement that begins slowly and is fastest near its end."""
    speed = _tau(seconds) ** rng.uniform(0.7, 1.8)
    return _path(speed * _soft_ends(seconds, rng))


def early_falling(seconds: float, rng: np.random.Generator) -> Array:
    """Return a movement that is fastest near its beginning and ends slowly."""
    speed = (1.0 - _tau(seconds)) ** rng.uniform(0.7, 1.8)
    return _path(speed * _soft_ends(seconds, rng))


def stepped(seconds: float, rng: np.random.Generator) -> Array:
    """Return a movement in three to five steps with short rests between them."""
    steps = int(rng.integers(3, 6))
    levels = np.cumsum(rng.dirichlet(np.full(steps, 8.0)))
    shares = rng.dirichlet(np.full(2 * steps - 1, 8.0))
    parts, at = [], 0.0
    for index, share in enumerate(shares):
        piece = minimum_jerk(max(0.05, share * seconds), rng)
        goal = levels[index // 2]
        parts.append(at + (goal - at) * piece if index % 2 == 0 else np.full(piece.size, at))
        at = goal if index % 2 == 0 else at
    return np.concatenate(parts)


def stalled(seconds: float, rng: np.random.Generator) -> Array:
    """Return a movement of nearly even speed that stops once for 0.2-1 s."""
    pause = min(float(rng.uniform(0.2, 1.0)), 0.4 * seconds)
    speed = _soft_ends(seconds - pause, rng)
    at, n = int(rng.uniform(0.1, 0.9) * speed.size), speed.size
    ramp = np.clip(np.abs(np.arange(n) - at) / (0.15 * RATE_HZ), 0.02, 1.0)
    rest = np.zeros(round(pause * RATE_HZ))
    return _path(np.concatenate([(speed * ramp)[:at], rest, (speed * ramp)[at:]]))


def soft_landing(seconds: float, rng: np.random.Generator) -> Array:
    """Return an even movement whose last 8-15 % fade away exponentially."""
    share, fade_s = float(rng.uniform(0.08, 0.15)), float(rng.uniform(0.15, 0.3)) * seconds
    main = _path(_soft_ends(seconds - fade_s, rng, soft_end=False)) * (1.0 - share)
    tau = np.arange(1, round(fade_s * RATE_HZ) + 1) / (fade_s * RATE_HZ)
    faded = (1.0 - np.exp(-4.0 * tau)) / (1.0 - np.exp(-4.0))
    return _smooth(np.concatenate([main, 1.0 - share + share * faded]))


def creeping(seconds: float, rng: np.random.Generator) -> Array:
    """Return a movement after which the leg sinks by another 1.5-4 % over 1-3 s."""
    share, creep_s = float(rng.uniform(0.015, 0.04)), float(rng.uniform(1.0, 3.0))
    tau = np.arange(1, round(creep_s * RATE_HZ) + 1) / RATE_HZ
    rest = share * (1.0 - np.exp(-3.0 * tau / creep_s)) / (1.0 - np.exp(-3.0))
    return np.concatenate([minimum_jerk(seconds, rng) * (1.0 - share), 1.0 - share + rest])


LOWERINGS: dict[str, Motion] = {
    "minimum jerk": minimum_jerk,
    "skewed": skewed,
    "even": even,
    "stepped": stepped,
    "late-falling": late_falling,
    "early-falling": early_falling,
    "stalled": stalled,
    "soft landing": soft_landing,
    "creeping bottom": creeping,
}
"""The kinds of lowering."""
LIFTS: tuple[Motion, ...] = (minimum_jerk, skewed, even)
"""The kinds of lift."""


def _tau(seconds: float) -> Array:
    n = max(2, round(seconds * RATE_HZ))
    return (np.arange(n) + 1.0) / n


def _path(speed: Array) -> Array:
    """Return the progress of a movement with the given speed."""
    path = np.cumsum(speed)
    return np.asarray(path / path[-1], dtype=np.float64)


def _soft_ends(seconds: float, rng: np.random.Generator, *, soft_end: bool = True) -> Array:
    """Return even speed with raised-cosine ramps at the beginning and, if asked, at the end."""
    tau = _tau(seconds) * seconds
    rise, fall = np.minimum(rng.uniform(0.1, 0.5, 2), 0.4 * seconds)
    speed = 0.5 - 0.5 * np.cos(np.pi * np.clip(tau / rise, 0.0, 1.0))
    if soft_end:
        speed *= 0.5 - 0.5 * np.cos(np.pi * np.clip((seconds - tau) / fall, 0.0, 1.0))
    return np.asarray(speed, dtype=np.float64)


def _smooth(path: Array) -> Array:
    """Return a path without kinks of speed, by a moving mean over 0.1 s."""
    width = round(0.1 * RATE_HZ)
    padded = np.concatenate([np.full(width, path[0]), path, np.full(width, path[-1])])
    return np.convolve(padded, np.ones(width) / width, mode="same")[width:-width]

"""The courses that people choose for a lift or a lowering, drawn by kind.

None of them knows the rules by which the program finds phases.
"""

from collections.abc import Callable

import numpy as np

from sensor.simulation.choices import MotionKind
from sensor.simulation.courses import Course, from_speeds, minimum_jerk

VISIBLE_DEG = 2.0
"""A movement is seen from this angle after its start until this angle before its end."""
_ARRIVED_DEG = (1.0, 5.0)
"""Angle before the end of the way at which a leg arrives that creeps on."""
_CREEP_S = (0.6, 2.5)
"""Time that the creeping takes."""
_STALL_S = (0.2, 1.0)
"""Length of a stall."""
_STALL_SHARE = (0.15, 0.85)
"""Share of the way at which a leg stalls: nearer the ends a stall is a hold."""

KINDS = tuple(kind for kind in MotionKind if kind not in {MotionKind.GLIDE, MotionKind.MIXED})
"""The kinds that ``MIXED`` draws from."""


def drawn_kind(kind: MotionKind, rng: np.random.Generator) -> MotionKind:
    """Return ``kind``, or a random one in place of ``MIXED``."""
    return KINDS[int(rng.integers(len(KINDS)))] if kind is MotionKind.MIXED else kind


def drawn_course(
    kind: MotionKind, visible_s: float, rom_deg: float, rng: np.random.Generator
) -> Course:
    """Return a random course of a kind.

    Parameters
    ----------
    kind
        The kind; a course without a shape of its own is one of minimum jerk.
    visible_s
        Time from 2° after its start until 2° before its end: the time that the person chose.
    rom_deg
        Angle of the whole way.
    rng
        Source of chance.
    """
    course = _SHAPES.get(kind, _minimum_jerk)(rng)
    edge = min(VISIBLE_DEG / rom_deg, 0.2)
    # A crossing is searched in steps of a fixed time, so the course must not be short.
    course = course.lasting(10.0)
    return course.lasting(10.0 * visible_s / course.visible_s(edge))


def with_stall(course: Course, rng: np.random.Generator) -> Course:
    """Return ``course`` with a random stall."""
    return course.stalled(float(rng.uniform(*_STALL_SHARE)), float(rng.uniform(*_STALL_S)))


def with_creep(course: Course, rom_deg: float, rng: np.random.Generator) -> tuple[Course, float]:
    """Return ``course`` with a creep after its arrival, and the time of the arrival in s."""
    left = min(float(rng.uniform(*_ARRIVED_DEG)) / rom_deg, 0.1)
    creep = minimum_jerk(float(rng.uniform(*_CREEP_S)))
    return course.then(creep, 1.0 - left), course.seconds


def fall(seconds: float, strength: float) -> Course:
    """Return a lowering that is held at first, and then dropped.

    Parameters
    ----------
    seconds
        Duration of the movement.
    strength
        From 0 (even) to 1 (nearly half of the way in 0.4 s).
    """
    burst = min(0.4, 0.35 * seconds) * strength + 0.35 * seconds * (1.0 - strength)
    held = seconds - burst
    # Both parts have a way of their own: 0.55 held, 0.45 in the burst.
    slow, quick = 0.55 / held, 0.6 / burst
    return from_speeds(
        [0.0, 0.1 * held, 0.9 * held, held + 0.5 * burst, seconds], [0.0, slow, slow, quick, 0.0]
    )


def _minimum_jerk(_: np.random.Generator) -> Course:
    return minimum_jerk(1.0)


def _beta(before: float, after: float) -> Course:
    """Return the course with speed t^before (1 - t)^after; (2, 2) is minimum jerk."""
    t = np.linspace(0.0, 1.0, 33)
    return from_speeds(t, t**before * (1.0 - t) ** after)


def _skewed(rng: np.random.Generator) -> Course:
    return _beta(float(rng.uniform(1.2, 3.5)), float(rng.uniform(1.2, 3.5)))


def _even(rng: np.random.Generator) -> Course:
    start, end = rng.uniform(0.03, 0.1, 2)
    return from_speeds([0.0, start, 1.0 - end, 1.0], [0.0, 1.0, 1.0, 0.0])


def _early(rng: np.random.Generator) -> Course:
    return _beta(float(rng.uniform(1.1, 1.6)), float(rng.uniform(2.5, 4.0)))


def _late(rng: np.random.Generator) -> Course:
    return _beta(float(rng.uniform(2.5, 4.0)), float(rng.uniform(1.1, 1.6)))


def _stepped(rng: np.random.Generator) -> Course:
    steps = int(rng.integers(2, 6))
    t, speed = [0.0], [0.0]
    for step in range(steps):
        t += [(step + 0.5) / steps, (step + 1.0) / steps]
        speed += [float(rng.uniform(0.7, 1.3)), float(rng.uniform(0.1, 0.5))]
    speed[-1] = 0.0
    return from_speeds(t, speed)


def _soft(rng: np.random.Generator) -> Course:
    start, landing = float(rng.uniform(0.05, 0.15)), float(rng.uniform(0.45, 0.75))
    # Half-way through the landing the speed is well below a half, as of a leg that is braked.
    slow = float(rng.uniform(0.2, 0.4))
    middle = 0.5 * (landing + 1.0)
    return from_speeds([0.0, start, landing, middle, 1.0], [0.0, 1.0, 1.0, slow, 0.0])


_SHAPES: dict[MotionKind, Callable[[np.random.Generator], Course]] = {
    MotionKind.SKEWED: _skewed,
    MotionKind.EVEN: _even,
    MotionKind.EARLY: _early,
    MotionKind.LATE: _late,
    MotionKind.STEPPED: _stepped,
    MotionKind.SOFT: _soft,
}

"""Sets drawn from motions of people, without sensors: true curves and what an estimator would see."""

from dataclasses import dataclass

import numpy as np

from tests.independent_judge.motions import LIFTS, LOWERINGS, RATE_HZ, Array
from tests.independent_judge.visible import VisibleRep, visible_reps


@dataclass(frozen=True)
class Tempo:
    """The commanded durations of a set, in s."""

    lift_s: float
    top_s: float
    lower_s: float
    bottom_s: float


@dataclass(frozen=True)
class DrawnSet:
    """A set with its true curve and the measured one; times in s, angles in deg."""

    kind: str
    """Kind of its lowerings."""
    t: Array
    """Times of the samples."""
    true_deg: Array
    """Commanded driving angle, without tremor or noise."""
    measured_deg: Array
    """Driving angle with tremor and the errors of an estimator."""
    measured_dps: Array
    """Its rate, as a gyroscope measures it."""
    start_s: float
    """When the set was marked to start."""
    end_s: float
    """When it was marked to end; the person gets off afterwards."""
    reps: int
    """Number of reps that were commanded."""
    reference_deg: float
    """Range of the person's unloaded movement."""

    def visible(self) -> tuple[VisibleRep, ...]:
        """Return the visible reps between the marks."""
        inside = (self.t >= self.start_s) & (self.t <= self.end_s)
        return visible_reps(self.t[inside], self.true_deg[inside], self.reference_deg)


def drawn_set(seed: int, kind: str, *, slow: bool = False, rest_pauses: bool = False) -> DrawnSet:
    """Return a set whose range, tempo, tremor and errors depend on the seed.

    Parameters
    ----------
    seed
        Seed of everything random.
    kind
        Key of :data:`~tests.independent_judge.motions.LOWERINGS`.
    slow
        Whether the lowerings last 6-12 s rather than 1-6 s.
    rest_pauses
        Whether the person rests for 2-25 s before about a third of the reps.
    """
    rng = np.random.default_rng([seed, list(LOWERINGS).index(kind), slow, rest_pauses])
    tempo = Tempo(
        lift_s=float(rng.uniform(0.7, 2.5)),
        top_s=float(rng.choice([0.0, rng.uniform(0.2, 1.5)])),
        lower_s=float(rng.uniform(6.0, 12.0) if slow else rng.uniform(1.0, 6.0)),
        bottom_s=float(rng.choice([0.0, rng.uniform(0.3, 1.5)])),
    )
    reference_deg = float(rng.uniform(70.0, 120.0))
    reps = int(rng.integers(5, 11))
    lift = LIFTS[int(rng.integers(len(LIFTS)))]
    parts, at = [_held(0.0, float(rng.uniform(3.0, 6.0)))], 0.0
    for number in range(reps):
        top = reference_deg * float(rng.uniform(0.92, 1.06))
        bottom = float(rng.normal(0.0, 0.01)) * reference_deg
        seconds = np.array([tempo.lift_s, tempo.top_s, tempo.lower_s, tempo.bottom_s])
        lift_s, top_s, lower_s, bottom_s = seconds * rng.uniform(0.85, 1.15, 4)
        parts.append(at + (top - at) * lift(lift_s, rng))
        parts.append(_held(top, top_s))
        parts.append(top + (bottom - top) * LOWERINGS[kind](lower_s, rng))
        if rest_pauses and number + 1 < reps and rng.random() < 1.0 / 3.0:
            bottom_s = float(rng.uniform(2.0, 25.0))
        parts.append(_held(bottom, bottom_s))
        at = bottom
    parts.append(_held(at, float(rng.uniform(1.0, 4.0))))
    end_s = sum(part.size for part in parts) / RATE_HZ
    parts.append(_held(at, float(rng.uniform(0.5, 2.0))))
    parts.append(_gets_off(at, rng))
    true = np.concatenate(parts)
    t = np.arange(true.size) / RATE_HZ
    measured, rate = _measured(t, true, rng)
    return DrawnSet(kind, t, true, measured, rate, 1.0, end_s, reps, reference_deg)


def _held(deg: float, seconds: float) -> Array:
    return np.full(round(seconds * RATE_HZ), deg)


def _gets_off(at: float, rng: np.random.Generator) -> Array:
    """Return the shin while the person gets up and walks away."""
    parts = []
    for _ in range(int(rng.integers(2, 5))):
        goal = float(rng.uniform(-60.0, 110.0))
        parts.append(at + (goal - at) * LIFTS[0](float(rng.uniform(0.6, 2.0)), rng))
        parts.append(_held(goal, float(rng.uniform(0.1, 1.5))))
        at = goal
    return np.concatenate([*parts, _held(at, 3.0)])


def _measured(t: Array, true: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return angle and rate with a tremor of 7-11 Hz and a wandering error of about 0.3°."""
    swell = 1.0 + 0.5 * np.sin(2.0 * np.pi * rng.uniform(0.1, 0.4) * t + rng.uniform(0.0, 6.0))
    phase = 2.0 * np.pi * np.cumsum(rng.uniform(7.0, 11.0) + 0.5 * np.sin(t)) / RATE_HZ
    leg = true + rng.choice([0.05, 0.2]) * swell * np.sin(phase)
    rate = np.asarray(np.gradient(leg, t), dtype=np.float64)
    wander, step = np.empty(t.size), rng.standard_normal(t.size)
    error, keep = 0.3 * step[0], float(np.exp(-1.0 / (1.5 * RATE_HZ)))
    for index in range(t.size):
        error = keep * error + 0.3 * np.sqrt(1.0 - keep**2) * step[index]
        wander[index] = error
    return (
        leg + wander + 0.05 * rng.standard_normal(t.size),
        rate + 0.5 * rng.standard_normal(t.size),
    )

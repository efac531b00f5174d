"""The ankle of a drawn set: held toes that change their position, with the faults that people make."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from tests.independent_judge.motions import RATE_HZ, Array, minimum_jerk
from tests.independent_judge.prescription import Prescription, SetKind


class AnkleFault(StrEnum):
    """Faults of the toes in one rep."""

    NONE = "none"
    """The toes are where they belong."""
    LATE = "late"
    """They point only at some height of the lowering."""
    NEVER = "never"
    """They never point."""
    EARLY = "early"
    """They point within the lift."""
    SLIPS = "slips"
    """They leave their place for a part of the lowering."""
    LOW = "low"
    """They are not held far enough."""


FAULTS: dict[SetKind, tuple[AnkleFault, ...]] = {
    SetKind.UP_AND_DOWN: tuple(AnkleFault)[1:],
    SetKind.DORSIFLEXED: (AnkleFault.SLIPS, AnkleFault.LOW),
    SetKind.PLANTARFLEXED: (AnkleFault.SLIPS, AnkleFault.LOW),
}
"""The faults that each kind of set can have."""


@dataclass(frozen=True)
class Stretch:
    """Samples of the phases of one rep as they were commanded: the first one of each."""

    lift: int
    """Start of the lift."""
    top: int
    """Start of the hold at the top."""
    lower: int
    """Start of the lowering."""
    bottom: int
    """Start of the rest at the bottom."""
    end: int
    """Start of the next lift."""


def ankle_curve(
    n: int,
    reps: tuple[Stretch, ...],
    faults: tuple[AnkleFault, ...],
    asked: Prescription,
    rng: np.random.Generator,
) -> Array:
    """Return the true ankle angle in deg, shape (n,).

    Parameters
    ----------
    n
        Number of samples.
    reps, faults
        The reps and the fault of each.
    asked
        The kind of set and the range of the ankle.
    rng
        Draws levels, times and the wander of the foot.
    """
    up = asked.dorsiflexion_max_deg * float(rng.uniform(0.6, 0.95))
    pointed = -asked.plantarflexion_max_deg * float(rng.uniform(0.65, 0.95))
    resting = -asked.plantarflexion_max_deg * float(rng.uniform(0.1, 0.4))
    changes: list[tuple[int, float]] = [(0, resting)]
    for rep, fault in zip(reps, faults, strict=True):
        begins = max(0, rep.lift - round(0.5 * RATE_HZ))
        if asked.kind is SetKind.UP_AND_DOWN:
            changes += _switched(rep, fault, up, pointed, begins, rng)
        else:
            held = up if asked.kind is SetKind.DORSIFLEXED else pointed
            changes += _held(rep, fault, held, begins, rng)
    if reps:
        changes.append((reps[-1].bottom + RATE_HZ // 2, resting))
    return _moved(n, changes, rng) + _wander(n, float(rng.uniform(0.3, 1.2)), rng)


def _switched(
    rep: Stretch,
    fault: AnkleFault,
    up: float,
    pointed: float,
    begins: int,
    rng: np.random.Generator,
) -> list[tuple[int, float]]:
    """Return the changes of an ankle that is up in the lift and points at the top."""
    lift, lowering = rep.top - rep.lift, rep.bottom - rep.lower
    hold = rep.lower - rep.top
    switch = rep.top + round(float(rng.uniform(0.1, 0.6)) * hold)
    if fault is AnkleFault.LOW:
        up = float(rng.uniform(-0.3, 0.3)) * up
    elif fault is AnkleFault.EARLY:
        switch = rep.lift + round(float(rng.uniform(0.3, 0.7)) * lift)
    elif fault is AnkleFault.LATE:
        switch = rep.lower + round(float(rng.uniform(0.15, 0.7)) * lowering)
    changes = [(begins, up), (switch, pointed)]
    if fault is AnkleFault.NEVER:
        return changes[:1]
    if fault is AnkleFault.SLIPS:
        changes += _slip(rep.lower, lowering, pointed, rng)
    return changes


def _held(
    rep: Stretch, fault: AnkleFault, held: float, begins: int, rng: np.random.Generator
) -> list[tuple[int, float]]:
    """Return the changes of an ankle that is held in one place."""
    if fault is AnkleFault.LOW:
        return [(begins, float(rng.uniform(0.1, 0.5)) * held)]
    changes = [(begins, held)]
    if fault is AnkleFault.SLIPS:
        changes += _slip(rep.lower, rep.bottom - rep.lower, held, rng)
    return changes


def _slip(
    start: int, length: int, held: float, rng: np.random.Generator
) -> list[tuple[int, float]]:
    """Return the changes of an ankle that leaves its place within the lowering."""
    first = float(rng.uniform(0.1, 0.5))
    last = first + float(rng.uniform(0.15, 0.8))
    away = held * float(rng.uniform(0.0, 0.3))
    return [(start + round(first * length), away), (start + round(last * length), held)]


def _moved(n: int, changes: list[tuple[int, float]], rng: np.random.Generator) -> Array:
    """Return an angle that goes to each level at its sample, by the smoothest movement."""
    angle = np.full(n, changes[0][1])
    for start, level in changes[1:]:
        begin = min(max(start, 0), n - 1)
        path = minimum_jerk(float(rng.uniform(0.2, 0.5)), rng)
        stop = min(begin + path.size, n)
        now = angle[begin]
        angle[begin:stop] = now + (level - now) * path[: stop - begin]
        angle[stop:] = level
    return angle


def _wander(n: int, deg: float, rng: np.random.Generator) -> Array:
    """Return a slow wander with the given standard deviation in deg."""
    knots = np.arange(0, n + 2 * RATE_HZ, RATE_HZ)
    return np.interp(np.arange(n), knots, deg * rng.standard_normal(knots.size))

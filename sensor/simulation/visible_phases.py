"""The true phase times of the reps: what a coach sees of the intended driving angle.

A lowering lasts from the last moment within 2 degrees of the top until the first moment within
2 degrees of the bottom; a lift likewise. Top and bottom are the medians of the holds, or the extreme
where there is no hold. A stall near an end is a hold if it is long and slow enough.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np

from sensor.simulation.choices import SimulatedFault
from sensor.simulation.paths import KeyPath
from sensor.simulation.script import PlannedRep
from sensor.simulation.truth import TrueRep
from sensor.types import BoolArray, FloatArray

_STEP_S = 0.001
"""The angle is evaluated in steps of this time, a tenth of a sample."""
_EDGE_RAD = float(np.deg2rad(2.0))
"""Angle that a coach sees: within it of a plateau, the leg is still there."""
_HOLD_S = 0.3
"""Shortest hold, and shortest stall that is a hold."""
_ROUNDS = 4
"""Rounds in which holds and mean speed are found; further ones change nothing."""
_BEFORE_FIRST_S = 0.8
"""Time before the first lift that counts as the hold at its bottom: the leg is still there."""
_AFTER_LAST_S = 1.5
"""The same after the last lowering."""
_NEAR_SHARE = 0.1
"""A stall within this share of the range from an extreme may be a hold."""
_STALL_SHARE = 0.2
"""It is one when it is slower than this share of the movement's mean speed, …"""
_STALL_RAD_S = float(np.deg2rad(10.0))
"""… and slower than this."""


def true_reps(reps: Sequence[PlannedRep], angle: KeyPath) -> tuple[TrueRep, ...]:
    """Return the reps with their true phase times; see :class:`TrueRep`.

    Parameters
    ----------
    reps
        The reps of the script.
    angle
        The intended path of the driving angle, without tremor: in a leg curl, of the knee.
    """
    found: list[TrueRep] = []
    for i, rep in enumerate(reps):
        before = reps[i - 1] if i > 0 and reps[i - 1].set_index == rep.set_index else None
        last = i + 1 == len(reps) or reps[i + 1].set_index != rep.set_index
        if rep.lowers_first:
            held_from = before.lift_t if before else rep.lower_t - _BEFORE_FIRST_S
            held_until = rep.top_t + _AFTER_LAST_S if last else reps[i + 1].bottom_t
        else:
            held_from = before.lower_t if before else rep.lift_t - _BEFORE_FIRST_S
            held_until = rep.bottom_t + _AFTER_LAST_S if last else reps[i + 1].top_t
        current = _true_rep(rep, angle, held_from, held_until)
        # The rest after a rep ends when the next one of its set begins.
        if before:
            begin = current.t_ecc if rep.lowers_first else current.t_start
            found[-1] = dataclasses.replace(found[-1], t_end=begin)
        found.append(current)
    return tuple(found)


def _true_rep(rep: PlannedRep, angle: KeyPath, held_from: float, held_until: float) -> TrueRep:
    # A hold reaches into the slow ends of the movements on both sides of it.
    if rep.lowers_first:
        t_ecc, t_bottom = _visible(angle, held_from, rep.lower_t, rep.bottom_t, rep.top_t)
        t_start, t_top = _visible(angle, rep.lower_t, rep.lift_t, rep.top_t, held_until)
        t_start = max(t_start, t_bottom)
    else:
        t_start, t_top = _visible(angle, held_from, rep.lift_t, rep.top_t, rep.bottom_t)
        t_ecc, t_bottom = _visible(angle, rep.lift_t, rep.lower_t, rep.bottom_t, held_until)
        t_ecc = max(t_ecc, t_top)
    first, last = min(rep.lift_t, rep.lower_t), max(rep.bottom_t, rep.top_t)
    path = angle.at(np.arange(first, last + _STEP_S, _STEP_S)).value
    return TrueRep(
        set_index=rep.set_index,
        number=rep.number,
        set_type=rep.set_type,
        t_start=t_start,
        t_top=t_top,
        t_ecc=t_ecc,
        t_bottom=t_bottom,
        t_end=max(t_bottom, t_top),
        rom=float(np.abs(path - path[0]).max()),
        fault=rep.fault,
        partial=rep.fault == SimulatedFault.PARTIAL,
        lift_motion=rep.lift_motion,
        lower_motion=rep.lower_motion,
        break_point=rep.break_point,
    )


def _visible(
    angle: KeyPath, held_from: float, begin: float, end: float, held_until: float
) -> tuple[float, float]:
    """Return when the leg is seen to leave the plateau before a movement, and to reach the one after it, in s.

    Parameters
    ----------
    angle
        The intended path of the driving angle.
    held_from
        Start of the movement before, or of the hold that is looked at, s.
    begin, end
        Start and end of the movement, without the creep that follows, s.
    held_until
        End of the movement after it, or of the hold that is looked at, s.
    """
    t = np.arange(held_from, held_until, _STEP_S)
    motion = angle.at(t)
    start, stop = np.searchsorted(t, (begin, end)).tolist()
    stop = min(stop, t.size - 1)
    direction = np.sign(motion.value[stop] - motion.value[start])
    gone = (motion.value - motion.value[start]) * direction
    # The extremes are those of the leg, which may creep on in its hold.
    gone -= gone[: stop + 1].min()
    way = float(gone[start:].max())
    floor, ceiling = 0.0, way
    left, reached = start, stop
    # The holds decide the mean speed, and that speed the holds.
    for _ in range(_ROUNDS):
        there = np.flatnonzero(gone[start:] >= ceiling - _EDGE_RAD)
        reached = start + int(there[0]) if there.size else stop
        still = np.flatnonzero(gone[: reached + 1] <= floor + _EDGE_RAD)
        left = int(still[-1]) if still.size else start
        mean = way / max(_STEP_S, float(t[reached] - t[left]))
        slow = np.abs(motion.rate) < min(_STALL_SHARE * mean, _STALL_RAD_S)
        before = [h for h in _holds(t, slow & (gone <= _NEAR_SHARE * way)) if h.start < stop]
        far = slow & (gone >= (1.0 - _NEAR_SHARE) * way)
        after = [h for h in _holds(t, far) if h.stop > start]
        # A stall near an end is a hold of its own: the movement begins and ends beside it.
        floor = float(np.median(gone[before[-1]])) if before else 0.0
        ceiling = float(np.median(gone[after[0]])) if after else way
    return float(t[left]), float(t[reached])


def _holds(t: FloatArray, slow: BoolArray) -> list[slice]:
    """Return the runs of slow samples that last long enough for a hold."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], slow, [False]]).astype(np.int8)))
    runs = [slice(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
    return [run for run in runs if t[run.stop - 1] - t[run.start] >= _HOLD_S]

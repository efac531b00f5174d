"""The true phase times of the reps: what a coach sees of the intended knee angle.

A lowering lasts from the last moment within 2 degrees of the top until the first moment within
2 degrees of the bottom; a lift likewise. Top and bottom are the medians of the holds, or the extreme
where there is no hold. A stall near an end belongs to the hold there.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np

from sensor.simulation.choices import SimulatedFault
from sensor.simulation.paths import KeyPath, Motion
from sensor.simulation.script import PlannedRep
from sensor.simulation.truth import TrueRep
from sensor.types import BoolArray, FloatArray

_STEP_S = 0.001
"""The angle is evaluated in steps of this time, a tenth of a sample."""
_EDGE_RAD = float(np.deg2rad(2.0))
"""Angle that a coach sees: within it of a plateau, the leg is still there."""
_HOLD_S = 0.3
"""Shortest hold, and shortest stall that is a hold."""
_BEFORE_FIRST_S = 0.8
"""Time before the first lift that counts as the hold at its bottom: the leg is still there."""
_AFTER_LAST_S = 1.5
"""The same after the last lowering."""
_NEAR_SHARE = 0.1
"""A stall within this share of the range from a plateau may belong to its hold."""
_STALL_SHARE = 0.2
"""It does when it is slower than this share of the movement's mean speed, …"""
_STALL_RAD_S = float(np.deg2rad(10.0))
"""… and slower than this."""


def true_reps(reps: Sequence[PlannedRep], knee: KeyPath) -> tuple[TrueRep, ...]:
    """Return the reps with their true phase times; see :class:`TrueRep`.

    Parameters
    ----------
    reps
        The reps of the script.
    knee
        The intended path of the knee, without tremor.
    """
    found: list[TrueRep] = []
    for i, rep in enumerate(reps):
        before = reps[i - 1] if i > 0 and reps[i - 1].set_index == rep.set_index else None
        last = i + 1 == len(reps) or reps[i + 1].set_index != rep.set_index
        held_from = before.bottom_t if before else rep.lift_t - _BEFORE_FIRST_S
        held_until = rep.bottom_t + _AFTER_LAST_S if last else reps[i + 1].lift_t
        current = _true_rep(rep, knee, held_from, held_until)
        # The bottom of a rep ends when the next one of its set begins.
        if before:
            found[-1] = dataclasses.replace(found[-1], t_end=current.t_start)
        found.append(current)
    return tuple(found)


def _true_rep(rep: PlannedRep, knee: KeyPath, held_from: float, held_until: float) -> TrueRep:
    top = _plateau(knee, rep.top_t, rep.lower_t, highest=True)
    t_start, t_top = _visible(
        knee, rep.lift_t, rep.lower_t, _plateau(knee, held_from, rep.lift_t, highest=False), top
    )
    t_ecc, t_bottom = _visible(
        knee, rep.top_t, held_until, top, _plateau(knee, rep.bottom_t, held_until, highest=False)
    )
    t = np.arange(rep.lift_t, rep.bottom_t + _STEP_S, _STEP_S)
    path = knee.at(t).value
    return TrueRep(
        set_index=rep.set_index,
        number=rep.number,
        set_type=rep.set_type,
        t_start=t_start,
        t_top=t_top,
        t_ecc=t_ecc,
        t_bottom=t_bottom,
        t_end=t_bottom,
        rom=float(path.max() - path[0]),
        fault=rep.fault,
        partial=rep.fault == SimulatedFault.PARTIAL,
        lift_motion=rep.lift_motion,
        lower_motion=rep.lower_motion,
    )


def _plateau(knee: KeyPath, start: float, end: float, *, highest: bool) -> float:
    """Return the knee angle of the hold between two times, or the extreme if it is no hold."""
    held = knee.at(np.arange(start, end + _STEP_S, _STEP_S)).value
    if end - start >= _HOLD_S:
        return float(np.median(held))
    return float(held.max() if highest else held.min())


def _visible(
    knee: KeyPath, start: float, end: float, plateau: float, target: float
) -> tuple[float, float]:
    """Return when the leg is seen to leave ``plateau`` and to reach ``target``, in s."""
    t = np.arange(start, end, _STEP_S)
    motion = knee.at(t)
    way = abs(target - plateau)
    # Both a lift and a lowering go from 0 to ``way`` here.
    gone = (motion.value - plateau) * np.sign(target - plateau)
    there = np.flatnonzero(gone >= way - _EDGE_RAD)
    reached = int(there[0]) if there.size else t.size - 1
    still = np.flatnonzero(gone[: reached + 1] <= _EDGE_RAD)
    left = int(still[-1]) if still.size else 0
    return _without_stalls(t, motion, gone, way, left, reached)


def _without_stalls(
    t: FloatArray, motion: Motion, gone: FloatArray, way: float, left: int, reached: int
) -> tuple[float, float]:
    """Return the times of ``left`` and ``reached``, less the stalls near the two plateaus."""
    mean = (way - 2.0 * _EDGE_RAD) / max(_STEP_S, float(t[reached] - t[left]))
    slow = np.abs(motion.rate) < min(_STALL_SHARE * mean, _STALL_RAD_S)
    for first, after in _runs(slow & (gone <= _NEAR_SHARE * way)):
        if left < after < reached and t[after - 1] - t[first] >= _HOLD_S:
            left = after
    for first, after in _runs(slow & (gone >= (1.0 - _NEAR_SHARE) * way)):
        if left < first < reached and t[after - 1] - t[first] >= _HOLD_S:
            reached = first
    return float(t[left]), float(t[reached])


def _runs(flags: BoolArray) -> list[tuple[int, int]]:
    """Return the first index of each run of true ``flags``, and the index after it."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))

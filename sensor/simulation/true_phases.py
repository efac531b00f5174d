"""The true phase times of the reps, from the intended knee angle and the rules of the phases."""

import dataclasses
from collections.abc import Sequence

import numpy as np

from sensor.simulation.choices import SimulatedFault
from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.movement import Movement
from sensor.simulation.script import PlannedRep
from sensor.simulation.truth import TrueRep

_STEP_S = 0.001
"""The angle is evaluated in steps of this time, a tenth of a sample."""
_STILL_RAD_S = float(np.deg2rad(10.0))
_NEAR_SHARE = 0.1
"""The rules of the phases: the leg is at an end while it is slower than 10°/s within a tenth of the
range from there."""


def true_reps(reps: Sequence[PlannedRep], movement: Movement) -> tuple[TrueRep, ...]:
    """Return the reps with their true phase times; see :class:`TrueRep`."""
    found: list[TrueRep] = []
    for rep in reps:
        current = _true_rep(rep, movement)
        # The bottom of a rep ends when the next one of its set begins.
        if found and found[-1].set_index == current.set_index:
            found[-1] = dataclasses.replace(found[-1], t_end=current.t_start)
        found.append(current)
    return tuple(found)


def _true_rep(rep: PlannedRep, movement: Movement) -> TrueRep:
    t = np.arange(rep.lift_t, rep.bottom_t + _STEP_S, _STEP_S)
    # The intended path: with tremor the speed would cross the limit many times.
    knee = movement.paths[Coordinate.KNEE].at(t)
    bottom, peak = float(knee.value[0]), float(knee.value.max())
    rom = peak - bottom
    slow = np.abs(knee.rate) < _STILL_RAD_S
    at_bottom = slow & (knee.value - bottom < _NEAR_SHARE * rom)
    at_top = np.flatnonzero(slow & (peak - knee.value < _NEAR_SHARE * rom))
    first_top, last_top = int(at_top[0]), int(at_top[-1])
    lift = int(np.flatnonzero(~at_bottom)[0])
    landed = last_top + int(np.flatnonzero(at_bottom[last_top:])[0])
    return TrueRep(
        set_index=rep.set_index,
        number=rep.number,
        set_type=rep.set_type,
        t_start=float(t[lift]),
        t_top=float(t[first_top]),
        t_ecc=float(t[last_top]),
        t_bottom=float(t[landed]),
        t_end=float(t[landed]),
        rom=rom,
        fault=rep.fault,
        partial=rep.fault == SimulatedFault.PARTIAL,
    )

"""Reps with constructed curl and ankle angles, so that the right verdict is known."""

import dataclasses
import math
from collections.abc import Callable

import numpy as np

from processing.judge.bands import Band, Bands
from processing.judge.checks import Target
from processing.judge.tempo import Tempo, parse_tempo
from processing.types import AngleBlock, Rep
from tests.processing.reps.curves import Array, Curve, TrueRep

BANDS = Bands(
    dorsiflexed=math.radians(5.0),
    plantarflexed=math.radians(-25.0),
    hysteresis=math.radians(3.0),
)
UP, POINTED, NEUTRAL = 9.0, -32.0, 0.0
ROM = math.radians(100.0)

Foot = Callable[[Array, TrueRep, Array], Array]
"""Returns ankle angles (n,) deg from times (n,) s, the rep and heights (n,), 0 to 1."""


def target(
    lift: Band | None = Band.DORSIFLEXED,
    lower: Band | None = Band.PLANTARFLEXED,
    tempo: str | Tempo | None = "4-0-1-1",
) -> Target:
    """Return the target of protocol B, or of another protocol by its bands."""
    parsed = parse_tempo(tempo) if isinstance(tempo, str) else tempo
    return Target(BANDS, lift, lower, parsed, ROM)


def held(degrees: float) -> Foot:
    """Return a foot that stays at ``degrees``."""
    return lambda t, _rep, _height: np.full(t.size, degrees)


def switched(height: float, *, up: float = UP, pointed: float = POINTED) -> Foot:
    """Return a foot with toes up that points at once when the leg has come down to ``height``."""

    def foot(t: Array, rep: TrueRep, heights: Array) -> Array:
        after = (t >= rep.t_top + 0.3) & (heights <= height)
        start = t[after][0] if after.any() else math.inf
        return np.where((t >= start) & (t < rep.t_bottom + 0.2), pointed, up)

    return foot


def draw(curve: Curve, foot: Foot) -> tuple[list[Rep], AngleBlock]:
    """Return the true reps of the curve as the detector would return them, and the angles."""
    angles = curve.angles()
    truth = curve.truth()
    ankle = np.zeros(angles.t.size)
    for i, rep in enumerate(truth):
        end = truth[i + 1].t_start if i + 1 < len(truth) else math.inf
        of_rep = (angles.t >= (rep.t_start - 0.5 if i == 0 else rep.t_start)) & (angles.t < end)
        heights = np.rad2deg(angles.curl[of_rep]) / rep.rom_deg
        ankle[of_rep] = foot(angles.t[of_rep], rep, heights)
    reps = []
    for i, rep in enumerate(truth):
        t_end = truth[i + 1].t_start if i + 1 < len(truth) else rep.t_bottom
        lifting = (angles.t >= rep.t_start) & (angles.t < rep.t_top)
        lowering = (angles.t >= rep.t_ecc) & (angles.t < rep.t_bottom)
        reps.append(
            Rep(
                number=i + 1,
                t_start=rep.t_start,
                t_top=rep.t_top,
                t_ecc=rep.t_ecc,
                t_bottom=rep.t_bottom,
                t_end=t_end,
                rom=math.radians(rep.rom_deg),
                ankle_con=math.radians(float(np.median(ankle[lifting]))),
                ankle_ecc=math.radians(float(np.median(ankle[lowering]))),
            )
        )
    return reps, dataclasses.replace(angles, ankle=np.deg2rad(ankle))

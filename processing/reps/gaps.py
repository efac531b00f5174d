"""Gaps between samples that are too long to judge what the leg did meanwhile."""

import numpy as np

from processing.reps.rep_limits import GAP_S
from processing.types import PARTLY_KNOWN
from sensor.compiled import compiled
from sensor.types import BoolArray, FloatArray

ROUNDING_S = 1e-6
"""Sample times are rounded: a gap that is longer than the limit by less than this is none."""


@compiled("b1(f8, f8)")
def is_gap(apart_s: float, step_s: float) -> bool:
    """Return whether too much is missing to judge between two samples of the grid that are ``apart_s`` s apart.

    ``step_s`` is that of the grid, s, which misses more samples than the sensor: :data:`.types.PARTLY_KNOWN`.
    """
    return bool(apart_s - (1 + PARTLY_KNOWN) * step_s > GAP_S + ROUNDING_S)


def find_gaps(t: FloatArray, step_s: float) -> list[tuple[float, float]]:
    """Return start and end (s) of the gaps between samples at ``t`` (n,) that are too long to judge.

    ``step_s`` is the time between two samples where none is missing, s.

    A gap begins where the first missing sample should be, so its length is what is missing and not
    one sample more.
    """
    apart_s = np.diff(t)
    wide = np.empty(len(apart_s), dtype=np.bool_)
    _mark_gaps(apart_s, step_s, wide)
    return [(t.item(i) + step_s, t.item(i + 1)) for i in np.flatnonzero(wide).tolist()]


@compiled("void(f8[::1], f8, b1[::1])")
def _mark_gaps(apart_s: FloatArray, step_s: float, wide: BoolArray) -> None:
    """Fill ``wide`` (n,) with whether samples ``apart_s`` (n,) s apart have a gap between them."""
    for i in range(len(apart_s)):
        wide[i] = is_gap(apart_s[i], step_s)

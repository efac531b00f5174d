"""Time that the ankle spends in a zone: entered by dwelling, left with hysteresis.

The dwell of 120 ms only confirms an entry. The zone counts from the beginning of the dwell, because the
toes were there.
"""

import numpy as np
import numpy.typing as npt

from tests.independent_judge.motions import Array

Mask = npt.NDArray[np.bool_]

DWELL_S = 0.12
"""Time within a threshold that confirms the entry of a zone."""


def in_zone(t: Array, beyond_deg: Array, hysteresis_deg: float) -> Mask:
    """Return where the ankle is in a zone.

    Parameters
    ----------
    t
        Times in s, shape (n,).
    beyond_deg
        Distance of the ankle beyond the threshold of the zone, in deg, negative outside; shape (n,).
    hysteresis_deg
        Distance outside the threshold at which the zone is left, deg.
    """
    inside = np.zeros(t.size, dtype=np.bool_)
    start: int | None = None
    confirmed = False
    for index in range(t.size):
        if confirmed:
            confirmed = beyond_deg[index] >= -hysteresis_deg
            inside[index] = confirmed
            start = None
        elif beyond_deg[index] < 0.0:
            start = None
        else:
            start = index if start is None else start
            if t[index] - t[start] >= DWELL_S - 1e-9:
                confirmed = True
                inside[start : index + 1] = True
    return inside


def dwells(t: Array, beyond_deg: Array, within: Mask) -> list[int]:
    """Return the first samples of all dwells in a zone that lie within a part of the curve.

    Parameters
    ----------
    t, beyond_deg
        As for :func:`in_zone`.
    within
        Samples in which a dwell counts; one that begins before such a part counts from its beginning.
    """
    edges = np.diff(
        np.concatenate(([False], within & (beyond_deg >= 0.0), [False])).astype(np.int8)
    )
    starts, stops = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return [int(a) for a, b in zip(starts, stops, strict=True) if t[b - 1] - t[a] >= DWELL_S - 1e-9]


def share(mask: Mask, part: Mask) -> float:
    """Return the share of a part of evenly spaced samples for which a mask is true."""
    return float(np.count_nonzero(mask & part)) / max(1, int(np.count_nonzero(part)))

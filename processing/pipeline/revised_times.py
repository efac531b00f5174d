"""Samples whose times were wrong until a loss was noticed, put where they belong."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from processing.motion.grid import GRID_HZ
from processing.pipeline.track import MAX_GAP_S
from processing.types import Dropout, LinkSamples, PairedBlock
from sensor.types import FloatArray, Segment, frozen, frozen_bool


def with_revised_times(paired: PairedBlock, late: Iterable[Dropout]) -> PairedBlock:
    """Return ``paired`` as if each loss among ``late`` had been noticed at once.

    A sensor without clock and counter dates its samples too early from a loss until the notice. For the
    angles of that second this is settled, but the axes of a joint are fitted to how both sensors turn at
    the same time.

    Parameters
    ----------
    paired
        Samples of the grid, in order of time.
    late
        The losses, in the order of their notices.
    """
    for loss in late:
        if loss.segment is Segment.THIGH:
            if paired.thigh is not None:
                paired = replace(paired, thigh=_revised(paired.t, paired.thigh, loss))
            continue
        if loss.segment is Segment.PELVIS:
            if paired.pelvis is not None:
                paired = replace(paired, pelvis=_revised(paired.t, paired.pelvis, loss))
            continue
        name = "shin" if loss.segment is Segment.SHIN else "foot"
        parts = ("acc", "gyr", "valid", "clipped")
        link = LinkSamples(*(getattr(paired, f"{name}_{part}") for part in parts))
        link = _revised(paired.t, link, loss)
        paired = replace(paired, **{f"{name}_{part}": getattr(link, part) for part in parts})
    return paired


def _revised(t: FloatArray, link: LinkSamples, loss: Dropout) -> LinkSamples:
    """Move the samples between a ``loss`` and its notice on by what is missing; ``t`` (n,) s."""
    rows = np.flatnonzero((t > loss.lost_t) & (t < loss.t_end))
    if not rows.size:
        return link
    half = 0.5 / GRID_HZ
    asked = t[rows] - round(loss.missing_s * GRID_HZ) / GRID_HZ
    source = np.minimum(np.searchsorted(t, asked - half), t.size - 1)
    there = (np.abs(t[source] - asked) < half) & (asked > loss.lost_t)
    acc, gyr = link.acc.copy(), link.gyr.copy()
    valid, clipped = link.valid.copy(), link.clipped.copy()
    acc[rows] = link.acc[source] * there[:, None]
    gyr[rows] = link.gyr[source] * there[:, None]
    valid[rows] = link.valid[source] & there
    clipped[rows] = link.clipped[source] & there
    hole = rows[~there & (asked <= loss.lost_t)]
    if (
        hole.size
        and loss.missing_s <= MAX_GAP_S - 1.0 / GRID_HZ
        and hole[0] > 0
        and hole[-1] + 1 < t.size
    ):
        # As the pairing bridges a gap of this length that is noticed at once.
        ends = [hole[0] - 1, hole[-1] + 1]
        valid[hole] = valid[ends].all()
        for signal in (acc, gyr):
            for axis in range(3):
                signal[hole, axis] = np.interp(t[hole], t[ends], signal[ends, axis]) * valid[hole]
    return LinkSamples(frozen(acc), frozen(gyr), frozen_bool(valid), frozen_bool(clipped))

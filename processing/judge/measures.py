"""The measures of one rep, which the checks compare with their limits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from processing.judge.bands import Band, Bands, BandTracker, in_band
from processing.judge.break_point import BreakPoint
from processing.judge.thresholds import Thresholds
from processing.types import AngleBlock, Dropout, Rep, slice_block
from sensor.types import BoolArray, FloatArray

LEAD_IN_S = 1.0
"""The bands are followed from this long before the rep, so that their dwell is over."""


@dataclass(frozen=True, slots=True)
class RepMeasures:
    """The numbers of one rep by which it is judged."""

    concentric_s: float
    """Duration of the lift, s."""
    top_s: float
    """Duration of the hold at the top, s."""
    eccentric_s: float
    """Duration of the lowering, s."""
    bottom_s: float | None
    """Duration of the rest that follows, s; None while it is unknown: live, and after the last rep."""
    rom: float
    """Range of the driving angle, rad."""
    concentric_speed: float
    """Mean speed of the lift, rad/s."""
    ankle_con: float
    """Median ankle angle of the lift, rad."""
    ankle_ecc: float
    """Median ankle angle of the lowering, rad."""
    lift_ankle: float
    """Median ankle angle of the judged middle of the lift, rad."""
    pointed_early_s: float
    """Longest time with the toes pointed in the judged middle of the lift, s."""
    df_share: float
    """Share of lift and lowering with the toes up, 0 to 1."""
    pf_rep_share: float
    """Share of lift and lowering with the toes pointed, 0 to 1."""
    pf_share: float
    """Share of the lowering with the toes pointed, 0 to 1."""
    switch_s: float | None
    """From the top until the toes were pointed, s; None: never."""
    switch_height: float | None
    """Height of the leg then, 0 to 1; None: never."""
    hold_share: float
    """Share of the time from the switch until the leg is almost down with the toes pointed, 0 to 1;
    0 without a switch."""
    hold_last_third: float
    """Share of the last third of the lowering with the toes pointed, 0 to 1."""
    drop_ratio: float
    """Speed of the fastest stretch of the lowering over its mean speed."""
    starts_pointed: bool
    """Whether the lift began with the toes pointed."""
    beyond_reach: float
    """Angle by which the ankle was held beyond its active range, rad; 0 if within it or unknown."""
    rate_percent: float
    """Samples of the poorer sensor that arrived, %."""
    break_point: BreakPoint
    """The point at which control of the lowering is lost."""
    knee_change: float | None = None
    """Largest change of the knee angle against the start of the rep, rad; None where it is not known, and in
    versions before it was measured."""


def measure(
    rep: Rep,
    angles: AngleBlock,
    bands: Bands,
    thresholds: Thresholds | None = None,
    dropouts: Sequence[Dropout] = (),
    break_point: BreakPoint | None = None,
) -> RepMeasures:
    """Measure one rep.

    Parameters
    ----------
    rep
        The rep.
    angles
        Any stretch of the session that holds the rep; better with a second before it.
    bands
        The person's bands.
    thresholds
        The heights between which the parts of the rep lie.
    dropouts
        The losses around the rep.
    break_point
        Where control of the lowering is lost; unknown if not given.
    """
    limits = thresholds or Thresholds()
    part = stretch(angles, rep.t_begin - LEAD_IN_S, max(rep.t_end, rep.t_over))
    known = part.both_judged
    changes = BandTracker(bands).feed(part.t, part.ankle, part.valid | part.settling)
    pointed = in_band(part.t, changes, Band.PLANTARFLEXED)
    up = in_band(part.t, changes, Band.DORSIFLEXED)

    lifting = known & (part.t >= rep.t_start) & (part.t < rep.t_top)
    lowering = known & (part.t >= rep.t_ecc) & (part.t < rep.t_bottom)
    moving = lifting | lowering
    # Heights are shares of this rep's own range: a short rep alone is no late switch.
    height = _height(part, rep)
    middle = lifting & (height >= limits.lift_from_height) & (height <= limits.lift_to_height)

    switch = _switch(part, pointed, rep)
    switch_t = math.inf if switch is None else float(part.t[switch])
    # From the switch on, which may lie in the hold at the top.
    down = np.flatnonzero(lowering & (height < limits.hold_end_height))
    down_t = float(part.t[down[0]]) if down.size else rep.t_bottom
    held = known & (part.t >= switch_t) & (part.t < down_t)
    last_third = lowering & (height <= limits.last_third_height)

    concentric_s, eccentric_s = rep.t_top - rep.t_start, rep.t_bottom - rep.t_ecc
    first = np.flatnonzero(lifting)
    lift_ankle = _median(part.ankle[middle], rep.ankle_con)
    return RepMeasures(
        concentric_s=concentric_s,
        top_s=rep.top_s,
        eccentric_s=eccentric_s,
        bottom_s=rep.bottom_s if rep.lowers_first or rep.bottom_s > 0.0 else None,
        rom=rep.rom,
        concentric_speed=rep.rom / concentric_s if concentric_s > 0 else 0.0,
        ankle_con=rep.ankle_con,
        ankle_ecc=rep.ankle_ecc,
        lift_ankle=lift_ankle,
        pointed_early_s=_longest(part.t, pointed & middle),
        df_share=_share(up, moving),
        pf_rep_share=_share(pointed, moving),
        pf_share=_share(pointed, lowering),
        switch_s=None if switch is None else max(switch_t - rep.t_top, 0.0),
        switch_height=None if switch is None else float(height[switch]),
        hold_share=_share(pointed, held) if switch is not None else 0.0,
        hold_last_third=_share(pointed, last_third),
        drop_ratio=_drop_ratio(part, lowering, height, rep, limits),
        starts_pointed=bool(first.size and pointed[first[0]]),
        # Medians, since a slip holds the ankle beyond its range; a single sample proves nothing.
        beyond_reach=max(_beyond(bands, held) for held in (lift_ankle, rep.ankle_ecc)),
        rate_percent=_rate_percent(rep, dropouts),
        break_point=break_point or BreakPoint(),
        knee_change=_knee_change(part, rep),
    )


def stretch(angles: AngleBlock, start: float, stop: float) -> AngleBlock:
    """Return the samples from ``start`` to ``stop`` s."""
    # A rounding error must not cost the last sample.
    first, last = np.searchsorted(angles.t, (start, stop + 1e-9))
    return slice_block(angles, int(first), int(last))


def _height(part: AngleBlock, rep: Rep) -> FloatArray:
    """Return the driving angle as a share of the rep's range: 0 at the bottom, 1 at the peak."""
    within = part.both_judged & (part.t >= rep.t_begin) & (part.t <= rep.t_over)
    if not within.any() or rep.rom <= 0.0:
        return np.zeros_like(part.driving)
    peak = float(part.driving[within].max())
    out: FloatArray = (part.driving - (peak - rep.rom)) / rep.rom
    return out


def _knee_change(part: AngleBlock, rep: Rep) -> float | None:
    """Return how far the curl angle goes from where it is at the start of ``rep``, rad."""
    known = part.curl_valid & (part.t >= rep.t_begin) & (part.t <= rep.t_over)
    curl = part.curl[known]
    return float(np.abs(curl - curl[0]).max()) if curl.size else None


def _switch(part: AngleBlock, pointed: BoolArray, rep: Rep) -> int | None:
    """Return the sample at which the toes first are pointed, from the top on."""
    found = np.flatnonzero(
        pointed & part.both_judged & (part.t >= rep.t_top) & (part.t < rep.t_bottom)
    )
    return int(found[0]) if found.size else None


def _drop_ratio(
    part: AngleBlock, lowering: BoolArray, height: FloatArray, rep: Rep, limits: Thresholds
) -> float:
    """Return the speed of the fastest stretch of the lowering over ROM / T_ecc."""
    judged = lowering & (height <= limits.drop_from_height) & (height >= limits.drop_to_height)
    t, curl = part.t[judged], part.driving[judged]
    eccentric_s = rep.t_bottom - rep.t_ecc
    if t.size < 2 or rep.rom <= 0.0 or eccentric_s <= 0.0:
        return 1.0
    # A lowering may pass these heights in less time than the window.
    window = min(limits.drop_window_s, float(t[-1] - t[0]))
    ends = t[t >= t[0] + window - 1e-9]
    fall = np.interp(ends - window, t, curl) - np.interp(ends, t, curl)
    return float(fall.max() / window * eccentric_s / rep.rom)


def _longest(t: FloatArray, inside: BoolArray) -> float:
    """Return the length of the longest stretch of samples ``inside``, s."""
    edges = np.flatnonzero(np.diff(inside.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    if not edges.size:
        return 0.0
    # Each sample stands for one step of the grid.
    step = float(np.median(np.diff(t)))
    return max(float(t[stop - 1] - t[start]) for start, stop in edges.tolist()) + step


def _beyond(bands: Bands, ankle: float) -> float:
    if bands.reach is None or not math.isfinite(ankle):
        return 0.0
    pointed, up = bands.reach
    return max(ankle - up, pointed - ankle, 0.0)


def _rate_percent(rep: Rep, dropouts: Sequence[Dropout]) -> float:
    """Return how many samples of the poorer sensor arrived in the rep, of 100."""
    length_s = rep.t_over - rep.t_begin
    missing_s = {gap.segment: 0.0 for gap in dropouts}
    for gap in dropouts:
        # Samples are missing where they were lost, also if that was noticed late.
        width_s = gap.t_end - gap.t_start
        inside_s = min(gap.lost_t + width_s, rep.t_over) - max(gap.lost_t, rep.t_begin)
        share = max(inside_s, 0.0) / width_s
        missing_s[gap.segment] += share * gap.missing_s
    if length_s <= 0.0:
        return 100.0
    return 100.0 * (1.0 - max(missing_s.values(), default=0.0) / length_s)


def _share(inside: BoolArray, among: BoolArray) -> float:
    total = int(np.count_nonzero(among))
    return int(np.count_nonzero(inside & among)) / total if total else 0.0


def _median(values: FloatArray, otherwise: float) -> float:
    return float(np.median(values)) if values.size else otherwise

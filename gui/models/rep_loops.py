"""Ankle against curl, one loop a rep, and their bands. No Qt.

The curl is a percentage of the range of the set, so that reps and sets can be compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from processing.judge.bands import Band
from processing.judge.checks import Grade, Target
from processing.review.judged_sets import JudgedSet
from processing.types import AngleBlock, Rep
from sensor.types import FloatArray

MOST_POINTS = 150
"""Points of a lift or of a lowering; more would not be seen."""


@dataclass(frozen=True, slots=True)
class Path2D:
    """The points of a curve."""

    curl_percent: FloatArray
    """(n,), NaN without data."""
    ankle_deg: FloatArray
    """(n,), NaN without data."""


@dataclass(frozen=True, slots=True)
class RepLoop:
    """The curve of a rep."""

    index: int
    """Among all reps of the set, partial ones too."""
    number: int
    """Among the counted reps."""
    grade: Grade
    """Grade of its verdict."""
    partial: bool
    """Whether it is a partial rep."""
    lift: Path2D
    """From the start to the top."""
    lower: Path2D
    """From the end of the hold to the bottom."""
    broke: tuple[float, float] | None = None
    """Curl in percent and ankle in degrees where control of the lowering is lost; None unless it is."""

    @property
    def lines(self) -> tuple[tuple[FloatArray, FloatArray], ...]:
        """The lines of lift and lowering: curl (n,) percent and ankle (n,) degrees each."""
        return tuple((path.curl_percent, path.ankle_deg) for path in (self.lift, self.lower))


@dataclass(frozen=True, slots=True)
class LoopBand:
    """A band of the toes for a part of the curl."""

    lifting: bool | None
    """Whether it holds for the lift or the lowering; None: for both."""
    toes_up: bool
    """The band reaches from its limit to the upper end of the axis, else to the lower end."""
    left: float
    """Start of the part of the curl, in percent."""
    right: float
    """End of the part of the curl, in percent."""
    limit_deg: float
    """The edge of the band."""


def rep_loops(judged: JudgedSet, angles: AngleBlock) -> tuple[RepLoop, ...]:
    """Return the curves of the reps of a set."""
    reps = [v.rep for v in judged.verdicts]
    low, high = _set_range(reps, angles)
    return tuple(
        RepLoop(
            index,
            v.rep.number,
            v.grade,
            v.rep.partial,
            _path(angles, v.rep.t_start, max(v.rep.t_ecc, v.rep.t_top), low, high),
            _path(angles, v.rep.t_ecc, v.rep.t_bottom, low, high),
            _at(angles, v.measures.break_point.t, low, high),
        )
        for index, v in enumerate(judged.verdicts)
    )


def loop_bands(target: Target) -> tuple[LoopBand, ...]:
    """Return the bands by which the reps were judged."""
    limits = target.thresholds
    lift = (100 * limits.lift_from_height, 100 * limits.lift_to_height)
    lower = (100 * limits.hold_end_height, 100 * limits.switch_good_height)
    bands: tuple[tuple[bool | None, Band | None, tuple[float, float]], ...] = (
        (True, target.lift, lift),
        (False, target.lower, lower),
    )
    # One band for both directions: the foot stays on one side.
    if not target.switches:
        bands = ((None, target.lower, (0.0, 100.0)),)
    return tuple(
        LoopBand(lifting, band is Band.DORSIFLEXED, left, right, _limit_deg(target, band))
        for lifting, band, (left, right) in bands
        if band is not None and not target.bands.too_small
    )


def on_loop(judged: JudgedSet, angles: AngleBlock, driving_deg: float | None) -> float | None:
    """Return a driving angle as a percentage of the range of the set."""
    if driving_deg is None:
        return None
    low, high = _set_range([v.rep for v in judged.verdicts], angles)
    return 100.0 * (float(np.radians(driving_deg)) - low) / (high - low)


def _limit_deg(target: Target, band: Band) -> float:
    up = band is Band.DORSIFLEXED
    limit = target.bands.dorsiflexed if up else target.bands.plantarflexed
    return float(np.degrees(limit))


def _set_range(reps: Sequence[Rep], angles: AngleBlock) -> tuple[float, float]:
    """Return the median bottom and top of the reps of a set, rad."""
    whole = [r for r in reps if not r.partial] or list(reps)
    peaks = [_peak(angles, rep) for rep in whole]
    known = [(p - r.rom, p) for p, r in zip(peaks, whole, strict=True) if p is not None]
    if not known:
        return 0.0, float(np.radians(100.0))
    # Medians: one odd rep must not change the scale of all.
    low, high = np.median(np.array(known), axis=0).tolist()
    # A set without movement must not lead to a division by zero.
    return float(low), max(float(high), float(low) + 1e-3)


def _peak(angles: AngleBlock, rep: Rep) -> float | None:
    part = _stretch(angles, rep.t_begin, rep.t_over)
    driving = angles.driving[part][angles.both_valid[part]]
    return float(driving.max()) if driving.size else None


def _path(angles: AngleBlock, start: float, end: float, low: float, high: float) -> Path2D:
    part = _stretch(angles, start, end)
    # Rounded up: a few points less, never more than allowed.
    step = max(-(-(part.stop - part.start) // MOST_POINTS), 1)
    part = slice(part.start, part.stop, step)
    valid = angles.both_valid[part]
    curl = np.where(valid, 100.0 * (angles.driving[part] - low) / (high - low), np.nan)
    ankle = np.where(valid, np.degrees(angles.ankle[part]), np.nan)
    return Path2D(curl, ankle)


def _at(angles: AngleBlock, t: float | None, low: float, high: float) -> tuple[float, float] | None:
    """Return the point of the curve at ``t`` s."""
    if t is None or not angles.t.size:
        return None
    driving, ankle = (
        float(np.interp(t, angles.t, each)) for each in (angles.driving, angles.ankle)
    )
    return 100.0 * (driving - low) / (high - low), float(np.degrees(ankle))


def _stretch(angles: AngleBlock, start: float, end: float) -> slice:
    first, last = np.searchsorted(angles.t, (start, end + 1e-9))
    return slice(int(first), int(last))

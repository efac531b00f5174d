"""The numbers of a set, the signature number first: pointed eccentric time under tension."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from processing.judge.break_point import BreakPoint, BreakPoints
from processing.judge.checks import Grade
from processing.judge.measures import RepMeasures
from processing.judge.pace import Pace, pace_of
from processing.judge.verdict import Verdict

FATIGUE_REPS = 2
"""The first and the last so many reps are compared: one alone varies too much."""
CONTROL_LOSS_FLAG_PERCENT = 25.0
"""A larger loss of control is worth a remark."""
EPLEY_REPS = 12
"""Beyond this many reps the formula is no longer an estimate."""


@dataclass(frozen=True, slots=True)
class SetMetrics:
    """The numbers of one set over its whole reps; None where they do not apply."""

    pointed_eccentric_s: float
    """Time under tension with the toes pointed while lowering, s: the signature number."""
    reps: int
    """Whole reps."""
    judged: int
    """Whole reps that were judged."""
    good: int
    """Good ones of them."""
    partial: int
    """Partial reps, which are not counted."""
    quality_percent: float | None
    """Good of judged reps, %."""
    tension_s: float
    """Time under tension, s."""
    eccentric_s: float
    """Time of all lowerings, s."""
    eccentric_mean_s: float | None
    """Mean duration of a lowering, s."""
    eccentric_variation_percent: float | None
    """Coefficient of variation of the lowerings, %."""
    control_loss_percent: float | None
    """Shortening of the last two lowerings against the first two, %."""
    ankle_fade: float | None
    """Ankle angle of the last two lowerings minus that of the first two, rad."""
    rom_mean: float | None
    """Mean range of the driving angle, rad."""
    rom_loss_percent: float | None
    """Loss of range of the last rep against the largest, %."""
    velocity_loss_percent: float | None
    """Loss of speed of the last lift against the fastest, %; only of explosive lifts."""
    volume_kg: float | None
    """Reps times load."""
    eccentric_volume_kgs: float | None
    """Load times the time of all lowerings, kg·s."""
    one_rm_kg: float | None
    """Epley's estimate, if the reps in reserve are known."""
    break_points: BreakPoints = field(default_factory=BreakPoints)
    """Break points of the lowerings; unknown in numbers that an older version kept."""
    rom_best: float | None = None
    """Largest range of a whole rep, rad; None without one, and in numbers that an older version kept."""
    rom_fade_percent: float | None = None
    """Loss of range of the last two reps against the first two, %; None where it is not known."""
    pace: Pace | None = None
    """The result of a test with a pace; None where no pace was asked for."""

    @property
    def work_index(self) -> float | None:
        """Sum of the ranges of the whole reps, rad: of heel raises height times reps."""
        return None if self.rom_mean is None else self.reps * self.rom_mean

    @property
    def control_is_lost(self) -> bool:
        """Whether the loss of control is worth a remark."""
        loss = self.control_loss_percent
        return loss is not None and loss > CONTROL_LOSS_FLAG_PERCENT


def set_metrics(
    verdicts: Sequence[Verdict],
    load_kg: float | None = None,
    *,
    reserve_known: bool = False,
    rest_counted_s: float = 2.0,
) -> SetMetrics:
    """Return the numbers of a set.

    Parameters
    ----------
    verdicts
        Those of all its reps in order, partial ones too.
    load_kg
        Load of the set; None if unknown.
    reserve_known
        Whether the reps in reserve are known, or the set went to failure.
    rest_counted_s
        A rest at the bottom counts as time under tension up to this, s.
    """
    whole = [verdict for verdict in verdicts if not verdict.rep.partial]
    # A rep without a verdict was lifted all the same: only the quality leaves it out.
    measures = [verdict.measures for verdict in whole]
    judged = [verdict for verdict in whole if verdict.grade is not Grade.NOT_JUDGED]
    good = sum(verdict.grade is Grade.GOOD for verdict in judged)
    lowerings = [m.eccentric_s for m in measures]
    eccentric_s = math.fsum(lowerings)
    n = len(whole)
    return SetMetrics(
        pointed_eccentric_s=math.fsum(m.pf_share * m.eccentric_s for m in measures),
        reps=n,
        judged=len(judged),
        good=good,
        partial=len(verdicts) - n,
        quality_percent=100.0 * good / len(judged) if judged else None,
        tension_s=math.fsum(_tension_s(m, rest_counted_s) for m in measures),
        eccentric_s=eccentric_s,
        eccentric_mean_s=eccentric_s / n if n else None,
        eccentric_variation_percent=variation_percent(lowerings),
        control_loss_percent=control_loss_percent(lowerings),
        ankle_fade=_fade([m.ankle_ecc for m in measures], relative=False),
        rom_mean=float(np.mean([m.rom for m in measures])) if n else None,
        rom_loss_percent=_loss_percent([m.rom for m in measures]),
        velocity_loss_percent=(
            # Only a lift as fast as possible shows fatigue by its speed.
            _loss_percent([m.concentric_speed for m in measures]) if _explosive(whole) else None
        ),
        volume_kg=None if load_kg is None else n * load_kg,
        eccentric_volume_kgs=None if load_kg is None else load_kg * eccentric_s,
        # Without a known reserve the reps may be far from all that was possible.
        one_rm_kg=one_rm_kg(load_kg, n) if load_kg is not None and reserve_known else None,
        break_points=break_points([m.break_point for m in measures]),
        rom_best=max((m.rom for m in measures), default=None),
        rom_fade_percent=_fade([m.rom for m in measures], relative=True),
        pace=_pace(whole),
    )


def break_points(points: Sequence[BreakPoint]) -> BreakPoints:
    """Return the break points of a set from those of its whole reps, in order."""
    held = [angle for point in points if (angle := point.angle_held) is not None]
    lost = [point.angle for point in points if point.angle is not None]
    return BreakPoints(
        known=len(held),
        lost=len(lost),
        median=float(np.median(lost)) if lost else None,
        change=_fade(held, relative=False) if lost else None,
    )


def control_loss_percent(lowerings_s: Sequence[float]) -> float | None:
    """Return by how much the last two of these lowerings are shorter than the first two, %."""
    return _fade(lowerings_s, relative=True)


def one_rm_kg(load_kg: float, reps: int) -> float | None:
    """Return Epley's estimate of the load for one rep (1985), None outside of 1 to 12 reps."""
    return load_kg * (1.0 + reps / 30.0) if 1 <= reps <= EPLEY_REPS else None


def variation_percent(values: Sequence[float]) -> float | None:
    """Return the coefficient of variation, None for fewer than two values."""
    if len(values) < 2 or not (mean := float(np.mean(values))):
        return None
    return 100.0 * float(np.std(values, ddof=1)) / mean


def _tension_s(m: RepMeasures, rest_counted_s: float) -> float:
    return m.concentric_s + m.top_s + m.eccentric_s + min(m.bottom_s or 0.0, rest_counted_s)


def _fade(values: Sequence[float], *, relative: bool) -> float | None:
    """Return by how much the last reps differ from the first, if they are different reps."""
    if len(values) < 2 * FATIGUE_REPS:
        return None
    first = float(np.mean(values[:FATIGUE_REPS]))
    last = float(np.mean(values[-FATIGUE_REPS:]))
    if not relative:
        return last - first
    return 100.0 * (first - last) / first if first else None


def _loss_percent(values: Sequence[float]) -> float | None:
    best = max(values, default=0.0)
    return 100.0 * (best - values[-1]) / best if best > 0.0 else None


def _pace(whole: Sequence[Verdict]) -> Pace | None:
    """Return how whole reps kept to the pace that their target asks for, None if it asks for none."""
    rule = whole[-1].target.pace if whole else None
    return None if rule is None else pace_of([verdict.rep.t_start for verdict in whole], rule)


def _explosive(verdicts: Sequence[Verdict]) -> bool:
    tempos = [verdict.target.tempo for verdict in verdicts]
    return bool(tempos) and all(t is not None and t.concentric_s is None for t in tempos)

"""The numbers of a set, the signature number first: pointed eccentric time under tension."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from processing.judge.checks import Grade
from processing.judge.measures import RepMeasures
from processing.judge.verdict import Verdict

FATIGUE_REPS = 2
"""First and last reps that are compared with each other."""
CONTROL_LOSS_FLAG_PERCENT = 25.0
EPLEY_REPS = 12
"""Above this many reps the formula is no estimate any more."""


@dataclass(frozen=True, slots=True)
class SetMetrics:
    """The numbers of one set over its whole reps; None where they do not apply.

    Attributes
    ----------
    pointed_eccentric_s
        Time under tension with pointed toes while lowering.
    reps, judged, good, partial
        Counts. ``quality_percent`` is good of judged.
    tension_s, eccentric_s
        Time under tension, and that of the lowering.
    eccentric_mean_s, eccentric_variation_percent
        Mean and coefficient of variation of the time of the lowering.
    control_loss_percent
        How much shorter the last two lowerings are than the first two; flagged above 25.
    ankle_fade
        How far the ankle of the last two lowerings is from the first two, rad.
    rom_mean
        Mean range of the curl, rad.
    rom_loss_percent, velocity_loss_percent
        Last rep against the best; the second only where the lift is explosive.
    volume_kg, eccentric_volume_kgs
        Reps x load; load x time of the lowering.
    one_rm_kg
        Epley's estimate, where repetitions in reserve or failure are known.
    """

    pointed_eccentric_s: float
    reps: int
    judged: int
    good: int
    partial: int
    quality_percent: float | None
    tension_s: float
    eccentric_s: float
    eccentric_mean_s: float | None
    eccentric_variation_percent: float | None
    control_loss_percent: float | None
    ankle_fade: float | None
    rom_mean: float | None
    rom_loss_percent: float | None
    velocity_loss_percent: float | None
    volume_kg: float | None
    eccentric_volume_kgs: float | None
    one_rm_kg: float | None

    @property
    def control_is_lost(self) -> bool:
        """Whether the lowering got so much faster that it is worth a flag."""
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
        Of all its reps in order, partial ones too.
    load_kg
        What was on the machine.
    reserve_known
        Whether the set went to failure, or the person said how many more were in reserve.
    rest_counted_s
        A longer rest at the bottom is not under tension beyond this.
    """
    whole = [verdict for verdict in verdicts if not verdict.rep.partial]
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
        control_loss_percent=_fade(lowerings, relative=True),
        ankle_fade=_fade([m.ankle_ecc for m in measures], relative=False),
        rom_mean=float(np.mean([m.rom for m in measures])) if n else None,
        rom_loss_percent=_loss_percent([m.rom for m in measures]),
        velocity_loss_percent=(
            _loss_percent([m.concentric_speed for m in measures]) if _explosive(whole) else None
        ),
        volume_kg=None if load_kg is None else n * load_kg,
        eccentric_volume_kgs=None if load_kg is None else load_kg * eccentric_s,
        one_rm_kg=one_rm_kg(load_kg, n) if load_kg is not None and reserve_known else None,
    )


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


def _explosive(verdicts: Sequence[Verdict]) -> bool:
    tempos = [verdict.target.tempo for verdict in verdicts]
    return bool(tempos) and all(t is not None and t.concentric_s is None for t in tempos)

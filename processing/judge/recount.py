"""A set looked at again when it is over: its reps found anew in the whole of it, and judged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np

from processing.judge.checks import DataQuality, Grade, Target
from processing.judge.set_metrics import SetMetrics, set_metrics
from processing.judge.verdict import Verdict, judge
from processing.reps.segmentation import segment
from processing.types import AngleBlock, Rep, counted

REFERENCE_REPS = 2
"""The first whole reps of a set replace the unloaded curl as the measure of a full range."""


class Why(Enum):
    """Why hindsight counts a movement otherwise."""

    SEEN_LATER = auto()
    """A rep was only seen in hindsight."""
    WHOLE = auto()
    """A rep that looked partial was a whole one."""
    PARTIAL = auto()
    """A rep that was counted fell short."""
    NONE = auto()
    """What was counted was no rep."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A rep that is counted in one of the two only: the final one if it was added, else the live."""

    rep: Rep
    why: Why

    @property
    def added(self) -> bool:
        """Whether hindsight added it to the count."""
        return self.why in (Why.SEEN_LATER, Why.WHOLE)


@dataclass(frozen=True, slots=True)
class Recount:
    """How the live count of a set became the final one; ``differences`` in order of time.

    As many more were added than taken away as ``final`` is above ``live``.
    """

    live: int
    final: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class FinishedSet:
    """A set that is over: between ``t_start`` and ``t_end`` s, its final verdicts and numbers."""

    t_start: float
    t_end: float
    target: Target
    verdicts: tuple[Verdict, ...]
    metrics: SetMetrics
    recount: Recount

    @property
    def t(self) -> float:
        """When that was known, s."""
        return self.t_end


def reference_rom(reps: Sequence[Rep], unloaded: float | None) -> float | None:
    """Return what a whole rep of a set measures in rad: by its first two, else ``unloaded``."""
    whole = [rep.rom for rep in counted(reps)][:REFERENCE_REPS]
    return float(np.median(whole)) if len(whole) == REFERENCE_REPS else unloaded


def judge_reps(
    reps: Sequence[Rep], angles: AngleBlock, target: Target, quality: Sequence[DataQuality]
) -> tuple[Verdict, ...]:
    """Return a verdict on each of ``reps``; one ``quality`` a rep.

    Where nothing was asked for, nothing is judged, and there is no reason.
    """
    verdicts = tuple(
        judge(rep, angles, target, known) for rep, known in zip(reps, quality, strict=True)
    )
    if target.tempo is None and target.lower is None:
        return tuple(replace(v, grade=Grade.NOT_JUDGED, reason=None) for v in verdicts)
    return verdicts


def set_in_hindsight(
    live: Sequence[Verdict],
    span: tuple[float, float],
    angles: AngleBlock,
    target: Target,
    quality: DataQuality,
    *,
    reference_rom_deg: float | None,
    load_kg: float | None,
) -> FinishedSet:
    """Return what a set was, now that it is over.

    Parameters
    ----------
    live
        The verdicts on its reps while it ran.
    span
        Its start and end in s.
    angles
        Those of the whole set, with a second before it.
    target
        What its reps are judged against; a new range is learned from the reps found here.
    quality
        What is known of the data.
    reference_rom_deg
        The range of an unloaded rep, the same as live; None if not known.
    load_kg
        What was lifted, None if nobody said.
    """
    reps = segment(angles, reference_rom_deg, sets=[span], dropouts=quality.dropouts)
    target = replace(target, reference_rom=reference_rom(reps, target.reference_rom))
    verdicts = judge_reps(reps, angles, target, [quality] * len(reps))
    return FinishedSet(
        *span,
        target=target,
        verdicts=verdicts,
        metrics=set_metrics(verdicts, load_kg),
        recount=recount([verdict.rep for verdict in live], reps),
    )


def recount(live: Sequence[Rep], final: Sequence[Rep]) -> Recount:
    """Return how the count of ``final`` differs from that of ``live``."""
    differences = []
    unmatched = counted(live)
    for rep in counted(final):
        same = next((one for one in unmatched if _overlap(one, rep)), None)
        if same is not None:
            unmatched.remove(same)
            continue
        was_partial = any(one.partial and _overlap(one, rep) for one in live)
        differences.append(Difference(rep, Why.WHOLE if was_partial else Why.SEEN_LATER))
    for rep in unmatched:
        is_partial = any(one.partial and _overlap(one, rep) for one in final)
        differences.append(Difference(rep, Why.PARTIAL if is_partial else Why.NONE))
    differences.sort(key=lambda one: one.rep.t_start)
    return Recount(len(counted(live)), len(counted(final)), tuple(differences))


def _overlap(one: Rep, other: Rep) -> bool:
    """Return whether each has its top within the other."""
    return (
        one.t_start <= other.t_ecc <= one.t_bottom or other.t_start <= one.t_ecc <= other.t_bottom
    )

"""The offline verdicts of a set that is over: its reps are found again in the whole of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

import numpy as np

from processing.exercises.rep_limits import LEG_CURL_LIMITS, RepLimits
from processing.judge.checks import DataQuality, Grade, Target
from processing.judge.set_metrics import SetMetrics, set_metrics
from processing.judge.verdict import Verdict, judge
from processing.reps.segmentation import segment
from processing.types import AngleBlock, Rep, counted, slice_block

REFERENCE_REPS = 2
"""The first whole reps of a set replace the unloaded curl as the measure of a full range."""


class CountChange(Enum):
    """The reasons why a movement is counted otherwise offline than live."""

    SEEN_LATER = auto()
    """A rep was found only offline."""
    WHOLE = auto()
    """A rep that looked partial was a whole one."""
    PARTIAL = auto()
    """A rep that was counted fell short."""
    NONE = auto()
    """The counted movement was no rep."""


@dataclass(frozen=True, slots=True)
class CountDifference:
    """A rep that is counted live or offline only."""

    rep: Rep
    """The offline rep if it was added, else the live one."""
    why: CountChange
    """Why it is counted otherwise."""

    @property
    def added(self) -> bool:
        """Whether it was added to the count."""
        return self.why in (CountChange.SEEN_LATER, CountChange.WHOLE)


@dataclass(frozen=True, slots=True)
class Recount:
    """The live count of a set beside the final one."""

    live: int
    """Reps that were counted while the set ran."""
    final: int
    """Reps that are counted offline."""
    differences: tuple[CountDifference, ...]
    """The reps that make the difference, in order of time."""


@dataclass(frozen=True, slots=True)
class FinishedSet:
    """A set that is over, with its final verdicts and numbers."""

    t_start: float
    """Its start, s."""
    t_end: float
    """Its end, s."""
    target: Target
    """The target of its reps."""
    verdicts: tuple[Verdict, ...]
    """The offline verdicts."""
    metrics: SetMetrics
    """The numbers of the set."""
    recount: Recount
    """The change of the count when the set was over."""
    angles: AngleBlock | None = field(default=None, compare=False, repr=False)
    """The angles by which it was judged, for its picture; None where they are not kept."""

    @property
    def t(self) -> float:
        """When that was known, s."""
        return self.t_end


def reference_rom(reps: Sequence[Rep], unloaded: float | None) -> float | None:
    """Return the full range of a set, rad: the median of its first two reps, else ``unloaded``."""
    whole = [rep.rom for rep in counted(reps)][:REFERENCE_REPS]
    return float(np.median(whole)) if len(whole) == REFERENCE_REPS else unloaded


def judge_reps(
    reps: Sequence[Rep], angles: AngleBlock, target: Target, quality: Sequence[DataQuality]
) -> tuple[Verdict, ...]:
    """Return a verdict for each of ``reps``, with one ``quality`` for each rep.

    In a set that asks for nothing, nothing is judged and there is no reason.

    Parameters
    ----------
    reps
        All reps of a set.
    angles
        Those of the whole set, with a second before it.
    target
        The target that they are judged against. Its range is that of an unloaded rep; as live, each rep is judged
        by the range that the reps before it show.
    quality
        The quality of the data of each rep.
    """
    verdicts = tuple(
        judge(rep, angles, _learned(target, reps[:index]), known)
        for index, (rep, known) in enumerate(zip(reps, quality, strict=True))
    )
    if target.tempo is None and target.lower is None:
        return tuple(replace(v, grade=Grade.NOT_JUDGED, reason=None) for v in verdicts)
    return verdicts


def _learned(target: Target, reps: Sequence[Rep]) -> Target:
    """Return ``target`` with the range that ``reps`` show, if they are enough."""
    return replace(target, reference_rom=reference_rom(reps, target.reference_rom))


def judge_finished_set(
    live: Sequence[Verdict],
    span: tuple[float, float],
    angles: AngleBlock,
    target: Target,
    quality: DataQuality,
    *,
    reference_rom_deg: float | None,
    load_kg: float | None,
    own: RepLimits = LEG_CURL_LIMITS,
) -> FinishedSet:
    """Judge a set that is over, offline.

    Parameters
    ----------
    live
        The verdicts on its reps while it ran.
    span
        Its start and end in s.
    angles
        Those of the whole set, with a second before it.
    target
        The target of its reps; the range is learned again, from the reps found here.
    quality
        What is known of the data.
    reference_rom_deg
        The range of an unloaded rep, the same as live; None if not known.
    load_kg
        The load, None if unknown.
    own
        The limits of the exercise.
    """
    reps = segment(angles, reference_rom_deg, sets=[span], dropouts=quality.dropouts, own=own)
    unloaded = None if reference_rom_deg is None else math.radians(reference_rom_deg)
    target = replace(target, reference_rom=unloaded)
    verdicts = judge_reps(reps, angles, target, [quality] * len(reps))
    return FinishedSet(
        *span,
        target=_learned(target, reps),
        verdicts=verdicts,
        metrics=set_metrics(verdicts, load_kg),
        recount=recount([verdict.rep for verdict in live], reps),
        angles=slice_block(angles, 0, int(np.searchsorted(angles.t, span[1], side="right"))),
    )


def recount(live: Sequence[Rep], final: Sequence[Rep]) -> Recount:
    """Compare the counts of the ``live`` and the ``final`` reps of one set."""
    differences = []
    unmatched = counted(live)
    for rep in counted(final):
        # Compared rep by rep: equal counts may hide one that was lost and one that was added.
        same = next((one for one in unmatched if _overlap(one, rep)), None)
        if same is not None:
            unmatched.remove(same)
            continue
        was_partial = any(one.partial and _overlap(one, rep) for one in live)
        differences.append(
            CountDifference(rep, CountChange.WHOLE if was_partial else CountChange.SEEN_LATER)
        )
    for rep in unmatched:
        is_partial = any(one.partial and _overlap(one, rep) for one in final)
        differences.append(
            CountDifference(rep, CountChange.PARTIAL if is_partial else CountChange.NONE)
        )
    differences.sort(key=lambda one: one.rep.t_begin)
    return Recount(len(counted(live)), len(counted(final)), tuple(differences))


def _overlap(one: Rep, other: Rep) -> bool:
    """Return whether each has its top within the other."""
    return (
        # By the tops: the boundaries of the same rep differ between live and offline.
        one.t_begin <= other.t_ecc <= one.t_over or other.t_begin <= one.t_ecc <= other.t_over
    )

"""The spoken summary of a set: count, time of the lowering, the two commonest faults and their reps."""

import math
from collections.abc import Sequence

from processing.coach.speech import SILENCE, PauseMark, Phrase, Speech, listed, speech_s, tenths
from processing.judge.checks import Grade
from processing.judge.reasons import Correction, Fault
from processing.judge.set_metrics import SetMetrics
from processing.judge.verdict import Verdict

LIMIT_S = 8.0
"""A summary is shorter than this: the person lies face down and wants to rest."""
FAULTS_NAMED = 2
"""More faults than this are no help before the next set."""
REPS_NAMED = 3
"""The reps of a fault are named up to this many, and counted beyond."""


def summary(verdicts: Sequence[Verdict], metrics: SetMetrics, *, heights: bool = False) -> Speech:
    """Return the spoken summary of a set, shorter than :data:`LIMIT_S`.

    The count comes first, then the mean time of the lowering, then the two commonest faults and
    their reps. If not all of it fits, the time is left out first, then the second fault. With
    ``heights`` the mean height of the reps follows the count, and is never left out.
    """
    if metrics.reps == 0:
        return (Phrase.NO_REPS,)
    words: Speech = (metrics.reps, Phrase.REP if metrics.reps == 1 else Phrase.REPS)
    if metrics.judged:
        words = (*words, PauseMark.COMMA, metrics.good, Phrase.GOOD)
    # Free training has no reasons either, but nothing was to be judged there.
    elif any(verdict.reason is not None for verdict in verdicts):
        return (*words, PauseMark.COMMA, Correction.NOT_JUDGED)
    if heights and metrics.rom_mean is not None:
        height = round(math.degrees(metrics.rom_mean))
        words = (*words, PauseMark.COMMA, Phrase.HEIGHT, height, Phrase.DEGREES)
    faults, lowering = _commonest_faults(verdicts), _lowering(metrics.eccentric_mean_s)
    for parts in ((lowering, *faults), faults, (lowering, *faults[:1]), faults[:1], (lowering,)):
        longer = words
        for part in parts:
            longer = (*longer, PauseMark.COMMA, *part) if part else longer
        if speech_s(longer) < LIMIT_S:
            return longer
    return words


def _lowering(mean_s: float | None) -> Speech:
    return SILENCE if mean_s is None else (Phrase.LOWERING, tenths(mean_s), Phrase.SECONDS)


def _commonest_faults(verdicts: Sequence[Verdict]) -> tuple[Speech, ...]:
    """Return the most frequent faults with their reps, misses before near ones."""
    by_fault: dict[Fault, list[Verdict]] = {}
    whole = [v for v in verdicts if not v.rep.partial and v.reason is not None]
    missed = [v for v in whole if v.grade is Grade.MISS]
    for verdict in missed or [v for v in whole if v.grade is Grade.NEAR]:
        if verdict.reason is not None and verdict.reason.fault is not None:
            by_fault.setdefault(verdict.reason.fault, []).append(verdict)
    commonest = sorted(by_fault.items(), key=lambda item: -len(item[1]))[:FAULTS_NAMED]
    return tuple((fault, *_on_reps([v.rep.number for v in guilty])) for fault, guilty in commonest)


def _on_reps(numbers: Sequence[int]) -> Speech:
    """Return which reps, or how many: "on rep eight" must not sound like eight reps."""
    if len(numbers) == 1:
        return (Phrase.ON_REP, numbers[0])
    if len(numbers) <= REPS_NAMED:
        return (Phrase.ON_REPS, *listed(numbers))
    return (PauseMark.COMMA, len(numbers), Phrase.TIMES)

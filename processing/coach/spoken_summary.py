"""The spoken summary of a set: count, the commonest fault and its reps, the time of the lowering."""

from collections.abc import Sequence

from processing.coach.speech import SILENCE, PauseMark, Phrase, Speech, listed, speech_s, tenths
from processing.judge.checks import Grade
from processing.judge.reasons import Correction, Fault
from processing.judge.set_metrics import SetMetrics
from processing.judge.verdict import Verdict

LIMIT_S = 8.0
"""A summary is shorter than this: the person lies face down and wants to rest."""
REPS_NAMED = 3
"""The reps of a fault are named up to this many, and counted beyond."""


def summary(verdicts: Sequence[Verdict], metrics: SetMetrics) -> Speech:
    """Return the spoken summary of a set, shorter than :data:`LIMIT_S`.

    The count comes first, then the commonest fault and its reps, then the mean time of the
    lowering; what does not fit is left out from the end.
    """
    if metrics.reps == 0:
        return (Phrase.NO_REPS,)
    words: Speech = (metrics.reps, Phrase.REP if metrics.reps == 1 else Phrase.REPS)
    if metrics.judged:
        words = (*words, PauseMark.COMMA, metrics.good, Phrase.GOOD)
    # Free training has no reasons either, but nothing was to be judged there.
    elif any(verdict.reason is not None for verdict in verdicts):
        return (*words, PauseMark.COMMA, Correction.NOT_JUDGED)
    for part in (_commonest_fault(verdicts), _lowering(metrics.eccentric_mean_s)):
        longer = (*words, PauseMark.COMMA, *part)
        if part and speech_s(longer) < LIMIT_S:
            words = longer
    return words


def _lowering(mean_s: float | None) -> Speech:
    return SILENCE if mean_s is None else (Phrase.LOWERING, tenths(mean_s), Phrase.SECONDS)


def _commonest_fault(verdicts: Sequence[Verdict]) -> Speech:
    """Return the most frequent fault and its reps, misses before near ones."""
    by_fault: dict[Fault, list[Verdict]] = {}
    whole = [v for v in verdicts if not v.rep.partial and v.reason is not None]
    missed = [v for v in whole if v.grade is Grade.MISS]
    for verdict in missed or [v for v in whole if v.grade is Grade.NEAR]:
        if verdict.reason is not None and verdict.reason.fault is not None:
            by_fault.setdefault(verdict.reason.fault, []).append(verdict)
    if not by_fault:
        return SILENCE
    fault, guilty = max(by_fault.items(), key=lambda item: len(item[1]))
    numbers = [verdict.rep.number for verdict in guilty]
    reps = (len(numbers),) if len(numbers) > REPS_NAMED else listed(numbers)
    return (fault, Phrase.ON, *reps)

"""What to change the next time: the coach's own rules, applied to the sets of a session. No Qt."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from processing.coach.loads import Athlete, RepsAtLoad, guarded, suggest_load
from processing.coach.protocol import Protocol
from processing.coach.set_fields import read_number
from processing.coach.supramaximal import admitted
from processing.judge.checks import Grade
from processing.judge.reasons import Fault, Reason
from processing.judge.verdict import Verdict
from processing.review.judged_sets import JudgedSet


class LoadChange(Enum):
    """The change of the load against the last set of its kind."""

    MORE = auto()
    """All reps of the range, and some more would have been possible."""
    SAME = auto()
    LESS = auto()
    """Fewer reps than the range begins with."""


@dataclass(frozen=True, slots=True)
class NextTime:
    """The load of the next time, and the one thing to change."""

    load_kg: float | None = None
    """Load of the first set, kg; None if the coach knows none."""
    change: LoadChange = LoadChange.SAME
    """Its change."""
    fault: Reason | None = None
    """A reason of the commonest fault; None if there was no fault."""


def next_time(
    sets: Sequence[JudgedSet], protocol: Protocol | None, athlete: Athlete | None
) -> NextTime:
    """Return what to change the next time.

    Parameters
    ----------
    sets
        The judged sets of the session.
    protocol, athlete
        The protocol and the person as the session began with them; None if it had no coach.
    """
    fault = commonest_fault([v for s in sets for v in s.verdicts])
    if protocol is None or athlete is None:
        return NextTime(fault=fault)
    asked = guarded(admitted(protocol, athlete), athlete).prescription(0)
    done = [_reps_at_load(judged) for judged in sets]
    last = next((s for s in reversed(done) if s.type is asked.type), None)
    if last is None or last.load_kg is None:
        return NextTime(fault=fault)
    if asked.to_failure:
        # Such a set is repeated at the same load, so that its reps can be compared.
        return NextTime(last.load_kg, fault=fault)
    load_kg, _ = suggest_load(asked, athlete, done, None)
    change = LoadChange.SAME
    if load_kg is not None and load_kg != last.load_kg:
        change = LoadChange.MORE if load_kg > last.load_kg else LoadChange.LESS
    return NextTime(load_kg, change, fault)


def commonest_fault(verdicts: Sequence[Verdict]) -> Reason | None:
    """Return the reason of the first rep with the commonest fault, of the misses before the near ones."""
    for grade in (Grade.MISS, Grade.NEAR):
        firsts: dict[Fault, Reason] = {}
        counts: Counter[Fault] = Counter()
        for verdict in verdicts:
            reason = verdict.reason
            if verdict.rep.partial or verdict.grade is not grade or reason is None:
                continue
            if reason.fault is not None:
                counts[reason.fault] += 1
                firsts.setdefault(reason.fault, reason)
        if counts:
            return firsts[counts.most_common(1)[0][0]]
    return None


def _reps_at_load(judged: JudgedSet) -> RepsAtLoad:
    planned = read_number(judged.source.prescription.get("planned_reps"))
    return RepsAtLoad(
        type=judged.type,
        reps=judged.metrics.reps,
        planned_reps=0 if planned is None else round(planned),
        load_kg=judged.load_kg,
        reserve=judged.reserve,
    )

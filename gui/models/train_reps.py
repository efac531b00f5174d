"""The reps of a set for Train: those done, the running one, those to come. No Qt."""

import math

from gui.models.train_plan import PlannedSet, TrainPlan
from gui.models.train_set import LiveSet
from gui.models.train_view import RepView, SetProgress
from processing.judge.verdict import Verdict
from processing.types import Phase


def set_view(
    current: LiveSet | None, plan: TrainPlan, phase: Phase | None, phase_s: float
) -> SetProgress:
    """Return a set with its reps; the first planned one if there is none yet.

    Parameters
    ----------
    current
        The set, running or over.
    plan
        The prescriptions of the session.
    phase
        The phase of the rep that has begun; None between reps.
    phase_s
        Time since the phase began.
    """
    sets = plan.protocol.planned_sets
    if current is None:
        planned = plan.planned(1)
        coming = tuple(RepView(n) for n in range(1, planned.reps + 1))
        return SetProgress(1, sets, 0, planned.reps, 0, 0, planned.load, coming)
    planned = plan.planned(current.number)
    return SetProgress(
        current.number,
        sets,
        current.count,
        planned.reps,
        current.good,
        current.judged,
        planned.load,
        rep_views(current, planned, phase, phase_s),
        current.recount,
        current.lowering_s,
    )


def rep_views(
    current: LiveSet, planned: PlannedSet, phase: Phase | None, phase_s: float
) -> tuple[RepView, ...]:
    """Return the reps of a set.

    Parameters
    ----------
    current
        The set, running or over.
    planned
        Its prescription.
    phase
        The phase of the rep that has begun; None between reps.
    phase_s
        Time since the phase began.
    """
    tempo = planned.prescription.tempo
    target_s = tempo.eccentric_s if tempo is not None else 0.0
    views = [_done(verdict, target_s) for verdict in current.verdicts]
    number = current.count
    if current.t_end is None and phase is not None:
        number += 1
        elapsed_s = phase_s if phase is Phase.ECCENTRIC else None
        views.append(RepView(number, phase=phase, lowering_s=elapsed_s, target_s=target_s))
    return (*views, *(RepView(coming) for coming in range(number + 1, planned.reps + 1)))


def _done(verdict: Verdict, target_s: float) -> RepView:
    rep, ankle = verdict.rep, verdict.measures.ankle_ecc
    return RepView(
        rep.number,
        verdict.grade,
        rep.partial,
        lowering_s=verdict.measures.eccentric_s,
        target_s=target_s,
        ankle_deg=math.degrees(ankle) if math.isfinite(ankle) else None,
        range_deg=math.degrees(verdict.measures.rom),
        reason=verdict.reason,
        noticed_t=rep.noticed_t,
    )

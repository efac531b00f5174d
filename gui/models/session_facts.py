"""The facts about how a session was measured: calibration, its age, and the ± of the angle. No Qt."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gui.models.notes import NoteKind
from gui.models.review import ReviewedSession
from processing.calibration.grade import CalibrationGrade, Remark, worst
from processing.judge.checks import Grade
from processing.judge.reasons import Reason
from processing.types import AngleBlock


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """The facts about how a session was measured, and what was noted in it."""

    calibrated: bool
    """Whether there was a calibration by marked movements, or a given one."""
    grade: CalibrationGrade | None
    """Grade of the calibration in force at the first set; None without one."""
    remarks: tuple[Remark, ...]
    """Why it is not better."""
    age_s: float | None
    """Its age at the first set, s; None where it is not known."""
    zeros: int
    """Number of times that the zero was taken again."""
    uncertainty_deg: float | None
    """Median of the stated uncertainty of the ankle angle in the sets, °; None without an angle."""
    unjudged: Mapping[Reason, int]
    """The first reason of each kind for which reps were not judged, with the number of such reps."""
    cramps: tuple[float, ...]
    """Times at which the person stopped for a cramp, s."""
    notes: tuple[tuple[float, str], ...]
    """The written notes with their times, s."""
    sensors: tuple[str, ...]
    """The makes of the sensors, each once."""


def session_facts(session: ReviewedSession) -> SessionFacts:
    """Return the facts about a session."""
    analysis = session.analysis
    first_t = min((s.source.t_start for s in session.sets), default=0.0)
    whole = [one for one in analysis.calibrated if one.whole]
    before = [one for one in whole if one.t <= first_t] or whole[:1]
    in_force = before[-1] if before else None
    marked = analysis.calibration_origin in ("marked movements", "given")
    age_s = None if in_force is None else max(first_t - in_force.t, 0.0)
    return SessionFacts(
        calibrated=marked and analysis.calibration is not None,
        grade=None if in_force is None else worst(in_force.remarks),
        remarks=() if in_force is None else in_force.remarks,
        # A calibration that was given was made at another time.
        age_s=age_s if analysis.calibration_origin == "marked movements" else None,
        zeros=sum(not one.whole for one in analysis.calibrated),
        uncertainty_deg=_uncertainty_deg(session, analysis.offline_angles),
        unjudged=_unjudged(session),
        cramps=tuple(n.t for n in session.notes if n.kind is NoteKind.CRAMP),
        notes=tuple((n.t, n.text) for n in session.notes if n.text),
        sensors=tuple(dict.fromkeys(info.family for info in analysis.header.sensors)),
    )


def _unjudged(session: ReviewedSession) -> Mapping[Reason, int]:
    """Return the number of reps that were not judged by the kind of their reason, which carry numbers."""
    firsts: dict[type[Reason], Reason] = {}
    counts: Counter[type[Reason]] = Counter()
    for verdict in (v for judged in session.sets for v in judged.verdicts):
        reason = verdict.reason
        if verdict.grade is Grade.NOT_JUDGED and reason is not None and not verdict.rep.partial:
            firsts.setdefault(type(reason), reason)
            counts[type(reason)] += 1
    return {firsts[kind]: count for kind, count in counts.most_common()}


def _uncertainty_deg(session: ReviewedSession, angles: AngleBlock) -> float | None:
    inside = np.zeros(len(angles.t), dtype=np.bool_)
    for judged in session.sets:
        inside |= (angles.t >= judged.source.t_start) & (angles.t <= judged.source.t_end)
    known = angles.uncertainty[inside & angles.valid]
    return math.degrees(float(np.median(known))) if known.size else None

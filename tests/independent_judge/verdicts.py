"""Verdicts on the reps of a set, each with its one reason.

Decisions where the specification leaves room:

* All of the tempo belongs to the verdict, the rest at the bottom too: the specification says when that
  rest is judged. It is unknown, and not judged, after the last rep of a set. In B it is never graded: what
  happens there is information only (B7), and the foot must turn back up in it before the next lift.
* "A note" has no place among good, near and miss, and is called neutral: it leaves the verdict alone.
* For targets under 2 s the green band reaches below the limit of a miss (E - 0.5 < 0.75 E); green wins.
* The reference range becomes the median of the first two valid reps from the third rep on; what is judged
  already stays.
* A1 has the place of the pointed hold in the order of the reasons: it is the hold of its set.
* The switch is where its dwell begins, and is looked for from the visible end of the lift on: the foot may
  change within the hold at the top, before the highest sample. Toes that are already pointed by then
  have switched at the top.
* phi_n of the lift is measured from the bottom before it, that of the lowering from the bottom after it.
* A partial rep has no verdict, since it is no rep of the set.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from tests.independent_judge.ankle_zone import Mask, dwells, in_zone, share
from tests.independent_judge.motions import Array
from tests.independent_judge.prescription import Prescription, SetKind
from tests.independent_judge.visible import VisibleRep, visible_reps

LONGEST_GAP_S = 0.1
"""Longest gap in a moving phase of a rep that is judged."""
EVEN_S = 0.25
"""Time over which the fastest part of a lowering is measured."""


TEMPO = ("lowering", "lift", "top", "bottom")
"""The checks of the tempo, the one that can be missed first."""


class Grade(IntEnum):
    """The grade of a check or of a rep, the better the smaller."""

    GOOD = 0
    """Green."""
    NEAR = 1
    """Neither green nor a miss."""
    MISS = 2
    """A miss."""
    NOT_JUDGED = 3
    """No verdict."""


ORDER = ("data", "range", "switch", "hold", "drop", *TEMPO, "up")
"""The reasons in the order in which one is chosen."""


@dataclass(frozen=True)
class JudgedRep:
    """A rep with its verdict."""

    rep: VisibleRep
    """The visible rep."""
    grade: Grade
    """Its verdict."""
    reason: str | None
    """The reason of :data:`ORDER`, None of a good rep; a lowering is "too fast" or "too slow"."""
    checks: dict[str, Grade]
    """The grade of each check."""


@dataclass(frozen=True)
class _Part:
    """The samples of one rep."""

    t: Array
    ankle: Array
    lifting: Mask
    lowering: Mask
    after_lift: Mask
    height: Array
    """phi_n, in the lift of the lift and from its end on of the lowering."""


def judge_set(
    t: Array,
    curl_deg: Array,
    ankle_deg: Array,
    prescription: Prescription,
    losses: Sequence[tuple[float, float]] = (),
) -> tuple[JudgedRep, ...]:
    """Return the verdicts on the valid reps of one set.

    Parameters
    ----------
    t
        Times in s within the set, evenly spaced by 0.01 s or less; shape (n,).
    curl_deg, ankle_deg
        True driving angle and true ankle angle (dorsiflexion positive) in deg, shape (n,).
    prescription
        The demands of the set.
    losses
        Start and end of each gap in the samples of a sensor, in s.
    """
    reps = visible_reps(t, curl_deg, prescription.reference_deg)
    valid = [rep for rep in reps if not rep.partial(prescription.reference_deg)]
    return judge_reps(t, curl_deg, ankle_deg, valid, prescription, losses)


def judge_reps(
    t: Array,
    curl_deg: Array,
    ankle_deg: Array,
    reps: Sequence[VisibleRep],
    prescription: Prescription,
    losses: Sequence[tuple[float, float]] = (),
) -> tuple[JudgedRep, ...]:
    """Return the verdicts on the given valid reps of one set; parameters as for :func:`judge_set`."""
    reference_deg = prescription.reference_deg
    judged = []
    for number, rep in enumerate(reps, 1):
        checks = rep_checks(t, curl_deg, ankle_deg, rep, prescription, reference_deg, losses)
        judged.append(_verdict(rep, checks, prescription))
        if number == 2:
            reference_deg = float(np.median([each.rom_deg for each in reps[:2]]))
    return tuple(judged)


def rep_checks(
    t: Array,
    curl_deg: Array,
    ankle_deg: Array,
    rep: VisibleRep,
    prescription: Prescription,
    reference_deg: float,
    losses: Sequence[tuple[float, float]] = (),
) -> dict[str, Grade]:
    """Return the grade of each check of one rep, by the names in :data:`ORDER`.

    Parameters
    ----------
    t, curl_deg, ankle_deg, prescription, losses
        As for :func:`judge_set`.
    rep
        The visible rep.
    reference_deg
        Reference range in force.
    """
    part = _part(t, curl_deg, ankle_deg, rep)
    checks = {
        "data": _data(rep, losses, prescription),
        "range": _falling(rep.rom_deg / reference_deg, 0.85, 0.70),
        "drop": _rising(evenness(t, curl_deg, rep), 2.5, 3.5),
        "lowering": lowering_grade(rep.lower_s, prescription.lower_s),
        "lift": lift_grade(rep.lift_s, prescription.lift_s),
        "top": pause_grade(rep.top_s, prescription.top_s),
    }
    if rep.t_next > rep.t_bottom and prescription.kind is not SetKind.UP_AND_DOWN:
        checks["bottom"] = pause_grade(rep.bottom_s, prescription.bottom_s)
    up = part.ankle - prescription.toes_up_deg
    pointed = prescription.pointed_deg - part.ankle
    if prescription.kind is not SetKind.UP_AND_DOWN:
        asked = up if prescription.kind is SetKind.DORSIFLEXED else pointed
        zone = in_zone(part.t, asked, prescription.hysteresis_deg)
        checks["hold"] = _falling(share(zone, part.lifting | part.lowering), 0.80, 0.60)
        return checks
    checks["up"] = _toes_up(part, pointed, prescription)
    entries = dwells(part.t, pointed, part.after_lift)
    if not entries:
        checks["switch"] = Grade.MISS
        return checks
    switch = entries[0]
    on_top = not part.lowering[switch]
    checks["switch"] = _falling(1.0 if on_top else float(part.height[switch]), 0.80, 0.65)
    zone = in_zone(part.t, pointed, prescription.hysteresis_deg)
    low = np.flatnonzero(part.lowering & (part.height < 0.10))
    held = np.zeros(part.t.size, dtype=np.bool_)
    held[switch : int(low[0]) if low.size else part.t.size] = True
    checks["hold"] = _falling(share(zone, held), 0.80, 0.60) if held.any() else Grade.GOOD
    return checks


def lowering_grade(seconds: float, target_s: float) -> Grade:
    """Return the grade of the duration of a lowering; slower than near is neutral."""
    if seconds < min(0.75 * target_s, target_s - 0.5):
        return Grade.MISS
    if seconds < target_s - 0.5:
        return Grade.NEAR
    slow = target_s + 1.5 < seconds <= min(2.0 * target_s, 8.0)
    return Grade.NEAR if slow else Grade.GOOD


def lift_grade(seconds: float, target_s: float | None) -> Grade:
    """Return the grade of the duration of a lift; beyond near is neutral."""
    off_s = seconds - 1.0 if target_s is None else abs(seconds - target_s)
    return Grade.NEAR if 0.5 < off_s <= 1.0 else Grade.GOOD


def pause_grade(seconds: float, target_s: float) -> Grade:
    """Return the grade of a pause, which may always be shorter; beyond near is neutral."""
    return Grade.NEAR if 0.5 < seconds - target_s <= 1.0 else Grade.GOOD


def evenness(t: Array, curl_deg: Array, rep: VisibleRep) -> float:
    """Return the fastest 250 ms of a lowering over 0.9-0.15 of its height, by its mean speed."""
    span = rep.high_deg - rep.end_deg
    height = (curl_deg - rep.end_deg) / span
    lowering = (t >= rep.t_lower) & (t <= rep.t_bottom)
    inside = np.flatnonzero(lowering & (height <= 0.9) & (height >= 0.15))
    if inside.size < 2:
        return 0.0
    at, angle = t[inside[0] : inside[-1] + 1], curl_deg[inside[0] : inside[-1] + 1]
    window = min(EVEN_S, float(at[-1] - at[0]))
    starts = at[at <= at[-1] - window + 1e-9]
    fallen = np.interp(starts, at, angle) - np.interp(starts + window, at, angle)
    return float(fallen.max() / window / (rep.rom_deg / rep.lower_s))


def _part(t: Array, curl_deg: Array, ankle_deg: Array, rep: VisibleRep) -> _Part:
    own = slice(*np.searchsorted(t, (rep.t_lift, rep.t_bottom)).tolist())
    at, curl = t[own], curl_deg[own]
    lifting, after_lift = at < rep.t_top, at >= rep.t_top
    lowering = at >= rep.t_lower
    bottom = np.where(lifting, rep.low_deg, rep.end_deg)
    height = (curl - bottom) / (rep.high_deg - bottom)
    return _Part(at, ankle_deg[own], lifting, lowering, after_lift, height)


def _data(
    rep: VisibleRep, losses: Sequence[tuple[float, float]], prescription: Prescription
) -> Grade:
    """Return whether the rep can be judged: no long gap in a moving phase, and a range to judge."""
    moving = ((rep.t_lift, rep.t_top), (rep.t_lower, rep.t_bottom))
    gap = any(
        stop - start > LONGEST_GAP_S and start < b and stop > a
        for start, stop in losses
        for a, b in moving
    )
    return Grade.NOT_JUDGED if gap or prescription.too_small else Grade.GOOD


def _toes_up(part: _Part, pointed: Array, prescription: Prescription) -> Grade:
    """Return the grade of the ankle in the lift (B1), with toes pointed too early (B0) as a miss."""
    rising = part.lifting & (part.height >= 0.15) & (part.height <= 0.85)
    if not rising.any() or dwells(part.t, pointed, rising):
        return Grade.MISS if rising.any() else Grade.GOOD
    median = float(np.median(part.ankle[rising]))
    return _falling(median, prescription.toes_up_deg, 0.0)


def _falling(value: float, green: float, near: float) -> Grade:
    """Return the grade of a value that has to be large."""
    return Grade.GOOD if value >= green else Grade.NEAR if value >= near else Grade.MISS


def _rising(value: float, green: float, near: float) -> Grade:
    """Return the grade of a value that has to be small."""
    return _falling(-value, -green, -near)


def _verdict(rep: VisibleRep, checks: dict[str, Grade], prescription: Prescription) -> JudgedRep:
    grade = max(checks.values())
    if grade is Grade.GOOD:
        return JudgedRep(rep, grade, None, checks)
    reason = next(name for name in ORDER if checks.get(name) is grade)
    if reason == "lowering":
        reason = "too slow" if rep.lower_s > prescription.lower_s else "too fast"
    return JudgedRep(rep, grade, reason, checks)

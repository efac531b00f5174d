"""The notes under a set: its plan, its sums, and what changed during it."""

import math
from collections.abc import Sequence

from msgspec import UNSET

from processing.exercises.exercise import LEG_CURL, Exercise
from processing.exercises.exercise_file import exercise_named
from processing.judge.set_metrics import CONTROL_LOSS_FLAG_PERCENT
from processing.output.summary_types import SessionSummary, SetSummary
from sensor.errors import ToepointError

SHORTENED_PERCENT = 10.0
"""A smaller loss of range at the end of a set is not reported."""
FADED_DEG = 5.0
"""A smaller change of the ankle is not reported: it is within the error of the angle."""

BROKE_SOONER_DEG = 5.0
"""A smaller change of the break point is not reported: it is within its error."""


def set_notes(training_set: SetSummary) -> list[str]:
    """Return the lines under the reps of a set of :func:`processing.output.summary.summarise`."""
    return [
        note
        for note in (
            _heights(training_set),
            _pace(training_set),
            _tempo(training_set),
            _load(training_set),
            _control(training_set),
            _course(training_set),
        )
        if note
    ]


def angle_name(exercise: str) -> str:
    """Return the name of the driving angle of an exercise, by its key."""
    known = known_exercise(exercise)
    if exercise == LEG_CURL:
        return "curl"
    return "its angle" if known is None else known.words_in("en").angle


def known_exercise(key: str) -> Exercise | None:
    """Return the exercise of this key; None if it is not known here."""
    try:
        return exercise_named(key)
    except ToepointError:
        # A recording may be of an exercise whose file is on another computer.
        return None


def session_line(sets: Sequence[SetSummary], session: SessionSummary) -> str:
    """Return the sums of two sets or more, the numbers of their session, and the self-reports."""
    # The sums of a single set stand under it already.
    done = [one for one in sets if one.count] if len(sets) > 1 else []
    reports = _self_reports(session)
    if len(done) < 2:
        return f"session: {reports}" if reports else ""
    judged = sum(one.count - one.not_judged for one in done)
    good = sum(one.good for one in done)
    volume = math.fsum(one.volume_kg or 0.0 for one in done)
    parts = [
        f"{len(done)} sets, {sum(one.count for one in done)} reps",
        f"{good} of {judged} good ({100.0 * good / judged:.0f} %)" if judged else "",
        ""
        if all(one.heights is not UNSET for one in done)
        else f"pointed while lowering {session.pointed_eccentric_s:.0f} s",
        f"{volume:g} kg moved" if volume else "",
        f"{session.density_percent:.0f} % of the time under tension",
        f"{sum(session.hard_sets.values())} hard" if session.hard_sets else "",
    ]
    ratio, gap = session.load_ratio, session.strength_gap_percent
    parts += [
        f"pointed at {ratio:.2f} of the toes-up load" if ratio is not None else "",
        f"1RM {gap:.0f} % lower pointed (estimate)" if gap is not None else "",
        reports,
    ]
    return "session: " + " · ".join(part for part in parts if part)


def _self_reports(session: SessionSummary) -> str:
    soreness, exertion, load = session.soreness, session.exertion, session.session_load
    parts = (
        f"soreness {soreness:g} of 10" if soreness is not None else "",
        f"effort {exertion:g} of 10, session load {load:.0f}" if exertion is not None else "",
    )
    return " · ".join(part for part in parts if part)


def _heights(training_set: SetSummary) -> str:
    """Return height times reps, the mean and the best height, and the loss at the end."""
    heights = training_set.heights
    if heights is UNSET or heights.work_index_deg is None:
        return ""
    mean, best, loss = heights.mean_deg, heights.best_deg, heights.loss_percent
    parts = (
        f"height × reps {heights.work_index_deg:.0f}°",
        f"mean height {mean:.0f}°" if mean is not None else "",
        f"best {best:.0f}°" if best is not None else "",
        f"{abs(loss):.0f} % {'lower' if loss > 0.0 else 'higher'} at the end"
        if loss is not None
        else "",
    )
    return " · ".join(part for part in parts if part)


def _pace(training_set: SetSummary) -> str:
    """Return how the reps kept to the metronome."""
    pace = training_set.pace
    if pace is UNSET or pace.per_minute is None:
        return ""
    return (
        f"pace {pace.per_minute:.1f} a minute, asked {pace.asked_per_minute:g} · "
        f"{pace.off} off the pace, {pace.missed} missed, {pace.kept} in the pace"
    )


def _tempo(training_set: SetSummary) -> str:
    mean, spread = training_set.eccentric_mean_s, training_set.eccentric_variation_percent
    if mean is None:
        return ""
    target = (training_set.tempo or "").partition("-")[0]
    return (
        f"lowering {mean:.1f} s on average"
        + (f", target {target} s" if target else "")
        + (f", ± {spread:.0f} %" if spread is not None else "")
    )


def _load(training_set: SetSummary) -> str:
    volume, eccentric = training_set.volume_kg, training_set.eccentric_volume_kgs
    if not volume:
        return ""
    planned = training_set.plan.get("planned_reps")
    # The plan comes from a recording, where ``true`` would be an int to Python.
    wanted = isinstance(planned, int) and not isinstance(planned, bool)
    done = f"{training_set.count} of {planned} planned reps" if wanted else ""
    reserve, one_rm = training_set.reserve, training_set.one_rm_kg
    parts = (
        done,
        f"{reserve:g} in reserve" if reserve is not None else "",
        f"{volume:g} kg moved",
        f"{eccentric:.0f} kg·s lowered",
        f"1RM {one_rm:.0f} kg (estimate)" if one_rm is not None else "",
    )
    return " · ".join(part for part in parts if part)


def _control(training_set: SetSummary) -> str:
    """Return in how many reps control of the lowering was lost, and at which angle."""
    angle, change = training_set.break_point_deg, training_set.break_change_deg
    if angle is None:
        return ""
    where = (
        f"control lost in {training_set.control_lost} of {training_set.control_known} reps, "
        f"at {angle:.0f}° of {angle_name(training_set.exercise)}"
    )
    if change is None or abs(change) <= BROKE_SOONER_DEG:
        return where
    return f"{where}, {abs(change):.0f}° {'sooner' if change > 0.0 else 'later'} at the end"


def _course(training_set: SetSummary) -> str:
    """Return how the end of the set differs from its beginning, if the difference is large enough."""
    loss, fade = training_set.control_loss_percent, training_set.ankle_fade_deg
    shorter = training_set.rom_loss_percent
    parts = []
    if loss is not None and loss > CONTROL_LOSS_FLAG_PERCENT:
        parts.append(f"lowered {loss:.0f} % faster than at first")
    # Of a heel raise the ankle is the height itself.
    if training_set.heights is UNSET and fade is not None and abs(fade) > FADED_DEG:
        parts.append(f"toes {abs(fade):.0f}° {'less pointed' if fade > 0 else 'further down'}")
    if shorter is not None and shorter > SHORTENED_PERCENT:
        parts.append(f"{shorter:.0f} % less range than the best rep")
    return "at the end: " + ", ".join(parts) if parts else ""

"""An analysis on the command line: words for people, degrees without a sign."""

import sys
from collections.abc import Sequence

from msgspec import UNSET
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gui.console.ranges import print_ranges
from gui.console.set_notes import known_exercise, session_line, set_notes
from gui.texts.catalogue import ENGLISH
from processing.exercises.exercise import LEG_CURL
from processing.output.summary_types import (
    AngleRemarkSummary,
    CalibrationSummary,
    ReferenceSummary,
    RepSummary,
    SetSummary,
    Summary,
)
from sensor.types import JsonValue

_SHAPES = {"good": "●", "note": "●", "near": "▲", "miss": "■", "not judged": "○"}
"""A shape for each verdict: not every terminal shows colours, and not everyone sees them."""
_TYPES = {"DF": "A, toes up", "PF": "A, toes pointed", "B": "B, up to lift, pointed to lower"}
_FILE_WIDTH = 1000
"""Columns of a table that goes to a file or another program, which wraps and cuts nothing."""


def plain_console() -> Console:
    """Return a console that prints names and addresses as they are.

    Brackets in a name are no markup and ``:AB:`` in an address is no emoji.
    """
    width = None if sys.stdout.isatty() else _FILE_WIDTH
    return Console(highlight=False, markup=False, emoji=False, width=width)


def ankle_words(angle_deg: float | None) -> str:
    """Return an ankle angle as people read it: ``32° pointed``, ``9° up``."""
    if angle_deg is None:
        return "–"
    # Rounded first: 0° has no direction.
    rounded = round(abs(angle_deg))
    if rounded == 0:
        return "0°"
    return f"{rounded}° {'up' if angle_deg > 0 else 'pointed'}"


def rate_words(rate_hz: float | None) -> str:
    """Return a rate as people read it; a short stream has none."""
    return "rate unknown" if rate_hz is None else f"{rate_hz:.2f} Hz"


def print_analysis(summary: Summary) -> None:
    """Print the summary of :func:`processing.output.summary.summarise` for a person."""
    out = plain_console()
    simulated = " · simulated data" if summary.simulated else ""
    out.print(Text(_duration(summary.duration_s), "bold") + simulated)
    for sensor in summary.sensors:
        out.print(
            f"{sensor.segment:5} {sensor.name or sensor.family}: "
            f"{sensor.received_samples} samples, {rate_words(sensor.rate_hz)}, "
            f"{sensor.lost_samples} lost"
            + (f", {sensor.malformed_messages} malformed" * bool(sensor.malformed_messages))
        )
    _print_calibration(out, summary.calibration)
    for problem in summary.problems:
        out.print(Text("note:", "yellow") + f" {problem}")
    _print_remarks(out, summary.angle_remarks)
    for training_set in summary.sets:
        _print_set(out, training_set)
    print_ranges(out, summary.ranges)
    if not summary.sets and not summary.ranges:
        out.print("\nno sets: nothing was marked as one, and no movement looks like one")
    if line := session_line(summary.sets, summary.session):
        out.print(f"\n{line}")
    _print_reference(out, summary.reference)


def _print_remarks(out: Console, remarks: Sequence[AngleRemarkSummary]) -> None:
    """Print each flag of the ankle angle once: how long it held, and from when."""
    for flag in dict.fromkeys(remark.flag for remark in remarks):
        own = [remark for remark in remarks if remark.flag == flag]
        seconds = sum(remark.t_end_s - remark.t_start_s for remark in own)
        most = max(remark.value_deg for remark in own)
        out.print(
            Text("note:", "yellow")
            + f" {flag} for {seconds:.0f} s, first at {own[0].t_start_s:.0f} s, "
            f"up to {most:.0f}°: {own[0].advice}"
        )


def _print_calibration(out: Console, calibration: CalibrationSummary) -> None:
    grade = "" if calibration.grade is UNSET else f", {calibration.grade}"
    out.print(f"calibration: {calibration.origin}{grade}")
    if calibration.knee is True:
        out.print("knee angle and reps from the sensor on the thigh")
    if calibration.neutral_deg:
        out.print(f"the still pose was set to {calibration.neutral_deg:+.1f}°")
    for remark in calibration.remarks or ():
        out.print(Text("note:", "yellow") + f" {remark}")


def _print_set(out: Console, training_set: SetSummary) -> None:
    head = Text(f"\nSet {training_set.number}", "bold")
    if training_set.exercise != LEG_CURL:
        head += Text(f" · {training_set.exercise.replace('_', ' ')}")
    if not training_set.reps:
        out.print(head + ": no reps")
        return
    out.print(head + f" · {_plan(training_set)}" if _plan(training_set) else head)
    out.print(_counts(training_set))
    raises = training_set.heights is not UNSET
    lowering = f"{training_set.eccentric_time_s:.1f} s"
    out.print(
        (
            f"lowering {lowering}"
            if raises
            else f"pointed while lowering {training_set.pointed_eccentric_s:.1f} s of {lowering}"
        )
        + f" · under tension {training_set.time_under_tension_s:.1f} s"
    )
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    # Of an exercise of one's own, nothing but its key stands in the summary.
    ranges = "curl" if training_set.exercise == LEG_CURL else "range"
    own = ("height", "of best") if raises else (ranges, "lifting", "lowering")
    for name in ("rep", "at s", "lift", "hold", "lower", *own):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("", no_wrap=True)
    for rep in training_set.reps:
        table.add_row(*_rep_cells(rep, raises=raises))
    out.print(table)
    # Reasons stand below the table, which then fits into eighty columns.
    for rep in training_set.reps:
        if rep.reason:
            what = "partial rep" if rep.partial else f"rep {rep.number}"
            out.print(f"  {what}: {rep.reason}")
    for note in set_notes(training_set):
        out.print(f"  {note}")


def _plan(training_set: SetSummary) -> str:
    plan = training_set.plan
    load = plan.get("load_kg")
    return " · ".join(
        part
        for part in (
            _TYPES.get(training_set.type, ""),
            _load_words(load, training_set.exercise),
            *_variant(training_set),
            f"tempo {training_set.tempo}" if training_set.tempo else "",
        )
        if part
    )


def _variant(training_set: SetSummary) -> list[str]:
    """Return the words of the variant of a built-in exercise; the summary does not hold those of others."""
    exercise = known_exercise(training_set.exercise)
    found = {} if exercise is None else exercise.variants.read(training_set.plan)
    return [ENGLISH.exercises.variant(name, value) for name, value in found.items()]


def _load_words(load: JsonValue, exercise: str) -> str:
    """Return the load of a set; the bodyweight where nothing is added to it."""
    # A bool is an int to Python, but no load.
    if isinstance(load, bool) or not isinstance(load, int | float):
        return ""
    known = known_exercise(exercise)
    if known is None or not known.lifts_body:
        return f"{load:g} kg"
    return f"+{load:g} kg" if load else "bodyweight"


def _counts(training_set: SetSummary) -> str:
    count, live = training_set.count, training_set.live_count
    quality = training_set.quality_percent
    return (
        f"{count} reps"
        + (f" (live count {live})" if live != count else "")
        + (f", {training_set.good} good ({quality:.0f} %)" if quality is not None else "")
        + (f", {training_set.partial} partial" if training_set.partial else "")
        + (f", {training_set.not_judged} not judged" if training_set.not_judged else "")
    )


def _rep_cells(rep: RepSummary, *, raises: bool) -> Sequence[str]:
    verdict = "partial" if rep.partial else rep.verdict
    toes = ankle_words(rep.ankle_concentric_deg), ankle_words(rep.ankle_eccentric_deg)
    of_best = "–" if rep.best_percent is UNSET else f"{rep.best_percent:.0f} %"
    return (
        "–" if rep.partial else str(rep.number),
        f"{rep.t_start_s:.1f}",
        f"{rep.concentric_s:.1f}",
        f"{rep.top_s:.1f}",
        f"{rep.eccentric_s:.1f}",
        f"{rep.rom_deg:.0f}°" if rep.rom_deg is not None else "–",
        *((of_best,) if raises else toes),
        f"{_SHAPES[rep.verdict]} {verdict}",
        rep.spoken,
    )


def _print_reference(out: Console, reference: ReferenceSummary | None) -> None:
    if reference is None:
        return
    for name, error in (("live", reference.causal), ("offline", reference.offline)):
        if error is not None:
            turned = " (sign turned)" if error.sign < 0 else ""
            out.print(
                f"against the reference, {name}: RMSE {error.rmse_deg:.2f}°, "
                f"constant offset {error.offset_deg:.1f}° removed{turned}"
            )


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"

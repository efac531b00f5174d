"""A session as a picture and a small HTML page that opens anywhere and needs no network."""

import html
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from processing.exercises.exercise import LEG_CURL, Driving
from processing.judge.break_point import BreakPoint, Control
from processing.judge.set_metrics import SetMetrics
from processing.judge.verdict import Verdict
from processing.output.report_ranges import ranges_section
from processing.output.wording import Wording
from processing.review.analysis import Analysis
from processing.review.judged_sets import JudgedSet, judge_sets
from processing.review.training_sets import TrainingSet
from processing.types import AngleBlock, Rep, counted, slice_block
from sensor.errors import RecordingError, RecordingFault
from sensor.private_files import write_private

GROUND, PANEL, EDGE, TEXT, MUTED = "#0F1318", "#171D24", "#2A333E", "#EEF2F6", "#93A3B5"
"""Colours of the window's dark theme, so that the picture looks the same."""
TOES_UP, TOES_POINTED = "#E69F00", "#56B4E9"
"""Orange and sky blue of Okabe and Ito, which colour-blind people can tell apart."""
LEAD_S = 2.0
"""Time before the first rep and after the last that is drawn, s."""


def draw_set(analysis: Analysis, judged: JudgedSet) -> Figure:
    """Draw one set: ankle and curl over time with the phases, and ankle against curl.

    A line each shows where toes up and toes pointed begin.

    Parameters
    ----------
    analysis
        The analysis of the recording; its offline angles are drawn.
    judged
        The set.
    """
    training_set = judged.source
    # Not through pyplot: that would keep every figure, and look for a screen.
    figure = Figure(figsize=(12.8, 6.4), dpi=100, facecolor=GROUND, layout="constrained")
    grid = figure.add_gridspec(2, 2, width_ratios=(2.1, 1), height_ratios=(1.35, 1))
    ankle_axes = figure.add_subplot(grid[0, 0])
    curl_axes = figure.add_subplot(grid[1, 0], sharex=ankle_axes)
    loop_axes = figure.add_subplot(grid[:, 1])
    angles = _around(analysis.offline_angles, training_set)
    t = angles.t - training_set.t_start
    # NaN leaves a gap in the line; a line across it would show angles that nobody measured.
    ankle = np.where(angles.valid, np.degrees(angles.ankle), np.nan)
    curl = np.where(angles.driving_valid, np.degrees(angles.driving), np.nan)

    _style(ankle_axes, "Ankle", "toes up above 0, pointed below")
    _shade_phases(ankle_axes, training_set)
    ankle_axes.plot(t, ankle, color=TEXT, linewidth=1.4)
    ankle_axes.axhline(0.0, color=MUTED, linewidth=0.6)
    bands = judged.target.bands
    ankle_drives = training_set.exercise.driving is Driving.PLANTARFLEXION
    for axes in () if ankle_drives else (ankle_axes, loop_axes):
        for limit, color in ((bands.dorsiflexed, TOES_UP), (bands.plantarflexed, TOES_POINTED)):
            axes.axhline(np.degrees(limit), color=color, linewidth=1.0, linestyle=(0, (4, 4)))
    angle_name = _angle_name(analysis, judged)
    _style(curl_axes, angle_name.capitalize(), "degrees from start")
    curl_axes.plot(t, curl, color=TEXT, linewidth=1.4)
    curl_axes.set_xlabel("s since the set began", color=MUTED)
    if ankle_drives:
        _draw_heights(loop_axes, angles, training_set.reps, angle_name)
    else:
        _draw_loops(loop_axes, angles, judged, angle_name)
    simulated = " · simulated data" if analysis.header.simulated else ""
    figure.suptitle(
        f"Set {training_set.number} · {len(counted(training_set.reps))} reps{simulated}",
        color=TEXT,
        x=0.01,
        ha="left",
        fontweight="bold",
    )
    return figure


def write_report(
    folder: Path, analysis: Analysis, title: str, wording: Wording
) -> tuple[Path, Path]:
    """Write ``report.html`` and ``set.png`` into ``folder``; return their paths.

    Raises
    ------
    RecordingError
        If the folder cannot be written.
    """
    page, picture = folder / "report.html", folder / "set.png"
    sets = [s for s in judge_sets(analysis) if s.verdicts]
    try:
        if sets:
            drawn = io.BytesIO()
            draw_set(analysis, sets[0]).savefig(drawn, format="png", facecolor=GROUND)
            write_private(picture, drawn.getvalue())
        write_private(page, _page(analysis, sets, title, wording))
    except OSError as error:
        raise RecordingError(
            folder, RecordingFault.NOT_WRITABLE, f"cannot be written: {error.strerror}"
        ) from error
    return page, picture


def _around(angles: AngleBlock, training_set: TrainingSet) -> AngleBlock:
    reps = training_set.reps
    t_start = reps[0].t_begin - LEAD_S if reps else training_set.t_start
    t_end = reps[-1].t_end + LEAD_S if reps else training_set.t_end
    first = int(np.searchsorted(angles.t, t_start))
    last = int(np.searchsorted(angles.t, t_end))
    return slice_block(angles, first, last)


def _style(axes: Axes, title: str, unit: str) -> None:
    axes.set_facecolor(PANEL)
    axes.set_title(title, color=TEXT, loc="left", fontsize=11, fontweight="bold")
    axes.set_title(unit, color=MUTED, loc="right", fontsize=9)
    axes.tick_params(colors=MUTED, length=0)
    # No sign: on screen an angle is named by up and pointed, never by plus and minus.
    axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}°")
    axes.grid(axis="y", color=EDGE, linewidth=0.8)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _shade_phases(axes: Axes, training_set: TrainingSet) -> None:
    for rep in training_set.reps:
        # A partial rep is kept and shown, but it does not count.
        opacity = 0.08 if rep.partial else 0.18
        since = training_set.t_start
        axes.axvspan(rep.t_start - since, rep.t_top - since, color=TOES_UP, alpha=opacity, lw=0)
        axes.axvspan(
            rep.t_ecc - since, rep.t_bottom - since, color=TOES_POINTED, alpha=opacity, lw=0
        )


def _draw_loops(axes: Axes, angles: AngleBlock, judged: JudgedSet, angle_name: str) -> None:
    """Draw the ankle against the driving angle, one loop a rep."""
    _style(axes, f"Ankle against {angle_name}, all reps", "")
    axes.set_xlabel(f"{angle_name}, degrees", color=MUTED)
    for rep in counted(judged.source.reps):
        _draw_loop(axes, angles, rep)
    _mark_break_points(axes, angles, judged.verdicts)
    axes.axhline(0.0, color=MUTED, linewidth=0.6)
    for height, word, color in ((0.60, "lifting", TOES_UP), (0.55, "lowering", TOES_POINTED)):
        axes.text(0.04, height, word, color=color, transform=axes.transAxes)


def _draw_heights(axes: Axes, angles: AngleBlock, reps: Sequence[Rep], angle_name: str) -> None:
    """Draw the height of each rep over the time since its lowering began: a drop is a steep fall."""
    _style(axes, f"{angle_name.capitalize()} of all reps", "")
    axes.set_xlabel("s since the lowering began", color=MUTED)
    for rep in counted(reps):
        inside = (angles.t >= rep.t_start) & (angles.t <= rep.t_bottom) & angles.both_valid
        if not inside.any():
            continue
        bottom = float(angles.driving[inside].max()) - rep.rom
        for part, color in (
            (angles.t <= rep.t_ecc, TOES_UP),
            (angles.t >= rep.t_ecc, TOES_POINTED),
        ):
            own = inside & part
            height = np.degrees(angles.driving[own] - bottom)
            axes.plot(angles.t[own] - rep.t_ecc, height, color=color, linewidth=1.1, alpha=0.8)


def _draw_loop(axes: Axes, angles: AngleBlock, rep: Rep) -> None:
    for t_start, t_end, color in (
        (rep.t_start, max(rep.t_ecc, rep.t_top), TOES_UP),
        (rep.t_ecc, rep.t_bottom, TOES_POINTED),
    ):
        part = (angles.t >= t_start) & (angles.t <= t_end) & angles.both_valid
        axes.plot(
            np.degrees(angles.driving[part]),
            np.degrees(angles.ankle[part]),
            color=color,
            linewidth=1.1,
            alpha=0.8,
        )


def _mark_break_points(axes: Axes, angles: AngleBlock, verdicts: Sequence[Verdict]) -> None:
    """Mark where control of each lowering is lost."""
    lost = [v.measures.break_point.t for v in verdicts if not v.rep.partial]
    t = [one for one in lost if one is not None]
    if not t or not angles.t.size:
        return
    curl, ankle = (np.interp(t, angles.t, np.degrees(a)) for a in (angles.driving, angles.ankle))
    axes.plot(curl, ankle, "x", color=TEXT, markersize=7)
    axes.text(0.04, 0.50, "× control lost", color=TEXT, transform=axes.transAxes)


def _page(analysis: Analysis, sets: Sequence[JudgedSet], title: str, wording: Wording) -> str:
    drawn = "".join(_section(analysis, s, wording) for s in sets)
    simulated = '<p class="simulated">Simulated data</p>' if analysis.header.simulated else ""
    remarks = [
        *analysis.problems,
        *map(wording.exercise_trouble, analysis.exercise_troubles),
        *map(wording.angle_remark, analysis.angle_remarks),
    ]
    # Escaped, as every text of a recording is: it may come from anybody.
    notes = "".join(f"<p>{html.escape(p)}</p>" for p in remarks)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title><style>
body {{ background: {GROUND}; color: {TEXT}; font: 16px/1.5 system-ui, sans-serif;
  max-width: 1200px; margin: 2rem auto; padding: 0 1rem }}
svg {{ width: 100%; height: auto }} table {{ border-collapse: collapse; margin: 1rem 0 }}
td, th {{ padding: .25rem 1rem; text-align: right; border-bottom: 1px solid {EDGE} }}
th {{ color: {MUTED}; font-weight: normal }} .simulated {{ color: {TOES_UP} }}
footer {{ color: {MUTED}; margin-top: 3rem }}
</style></head><body>
<h1>{html.escape(title)}</h1>{simulated}
<p>{analysis.duration_s:.0f} s, calibrated from {html.escape(analysis.calibration_origin)}.</p>{notes}
{ranges_section(analysis.ranges, wording)}{drawn}
<footer>Angles from two inertial sensors; degrees of the ankle are positive with the toes up.
A training aid, not a medical device.</footer></body></html>
"""


def _section(analysis: Analysis, judged: JudgedSet, wording: Wording) -> str:
    picture = io.StringIO()
    draw_set(analysis, judged).savefig(picture, format="svg", facecolor=GROUND)
    # Drawn into the page, so that it stays one file and is sharp at any size.
    svg = picture.getvalue()
    numbers, name = judged.metrics, _angle_name(analysis, judged)
    quality = "–" if numbers.quality_percent is None else f"{numbers.quality_percent:.0f} %"
    rows = "".join(_row(verdict, wording) for verdict in judged.verdicts)
    return f"""<h2>Set {judged.number}</h2>
<p>{_headline(judged)} ·
{numbers.good} of {numbers.judged} judged reps good ({quality}) ·
{numbers.tension_s:.1f} s under tension{_control(numbers, name)}</p>
{svg[svg.index("<svg") :]}
<table><tr><th>rep</th><th>verdict</th><th>lift s</th><th>hold s</th><th>lower s</th><th>{html.escape(name)} °</th>
<th>ankle lifting °</th><th>ankle lowering °</th><th>pointed</th><th>control lost at °</th><th>why</th></tr>{rows}</table>"""


def _headline(judged: JudgedSet) -> str:
    """Return the first number of a set: of heel raises the work index, of others the pointed lowering."""
    numbers = judged.metrics
    work, mean, best = (
        None if angle is None else f"{np.degrees(angle):.0f}°"
        for angle in (numbers.work_index, numbers.rom_mean, numbers.rom_best)
    )
    if not judged.source.exercise.measures_height or work is None:
        lowered = f"of {numbers.eccentric_s:.1f} s"
        return f"{numbers.pointed_eccentric_s:.1f} s pointed while lowering, {lowered}"
    loss, pace = numbers.rom_fade_percent, numbers.pace
    parts = [f"height × reps {work} ({numbers.reps} reps, mean {mean}, best {best})"]
    if loss is not None:
        parts.append(f"height at the end {abs(loss):.0f} % {'less' if loss > 0 else 'more'}")
    if pace is not None and pace.per_minute is not None:
        parts.append(
            f"{pace.per_minute:.0f} a minute, asked {pace.asked_per_minute:.0f}: {pace.off} off the pace, "
            f"{pace.missed} missed, {pace.kept} in the pace"
        )
    return " · ".join(parts)


def _control(numbers: SetMetrics, angle_name: str) -> str:
    """Return in how many reps control was lost and where; empty where nothing is known of it."""
    points = numbers.break_points
    if not points.known:
        return ""
    median = ""
    if points.median is not None:
        median = f", at {np.degrees(points.median):.0f}° of {html.escape(angle_name)}"
    return f" · control lost in {points.lost} of {points.known} reps{median}"


def _break_point(point: BreakPoint) -> str:
    if point.angle is not None:
        return f"{np.degrees(point.angle):.0f}"
    return "never" if point.control is Control.HELD else "–"


def _angle_name(analysis: Analysis, judged: JudgedSet) -> str:
    """Return the name of the driving angle; of a leg curl with a sensor on the thigh that of the knee."""
    exercise = judged.source.exercise
    if exercise.key != LEG_CURL:
        return exercise.words_in("en").angle
    made = analysis.calibration
    return "knee" if made is not None and made.knee is not None else "curl"


def _row(verdict: Verdict, wording: Wording) -> str:
    rep = verdict.rep
    cells = [
        "–" if rep.partial else str(rep.number),
        "partial" if rep.partial else verdict.grade.value,
        f"{rep.t_top - rep.t_start:.1f}",
        f"{rep.top_s:.1f}",
        f"{rep.t_bottom - rep.t_ecc:.1f}",
        *(f"{np.degrees(a):.0f}" for a in (rep.rom, rep.ankle_con, rep.ankle_ecc)),
        f"{100.0 * verdict.measures.pf_share:.0f} %",
        _break_point(verdict.measures.break_point),
        html.escape(wording.reason(verdict.reason)) if verdict.reason else "",
    ]
    return "<tr>" + "".join(f"<td>{c}</td>" for c in cells) + "</tr>"

"""The picture of a set: ankle and driving angle over time, and against each other."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from processing.exercises.exercise import LEG_CURL, Driving
from processing.judge.verdict import Verdict
from processing.output.report_words import PictureWords, ReportWords
from processing.review.analysis import Analysis
from processing.review.judged_sets import JudgedSet
from processing.review.training_sets import TrainingSet
from processing.types import AngleBlock, Rep, counted, slice_block

GROUND, EDGE, TEXT, MUTED = "#FFFFFF", "#D3DAE2", "#10161D", "#4A5868"
"""Colours of the window's light theme: a report is printed."""
TOES_UP, TOES_POINTED = "#8A5A00", "#0B5F94"
"""Its orange and blue, which colour-blind people can tell apart."""
LEAD_S = 2.0
"""Time before the first rep and after the last that is drawn, s."""


def draw_set(analysis: Analysis, judged: JudgedSet, words: ReportWords) -> Figure:
    """Draw one set: ankle and curl over time with the phases, and ankle against curl.

    A line each shows where toes up and toes pointed begin.

    Parameters
    ----------
    analysis
        The analysis of the recording; its offline angles are drawn.
    judged
        The set.
    words
        The words of the report.
    """
    training_set, said = judged.source, words.picture
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

    _style(ankle_axes, said.ankle, said.ways)
    _shade_phases(ankle_axes, training_set)
    ankle_axes.plot(t, ankle, color=TEXT, linewidth=1.4)
    ankle_axes.axhline(0.0, color=MUTED, linewidth=0.6)
    bands = judged.target.bands
    ankle_drives = training_set.exercise.driving is Driving.PLANTARFLEXION
    for axes in () if ankle_drives else (ankle_axes, loop_axes):
        for limit, color in ((bands.dorsiflexed, TOES_UP), (bands.plantarflexed, TOES_POINTED)):
            axes.axhline(np.degrees(limit), color=color, linewidth=1.0, linestyle=(0, (4, 4)))
    angle_name = angle_name_of(analysis, judged, words)
    _style(curl_axes, capital(angle_name), said.from_start)
    curl_axes.plot(t, curl, color=TEXT, linewidth=1.4)
    curl_axes.set_xlabel(said.since_set, color=MUTED)
    if ankle_drives:
        _draw_heights(loop_axes, angles, training_set.reps, angle_name, said)
    else:
        _draw_loops(loop_axes, angles, judged, angle_name, said)
    title = said.title.format(number=training_set.number, reps=len(counted(training_set.reps)))
    simulated = f" · {said.simulated}" if analysis.header.simulated else ""
    figure.suptitle(
        f"{title}{simulated}",
        color=TEXT,
        x=0.01,
        ha="left",
        fontweight="bold",
    )
    return figure


def _around(angles: AngleBlock, training_set: TrainingSet) -> AngleBlock:
    reps = training_set.reps
    t_start = reps[0].t_begin - LEAD_S if reps else training_set.t_start
    t_end = reps[-1].t_end + LEAD_S if reps else training_set.t_end
    first = int(np.searchsorted(angles.t, t_start))
    last = int(np.searchsorted(angles.t, t_end))
    return slice_block(angles, first, last)


def _style(axes: Axes, title: str, unit: str) -> None:
    axes.set_facecolor(GROUND)
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


def _draw_loops(
    axes: Axes, angles: AngleBlock, judged: JudgedSet, angle_name: str, said: PictureWords
) -> None:
    """Draw the ankle against the driving angle, one loop a rep."""
    _style(axes, said.loops.format(angle=angle_name), "")
    axes.set_xlabel(said.degrees.format(angle=angle_name), color=MUTED)
    for rep in counted(judged.source.reps):
        _draw_loop(axes, angles, rep)
    _mark_break_points(axes, angles, judged.verdicts, said)
    axes.axhline(0.0, color=MUTED, linewidth=0.6)
    for height, word, color in ((0.60, said.lifting, TOES_UP), (0.55, said.lowering, TOES_POINTED)):
        axes.text(0.04, height, word, color=color, transform=axes.transAxes)


def _draw_heights(
    axes: Axes, angles: AngleBlock, reps: Sequence[Rep], angle_name: str, said: PictureWords
) -> None:
    """Draw the height of each rep over the time since its lowering began: a drop is a steep fall."""
    _style(axes, capital(said.heights.format(angle=angle_name)), "")
    axes.set_xlabel(said.since_lowering, color=MUTED)
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


def _mark_break_points(
    axes: Axes, angles: AngleBlock, verdicts: Sequence[Verdict], said: PictureWords
) -> None:
    """Mark where control of each lowering is lost."""
    lost = [v.measures.break_point.t for v in verdicts if not v.rep.partial]
    t = [one for one in lost if one is not None]
    if not t or not angles.t.size:
        return
    curl, ankle = (np.interp(t, angles.t, np.degrees(a)) for a in (angles.driving, angles.ankle))
    axes.plot(curl, ankle, "x", color=TEXT, markersize=7)
    axes.text(0.04, 0.50, said.control_lost, color=TEXT, transform=axes.transAxes)


def angle_name_of(analysis: Analysis, judged: JudgedSet, words: ReportWords) -> str:
    """Return the name of the driving angle; of a leg curl with a sensor on the thigh that of the knee."""
    exercise, made = judged.source.exercise, analysis.calibration
    if exercise.key == LEG_CURL and made is not None and made.knee is not None:
        return words.picture.knee
    return exercise.words_in(words.language).angle


def capital(words: str) -> str:
    """Return ``words`` with a large first letter; German nouns keep theirs."""
    return words[:1].upper() + words[1:]

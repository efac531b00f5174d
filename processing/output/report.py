"""A session as a picture and a small HTML page that opens anywhere, prints well and needs no network."""

import html
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from matplotlib import rc_context

from processing.judge.break_point import BreakPoint, Control
from processing.judge.set_metrics import SetMetrics
from processing.judge.verdict import Verdict
from processing.output.report_picture import (
    EDGE,
    GROUND,
    MUTED,
    TEXT,
    angle_name_of,
    capital,
    draw_set,
)
from processing.output.report_ranges import ranges_section
from processing.output.report_words import ReportWords
from processing.output.wording import Wording
from processing.review.analysis import Analysis
from processing.review.judged_sets import JudgedSet, judge_sets
from sensor.errors import RecordingError, RecordingFault
from sensor.private_files import write_private

_STYLE = f"""
body {{ background: {GROUND}; color: {TEXT}; font: 16px/1.5 system-ui, sans-serif;
  max-width: 1200px; margin: 2rem auto; padding: 0 1rem }}
svg {{ width: 100%; height: auto }} table {{ border-collapse: collapse; margin: 1rem 0; width: 100% }}
td, th {{ padding: .25rem .6rem; text-align: right; border-bottom: 1px solid {EDGE} }}
td {{ white-space: nowrap }}
td:nth-child(2), th:nth-child(2) {{ text-align: left; white-space: normal }}
td:last-child, th:last-child {{ text-align: left; white-space: normal; width: 34% }}
th {{ color: {MUTED}; font-weight: normal; vertical-align: bottom }}
.simulated {{ font-weight: bold }} footer {{ color: {MUTED}; margin-top: 2rem }}
@page {{ margin: 14mm }}
@media print {{
  body {{ font-size: 9.5pt; max-width: none; margin: 0; padding: 0 }}
  h1 {{ font-size: 15pt }} h2 {{ font-size: 12pt; break-after: avoid }}
  svg, tr, footer {{ break-inside: avoid }} section > p {{ break-after: avoid }}
  table {{ font-size: 8pt }} td, th {{ padding: .1rem .3rem }}
}}
"""
"""Narrow enough for A4 and Letter, whose margins the printer's own paper decides."""


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
            draw_set(analysis, sets[0], wording.report).savefig(
                drawn, format="png", facecolor=GROUND
            )
            write_private(picture, drawn.getvalue())
        write_private(page, _page(analysis, sets, title, wording))
    except OSError as error:
        raise RecordingError(
            folder, RecordingFault.NOT_WRITABLE, f"cannot be written: {error.strerror}"
        ) from error
    return page, picture


def _page(analysis: Analysis, sets: Sequence[JudgedSet], title: str, wording: Wording) -> str:
    words = wording.report
    drawn = "".join(_section(analysis, s, wording) for s in sets)
    simulated = capital(words.picture.simulated) if analysis.header.simulated else ""
    minutes, seconds = divmod(round(analysis.duration_s), 60)
    about = [words.length.format(minutes=minutes, seconds=seconds)]
    about += [words.calibrated.get(analysis.calibration_origin, "")]
    remarks = [
        *analysis.problems,
        *map(wording.exercise_trouble, analysis.exercise_troubles),
        *map(wording.angle_remark, analysis.angle_remarks),
    ]
    # Escaped, as every text of a recording is: it may come from anybody.
    notes = "".join(f"<p>{html.escape(p)}</p>" for p in remarks)
    return f"""<!doctype html>
<html lang="{words.language}"><head><meta charset="utf-8"><title>{html.escape(title)}</title>
<style>{_STYLE}</style></head><body>
<h1>{html.escape(title)}</h1><p class="simulated">{html.escape(simulated)}</p>
<p>{html.escape(" ".join(about))}</p>{notes}
{ranges_section(analysis.ranges, wording)}{drawn}
<footer>{html.escape(words.footer)}</footer></body></html>
"""


def _section(analysis: Analysis, judged: JudgedSet, wording: Wording) -> str:
    picture, words = io.StringIO(), wording.report
    # Without the day and without chance in its names: a session gives the same page every time.
    with rc_context({"svg.hashsalt": "toepoint"}):
        draw_set(analysis, judged, words).savefig(
            picture, format="svg", facecolor=GROUND, metadata={"Date": None}
        )
    # Drawn into the page, so that it stays one file and is sharp at any size.
    svg = picture.getvalue()
    numbers, name = judged.metrics, angle_name_of(analysis, judged, words)
    share = "–" if numbers.quality_percent is None else f"{numbers.quality_percent:.0f} %"
    parts = [
        _headline(judged, words),
        words.good.format(good=numbers.good, judged=numbers.judged, share=share),
        words.tension.format(seconds=words.number(numbers.tension_s)),
        _control(numbers, name, words),
    ]
    heads = _cells("th", (head.format(angle=name) for head in words.heads))
    rows = "".join(_row(verdict, wording) for verdict in judged.verdicts)
    return f"""<section><h2>{html.escape(words.set_title.format(number=judged.number))}</h2>
<p>{html.escape(" · ".join(part for part in parts if part))}</p>
{svg[svg.index("<svg") :]}
<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>"""


def _headline(judged: JudgedSet, words: ReportWords) -> str:
    """Return the first number of a set: of heel raises the work index, of others the pointed lowering."""
    numbers = judged.metrics
    work, mean, best = (
        None if angle is None else f"{np.degrees(angle):.0f}"
        for angle in (numbers.work_index, numbers.rom_mean, numbers.rom_best)
    )
    if not judged.source.exercise.measures_height or work is None:
        pointed, whole = map(words.number, (numbers.pointed_eccentric_s, numbers.eccentric_s))
        return words.lowered.format(pointed=pointed, whole=whole)
    loss, pace = numbers.rom_fade_percent, numbers.pace
    parts = [words.heights.format(work=work, reps=numbers.reps, mean=mean, best=best)]
    if loss is not None:
        change = words.less if loss > 0 else words.more
        parts.append(change.format(percent=f"{abs(loss):.0f}"))
    if pace is not None and pace.per_minute is not None:
        said = words.pace.format(
            pace=f"{pace.per_minute:.0f}",
            asked=f"{pace.asked_per_minute:.0f}",
            off=pace.off,
            missed=pace.missed,
            kept=pace.kept,
        )
        parts.append(said)
    return " · ".join(parts)


def _control(numbers: SetMetrics, name: str, words: ReportWords) -> str:
    """Return in how many reps control was lost and where; empty where nothing is known of it."""
    points = numbers.break_points
    if not points.known:
        return ""
    if points.median is None:
        return words.control.format(lost=points.lost, known=points.known)
    angle = f"{np.degrees(points.median):.0f}"
    return words.control_at.format(lost=points.lost, known=points.known, angle=angle, name=name)


def _break_point(point: BreakPoint, words: ReportWords) -> str:
    if point.angle is not None:
        return f"{np.degrees(point.angle):.0f}°"
    return words.held if point.control is Control.HELD else "–"


def _row(verdict: Verdict, wording: Wording) -> str:
    rep, words = verdict.rep, wording.report
    cells = [
        "–" if rep.partial else str(rep.number),
        words.partial if rep.partial else words.grades[verdict.grade],
        words.number(rep.t_top - rep.t_start),
        words.number(rep.top_s),
        words.number(rep.t_bottom - rep.t_ecc),
        f"{np.degrees(rep.rom):.0f}°",
        *(words.ankle(float(np.degrees(angle))) for angle in (rep.ankle_con, rep.ankle_ecc)),
        f"{100.0 * verdict.measures.pf_share:.0f} %",
        _break_point(verdict.measures.break_point, words),
        wording.reason(verdict.reason) if verdict.reason else "",
    ]
    return f"<tr>{_cells('td', cells)}</tr>"


def _cells(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in texts)

"""The numbers of an analysis: for ``--json``, the rep table and the report."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict

import msgspec
from msgspec import UNSET

from processing.calibration.grade import worst
from processing.coach.protocol import SetType
from processing.judge.checks import Grade
from processing.judge.pace import Pace
from processing.judge.set_metrics import SetMetrics
from processing.judge.verdict import ENGINE_VERSION, Verdict
from processing.output.angles import reference_error_deg
from processing.output.summary_types import (
    SCHEMA_NAME,
    SCHEMA_VERSION,
    AngleRemarkSummary,
    CalibrationSummary,
    CheckSummary,
    DropoutSummary,
    ErrorSummary,
    HeightsSummary,
    PaceSummary,
    RangeSummary,
    ReferenceSummary,
    RepSummary,
    SensorSummary,
    SessionSummary,
    SetSummary,
    Summary,
)
from processing.output.wording import Wording
from processing.ranges.results import LEAST_CHANGE_DEG, RangeResult
from processing.review.analysis import Analysis
from processing.review.judged_sets import JudgedSet, judge_sets
from processing.review.self_reports import SelfReports
from processing.review.session_numbers import (
    best_one_rm_kg,
    best_percents_of,
    bests_before,
    density_percent,
    hard_sets,
    load_ratio,
    pointed_eccentric_s,
    session_load,
    strength_gap_percent,
)
from processing.types import AngleBlock
from sensor.table_import import Reference


def summarise(analysis: Analysis, wording: Wording, reference: Reference | None = None) -> Summary:
    """Summarise ``analysis``, and its error against ``reference`` if there is one."""
    sets = judge_sets(analysis)
    return Summary(
        schema=SCHEMA_NAME,
        version=SCHEMA_VERSION,
        simulated=analysis.header.simulated,
        created_utc=analysis.header.created_utc,
        duration_s=round(analysis.duration_s, 3),
        sensors=_sensors(analysis),
        calibration=_calibration(analysis, wording),
        sets=[
            set_summary(s, wording, best) for s, best in zip(sets, bests_before(sets), strict=True)
        ],
        ranges=[range_summary(one) for one in analysis.ranges],
        session=session_summary(sets, analysis.duration_s, analysis.self_reports),
        dropouts=[
            DropoutSummary(
                segment=dropout.segment,
                t_start_s=round(dropout.t_start, 3),
                t_end_s=round(dropout.t_end, 3),
                lost_samples=dropout.lost,
            )
            for dropout in analysis.dropouts
        ],
        problems=[*analysis.problems, *map(wording.exercise_trouble, analysis.exercise_troubles)],
        angle_remarks=[
            AngleRemarkSummary(
                flag=remark.flag,
                t_start_s=round(remark.t_start, 3),
                t_end_s=round(remark.t_end, 3),
                value_deg=round(math.degrees(remark.value), 2),
                advice=wording.angle_advice(remark.flag),
            )
            for remark in analysis.angle_remarks
        ],
        reference=None if reference is None else _reference(analysis, reference),
    )


def as_json(summary: Summary) -> str:
    """Return ``summary`` as indented JSON of ASCII characters, which every console can show."""
    # msgspec's own encoder writes UTF-8 and other forms of the same numbers.
    return json.dumps(msgspec.to_builtins(summary), indent=2)


def session_summary(
    sets: Sequence[JudgedSet], duration_s: float, reports: SelfReports
) -> SessionSummary:
    """Summarise a whole session.

    The strength gap compares the best estimates of both positions; it is None, as the ratio of the
    loads is, where the session has only one of them.

    Parameters
    ----------
    sets
        The judged sets of the session.
    duration_s
        Duration of the recording, s.
    reports
        Self-reported soreness and exertion.
    """
    up, pointed = (best_one_rm_kg(sets, kind) for kind in (SetType.DF, SetType.PF))
    gap = strength_gap_percent(up, pointed) if up and pointed else None
    load = None if reports.exertion is None else session_load(reports.exertion, duration_s)
    return SessionSummary(
        pointed_eccentric_s=_rounded(pointed_eccentric_s(sets), 2),
        time_under_tension_s=_rounded(math.fsum(s.metrics.tension_s for s in sets), 2),
        density_percent=_rounded(density_percent(sets, duration_s), 1) if duration_s else None,
        hard_sets={kind.value: count for kind, count in hard_sets(sets).items()},
        load_ratio=_rounded(load_ratio(sets), 3),
        strength_gap_percent=_rounded(gap, 1),
        soreness=reports.soreness,
        exertion=reports.exertion,
        session_load=_rounded(load, 1),
    )


def set_summary(judged: JudgedSet, wording: Wording, best: float | None = None) -> SetSummary:
    """Summarise one set; ``best`` is the largest height of the sets of its side before it, rad."""
    training_set, numbers = judged.source, judged.metrics
    raises = training_set.exercise.measures_height
    percents = best_percents_of(judged, best) if raises else [None] * len(judged.verdicts)
    return SetSummary(
        number=training_set.number,
        type=judged.type,
        exercise=judged.source.exercise.key,
        marked=training_set.marked,
        t_start_s=round(training_set.t_start, 3),
        t_end_s=round(training_set.t_end, 3),
        plan=dict(training_set.prescription),
        tempo=judged.target.tempo.notation if judged.target.tempo else None,
        # Beside the offline count, since both may differ and both were seen.
        live_count=sum(not r.partial for r in training_set.live),
        count=numbers.reps,
        partial=numbers.partial,
        not_judged=sum(v.grade is Grade.NOT_JUDGED for v in judged.verdicts if not v.rep.partial),
        good=numbers.good,
        quality_percent=_rounded(numbers.quality_percent, 1),
        pointed_eccentric_s=_rounded(numbers.pointed_eccentric_s, 2),
        time_under_tension_s=_rounded(numbers.tension_s, 2),
        eccentric_time_s=_rounded(numbers.eccentric_s, 2),
        eccentric_mean_s=_rounded(numbers.eccentric_mean_s, 2),
        eccentric_variation_percent=_rounded(numbers.eccentric_variation_percent, 1),
        control_loss_percent=_rounded(numbers.control_loss_percent, 1),
        control_known=numbers.break_points.known,
        control_lost=numbers.break_points.lost,
        break_point_deg=_degrees(numbers.break_points.median),
        break_change_deg=_degrees(numbers.break_points.change),
        ankle_fade_deg=_degrees(numbers.ankle_fade),
        rom_loss_percent=_rounded(numbers.rom_loss_percent, 1),
        velocity_loss_percent=_rounded(numbers.velocity_loss_percent, 1),
        volume_kg=_rounded(numbers.volume_kg, 1),
        eccentric_volume_kgs=_rounded(numbers.eccentric_volume_kgs, 1),
        reserve=judged.reserve,
        one_rm_kg=_rounded(numbers.one_rm_kg, 1),
        engine_version=ENGINE_VERSION,
        reps=[
            rep_summary(v, wording, percent)
            for v, percent in zip(judged.verdicts, percents, strict=True)
        ],
        heights=_heights(numbers) if raises else UNSET,
        pace=UNSET if numbers.pace is None else _pace(numbers.pace),
    )


def range_summary(found: RangeResult) -> RangeSummary:
    """Summarise one measured range."""
    values = found.values_deg
    return RangeSummary(
        measure=found.kind.measure,
        knee=found.kind.knee,
        side=found.kind.side,
        t_start_s=round(found.t_start, 3),
        t_end_s=round(found.t_end, 3),
        trials_deg=[round(value, 2) for value in values],
        left_out=len(found.trials) - len(values),
        mean_deg=_rounded(found.mean_deg, 2),
        lowest_deg=_rounded(min(values, default=None), 2),
        highest_deg=_rounded(max(values, default=None), 2),
        least_change_deg=LEAST_CHANGE_DEG,
    )


def _heights(numbers: SetMetrics) -> HeightsSummary:
    return HeightsSummary(
        work_index_deg=_degrees(numbers.work_index),
        mean_deg=_degrees(numbers.rom_mean),
        best_deg=_degrees(numbers.rom_best),
        loss_percent=_rounded(numbers.rom_fade_percent, 1),
    )


def _pace(pace: Pace) -> PaceSummary:
    return PaceSummary(
        asked_per_minute=pace.asked_per_minute,
        per_minute=_rounded(pace.per_minute, 1),
        off=pace.off,
        missed=pace.missed,
        kept=pace.kept,
    )


def rep_summary(
    verdict: Verdict, wording: Wording, best_percent: float | None = None
) -> RepSummary:
    """Summarise one rep; ``best_percent`` is its height in % of the best, None where there is none."""
    rep, measures = verdict.rep, verdict.measures
    return RepSummary(
        number=rep.number,
        verdict=verdict.grade,
        reason=wording.reason(verdict.reason) if verdict.reason else "",
        spoken=verdict.reason.correction.value if verdict.reason else "",
        t_start_s=round(rep.t_start, 4),
        concentric_s=round(rep.t_top - rep.t_start, 4),
        top_s=round(rep.top_s, 4),
        eccentric_s=round(rep.t_bottom - rep.t_ecc, 4),
        bottom_s=round(rep.bottom_s, 4),
        rom_deg=_degrees(rep.rom),
        ankle_concentric_deg=_degrees(rep.ankle_con),
        ankle_eccentric_deg=_degrees(rep.ankle_ecc),
        pointed_share_percent=_rounded(100.0 * measures.pf_share, 1),
        switch_s=_rounded(measures.switch_s, 2),
        control=measures.break_point.control,
        break_point_deg=_degrees(measures.break_point.angle),
        partial=rep.partial,
        judged=rep.judged,
        checks=[
            CheckSummary(
                check=check.key,
                grade=check.grade,
                value=_rounded(check.value, 3),
                unit=check.unit,
                good=(_rounded(check.good[0], 3), _rounded(check.good[1], 3)),
                near=(_rounded(check.near[0], 3), _rounded(check.near[1], 3)),
            )
            for check in verdict.checks
        ],
        best_percent=UNSET if best_percent is None else round(best_percent, 1),
    )


def _sensors(analysis: Analysis) -> list[SensorSummary]:
    found = []
    for sensor in analysis.header.sensors:
        seen = analysis.statistics[sensor.source]
        found.append(
            SensorSummary(
                segment=sensor.segment,
                family=sensor.family,
                name=sensor.name,
                received_samples=seen.received,
                lost_samples=seen.lost,
                malformed_messages=seen.malformed,
                rate_hz=round(seen.rate_hz, 3) if seen.rate_hz is not None else None,
                longest_gap_s=round(seen.longest_gap_s, 3),
            )
        )
    return found


def _calibration(analysis: Analysis, wording: Wording) -> CalibrationSummary:
    calibration = analysis.calibration
    if calibration is None:
        return CalibrationSummary(origin=analysis.calibration_origin, quality=None)
    quality = asdict(calibration.quality)
    # Without marked movements there is nothing to grade: the fields are then left out.
    remarks = analysis.calibrated[-1].remarks if analysis.calibrated else None
    return CalibrationSummary(
        origin=analysis.calibration_origin,
        quality={name: round(value, 4) for name, value in quality.items()},
        knee=calibration.knee is not None,
        neutral_deg=round(math.degrees(calibration.neutral_angle), 2),
        grade=UNSET if remarks is None else worst(remarks),
        remarks=UNSET if remarks is None else [wording.remark(remark) for remark in remarks],
    )


def _reference(analysis: Analysis, reference: Reference) -> ReferenceSummary:
    return ReferenceSummary(
        # The field keeps the older word for the live angle.
        causal=_error(analysis.live_angles, reference),
        offline=_error(analysis.offline_angles, reference),
    )


def _error(angles: AngleBlock, reference: Reference) -> ErrorSummary | None:
    error = reference_error_deg(angles, reference)
    if error is None:
        return None
    rmse_deg, offset_deg, sign = error
    return ErrorSummary(rmse_deg=round(rmse_deg, 3), offset_deg=round(offset_deg, 3), sign=sign)


def _degrees(angle_rad: float | None) -> float | None:
    return None if angle_rad is None else _rounded(math.degrees(angle_rad), 2)


def _rounded(value: float | None, digits: int) -> float | None:
    """Round ``value`` for JSON: open limits and unknown numbers are None."""
    return round(float(value), digits) if value is not None and math.isfinite(value) else None

"""The numbers of an analysis as plain values: for ``--json``, the rep table and the report.

The layout is described in ``docs/analysis.schema.json``.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict

from processing.calibration.grade import worst
from processing.coach.protocol import SetType
from processing.judge.checks import Grade
from processing.judge.verdict import ENGINE_VERSION, Verdict
from processing.output.angles import reference_error_deg
from processing.review.analysis import Analysis
from processing.review.judged_sets import JudgedSet, judge_sets
from processing.review.self_reports import Felt
from processing.review.session_numbers import (
    LoggedSet,
    best_one_rm_kg,
    density_percent,
    hard_sets,
    load_ratio,
    pointed_eccentric_s,
    session_load,
    strength_gap_percent,
)
from sensor.table_import import Reference
from sensor.types import JsonValue

SCHEMA_NAME = "toepoint.analysis"
SCHEMA_VERSION = 1


def summarise(analysis: Analysis, reference: Reference | None = None) -> dict[str, JsonValue]:
    """Return everything that ``toepoint analyse --json`` prints."""
    sets = judge_sets(analysis)
    return {
        "schema": SCHEMA_NAME,
        "version": SCHEMA_VERSION,
        "simulated": analysis.header.simulated,
        "created_utc": analysis.header.created_utc,
        "duration_s": round(analysis.duration_s, 3),
        "sensors": _sensors(analysis),
        "calibration": _calibration(analysis),
        "sets": [set_summary(s) for s in sets],
        "session": session_summary(sets, analysis.duration_s, analysis.felt),
        "dropouts": [
            {
                "segment": d.segment.value,
                "t_start_s": round(d.t_start, 3),
                "t_end_s": round(d.t_end, 3),
                "lost_samples": d.lost,
            }
            for d in analysis.dropouts
        ],
        "problems": list(analysis.problems),
        "angle_remarks": [
            {
                "flag": remark.flag.value,
                "t_start_s": round(remark.t_start, 3),
                "t_end_s": round(remark.t_end, 3),
                "value_deg": _degrees(remark.value),
                "advice": remark.flag.advice,
            }
            for remark in analysis.angle_remarks
        ],
        "reference": _reference(analysis, reference),
    }


def session_summary(
    sets: Sequence[JudgedSet], duration_s: float, said: Felt
) -> dict[str, JsonValue]:
    """Return the numbers of a whole session of ``duration_s`` s, the signature number first.

    The strength gap compares the best estimates of both positions; it is None, as the ratio of the
    loads, where the session has only one of them.
    """
    logged = [LoggedSet(s.type, s.metrics, s.load_kg, s.reserve) for s in sets]
    up, pointed = (best_one_rm_kg(logged, kind) for kind in (SetType.DF, SetType.PF))
    gap = strength_gap_percent(up, pointed) if up and pointed else None
    load = None if said.exertion is None else session_load(said.exertion, duration_s)
    return {
        "pointed_eccentric_s": _rounded(pointed_eccentric_s(logged), 2),
        "time_under_tension_s": _rounded(math.fsum(s.metrics.tension_s for s in sets), 2),
        "density_percent": _rounded(density_percent(logged, duration_s), 1) if duration_s else None,
        "hard_sets": {kind.value: count for kind, count in hard_sets(logged).items()},
        "load_ratio": _rounded(load_ratio(logged), 3),
        "strength_gap_percent": _rounded(gap, 1),
        "soreness": said.soreness,
        "exertion": said.exertion,
        "session_load": _rounded(load, 1),
    }


def set_summary(judged: JudgedSet) -> dict[str, JsonValue]:
    """Return the numbers of one set; times in s, angles in degrees, the signature number first."""
    training_set, numbers = judged.source, judged.metrics
    return {
        "number": training_set.number,
        "type": judged.type.value,
        "marked": training_set.marked,
        "t_start_s": round(training_set.t_start, 3),
        "t_end_s": round(training_set.t_end, 3),
        "plan": dict(training_set.plan),
        "tempo": judged.target.tempo.notation if judged.target.tempo else None,
        "live_count": sum(not r.partial for r in training_set.live),
        "count": numbers.reps,
        "partial": numbers.partial,
        "not_judged": sum(
            v.grade is Grade.NOT_JUDGED for v in judged.verdicts if not v.rep.partial
        ),
        "good": numbers.good,
        "quality_percent": _rounded(numbers.quality_percent, 1),
        "pointed_eccentric_s": _rounded(numbers.pointed_eccentric_s, 2),
        "time_under_tension_s": _rounded(numbers.tension_s, 2),
        "eccentric_time_s": _rounded(numbers.eccentric_s, 2),
        "eccentric_mean_s": _rounded(numbers.eccentric_mean_s, 2),
        "eccentric_variation_percent": _rounded(numbers.eccentric_variation_percent, 1),
        "control_loss_percent": _rounded(numbers.control_loss_percent, 1),
        "ankle_fade_deg": _degrees(numbers.ankle_fade),
        "rom_loss_percent": _rounded(numbers.rom_loss_percent, 1),
        "velocity_loss_percent": _rounded(numbers.velocity_loss_percent, 1),
        "volume_kg": _rounded(numbers.volume_kg, 1),
        "eccentric_volume_kgs": _rounded(numbers.eccentric_volume_kgs, 1),
        "reserve": judged.reserve,
        "one_rm_kg": _rounded(numbers.one_rm_kg, 1),
        "engine_version": ENGINE_VERSION,
        "reps": [rep_summary(v) for v in judged.verdicts],
    }


def rep_summary(verdict: Verdict) -> dict[str, JsonValue]:
    """Return the numbers of one rep; times in s, angles in degrees."""
    rep, measures = verdict.rep, verdict.measures
    return {
        "number": rep.number,
        "verdict": verdict.grade.value,
        "reason": verdict.reason.text if verdict.reason else "",
        "spoken": verdict.reason.word if verdict.reason else "",
        "t_start_s": round(rep.t_start, 4),
        "concentric_s": round(rep.t_top - rep.t_start, 4),
        "top_s": round(rep.t_ecc - rep.t_top, 4),
        "eccentric_s": round(rep.t_bottom - rep.t_ecc, 4),
        "bottom_s": round(rep.t_end - rep.t_bottom, 4),
        "rom_deg": _degrees(rep.rom),
        "ankle_concentric_deg": _degrees(rep.ankle_con),
        "ankle_eccentric_deg": _degrees(rep.ankle_ecc),
        "pointed_share_percent": _rounded(100.0 * measures.pf_share, 1),
        "switch_s": _rounded(measures.switch_s, 2),
        "partial": rep.partial,
        "judged": rep.judged,
        "checks": [
            {
                "check": check.key.value,
                "grade": check.grade.value,
                "value": _rounded(check.value, 3),
                "unit": check.unit,
                "good": [_rounded(limit, 3) for limit in check.good],
                "near": [_rounded(limit, 3) for limit in check.near],
            }
            for check in verdict.checks
        ],
    }


def _sensors(analysis: Analysis) -> list[JsonValue]:
    found: list[JsonValue] = []
    for sensor in analysis.header.sensors:
        seen = analysis.statistics[sensor.source]
        found.append(
            {
                "segment": sensor.segment.value,
                "family": sensor.family,
                "name": sensor.name,
                "received_samples": seen.received,
                "lost_samples": seen.lost,
                "malformed_messages": seen.malformed,
                "rate_hz": round(seen.rate_hz, 3) if seen.rate_hz is not None else None,
                "longest_gap_s": round(seen.longest_gap_s, 3),
            }
        )
    return found


def _calibration(analysis: Analysis) -> dict[str, JsonValue]:
    """Return where the last calibration came from, what it is worth and what its zero is."""
    calibration = analysis.calibration
    summary: dict[str, JsonValue] = {"origin": analysis.calibration_origin, "quality": None}
    if calibration is None:
        return summary
    quality = asdict(calibration.quality)
    summary["quality"] = {name: round(value, 4) for name, value in quality.items()}
    summary["knee"] = calibration.knee is not None
    summary["neutral_deg"] = _degrees(calibration.neutral_angle)
    if analysis.calibrated:
        remarks = analysis.calibrated[-1].remarks
        summary["grade"] = worst(remarks).value
        summary["remarks"] = [str(remark) for remark in remarks]
    return summary


def _reference(analysis: Analysis, reference: Reference | None) -> dict[str, JsonValue] | None:
    if reference is None:
        return None
    numbers: dict[str, JsonValue] = {}
    for name, angles in (("causal", analysis.angles), ("offline", analysis.refined)):
        error = reference_error_deg(angles, reference)
        numbers[name] = error and {
            "rmse_deg": round(error[0], 3),
            "offset_deg": round(error[1], 3),
            "sign": error[2],
        }
    return numbers


def _degrees(angle_rad: float | None) -> float | None:
    return None if angle_rad is None else _rounded(math.degrees(angle_rad), 2)


def _rounded(value: float | None, digits: int) -> float | None:
    """Return ``value`` as JSON can hold it: open limits and what is not known are null."""
    return round(float(value), digits) if value is not None and math.isfinite(value) else None

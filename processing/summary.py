"""The numbers of an analysis as plain values: for ``--json``, the rep table and the report.

The layout is described in ``docs/analysis.schema.json``.
"""

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from processing.analysis import Analysis, TrainingSet
from processing.export import reference_error_deg
from processing.types import Rep
from sensor.importing import Reference
from sensor.types import JsonValue

SCHEMA_NAME = "toepoint.analysis"
SCHEMA_VERSION = 1
RESTING_LIMIT_S = 2.0


def summarise(analysis: Analysis, reference: Reference | None = None) -> dict[str, JsonValue]:
    """Return everything that ``toepoint analyse --json`` prints."""
    return {
        "schema": SCHEMA_NAME,
        "version": SCHEMA_VERSION,
        "simulated": analysis.header.simulated,
        "created_utc": analysis.header.created_utc,
        "duration_s": round(analysis.duration_s, 3),
        "sensors": _sensors(analysis),
        "calibration": {
            "origin": analysis.calibration_origin,
            "quality": _quality(analysis),
        },
        "sets": [set_summary(s) for s in analysis.sets],
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
        "reference": _reference(analysis, reference),
    }


def set_summary(training_set: TrainingSet) -> dict[str, JsonValue]:
    """Return the numbers of one set; times in s, angles in degrees."""
    reps = counted(training_set.reps)
    return {
        "number": training_set.number,
        "marked": training_set.marked,
        "t_start_s": round(training_set.t_start, 3),
        "t_end_s": round(training_set.t_end, 3),
        "plan": dict(training_set.plan),
        "live_count": len(counted(training_set.live)),
        "count": len(reps),
        "partial": sum(r.partial for r in training_set.reps),
        "not_judged": sum(not r.judged for r in reps),
        "time_under_tension_s": round(sum(map(time_under_tension_s, reps)), 2),
        "eccentric_time_s": round(sum(r.t_bottom - r.t_ecc for r in reps), 2),
        "reps": [rep_summary(r) for r in training_set.reps],
    }


def rep_summary(rep: Rep) -> dict[str, JsonValue]:
    """Return the numbers of one rep; times in s, angles in degrees."""
    return {
        "number": rep.number,
        "t_start_s": round(rep.t_start, 3),
        "concentric_s": round(rep.t_top - rep.t_start, 3),
        "top_s": round(rep.t_ecc - rep.t_top, 3),
        "eccentric_s": round(rep.t_bottom - rep.t_ecc, 3),
        "bottom_s": round(rep.t_end - rep.t_bottom, 3),
        "rom_deg": _degrees(rep.rom),
        "ankle_concentric_deg": _degrees(rep.ankle_con),
        "ankle_eccentric_deg": _degrees(rep.ankle_ecc),
        "partial": rep.partial,
        "judged": rep.judged,
        "reason": rep.reason,
    }


def counted(reps: Sequence[Rep]) -> list[Rep]:
    """Return the reps that count: all but partial ones."""
    return [r for r in reps if not r.partial]


def time_under_tension_s(rep: Rep) -> float:
    """Return a rep's time under tension: rest at the bottom beyond 2 s is left out."""
    return rep.t_bottom - rep.t_start + min(rep.t_end - rep.t_bottom, RESTING_LIMIT_S)


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


def _quality(analysis: Analysis) -> dict[str, JsonValue] | None:
    if analysis.calibration is None:
        return None
    return {k: round(v, 4) for k, v in asdict(analysis.calibration.quality).items()}


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


def _degrees(angle_rad: float) -> float | None:
    return round(float(np.degrees(angle_rad)), 2) if np.isfinite(angle_rad) else None

"""Angles as a table that spreadsheets and other programs read."""

from pathlib import Path

import numpy as np

from processing.analysis import Analysis
from processing.types import AngleBlock, Phase, PhaseChange
from sensor.errors import RecordingError, RecordingFault
from sensor.types import FloatArray


def phase_names(t: FloatArray, changes: tuple[PhaseChange, ...]) -> list[str]:
    """Return the phase at each time of ``t`` (n,) s, from changes in order of time."""
    names = [Phase.IDLE.value, *(change.phase.value for change in changes)]
    starts = np.array([change.t for change in changes])
    return [names[i] for i in np.searchsorted(starts, t, side="right")]


def refined_phases(analysis: Analysis) -> tuple[PhaseChange, ...]:
    """Return the phases of the refined reps as changes."""
    changes: list[PhaseChange] = []
    for rep in (r for s in analysis.sets for r in s.reps):
        changes += [
            PhaseChange(rep.t_start, Phase.CONCENTRIC, rep.t_start),
            PhaseChange(rep.t_top, Phase.TOP, rep.t_top),
            PhaseChange(rep.t_ecc, Phase.ECCENTRIC, rep.t_ecc),
            PhaseChange(rep.t_bottom, Phase.BOTTOM, rep.t_bottom),
        ]
    ends = [PhaseChange(s.t_end, Phase.IDLE, s.t_end) for s in analysis.sets]
    return tuple(sorted([*changes, *ends], key=lambda c: c.t))


def reference_on(t: FloatArray, reference: tuple[FloatArray, FloatArray]) -> FloatArray:
    """Return the reference angle at ``t`` (n,) s in degrees; NaN where there is none.

    Parameters
    ----------
    reference
        Times (m,) s and angles (m,) degrees; NaN where the reference itself is missing.
    """
    return np.interp(t, *reference, left=np.nan, right=np.nan)


def write_angles(
    path: Path,
    analysis: Analysis,
    *,
    offline: bool = False,
    reference: tuple[FloatArray, FloatArray] | None = None,
) -> int:
    """Write one row a grid sample; return the number of rows.

    The columns are ``t_s, ankle_deg, curl_deg, phase, valid`` and, with a reference,
    ``reference_deg``. Angles that are not valid are ``nan``.

    Raises
    ------
    RecordingError
        If the file cannot be written.
    """
    angles: AngleBlock = analysis.refined if offline else analysis.angles
    phases = phase_names(angles.t, refined_phases(analysis) if offline else analysis.phases)
    header = ["t_s", "ankle_deg", "curl_deg", "phase", "valid"]
    ankle = _cells(np.degrees(angles.ankle), angles.valid, 3)
    curl = _cells(np.degrees(angles.curl), angles.valid, 3)
    columns = [
        [f"{t:.4f}" for t in angles.t.tolist()],
        ankle,
        curl,
        phases,
        ["1" if valid else "0" for valid in angles.valid.tolist()],
    ]
    if reference is not None:
        header.append("reference_deg")
        columns.append([f"{v:.3f}" for v in reference_on(angles.t, reference).tolist()])
    rows = [",".join(row) for row in zip(*columns, strict=True)]
    try:
        path.write_text("\n".join([",".join(header), *rows, ""]), encoding="utf-8")
    except OSError as error:
        raise RecordingError(
            path, RecordingFault.NOT_WRITABLE, f"cannot be written: {error.strerror}"
        ) from error
    return len(rows)


def _cells(values: FloatArray, valid: object, digits: int) -> list[str]:
    return [
        f"{v:.{digits}f}" if ok else "nan"
        for v, ok in zip(values.tolist(), np.asarray(valid).tolist(), strict=True)
    ]


def reference_error_deg(
    angles: AngleBlock, reference: tuple[FloatArray, FloatArray]
) -> tuple[float, float, int] | None:
    """Return RMSE and constant offset in degrees and the sign (+1 or -1) against a reference.

    The constant offset is removed, since a reference has its own zero, and the sign is chosen by
    correlation. None if less than a second can be compared.
    """
    truth = reference_on(angles.t, reference)
    use = angles.valid & np.isfinite(truth)
    if int(use.sum()) < 100:
        return None
    mine, truth = np.degrees(angles.ankle[use]), truth[use]
    centred = mine - mine.mean()
    sign = 1 if float(np.mean(centred * (truth - truth.mean()))) >= 0 else -1
    difference = sign * mine - truth
    return float(difference.std()), float(difference.mean()), sign

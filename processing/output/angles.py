"""Angles as a table that spreadsheets and other programs read."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import numpy as np

from processing.exercises.exercise import LEG_CURL
from processing.judge.break_point import Control
from processing.judge.verdict import Verdict
from processing.motion.long_block import pieces
from processing.reps.segmentation import phase_labels
from processing.review.analysis import Analysis
from processing.review.judged_sets import judge_sets
from processing.types import AngleBlock, Phase, PhaseChange
from sensor.errors import RecordingError, RecordingFault
from sensor.private_files import write_private
from sensor.table_import import Reference
from sensor.types import BoolArray, FloatArray

COMPARED_SAMPLES = 100
"""Fewest samples of the 100 Hz grid, one second, that an error is computed from."""


def live_phases(t: FloatArray, changes: Sequence[PhaseChange]) -> list[Phase]:
    """Return the phase at each time of ``t`` (n,) s, from the changes noticed live."""
    phases = [Phase.IDLE, *(change.phase for change in changes)]
    # A back-dated change may start before the one noticed earlier; the later word stands.
    starts = np.maximum.accumulate(np.array([change.t for change in changes]))
    return [phases[i] for i in np.searchsorted(starts, t, side="right").tolist()]


def control_cells(t: FloatArray, verdicts: Sequence[Verdict]) -> list[str]:
    """Return whether control is held at each time of ``t`` (n,) s; empty outside of the lowerings."""
    cells = [""] * len(t)
    for verdict in verdicts:
        rep, point = verdict.rep, verdict.measures.break_point
        lost_t = rep.t_bottom if point.t is None else point.t
        before = Control.HELD if point.control is Control.LOST else point.control
        first, broken, last = np.searchsorted(t, (rep.t_ecc, lost_t, rep.t_bottom)).tolist()
        cells[first:broken] = [before.value] * (broken - first)
        cells[broken:last] = [Control.LOST.value] * (last - broken)
    return cells


def reference_on(t: FloatArray, reference: Reference) -> FloatArray:
    """Return the reference angle at ``t`` (n,) s in degrees; NaN where there is none."""
    return np.interp(t, reference.t, reference.angle_deg, left=np.nan, right=np.nan)


def angle_columns(
    analysis: Analysis, *, offline: bool = False, reference: Reference | None = None
) -> Iterator[dict[str, list[str]]]:
    """Yield the cells of each column by its name, one a grid sample, in pieces: at least one.

    With a sensor on the thigh there is ``knee_deg``, with a reference ``reference_deg``, and with sets of
    another exercise than leg curls ``driving_deg``, the angle that drives it. Angles that are not known
    are ``nan``.
    """
    whole: AngleBlock = analysis.offline_angles if offline else analysis.live_angles
    reps = [rep for training_set in analysis.sets for rep in training_set.reps]
    verdicts = [verdict for judged in judge_sets(analysis) for verdict in judged.verdicts]
    for angles in pieces(whole) if len(whole.t) else [whole]:
        # The phases that belong to these angles: the live ones are those that were noticed then.
        phases = phase_labels(angles.t, reps) if offline else live_phases(angles.t, analysis.phases)
        has_knee = analysis.calibration is not None and analysis.calibration.knee is not None
        turn_valid = angles.valid if has_knee else angles.curl_valid
        columns = {
            "t_s": [f"{t:.4f}" for t in angles.t.tolist()],
            "ankle_deg": _degree_cells(angles.ankle, angles.valid),
            # Always the shin's turn, so that a column means the same with and without a thigh sensor.
            "curl_deg": _degree_cells(angles.shin_turn, turn_valid),
            "phase": [phase.value for phase in phases],
            "valid": ["1" if valid else "0" for valid in angles.valid.tolist()],
            "control": control_cells(angles.t, verdicts),
        }
        if has_knee:
            columns["knee_deg"] = _degree_cells(angles.curl, angles.curl_valid)
        if any(one.exercise.key != LEG_CURL for one in analysis.sets):
            columns["driving_deg"] = _degree_cells(angles.driving, angles.driving_valid)
        if reference is not None:
            seen = reference_on(angles.t, reference).tolist()
            columns["reference_deg"] = [f"{v:.3f}" for v in seen]
        yield columns


def write_angles(
    path: Path,
    analysis: Analysis,
    *,
    offline: bool = False,
    reference: Reference | None = None,
) -> int:
    """Write the columns of :func:`angle_columns` as CSV; return the number of rows.

    Raises
    ------
    RecordingError
        If the file cannot be written; then what was there before still is.
    """
    found = angle_columns(analysis, offline=offline, reference=reference)
    try:
        write_private(path, _lines(found))
    except OSError as error:
        raise RecordingError(
            path, RecordingFault.NOT_WRITABLE, f"cannot be written: {error.strerror}"
        ) from error
    return len((analysis.offline_angles if offline else analysis.live_angles).t)


def _lines(found: Iterable[dict[str, list[str]]]) -> Iterator[bytes]:
    """Yield the lines of a table with a head, in pieces."""
    for number, columns in enumerate(found):
        head = [] if number else [",".join(columns)]
        rows = [",".join(row) for row in zip(*columns.values(), strict=True)]
        yield "\n".join([*head, *rows, ""]).encode()


def _degree_cells(angles: FloatArray, valid: BoolArray) -> list[str]:
    """Return ``angles`` (n,) rad in degrees, ``nan`` where they are not ``valid`` (n,)."""
    return [
        f"{degrees:.3f}" if ok else "nan"
        for degrees, ok in zip(np.degrees(angles).tolist(), valid.tolist(), strict=True)
    ]


def reference_error_deg(
    angles: AngleBlock, reference: Reference
) -> tuple[float, float, Literal[-1, 1]] | None:
    """Compare the ankle angle with a reference angle.

    The constant offset is removed, since a reference has its own zero, and the sign is chosen by
    correlation.

    Returns
    -------
    tuple or None
        RMSE and offset in degrees, and the sign of the reference; None if less than a second can be
        compared.
    """
    truth = reference_on(angles.t, reference)
    use = angles.valid & np.isfinite(truth)
    if int(use.sum()) < COMPARED_SAMPLES:
        return None
    measured, truth = np.degrees(angles.ankle[use]), truth[use]
    centred = measured - measured.mean()
    # Some references count plantarflexion as positive.
    sign: Literal[-1, 1] = 1 if float(np.mean(centred * (truth - truth.mean()))) >= 0 else -1
    difference = sign * measured - truth
    # The standard deviation leaves out the mean, as a reference has a zero of its own.
    return float(difference.std()), float(difference.mean()), sign

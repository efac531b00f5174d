"""A session as tables, from a recording, a CSV or a frame."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from gui.texts.exports import WORDING
from processing.exercises.exercise_file import exercise_named
from processing.exercises.session_exercises import exercise_metadata
from processing.output.session_tables import SessionTables, session_tables
from processing.review.analysis import analyse
from processing.review.asked_set import AskedSet
from sensor.errors import SettingError
from sensor.table_import import Marks, TimeSpan, import_table
from sensor.table_import.frames import Frame

SUFFIX = ".mcap"
Times = tuple[float, float]
"""Start and end, s."""


def read(
    source: Path | str | Frame,
    *,
    still: Times | None = None,
    pumps: Times | None = None,
    curls: Times | None = None,
    sets: Sequence[AskedSet] = (),
    exercise: str | None = None,
) -> SessionTables:
    """Return the reps, sets and angles of a session.

    Parameters
    ----------
    source
        A recording (``.mcap``), a CSV, a pandas or polars frame, or a mapping of names to columns. CSV and
        frame have a row a sample and the columns ``t_s``, ``shin_acc_x_mps2`` … ``foot_gyr_z_radps``.
    still, pumps, curls
        Times of the calibration movements in a CSV or frame, s; a recording has them marked. Without
        them, the session is calibrated from its own movement, and zero and sign of the ankle angle are a
        convention.
    sets
        The sets in a CSV or frame, and what was asked of them. Without them sets are found from the
        movement, and their reps are measured, not judged.
    exercise
        Name of the exercise in a CSV or frame; None for leg curls.

    Raises
    ------
    TableError
        If the CSV or frame cannot be used; it names column, row and remedy.
    RecordingError
        If the recording cannot be read.
    SettingError
        If an argument cannot be used with this source.
    """
    spans = {"still": still, "pumps": pumps, "curls": curls}
    if isinstance(source, (str, Path)) and Path(source).suffix == SUFFIX:
        for name, value in {**spans, "sets": sets or None, "exercise": exercise}.items():
            if value is not None:
                raise SettingError(name, value, "left out: the recording says it")
        return session_tables(analyse(source), WORDING)
    marks = Marks(
        _span(still), _span(pumps), _span(curls), sets=tuple(one.marked() for one in sets)
    )
    metadata = exercise_metadata(None if exercise is None else exercise_named(exercise))
    with tempfile.TemporaryDirectory(prefix="toepoint-") as folder:
        path = Path(folder) / f"table{SUFFIX}"
        import_table(source, path, marks, metadata=metadata)
        return session_tables(analyse(path), WORDING)


def _span(times: Times | None) -> TimeSpan | None:
    return None if times is None else TimeSpan(*times)

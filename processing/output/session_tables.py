"""Reps, sets and angles of a session as tables with named columns, for frames and spreadsheets."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from importlib import import_module
from typing import Any, TypeAlias

import numpy as np
from msgspec import UNSET

from processing.output.summary import summarise
from processing.output.wording import Wording
from processing.reps.segmentation import phase_labels
from processing.review.analysis import Analysis
from processing.types import AngleBlock
from sensor.types import FloatArray

Cell: TypeAlias = float | str | None
Column: TypeAlias = Sequence[Cell] | FloatArray
"""(rows,) values; None, or NaN in an array of numbers, where a value is not known."""
_OF_PLAN = ("load_kg", "planned_reps", "side")
"""Fields of a prescription that stand in the table of sets."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Its columns have their unit at the end of their names, as in ``eccentric_s``."""

    columns: Mapping[str, Column]
    """The columns by their names."""

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(next(iter(self.columns.values()), ()))

    def to_pandas(self) -> Any:
        """Return it as a ``pandas.DataFrame``; raise ImportError if pandas is not installed."""
        return import_module("pandas").DataFrame(dict(self.columns))

    def to_polars(self) -> Any:
        """Return it as a ``polars.DataFrame``; raise ImportError if polars is not installed."""
        # All rows are looked at: a column may begin with many missing values.
        return import_module("polars").DataFrame(
            dict(self.columns), infer_schema_length=None, nan_to_null=True
        )


@dataclass(frozen=True, slots=True)
class SessionTables:
    """A session as tables, with the sentences that a reader of its numbers must know."""

    reps: Table
    """A row a rep; its columns are those of ``docs/analysis.schema.json``."""
    sets: Table
    """A row a set."""
    angles: Table
    """A row for each 10 ms: ``t_s``, ``ankle_deg`` (dorsiflexion positive), ``ankle_uncertainty_deg``,
    ``curl_deg``, ``driving_deg``, ``phase``, ``set`` and ``rep``; offline angles, NaN where unknown."""
    simulated: bool
    """Whether a simulated leg made the data."""
    calibration: str
    """The origin of the calibration, as in :class:`~processing.review.analysis.Analysis`."""
    problems: tuple[str, ...] = field(default=())
    """Faults of the data, in sentences."""


def session_tables(analysis: Analysis, wording: Wording) -> SessionTables:
    """Return an analysis as tables."""
    summary = summarise(analysis, wording)
    sets, reps = [], []
    for one in summary.sets:
        sets.append({**_scalars(one), **{name: _cell(one.plan.get(name)) for name in _OF_PLAN}})
        reps += [{"set": one.number, "set_type": one.type.value, **_scalars(r)} for r in one.reps]
    return SessionTables(
        reps=_table(reps),
        sets=_table(sets),
        angles=_angle_table(analysis),
        simulated=analysis.header.simulated,
        calibration=analysis.calibration_origin,
        problems=(
            *analysis.problems,
            *map(wording.angle_remark, analysis.angle_remarks),
            *map(wording.exercise_trouble, analysis.exercise_troubles),
        ),
    )


def _scalars(value: Any, prefix: str = "") -> dict[str, Cell]:
    """Return the fields of a dataclass that are one cell each, those of nested ones with a prefix."""
    found: dict[str, Cell] = {}
    for each in dataclasses.fields(value):
        one = getattr(value, each.name)
        if dataclasses.is_dataclass(one):
            found |= _scalars(one, f"{each.name}_")
        elif one is not UNSET and not isinstance(one, (list, dict, tuple)):
            found[prefix + each.name] = _cell(one)
    return found


def _cell(value: Any) -> Cell:
    if isinstance(value, Enum):
        return str(value.value)
    return value if isinstance(value, (int, float, str)) else None


def _table(rows: Sequence[Mapping[str, Cell]]) -> Table:
    """Return rows as columns; a row that lacks a column has None there."""
    names = dict.fromkeys(name for row in rows for name in row)
    return Table({name: [row.get(name) for row in rows] for name in names})


def _angle_table(analysis: Analysis) -> Table:
    """Return the offline angles, with the phase, set and rep at each time."""
    angles: AngleBlock = analysis.offline_angles
    t = np.asarray(angles.t)
    number_of_set, number_of_rep = np.zeros(len(t)), np.zeros(len(t))
    reps = []
    for one in analysis.sets:
        number_of_set[_within(t, one.t_start, one.t_end)] = one.number
        for rep in one.reps:
            number_of_rep[_within(t, rep.t_start, rep.t_end)] = rep.number
            reps.append(rep)
    return Table(
        {
            "t_s": t,
            "ankle_deg": _degrees(angles.ankle, angles.valid),
            "ankle_uncertainty_deg": _degrees(angles.uncertainty, angles.valid),
            "curl_deg": _degrees(angles.curl, angles.curl_valid),
            "driving_deg": _degrees(angles.driving, angles.driving_valid),
            "phase": [phase.value for phase in phase_labels(t, reps)],
            "set": np.where(number_of_set > 0, number_of_set, np.nan),
            "rep": np.where(number_of_rep > 0, number_of_rep, np.nan),
        }
    )


def _within(t: FloatArray, start: float, end: float) -> slice:
    first, last = np.searchsorted(t, (start, end)).tolist()
    return slice(first, last)


def _degrees(angles: Iterable[float], valid: Iterable[bool]) -> FloatArray:
    return np.where(np.asarray(valid), np.degrees(np.asarray(angles)), np.nan)

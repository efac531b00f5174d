"""The names of a table's columns: part of the leg, quantity, axis and unit."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sensor.errors import ImportFault, TableError
from sensor.types import STANDARD_GRAVITY_MPS2, Segment

TIME_UNITS_NS = {"s": 1e9, "ms": 1e6, "us": 1e3}
"""Nanoseconds in each unit of time."""
ACC_UNITS_MPS2 = {
    "mps2": 1.0,
    "g": STANDARD_GRAVITY_MPS2,
    "mg": STANDARD_GRAVITY_MPS2 / 1000.0,
}
"""Units of specific force, in m/s²."""
GYR_UNITS_RADPS = {"radps": 1.0, "dps": math.pi / 180.0}
"""Units of angular rate, in rad/s."""
UNITS = {"acc": ACC_UNITS_MPS2, "gyr": GYR_UNITS_RADPS}
"""The units of each quantity."""

TIME = re.compile(r"t_(?P<unit>[a-z0-9]+)")
MEASURED = re.compile(
    rf"(?P<segment>{'|'.join(Segment)})_(?P<quantity>acc|gyr)_(?P<axis>[xyz])_(?P<unit>\w+)"
)
REFERENCE = "reference_deg"
"""Name of the column with the angle of another instrument."""
REQUIRED = (Segment.SHIN, Segment.FOOT)
"""The ankle angle needs these two; the thigh is optional."""
EXAMPLE = "t_s, shin_acc_x_mps2 … shin_gyr_z_radps, foot_acc_x_mps2 … foot_gyr_z_radps"


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns of a table, with the meaning of those that are read."""

    names: tuple[str, ...]
    """Names of all columns, in lower case."""
    time: int
    """Index of the time column."""
    time_unit: str
    """Its unit, a key of :data:`TIME_UNITS_NS`."""
    measured: dict[Segment, tuple[int, ...]]
    """Indices of the six columns of each part of the leg: acc x y z, gyr x y z."""
    units: dict[Segment, tuple[str, ...]]
    """The units of these six, in the same order."""
    reference: int | None
    """Index of :data:`REFERENCE`; None if there is no such column."""

    @property
    def used(self) -> list[int]:
        """The indices of all columns that are read: time, measured ones, reference."""
        reference = [] if self.reference is None else [self.reference]
        return [self.time, *(i for six in self.measured.values() for i in six), *reference]

    @property
    def unused(self) -> list[str]:
        """The names of the columns that are not read; columns without a name are left out."""
        used = set(self.used)
        return [name for i, name in enumerate(self.names) if name and i not in used]


def read_columns(path: Path | None, line: int | None, header: Sequence[str]) -> TableColumns:
    """Return the columns of a table from its header.

    Parameters
    ----------
    path, line
        The file and the line of its header, for errors; None for a frame.
    header
        The names in the header.

    Raises
    ------
    TableError
        If a column is missing or is there twice (COLUMNS), or its unit is unknown (UNIT).
    """
    names = tuple(name.strip().lower() for name in header)
    # Which of two columns of one name was meant cannot be known.
    for name in names:
        if name and names.count(name) > 1:
            raise TableError(
                path, ImportFault.COLUMNS, "this column is there twice", row=line, column=name
            )
    times: dict[str, int] = {}
    measured: dict[tuple[str, str, str], tuple[int, str]] = {}
    for i, name in enumerate(names):
        if match := TIME.fullmatch(name):
            _check_unit(path, line, name, match["unit"], TIME_UNITS_NS)
            times[match["unit"]] = i
        elif match := MEASURED.fullmatch(name):
            _check_unit(path, line, name, match["unit"], UNITS[match["quantity"]])
            key = (match["segment"], match["quantity"], match["axis"])
            if key in measured:
                raise TableError(
                    path,
                    ImportFault.COLUMNS,
                    f"the same quantity is in {names[measured[key][0]]} already",
                    row=line,
                    column=name,
                )
            measured[key] = (i, match["unit"])
    if len(times) != 1:
        what = "two columns of time" if times else "no column of time (t_s, t_ms or t_us)"
        raise TableError(path, ImportFault.COLUMNS, f"{what}. Expected: {EXAMPLE}", row=line)
    indices, units = {}, {}
    for segment in Segment:
        if segment not in REQUIRED and not any(key[0] == segment for key in measured):
            continue
        six = [_found(path, line, measured, segment, q, axis) for q in UNITS for axis in "xyz"]
        indices[segment] = tuple(i for i, _ in six)
        units[segment] = tuple(unit for _, unit in six)
    ((time_unit, time),) = times.items()
    reference = names.index(REFERENCE) if REFERENCE in names else None
    return TableColumns(names, time, time_unit, indices, units, reference)


def _check_unit(
    path: Path | None, line: int | None, name: str, unit: str, known: dict[str, float]
) -> None:
    if unit not in known:
        raise TableError(
            path,
            ImportFault.UNIT,
            f"unit {unit!r} is unknown. Known units of this quantity: {', '.join(known)}",
            row=line,
            column=name,
        )


def _found(
    path: Path | None,
    line: int | None,
    measured: dict[tuple[str, str, str], tuple[int, str]],
    segment: Segment,
    quantity: str,
    axis: str,
) -> tuple[int, str]:
    try:
        return measured[segment, quantity, axis]
    except KeyError:
        raise TableError(
            path,
            ImportFault.COLUMNS,
            f"no column {segment}_{quantity}_{axis}_{next(iter(UNITS[quantity]))} (or in "
            f"{', '.join(list(UNITS[quantity])[1:])}). Expected: {EXAMPLE}",
            row=line,
        ) from None

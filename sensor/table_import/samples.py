"""Judge the numbers of a table: time, rate, gaps and whether the units can be true.

Nothing is changed silently. What is changed at all is a repair, and stands in the report.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sensor.errors import ImportFault, TableError
from sensor.families.table import MAX_ACC_MPS2, MAX_GYR_RADPS
from sensor.table_import.table_columns import ACC_UNITS_MPS2, TIME_UNITS_NS, UNITS, TableColumns
from sensor.table_import.table_text import TextTable
from sensor.types import FloatArray, Segment

MIN_RATE_HZ = 10.0
MAX_RATE_HZ = 2000.0
MAX_UNEVEN_SHARE = 0.1
"""Share of the steps in time that may be off by more than half before it is no steady rate."""
MAX_FIRST_TIME_NS = 86_400 * 10**9
MAX_TIME_NS = 3 * 10**17
GRAVITY_RANGE_MPS2 = (5.0, 20.0)
"""Where the median of |acc| of a worn sensor must lie: gravity is always there."""
LIKELY_MAX_GYR_RADPS = 35.0
"""The full scale of usual gyroscopes, 2000 °/s."""
HARDLY_TURNING_RADPS = 0.15


@dataclass(frozen=True, slots=True)
class Gap:
    """About ``lost`` rows are missing directly before line ``line``, whose time is ``t_ns``."""

    line: int
    t_ns: int
    lost: int


@dataclass(frozen=True, slots=True)
class TableSamples:
    """The checked content of a table in SI units.

    ``t_ns`` (n,) increases; ``measured`` (n, 6) are acc x y z and gyr x y z of each part of the
    leg; ``reference_deg`` (n,) or None; ``shift_s`` was added to the times of the file.
    """

    t_ns: npt.NDArray[np.int64]
    measured: dict[Segment, FloatArray]
    reference_deg: FloatArray | None
    rate_hz: float
    shift_s: float
    gaps: tuple[Gap, ...]
    repairs: tuple[str, ...]
    remarks: tuple[str, ...]


def check(path: Path, table: TextTable) -> TableSamples:
    """Return the samples of a table.

    Raises
    ------
    TableError
        If a number, the time or a unit cannot be true.
    """
    columns, values, lines = table.columns, table.values, np.array(table.lines)
    repairs: list[str] = []
    remarks: list[str] = []
    _check_finite(path, columns, values, lines)
    keep = np.ones(len(values), np.bool_)
    before, after = values[:-1], values[1:]
    keep[1:] = ((before != after) & ~(np.isnan(before) & np.isnan(after))).any(axis=1)
    if not keep.all():
        first = lines[~keep][0]
        repairs.append(
            f"rows that only repeat the row before them were left out: {(~keep).sum()}, the first "
            f"of them in line {first}"
        )
        values, lines = values[keep], lines[keep]
    if len(values) < 2:
        raise TableError(path, ImportFault.EMPTY, "there are fewer than two different rows")
    t_ns, shift_s = _time(path, columns, values[:, 0], lines)
    if shift_s:
        repairs.append(f"{shift_s:+.9f} s were added to every time, so that the first is 0")
    rate_hz, gaps = _rate_and_gaps(path, columns, t_ns, lines)
    measured = {}
    for position, (segment, units) in enumerate(columns.units.items()):
        raw = values[:, 1 + 6 * position : 7 + 6 * position]
        scale = np.array(
            [UNITS[q][u] for q, u in zip(["acc"] * 3 + ["gyr"] * 3, units, strict=True)]
        )
        measured[segment] = np.ascontiguousarray(raw * scale)
        _check_units(path, columns, segment, raw, measured[segment], lines)
        remarks += _gyr_remarks(columns, segment, measured[segment])
    if columns.unused:
        remarks.append(f"columns that are not used: {', '.join(columns.unused)}")
    reference = None if columns.reference is None else np.ascontiguousarray(values[:, -1])
    return TableSamples(
        t_ns, measured, reference, rate_hz, shift_s, gaps, tuple(repairs), tuple(remarks)
    )


def _check_finite(
    path: Path, columns: TableColumns, values: FloatArray, lines: npt.NDArray[np.int_]
) -> None:
    bad = ~np.isfinite(values)
    if columns.reference is not None:
        bad[:, -1] = np.isinf(values[:, -1])
    if bad.any():
        row, position = np.argwhere(bad)[0]
        raise TableError(
            path,
            ImportFault.VALUE,
            f"{values[row, position]} is not a number that was measured. Leave out rows without "
            "a measurement: they count as lost",
            row=int(lines[row]),
            column=columns.names[columns.used[position]],
        )


def _time(
    path: Path, columns: TableColumns, times: FloatArray, lines: npt.NDArray[np.int_]
) -> tuple[npt.NDArray[np.int64], float]:
    """Return increasing times in ns, and how many seconds were added to get them.

    Something is added where the time is a date, or negative.
    """
    name = columns.names[columns.time]
    ns = TIME_UNITS_NS[columns.time_unit]
    first = float(times[0])
    # Subtracted before the conversion, which would round the nanoseconds of a date away.
    zero = 0.0 if 0.0 <= first * ns <= MAX_FIRST_TIME_NS else first
    exact = np.rint((times - zero) * ns)
    if np.abs(exact).max() > MAX_TIME_NS:
        raise TableError(path, ImportFault.TIME, "times beyond ten years", column=name)
    t_ns = exact.astype(np.int64)
    wrong = np.flatnonzero(np.diff(t_ns) <= 0)
    if wrong.size:
        i = int(wrong[0]) + 1
        what = (
            f"the time of the row before, {times[i]}, again, but with other values: times with "
            "more decimals are needed"
            if t_ns[i] == t_ns[i - 1]
            else f"the time runs backwards, from {times[i - 1]} to {times[i]}"
        )
        raise TableError(path, ImportFault.TIME, what, row=int(lines[i]), column=name)
    return t_ns, 0.0 - zero * ns / 1e9


def _rate_and_gaps(
    path: Path, columns: TableColumns, t_ns: npt.NDArray[np.int64], lines: npt.NDArray[np.int_]
) -> tuple[float, tuple[Gap, ...]]:
    """Return the mean rate between gaps, in Hz, and the gaps."""
    name = columns.names[columns.time]
    steps = np.diff(t_ns)
    median_ns = float(np.median(steps))
    if not MIN_RATE_HZ <= 1e9 / median_ns <= MAX_RATE_HZ:
        own = TIME_UNITS_NS[columns.time_unit]
        likely = [
            f" Should it be t_{unit}?"
            for unit, ns in TIME_UNITS_NS.items()
            if MIN_RATE_HZ <= 1e9 / (median_ns / own * ns) <= MAX_RATE_HZ
        ]
        raise TableError(
            path,
            ImportFault.TIME,
            f"one row every {median_ns / 1e9:.6g} s: from {MIN_RATE_HZ:g} to {MAX_RATE_HZ:g} rows "
            f"a second can be used.{(likely or [''])[0]}",
            column=name,
        )
    uneven = (steps < 0.5 * median_ns) | (steps > 1.5 * median_ns)
    if uneven.sum() > max(1, MAX_UNEVEN_SHARE * len(steps)):
        i = int(np.flatnonzero(uneven)[0]) + 1
        raise TableError(
            path,
            ImportFault.TIME,
            f"no steady rate: {uneven.sum()} of {len(steps)} steps in time are off by more than "
            f"half of {median_ns / 1e6:.4g} ms, the first of them here",
            row=int(lines[i]),
            column=name,
        )
    period_ns = float(np.mean(steps[~uneven]))
    gaps = tuple(
        Gap(int(lines[i + 1]), int(t_ns[i + 1]), max(1, round(steps[i] / period_ns) - 1))
        for i in np.flatnonzero(steps > 1.5 * median_ns)
    )
    return 1e9 / period_ns, gaps


def _check_units(
    path: Path,
    columns: TableColumns,
    segment: Segment,
    raw: FloatArray,
    measured: FloatArray,
    lines: npt.NDArray[np.int_],
) -> None:
    """Refuse values that cannot be what their unit says: gravity is always there."""
    indices, units = columns.measured[segment], columns.units[segment]
    level = float(np.median(np.linalg.norm(measured[:, :3], axis=1)))
    lowest, highest = GRAVITY_RANGE_MPS2
    if not lowest <= level <= highest:
        raw_level = float(np.median(np.linalg.norm(raw[:, :3], axis=1)))
        likely = [
            f"The numbers look like {unit}: name the columns {segment}_acc_x_{unit} …"
            for unit, scale in ACC_UNITS_MPS2.items()
            if lowest <= raw_level * scale <= highest
        ]
        other = "Acceleration with gravity in it is needed, as an accelerometer gives it"
        raise TableError(
            path,
            ImportFault.UNIT,
            f"the acceleration of the {segment} is {level:.3g} m/s² in the median, where gravity "
            f"alone is 9.8. {(likely or [other])[0]}",
            column=columns.names[indices[0]],
        )
    limits = np.array([MAX_ACC_MPS2] * 3 + [MAX_GYR_RADPS] * 3)
    beyond = np.argwhere(np.abs(measured) > limits)
    if beyond.size:
        row, position = (int(i) for i in beyond[0])
        raise TableError(
            path,
            ImportFault.VALUE,
            f"{raw[row, position]:g} {units[position]} is more than any sensor can measure",
            row=int(lines[row]),
            column=columns.names[indices[position]],
        )


def _gyr_remarks(columns: TableColumns, segment: Segment, measured: FloatArray) -> list[str]:
    """Return a doubt about the unit of a gyroscope; movement alone cannot prove it wrong."""
    units = columns.units[segment][3:]
    fastest = float(np.percentile(np.linalg.norm(measured[:, 3:], axis=1), 99))
    doubt = None
    if fastest > LIKELY_MAX_GYR_RADPS and "radps" in units:
        doubt = (
            f"the {segment} turns at {fastest:.3g} rad/s, beyond the range of usual gyroscopes: "
            "are the numbers in °/s (dps)?"
        )
    elif fastest < HARDLY_TURNING_RADPS and "dps" in units:
        doubt = (
            f"the {segment} hardly turns, {np.degrees(fastest):.2g} °/s at most: are the numbers "
            "in rad/s (radps)?"
        )
    return [] if doubt is None else [doubt]

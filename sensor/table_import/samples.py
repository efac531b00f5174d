"""The checks of a table's numbers: time, rate, gaps, and whether the units can be right.

Nothing changes silently: every change is a repair, and the report lists it.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sensor.errors import ImportFault, TableError
from sensor.families.table import MAX_ACC_MPS2, MAX_GYR_RADPS
from sensor.table_import.stops import Stops, find_stops, stop_remarks
from sensor.table_import.table_columns import ACC_UNITS_MPS2, TIME_UNITS_NS, UNITS, TableColumns
from sensor.table_import.table_values import TableValues
from sensor.table_import.turn_scale import turn_scale
from sensor.types import FloatArray, Segment

MIN_RATE_HZ = 10.0
MAX_RATE_HZ = 2000.0
"""Rates outside these two are a wrong unit of time rather than an IMU."""
MAX_UNEVEN_SHARE = 0.1
"""Largest share of time steps that differ from the median step by more than half: beyond that the
table has no steady rate."""
MAX_FIRST_TIME_NS = 86_400 * 10**9
"""A first time beyond a day is a date, and is shifted to 0."""
MAX_TIME_NS = 3 * 10**17
"""Longest table, about ten years: it fits an int64 with room for the arithmetic."""
GRAVITY_RANGE_MPS2 = (5.0, 20.0)
"""Range of the median of |acc| of a worn sensor: gravity is always in it."""
MAX_LEG_RADPS = 35.0
"""No leg turns as fast as the full scale of usual gyroscopes, 2000 °/s, but for a moment."""
SURE_CORRELATION = 0.6
"""Correlation from which the turn of gravity shows the scale of the turn rates."""
WRONG_UNIT = 0.06
"""Degrees taken for radians scale the turn by 1/57; a factor three times that is wrong in any case."""
HARDLY_TURNING_RADPS = 0.15
"""A leg in training turns faster than this, about 9 °/s; slower numbers may be in rad/s."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in a table."""

    line: int
    """The line after the gap."""
    t_ns: int
    """The time of that line on the session's time base, in ns."""
    lost: int
    """About so many rows are missing."""


@dataclass(frozen=True, slots=True)
class TableSamples:
    """The checked content of a table in SI units."""

    t_ns: npt.NDArray[np.int64]
    """(n,) increasing times on the session's time base, in ns."""
    measured: dict[Segment, FloatArray]
    """(n, 6) acc x y z in m/s² and gyr x y z in rad/s of each part of the leg, in the sensor's
    frame."""
    stops: dict[Segment, Stops]
    """The ends of the range of each sensor, as far as it reached them."""
    reference_deg: FloatArray | None
    """(n,) angle of another instrument, in degrees; None if there is none."""
    rate_hz: float
    """Mean rate, gaps left out."""
    shift_s: float
    """Time that was added to the times of the table."""
    gaps: tuple[Gap, ...]
    """The gaps, in order of time."""
    repairs: tuple[str, ...]
    """The changes, in words."""
    remarks: tuple[str, ...]
    """Doubts and unused columns, in words."""


def check(path: Path | None, table: TableValues) -> TableSamples:
    """Return the samples of a table; ``path`` is for errors.

    Raises
    ------
    TableError
        If a number, the time or a unit cannot be right.
    """
    columns, values, lines = table.columns, table.values, np.array(table.lines)
    repairs: list[str] = []
    remarks: list[str] = []
    _check_finite(path, columns, values, lines)
    keep = np.ones(len(values), np.bool_)
    # To numpy one nan differs from another; a reference that is missing twice is no difference.
    before, after = values[:-1], values[1:]
    keep[1:] = ((before != after) & ~(np.isnan(before) & np.isnan(after))).any(axis=1)
    if not keep.all():
        first = lines[~keep][0]
        repairs.append(
            f"rows that only repeat the row before them were left out: {(~keep).sum()}, the first "
            f"of them in line {first}"
        )
        values, lines = values[keep], lines[keep]
    # A rate needs two times.
    if len(values) < 2:
        raise TableError(path, ImportFault.EMPTY, "there are fewer than two different rows")
    t_ns, shift_s = _time(path, columns, values[:, 0], lines)
    if shift_s:
        repairs.append(f"{shift_s:+.9f} s were added to every time, so that the first is 0")
    rate_hz, gaps = _rate_and_gaps(path, columns, t_ns, lines)
    measured, stops = {}, {}
    for position, (segment, units) in enumerate(columns.units.items()):
        raw = values[:, 1 + 6 * position : 7 + 6 * position]
        scale = np.array(
            [UNITS[q][u] for q, u in zip(["acc"] * 3 + ["gyr"] * 3, units, strict=True)]
        )
        measured[segment] = np.ascontiguousarray(raw * scale)
        _check_units(path, columns, segment, raw, measured[segment], lines)
        remarks += _check_turns(path, columns, segment, measured[segment], rate_hz)
        stops[segment] = find_stops(measured[segment], rate_hz)
        remarks += stop_remarks(segment, measured[segment], stops[segment])
    if columns.unused:
        remarks.append(f"columns that are not used: {', '.join(columns.unused)}")
    reference = None if columns.reference is None else np.ascontiguousarray(values[:, -1])
    return TableSamples(
        t_ns, measured, stops, reference, rate_hz, shift_s, gaps, tuple(repairs), tuple(remarks)
    )


def _check_finite(
    path: Path | None, columns: TableColumns, values: FloatArray, lines: npt.NDArray[np.int_]
) -> None:
    # A reference may have gaps: its instrument sees nothing at times.
    bad = ~np.isfinite(values)
    if columns.reference is not None:
        bad[:, -1] = np.isinf(values[:, -1])
    if bad.any():
        row, position = np.argwhere(bad)[0]
        raise TableError(
            path,
            ImportFault.VALUE,
            f"{values[row, position]} is not a measured number. Leave out rows without a "
            "measurement; they count as lost",
            row=int(lines[row]),
            column=columns.names[columns.used[position]],
        )


def _time(
    path: Path | None, columns: TableColumns, times: FloatArray, lines: npt.NDArray[np.int_]
) -> tuple[npt.NDArray[np.int64], float]:
    """Return increasing times (n,) in ns, and the seconds that were added to the table's times.

    Times are shifted if the first one is a date or negative.
    """
    name = columns.names[columns.time]
    ns = TIME_UNITS_NS[columns.time_unit]
    first = float(times[0])
    # Subtract before converting: the conversion would round the nanoseconds of a date.
    zero = 0.0 if 0.0 <= first * ns <= MAX_FIRST_TIME_NS else first
    exact = np.rint((times - zero) * ns)
    if np.abs(exact).max() > MAX_TIME_NS:
        raise TableError(path, ImportFault.TIME, "times beyond ten years", column=name)
    t_ns = exact.astype(np.int64)
    wrong = np.flatnonzero(np.diff(t_ns) <= 0)
    if wrong.size:
        i = int(wrong[0]) + 1
        what = (
            f"two rows with different values have the same time {times[i]}. Save the times with "
            "more decimals"
            if t_ns[i] == t_ns[i - 1]
            else f"the time runs backwards, from {times[i - 1]} to {times[i]}"
        )
        raise TableError(path, ImportFault.TIME, what, row=int(lines[i]), column=name)
    return t_ns, 0.0 - zero * ns / 1e9


def _rate_and_gaps(
    path: Path | None,
    columns: TableColumns,
    t_ns: npt.NDArray[np.int64],
    lines: npt.NDArray[np.int_],
) -> tuple[float, tuple[Gap, ...]]:
    """Return the mean rate between gaps, in Hz, and the gaps."""
    name = columns.names[columns.time]
    steps = np.diff(t_ns)
    median_ns = float(np.median(steps))
    if not MIN_RATE_HZ <= 1e9 / median_ns <= MAX_RATE_HZ:
        own = TIME_UNITS_NS[columns.time_unit]
        likely = [
            f" Should the column be t_{unit}?"
            for unit, ns in TIME_UNITS_NS.items()
            if MIN_RATE_HZ <= 1e9 / (median_ns / own * ns) <= MAX_RATE_HZ
        ]
        raise TableError(
            path,
            ImportFault.TIME,
            f"there is one row every {median_ns / 1e9:.6g} s; {MIN_RATE_HZ:g} to {MAX_RATE_HZ:g} "
            f"rows per second can be used.{(likely or [''])[0]}",
            column=name,
        )
    # Around the median, which a few gaps do not move.
    uneven = (steps < 0.5 * median_ns) | (steps > 1.5 * median_ns)
    if uneven.sum() > max(1, MAX_UNEVEN_SHARE * len(steps)):
        i = int(np.flatnonzero(uneven)[0]) + 1
        raise TableError(
            path,
            ImportFault.TIME,
            f"the rate is not steady: {uneven.sum()} of {len(steps)} time steps differ by more than "
            f"half from {median_ns / 1e6:.4g} ms, first here",
            row=int(lines[i]),
            column=name,
        )
    # The mean of the even steps is finer than the median, which has the resolution of the file.
    period_ns = float(np.mean(steps[~uneven]))
    gaps = tuple(
        Gap(int(lines[i + 1]), int(t_ns[i + 1]), max(1, round(steps[i] / period_ns) - 1))
        for i in np.flatnonzero(steps > 1.5 * median_ns)
    )
    return 1e9 / period_ns, gaps


def _check_units(
    path: Path | None,
    columns: TableColumns,
    segment: Segment,
    raw: FloatArray,
    measured: FloatArray,
    lines: npt.NDArray[np.int_],
) -> None:
    """Refuse values that cannot be right in their unit: gravity is always in the acceleration."""
    indices, units = columns.measured[segment], columns.units[segment]
    # The median, since impacts reach many times gravity for a moment.
    level = float(np.median(np.linalg.norm(measured[:, :3], axis=1)))
    lowest, highest = GRAVITY_RANGE_MPS2
    if not lowest <= level <= highest:
        raw_level = float(np.median(np.linalg.norm(raw[:, :3], axis=1)))
        likely = [
            f"The numbers look like {unit}: convert them, or name the columns {segment}_acc_x_{unit} …"
            for unit, scale in ACC_UNITS_MPS2.items()
            if lowest <= raw_level * scale <= highest
        ]
        other = "Acceleration that includes gravity is needed, as an accelerometer measures it"
        raise TableError(
            path,
            ImportFault.UNIT,
            f"the median acceleration of the {segment} is {level:.3g} m/s², but gravity alone is "
            f"9.8. {(likely or [other])[0]}",
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


def _check_turns(
    path: Path | None,
    columns: TableColumns,
    segment: Segment,
    measured: FloatArray,
    rate_hz: float,
) -> list[str]:
    """Refuse turn rates that cannot be right in their unit; return a doubt that nothing can prove."""
    units = columns.units[segment][3:]
    # Not the maximum: a single spike is no sign of a wrong unit.
    fastest = float(np.percentile(np.linalg.norm(measured[:, 3:], axis=1), 99))
    scale = turn_scale(measured[:, :3], measured[:, 3:], rate_hz)
    factor = scale.factor if scale and scale.correlation > SURE_CORRELATION else 1.0
    likely = None
    if "radps" in units and (fastest > MAX_LEG_RADPS or factor < WRONG_UNIT):
        likely, unit = "°/s", "dps"
    elif "dps" in units and factor > 1.0 / WRONG_UNIT:
        likely, unit = "rad/s", "radps"
    if likely is not None:
        raise TableError(
            path,
            ImportFault.UNIT,
            f"the {segment} turns at {fastest:.3g} rad/s, but its accelerations show "
            f"another turn. The numbers look like {likely}: convert them, or name the columns "
            f"{segment}_gyr_x_{unit} …",
            column=columns.names[columns.measured[segment][3]],
        )
    if "dps" in units and fastest < HARDLY_TURNING_RADPS:
        slowly = f"the {segment} hardly turns, {np.degrees(fastest):.2g} °/s at most"
        return [f"{slowly}: are the numbers in rad/s (radps)?"]
    return []

"""Frames and arrays of Python programs, read into the numbers of a table.

A frame is a pandas or polars frame, or a mapping of names to columns. Neither library is needed.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeAlias, TypeGuard, runtime_checkable

import numpy as np
import numpy.typing as npt

from sensor.errors import ImportFault, TableError
from sensor.table_import.table_columns import TableColumns, read_columns
from sensor.table_import.table_values import TableValues
from sensor.types import FloatArray, Segment

DATE_TIME = "t"
"""Name of a column of dates, which needs no unit: seconds since the first are read."""
_NUMBER_KINDS = "fiub"
_DATE_KINDS = "Mm"


@runtime_checkable
class ColumnFrame(Protocol):
    """A frame of named columns, as of pandas and polars."""

    @property
    def columns(self) -> Iterable[Any]:
        """The names."""
        ...

    def __getitem__(self, name: Any, /) -> Any:
        """Return a column."""
        ...


Frame: TypeAlias = Mapping[str, npt.ArrayLike] | ColumnFrame
"""A pandas or polars frame, or a mapping of names to columns."""


def is_frame(data: object) -> TypeGuard[Frame]:
    """Return whether ``data`` is a :data:`Frame`."""
    return isinstance(data, (Mapping, ColumnFrame))


def read_frame(frame: Frame) -> TableValues:
    """Return the numbers of a frame.

    Its columns have the names of an imported table, as ``t_s`` and ``shin_acc_x_mps2``; a column of dates
    may be called ``t``.

    Raises
    ------
    TableError
        If a column is missing, has no numbers or another length (its ``path`` is None).
    """
    if not is_frame(frame):
        detail = "it is neither a frame nor a mapping of names to columns"
        raise TableError(None, ImportFault.COLUMNS, detail)
    given = list(frame.columns if isinstance(frame, ColumnFrame) else frame)
    # Which other column is meant by a name that is no text cannot be known.
    names = [str(name) for name in given]
    times = {i: "t_s" for i, name in enumerate(names) if name.strip().lower() == DATE_TIME}
    columns = read_columns(None, None, [times.get(i, name) for i, name in enumerate(names)])
    read = {i: _column(names[i], frame[given[i]]) for i in columns.used}
    rows = len(read[columns.time])
    if columns.time in times and not _is_date(frame[given[columns.time]]):
        detail = "it has no unit. Name it t_s, t_ms or t_us"
        raise TableError(None, ImportFault.UNIT, detail, column=names[columns.time])
    for i, column in read.items():
        _check_length(names[i], column, names[columns.time], rows)
    values = np.stack([read[i] for i in columns.used], axis=1)
    return TableValues(columns, values, range(rows))


def read_arrays(
    segment: Segment,
    t: npt.ArrayLike,
    acc: npt.ArrayLike,
    gyr: npt.ArrayLike,
    *,
    t_name: str = "t",
    zero: object = None,
) -> TableValues:
    """Return the numbers of one sensor's arrays.

    Parameters
    ----------
    segment
        The part of the leg that wears the sensor.
    t
        (n,) s, or dates, which are read as seconds since ``zero``.
    acc, gyr
        (n, 3) specific force in m/s² and turn rate in rad/s.
    t_name
        Name of the times, for errors.
    zero
        The date at 0 s; None for the first one.

    Raises
    ------
    TableError
        If an array has no numbers or another shape; it names the array (its ``path`` is None).
    """
    times = _column(t_name, t, zero)
    names, columns = [t_name], [times]
    for quantity, values in (("acc", acc), ("gyr", gyr)):
        name = f"{segment}_{quantity}"
        array = _numbers(name, values)
        if array.ndim != 2 or array.shape[1] != 3:
            detail = (
                f"its shape is {array.shape}; (n, 3) is needed: a row a sample, with x, y and z"
            )
            raise TableError(None, ImportFault.COLUMNS, detail, column=name)
        _check_length(name, array, t_name, len(times))
        names += [f"{name}[:, {axis}]" for axis in range(3)]
        columns += list(array.T)
    units = ("mps2",) * 3 + ("radps",) * 3
    described = TableColumns(
        tuple(names), 0, "s", {segment: tuple(range(1, 7))}, {segment: units}, None
    )
    return TableValues(described, np.stack(columns, axis=1), range(len(times)))


def _check_length(name: str, column: FloatArray, other: str, rows: int) -> None:
    if len(column) != rows:
        detail = f"it has {len(column)} rows, but {other} has {rows}"
        raise TableError(None, ImportFault.COLUMNS, detail, column=name)


def _is_date(column: object) -> bool:
    return np.asarray(column).dtype.kind in _DATE_KINDS


def _column(name: str, column: object, zero: object = None) -> FloatArray:
    """Return a column (n,); dates become seconds since ``zero``, None for the first one."""
    array = _numbers(name, column, zero)
    if array.ndim != 1:
        detail = f"its shape is {array.shape}; (n,) is needed"
        raise TableError(None, ImportFault.COLUMNS, detail, column=name)
    return array


def _numbers(name: str, column: object, zero: object = None) -> FloatArray:
    try:
        array = np.asarray(column)
        if array.dtype.kind in _DATE_KINDS:
            return _seconds(array, array[:1] if zero is None else np.asarray(zero))
        if array.dtype.kind in _NUMBER_KINDS:
            return np.asarray(array, np.float64)
        # Numbers among missing values come as objects.
        if array.dtype.kind == "O" and not any(isinstance(v, str) for v in array.flat):
            return np.asarray(column, np.float64)
    except (TypeError, ValueError, OverflowError):
        pass
    detail = (
        f"it holds no numbers ({_first_of(column)!r:.40}). Dates with a time zone: pass seconds"
    )
    raise TableError(None, ImportFault.VALUE, detail, column=name)


def _first_of(column: object) -> object:
    return next(iter(column), None) if isinstance(column, Iterable) else column


def _seconds(dates: npt.NDArray[Any], zero: npt.NDArray[Any]) -> FloatArray:
    """Return dates or durations (n,) as seconds since ``zero``; NaN where there is none."""
    seconds: FloatArray = (dates - zero) / np.timedelta64(1, "s")
    return seconds

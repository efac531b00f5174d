"""Numbers and payloads as columns of differences, which compress far better than rows of bytes.

Every step is exact: all arithmetic is modulo the width of the column. ``docs/recording_format.md``
describes the bytes.
"""

import re
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sensor.recording.format import FormatError

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]

WIDTHS = (1, 2, 3, 4, 8)
"""Widths of a field, in bytes: those of the numbers that sensors send."""
MAX_ORDER = 2
"""Highest order of the differences; more only amplifies noise."""
_FIELD = re.compile(r"([12348])([lb])([012])")


@dataclass(frozen=True, slots=True)
class PayloadField:
    """One number of a payload, and how its column is stored."""

    width: int
    """Its width, in bytes."""
    big_endian: bool = False
    """Whether its first byte is the highest."""
    order: int = 0
    """Number of times that differences of successive values are taken."""

    @property
    def code(self) -> str:
        """The field in the file: width, ``l`` or ``b`` for the byte order, order of differences."""
        return f"{self.width}{'b' if self.big_endian else 'l'}{self.order}"

    @classmethod
    def from_code(cls, code: str) -> Self:
        """Read a field from the file.

        Raises
        ------
        FormatError
            If it is no field.
        """
        found = _FIELD.fullmatch(code)
        if found is None:
            raise FormatError("a column of an unknown kind")
        return cls(int(found[1]), found[2] == "b", int(found[3]))


def split_planes(values: Words, width: int, order: int) -> Bytes:
    """Return the column of ``values``: their zigzag differences, the lowest byte of all first.

    Parameters
    ----------
    values
        Whole numbers modulo ``256**width``; along the first axis in order of time.
    width
        Their width, in bytes.
    order
        How often differences are taken.

    Returns
    -------
    Bytes
        One plane for each byte along a new first axis.
    """
    for _ in range(order):
        # The value before the first is 0, so that nothing else must be stored.
        values = np.concatenate([values[:1], values[1:] - values[:-1]])
    shift = np.uint64(64 - 8 * width)
    signed = (values << shift).view(np.int64) >> np.int64(64 - 8 * width)
    zigzag = ((signed << 1) ^ (signed >> 63)).view(np.uint64)
    return np.stack([(zigzag >> np.uint64(8 * n)).astype(np.uint8) for n in range(width)])


def join_planes(planes: Bytes, order: int) -> Words:
    """Return the values of a column, modulo ``256**width``; the inverse of :func:`split_planes`."""
    zigzag = np.zeros(planes.shape[1:], dtype=np.uint64)
    for n, plane in enumerate(planes):
        zigzag |= plane.astype(np.uint64) << np.uint64(8 * n)
    # The lowest bit is the sign: all bits are turned where it is set.
    values = (zigzag >> np.uint64(1)) ^ (np.uint64(0) - (zigzag & np.uint64(1)))
    for _ in range(order):
        values = np.cumsum(values, axis=0, dtype=np.uint64)
    return values


def values_of(rows: Bytes, field: PayloadField) -> Words:
    """Return the numbers in ``rows`` (n × width bytes)."""
    values = np.zeros(rows.shape[0], dtype=np.uint64)
    for n in range(field.width):
        place = field.width - 1 - n if field.big_endian else n
        values |= rows[:, place].astype(np.uint64) << np.uint64(8 * n)
    return values


def bytes_of(values: Words, field: PayloadField) -> Bytes:
    """Return the bytes of numbers (n × width); the inverse of :func:`values_of`."""
    rows = np.empty((values.shape[0], field.width), dtype=np.uint8)
    for n in range(field.width):
        place = field.width - 1 - n if field.big_endian else n
        rows[:, place] = (values >> np.uint64(8 * n)).astype(np.uint8)
    return rows


def pack_rows(rows: Bytes, fields: tuple[PayloadField, ...]) -> list[bytes]:
    """Return the columns of records (n × record bytes), in the order of ``fields``."""
    columns, at = [], 0
    for field in fields:
        values = values_of(rows[:, at : at + field.width], field)
        columns.append(split_planes(values, field.width, field.order).tobytes())
        at += field.width
    return columns


def unpack_rows(data: Bytes, count: int, fields: tuple[PayloadField, ...]) -> Bytes:
    """Return ``count`` records from their columns; the inverse of :func:`pack_rows`."""
    width = sum(field.width for field in fields)
    rows = np.empty((count, width), dtype=np.uint8)
    at = 0
    for field in fields:
        planes = data[at * count : (at + field.width) * count].reshape(field.width, count)
        rows[:, at : at + field.width] = bytes_of(join_planes(planes, field.order), field)
        at += field.width
    return rows

"""The angles of a kept analysis in a file of arrays (NumPy's ``.npz``), written and read in pieces."""

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import fields
from typing import IO

import numpy as np
from numpy.lib import format as npy

from processing.motion.long_block import PIECE_ROWS, LongBlock, release
from processing.types import AngleBlock, Samples

_NAMES = tuple(field.name for field in fields(AngleBlock))


def write_angles(file: zipfile.ZipFile, name: str, angles: AngleBlock) -> None:
    """Write ``angles`` as the arrays ``name.t`` and so on."""
    for column in _NAMES:
        write_array(file, f"{name}.{column}", getattr(angles, column))
        release(angles)


def write_array(file: zipfile.ZipFile, name: str, array: Samples) -> None:
    """Write one array."""
    with file.open(f"{name}.npy", "w", force_zip64=True) as stream:
        npy.write_array(stream, array, allow_pickle=False)


def read_angles(file: zipfile.ZipFile, name: str) -> AngleBlock:
    """Return the angles that were written under ``name``.

    Raises
    ------
    Exception
        One of :data:`.DAMAGE` if they are damaged.
    """
    angles = LongBlock[AngleBlock]()
    for columns in _pieces(file, name):
        angles.add(AngleBlock(**dict(zip(_NAMES, columns, strict=True))))
    found = angles.whole()
    if found is None:
        raise ValueError(f"{name} is missing")
    return found


def _pieces(file: zipfile.ZipFile, name: str) -> Iterator[list[Samples]]:
    """Yield the consecutive pieces of all columns, of which there is at least one."""
    with ExitStack() as stack:
        streams = [stack.enter_context(file.open(f"{name}.{column}.npy")) for column in _NAMES]
        rows = {_rows(stream, column) for stream, column in zip(streams, _NAMES, strict=True)}
        if len(rows) != 1:
            raise ValueError(f"the columns of {name} have different lengths")
        left = rows.pop()
        while True:
            count = min(left, PIECE_ROWS)
            yield [_read(s, c, count) for s, c in zip(streams, _NAMES, strict=True)]
            left -= count
            if not left:
                break
        # Only at its end is the checksum of a column compared.
        if any(stream.read(1) for stream in streams):
            raise ValueError(f"{name} has more samples than it says")


def _rows(stream: IO[bytes], column: str) -> int:
    """Read the head of a column; return how many samples follow."""
    if npy.read_magic(stream) != (1, 0):
        raise ValueError(f"{column}: another version")
    shape, _, dtype = npy.read_array_header_1_0(stream)
    if dtype != _dtype(column) or len(shape) != 1:
        raise ValueError(f"{column}: {dtype} {shape}")
    return int(shape[0])


def _read(stream: IO[bytes], column: str, count: int) -> Samples:
    """Return the next samples of a column, read-only as those of a new analysis."""
    size = count * _dtype(column).itemsize
    data = stream.read(size)
    if len(data) != size:
        raise EOFError(column)
    return np.frombuffer(data, dtype=_dtype(column))


def _dtype(column: str) -> np.dtype[np.generic]:
    flag = column.endswith("valid") or column == "settling"
    return np.dtype(np.bool_ if flag else np.float64)

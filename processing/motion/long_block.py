"""Blocks too long for memory: their columns lie in temporary files and are mapped into memory.

The files have no name, or lose it when they are closed, so none is left behind.
"""

import mmap
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO, Generic

import numpy as np
import platformdirs

from processing.types import Block, LinkSamples, Samples, join_blocks, slice_block
from sensor.errors import RecordingError, RecordingFault

SPILL_ROWS = 65_536
"""Samples that are kept in memory: eleven minutes, and 7 MB of both sensors."""
PIECE_ROWS = 16_384
"""Samples that are looked at together in a pass over a long block: under 2 MB of both sensors."""


class LongBlock(Generic[Block]):
    """A block that grows at its end; what is too long for memory goes to temporary files."""

    def __init__(self) -> None:
        self._recent: list[Block] = []
        self._rows = 0
        self._columns: list[_Column] = []

    def add(self, block: Block) -> None:
        """Append the samples of ``block``.

        Raises
        ------
        RecordingError
            If a temporary file cannot be written.
        """
        self._recent.append(block)
        self._rows += len(_first(block))
        if self._rows >= SPILL_ROWS:
            self._spill()

    def whole(self) -> Block | None:
        """Return all samples as one block, None if there are none. Nothing can be added afterwards.

        Raises
        ------
        RecordingError
            If a temporary file cannot be written.
        """
        if not self._recent and not self._columns:
            return None
        if not self._columns:
            return join_blocks(self._recent)
        pattern = self._recent[-1]
        self._spill()
        mapped = iter([column.mapped() for column in self._columns])
        return _with_arrays(pattern, mapped)

    def _spill(self) -> None:
        """Write the samples in memory; keep the last block, whose fields tell the types."""
        arrays = list(_arrays(join_blocks(self._recent)))
        self._columns = self._columns or [_Column(array) for array in arrays]
        for column, array in zip(self._columns, arrays, strict=True):
            column.append(array)
        self._recent, self._rows = [_none_of(self._recent[-1])], 0


class _Column:
    """A column in a temporary file."""

    def __init__(self, like: Samples) -> None:
        self._dtype, self._shape = like.dtype, like.shape[1:]
        self._file = _temporary_file()

    def append(self, array: Samples) -> None:
        """Write the values of ``array`` behind the others."""
        try:
            self._file.write(np.ascontiguousarray(array).data)
        except OSError as error:
            raise _no_room(error) from error

    def mapped(self) -> Samples:
        """Return the whole column, read-only."""
        try:
            self._file.flush()
            data = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise _no_room(error) from error
        # The mapping has a handle of its own.
        self._file.close()
        return np.frombuffer(data, dtype=self._dtype).reshape(-1, *self._shape)


def pieces(block: Block, rows: int = PIECE_ROWS) -> Iterator[Block]:
    """Yield the consecutive pieces of ``block``; memory is needed for one of them only."""
    for first in range(0, len(_first(block)), rows):
        yield slice_block(block, first, min(first + rows, len(_first(block))))
        release(block)


def release(block: Block) -> None:
    """Give the memory of ``block`` back where it can be read from a file again."""
    for array in _arrays(block):
        base = array.base
        while isinstance(base, np.ndarray):
            base = base.base
        # Not every system has it; there the pages go when others need the memory.
        if isinstance(base, mmap.mmap) and hasattr(base, "madvise"):
            base.madvise(mmap.MADV_DONTNEED)


def _first(block: Block) -> Samples:
    return next(_arrays(block))


def _arrays(block: Block) -> Iterator[Samples]:
    """Yield the arrays of ``block`` in the order of its fields."""
    for field in fields(block):
        value = getattr(block, field.name)
        if isinstance(value, LinkSamples):
            yield from _arrays(value)
        elif value is not None:
            yield value


def _with_arrays(block: Block, arrays: Iterator[Samples]) -> Block:
    """Return ``block`` with other arrays, given in the order of :func:`_arrays`."""
    values: list[Any] = []
    for field in fields(block):
        value = getattr(block, field.name)
        if isinstance(value, LinkSamples):
            values.append(_with_arrays(value, arrays))
        else:
            values.append(None if value is None else next(arrays))
    return type(block)(*values)


def _none_of(block: Block) -> Block:
    """Return a block of the kind of ``block`` without samples."""
    return _with_arrays(block, iter([array[:0].copy() for array in _arrays(block)]))


def _temporary_file() -> BinaryIO:
    # The folder for temporary files of many systems lies in memory.
    folder = platformdirs.user_cache_path("toepoint", appauthor=False) / "scratch"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return tempfile.TemporaryFile(dir=folder)
    except OSError:
        pass
    try:
        return tempfile.TemporaryFile()
    except OSError as error:
        raise _no_room(error) from error


def _no_room(error: OSError) -> RecordingError:
    reason = error.strerror or str(error)
    return RecordingError(
        Path(tempfile.gettempdir()),
        RecordingFault.NOT_WRITABLE,
        f"a long session needs temporary files, which cannot be written ({reason}). "
        "Free some space, then try again",
    )

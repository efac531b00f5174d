"""Columns too long for memory: they lie in temporary files and are mapped into memory.

The files have no name, or lose it when they are closed, so none is left behind.
"""

import mmap
import tempfile
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import numpy as np
import numpy.typing as npt
import platformdirs

from sensor.errors import RecordingError, RecordingFault

Samples: TypeAlias = npt.NDArray[Any]

SPILL_BYTES = 1_000_000
"""So much is kept in memory: a minute of samples. Some dozen columns grow at a time."""
_ARRAY_BYTES = 112
"""An array in memory needs so much beside its values."""


class LongColumns:
    """Columns that grow together at their ends; what is too long for memory goes to temporary files."""

    def __init__(self) -> None:
        self._recent: list[tuple[Samples, ...]] = []
        self._bytes = 0
        self._files: list[_Column] = []
        self._whole: tuple[Samples, ...] | None = None

    def append(self, *arrays: Samples) -> None:
        """Append the values of each array to its column; every call has the same columns.

        Raises
        ------
        RecordingError
            If a temporary file cannot be written.
        """
        self._recent.append(arrays)
        self._bytes += sum(array.nbytes + _ARRAY_BYTES for array in arrays)
        if self._bytes >= SPILL_BYTES:
            self._spill()

    def whole(self) -> tuple[Samples, ...] | None:
        """Return all columns, read-only; None if there are none. Nothing may be added afterwards.

        Raises
        ------
        RecordingError
            If a temporary file cannot be written.
        """
        if self._whole is None and self._files:
            self._spill()
            self._whole = tuple(column.mapped() for column in self._files)
        elif self._whole is None and self._recent:
            self._whole = self._joined()
        return self._whole

    def _spill(self) -> None:
        if not self._recent:
            return
        arrays = self._joined()
        self._files = self._files or [_Column(array) for array in arrays]
        for column, array in zip(self._files, arrays, strict=True):
            column.append(array)
        self._recent, self._bytes = [], 0

    def _joined(self) -> tuple[Samples, ...]:
        if len(self._recent) == 1:
            return self._recent[0]
        # One array may stand for several columns: it is joined once.
        joined: dict[tuple[int, ...], Samples] = {}
        keys = [tuple(map(id, parts)) for parts in zip(*self._recent, strict=True)]
        for key, parts in zip(keys, zip(*self._recent, strict=True), strict=True):
            if key not in joined:
                joined[key] = np.concatenate(parts)
                joined[key].flags.writeable = False
        return tuple(joined[key] for key in keys)


class _Column:
    """A column in a temporary file."""

    def __init__(self, like: Samples) -> None:
        self._dtype, self._shape = like.dtype, like.shape[1:]
        self._file = _temporary_file()
        self._empty = True

    def append(self, array: Samples) -> None:
        """Write the values of ``array`` behind the others."""
        try:
            self._file.write(np.ascontiguousarray(array).data)
        except OSError as error:
            raise _no_room(error) from error
        self._empty = self._empty and not array.size

    def mapped(self) -> Samples:
        """Return the whole column, read-only."""
        if self._empty:
            # An empty file cannot be mapped.
            self._file.close()
            return np.empty((0, *self._shape), dtype=self._dtype)
        try:
            self._file.flush()
            data = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise _no_room(error) from error
        # The mapping has a handle of its own.
        self._file.close()
        return np.frombuffer(data, dtype=self._dtype).reshape(-1, *self._shape)


def release(*arrays: Samples) -> None:
    """Give the memory of ``arrays`` back where they can be read from a file again."""
    for array in arrays:
        base: object = array.base
        while isinstance(base, np.ndarray):
            base = base.base
        # Between them lies a view of the file's bytes.
        base = base.obj if isinstance(base, memoryview) else base
        # Not every system has it; there the pages go when others need the memory.
        if isinstance(base, mmap.mmap) and hasattr(base, "madvise"):
            base.madvise(mmap.MADV_DONTNEED)


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

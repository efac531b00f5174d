"""Blocks too long for memory: their columns lie in temporary files (:mod:`sensor.long_columns`)."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Generic

from processing.types import Block, slice_block
from sensor.long_columns import LongColumns, Samples
from sensor.long_columns import release as release_arrays

PIECE_ROWS = 16_384
"""Samples that are looked at together in a pass over a long block: under 2 MB of both sensors."""


class LongBlock(Generic[Block]):
    """A block that grows at its end; what is too long for memory goes to temporary files."""

    def __init__(self) -> None:
        self._columns = LongColumns()
        self._pattern: Block | None = None

    def add(self, block: Block) -> None:
        """Append the samples of ``block``.

        Raises
        ------
        RecordingError
            If a temporary file cannot be written.
        """
        self._pattern = self._pattern or _none_of(block)
        self._columns.append(*_arrays(block))

    def whole(self) -> Block | None:
        """Return all samples as one block, None if there are none. Nothing can be added afterwards.

        Raises
        ------
        RecordingError
            If a temporary file cannot be written.
        """
        arrays = self._columns.whole()
        if arrays is None or self._pattern is None:
            return None
        out: Block = _with_arrays(self._pattern, iter(arrays))
        return out


def pieces(block: Block, rows: int = PIECE_ROWS) -> Iterator[Block]:
    """Yield the consecutive pieces of ``block``; memory is needed for one of them only."""
    for first in range(0, len(_first(block)), rows):
        yield slice_block(block, first, min(first + rows, len(_first(block))))
        release(block)


def joined(blocks: Sequence[Block]) -> Block | None:
    """Return consecutive ``blocks`` of one type as one, None if there are none.

    Raises
    ------
    RecordingError
        If a temporary file cannot be written.
    """
    if len(blocks) == 1:
        return blocks[0]
    out = LongBlock[Block]()
    for block in blocks:
        # In pieces, so that a long one need not be in memory.
        for piece in pieces(block):
            out.add(piece)
    return out.whole()


def release(block: Block) -> None:
    """Give the memory of ``block`` back where it can be read from a file again."""
    release_arrays(*_arrays(block))


def _first(block: Block) -> Samples:
    return next(_arrays(block))


def _arrays(block: Any) -> Iterator[Samples]:
    """Yield the arrays of ``block`` in the order of its fields."""
    for field in fields(block):
        value = getattr(block, field.name)
        if is_dataclass(value):
            yield from _arrays(value)
        elif value is not None:
            yield value


def _with_arrays(block: Any, arrays: Iterator[Samples]) -> Any:
    """Return ``block`` with other arrays, given in the order of :func:`_arrays`."""
    values: list[Any] = []
    for field in fields(block):
        value = getattr(block, field.name)
        if is_dataclass(value):
            values.append(_with_arrays(value, arrays))
        else:
            values.append(None if value is None else next(arrays))
    return type(block)(*values)


def _none_of(block: Block) -> Block:
    """Return a block of the kind of ``block`` without samples."""
    out: Block = _with_arrays(block, iter([array[:0].copy() for array in _arrays(block)]))
    return out

"""Blocks that are too long for memory: the same samples, from a file, and a full disk is an error."""

import errno
import mmap
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from processing.motion.long_block import PIECE_ROWS, LongBlock, pieces, release
from processing.types import AngleBlock, Block, LinkSamples, PairedBlock, join_blocks, slice_block
from sensor import long_columns
from sensor.errors import RecordingError

SPILL_ROWS = long_columns.SPILL_BYTES // 50
"""So many samples of the angles are too many for memory."""


def angles(n: int) -> AngleBlock:
    """Return ``n`` samples of random angles."""
    rng = np.random.default_rng(n)
    t, ankle, curl, ankle_rate, curl_rate, width = rng.normal(size=(6, n))
    return AngleBlock(t, ankle, curl, ankle_rate, curl_rate, ankle > 0.0, width, 2.0 * curl)


def paired(n: int) -> PairedBlock:
    """Return ``n`` samples of random sensors, one of them on the thigh."""
    rng = np.random.default_rng(n)
    acc, gyr, flags = rng.normal(size=(n, 3)), rng.normal(size=(n, 3)), rng.normal(size=n) > 0.0
    thigh = LinkSamples(acc + 1.0, gyr + 1.0, flags, ~flags)
    return PairedBlock(
        np.arange(n) / 100.0, acc, gyr, -acc, -gyr, flags, ~flags, flags, flags, thigh
    )


def check(made: Block) -> None:
    """Add the samples of ``made`` in parts, and compare the whole and its pieces with it."""
    n = len(bytes_of(made)[0]) // 8
    long = LongBlock[Block]()
    for first in range(0, n, 40_000):
        long.add(slice_block(made, first, min(first + 40_000, n)))
    whole = long.whole()
    assert whole is not None
    assert bytes_of(whole) == bytes_of(made)
    assert bytes_of(join_blocks(list(pieces(whole)))) == bytes_of(made)


@pytest.mark.parametrize("n", [5, 3 * SPILL_ROWS + 12])
def test_a_long_block_has_the_samples_that_were_added(n: int) -> None:
    check(angles(n))
    check(paired(n))


def bytes_of(block: Any) -> list[bytes]:
    """Return the bytes of each array of ``block``."""
    found: list[bytes] = []
    for name in block.__slots__:
        value = getattr(block, name)
        if isinstance(value, LinkSamples):
            found += bytes_of(value)
        else:
            found.append(np.asarray(value).tobytes())
    return found


def test_no_samples_are_no_block() -> None:
    assert LongBlock[AngleBlock]().whole() is None


def test_pieces_hold_few_samples() -> None:
    assert max(len(piece.t) for piece in pieces(angles(100_000))) == PIECE_ROWS


def test_what_was_written_cannot_be_changed() -> None:
    long = LongBlock[AngleBlock]()
    long.add(angles(SPILL_ROWS))
    whole = long.whole()
    assert whole is not None
    with pytest.raises(ValueError, match="read-only"):
        whole.ankle[0] = 1.0


def test_no_file_is_left_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    long = LongBlock[AngleBlock]()
    long.add(angles(SPILL_ROWS))
    assert long.whole() is not None
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def write(self, _: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(long_columns, "_temporary_file", Full)
    with pytest.raises(RecordingError, match="No space left"):
        LongBlock[AngleBlock]().add(angles(SPILL_ROWS))


@pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="needs the size of a process on Linux"
)
def test_memory_of_a_file_is_given_back() -> None:
    long = LongBlock[AngleBlock]()
    for _ in range(6):
        long.add(angles(160_000))
    whole = long.whole()
    assert whole is not None
    before = resident_mb()
    whole.ankle.sum()
    whole.curl.sum()
    read = resident_mb()
    release(whole)
    assert read - before > 5.0
    assert read - resident_mb() > 5.0


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * mmap.PAGESIZE / 1e6

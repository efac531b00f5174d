"""Makes closed recordings small: the same items, in columns of differences (version 2).

A recording is replaced only by one that was read back from the disk and has the same items. Whatever
stops the work, the recording that was there stays whole.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path

import numpy as np

from sensor.errors import RecordingError, RecordingFault
from sensor.private_files import free_beside, sync_folder
from sensor.recording import format as fmt
from sensor.recording.file_writer import FileWriter
from sensor.recording.format import ChannelKey, Totals
from sensor.recording.reader import Recording, open_recording
from sensor.recording.run import RunEncoder
from sensor.recording.sink import Sink, fault_of
from sensor.types import Event, Item, Notification, NotificationRun

CHUNK_NS = 30_000_000_000
"""Time of a chunk: a damaged byte costs at most this much of a compact recording. Chunks of 10 s would
take 3 % more room, those of 60 s 2 % less."""
CHUNK_BYTES = fmt.MAX_CHUNK_BYTES // 4
"""Most bytes of the items of a chunk, before compression."""
PEEKED_BYTES = 512
"""The MCAP header and the first fields of the head are in these; the name of the program is below 200."""
_ITEM_BYTES = 14
"""Bytes of an item beside its payload, before compression: number, time and kind of payload."""


class LeftAsItIs(StrEnum):
    """The reason why a sound file stays as it is."""

    COMPACT_ALREADY = "compact already"
    NOT_COMPLETE = "not complete"
    FOREIGN = "another program added to it"
    NOT_SMALLER = "would not become smaller"
    BEING_WRITTEN = "being written"

    @property
    def small(self) -> bool:
        """Whether the recording is as small as it can be."""
        return self in {LeftAsItIs.COMPACT_ALREADY, LeftAsItIs.NOT_SMALLER}


@dataclass(frozen=True, slots=True)
class Compacted:
    """The result of compacting a recording."""

    before_bytes: int
    """Its size before."""
    after_bytes: int
    """Its size now; the same if it stayed as it was."""
    reason: LeftAsItIs | None = None
    """Why it stayed as it was; None if it is smaller now."""


def is_compact(path: Path) -> bool:
    """Return whether the file says that it is compact, from its beginning only.

    False for a file that cannot be read or is no recording.
    """
    try:
        with path.open("rb") as file:
            return fmt.COMPACT_MARK in file.read(PEEKED_BYTES)
    except OSError:
        return False


def compact_recording(path: Path | str) -> Compacted:
    """Replace a recording by its compact form; every item, the head and the attachments stay the same.

    A recording that was not closed, or that is damaged in any way, stays as it is: a better program
    may find more in it. So does one that would not become smaller.

    Raises
    ------
    RecordingError
        If it cannot be read, or the compact form cannot be written (NOT_WRITABLE, DISK_FULL,
        MISSING). The recording stays as it was.
    """
    # The file behind a link is replaced, and not the link.
    path = Path(path).resolve()
    recording = open_recording(path)
    size = recording.size_bytes
    if recording.version >= fmt.FORMAT.version:
        return Compacted(size, size, LeftAsItIs.COMPACT_ALREADY)
    if not recording.health.complete:
        return Compacted(size, size, LeftAsItIs.NOT_COMPLETE)
    if recording.foreign:
        return Compacted(size, size, LeftAsItIs.FOREIGN)
    beside: Path | None = None
    try:
        beside = free_beside(path)
        return _replace(recording, path, beside)
    except (OSError, RecordingError) as error:
        cause = error.__cause__ if isinstance(error, RecordingError) else error
        if not isinstance(cause, OSError):
            raise
        reason = cause.strerror or str(cause)
        raise RecordingError(
            path, fault_of(cause), f"it cannot be made compact ({reason}) and stays as it was"
        ) from error
    finally:
        # It is there only if it has not replaced the recording.
        if beside is not None:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


def _replace(recording: Recording, path: Path, beside: Path) -> Compacted:
    """Replace the recording ``path`` by its compact form, which is first written to ``beside``."""
    size = recording.size_bytes
    _write(beside, recording)
    made = open_recording(beside)
    if not _same(recording, made):
        # A disk that returns other bytes than it took, or a fault of this program.
        raise RecordingError(
            path,
            RecordingFault.NOT_WRITABLE,
            "its compact form was not read back as it was written, so it stays as it was. "
            "Check the disk",
        )
    if made.size_bytes >= size:
        return Compacted(size, size, LeftAsItIs.NOT_SMALLER)
    times = path.stat()
    if times.st_size != size:
        return Compacted(size, size, LeftAsItIs.BEING_WRITTEN)
    # The time of the file is that of the session for everybody who lists the folder.
    os.utime(beside, ns=(times.st_atime_ns, times.st_mtime_ns))
    beside.replace(path)
    sync_folder(path.parent)
    return Compacted(size, made.size_bytes)


def _write(path: Path, recording: Recording) -> None:
    health, start_ns = recording.health, recording.header.start_ns
    last_ns = start_ns
    for item in recording.items():
        last_ns = item.t_ns
    head = fmt.compact_header(recording.head, Totals(health.items, last_ns))
    writer = FileWriter.start(
        # Only a flush must end a chunk.
        Sink(path),
        head,
        recording.header.software,
        start_ns,
        fmt.MAX_CHUNK_BYTES,
    )
    encoder = RunEncoder()
    try:
        for block in _blocks(recording.items()):
            _write_block(writer, encoder, block)
        for one in recording.attachment_records():
            writer.attachment(one.name, one.media_type, one.data)
        writer.close()
    finally:
        writer.sink.abandon()


@dataclass(slots=True)
class _Column:
    """The notifications of one characteristic in a block."""

    sequence: list[int] = field(default_factory=list)
    t_ns: list[int] = field(default_factory=list)
    payloads: list[bytes] = field(default_factory=list)


def _blocks(items: Iterator[Item]) -> Iterator[list[tuple[int, Item]]]:
    """Yield the items with their numbers, in blocks that become one chunk each."""
    block: list[tuple[int, Item]] = []
    size = 0
    for number, item in enumerate(items, start=1):
        length = _ITEM_BYTES + (len(item.payload) if isinstance(item, Notification) else 0)
        late = block and abs(item.t_ns - block[0][1].t_ns) >= CHUNK_NS
        if late or size + length > CHUNK_BYTES:
            yield block
            block, size = [], 0
        block.append((number, item))
        size += length
    if block:
        yield block


def _write_block(writer: FileWriter, encoder: RunEncoder, block: list[tuple[int, Item]]) -> None:
    columns: dict[tuple[str, str], _Column] = {}
    for number, item in block:
        if isinstance(item, Event):
            writer.message(fmt.EVENT_KEY, number, item.t_ns, fmt.encode_event(item))
            continue
        column = columns.setdefault((item.source, item.characteristic), _Column())
        column.sequence.append(number)
        column.t_ns.append(item.t_ns)
        column.payloads.append(item.payload)
    for (source, characteristic), column in columns.items():
        lengths = [len(payload) for payload in column.payloads]
        run = NotificationRun(
            source,
            characteristic,
            np.array(column.sequence, dtype=np.int64),
            np.array(column.t_ns, dtype=np.int64),
            b"".join(column.payloads),
            np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]),
        )
        key = ChannelKey(source, characteristic, runs=True)
        data = encoder.encode(run)
        writer.message(key, column.sequence[0], column.t_ns[0], data)
    writer.flush()


def _same(old: Recording, new: Recording) -> bool:
    """Return whether two recordings have the same content."""
    pairs = zip_longest(old.items(), new.items())
    return (
        new.health.complete
        and new.header == old.header
        and new.health.items == old.health.items
        and all(a == b for a, b in pairs)
        and list(new.attachment_records()) == list(old.attachment_records())
    )

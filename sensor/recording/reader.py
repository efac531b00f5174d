"""The reader of recordings: it opens them as far as they are sound."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

import zstandard
from mcap.records import Attachment

from sensor.errors import RecordingError, RecordingFault
from sensor.recording import format as fmt
from sensor.recording.chunk import (
    Message,
    read_batches,
    read_chunk,
    read_events,
    read_items,
    unpack_chunk,
)
from sensor.recording.file_scan import ByteRange, Contents, scan
from sensor.recording.format import FormatError
from sensor.recording.health import Health
from sensor.recording.mcap_records import parse_record
from sensor.types import Event, Item, NotificationRun, SessionHeader

T = TypeVar("T")

MOST_TOGETHER = 4096
"""Notifications that :meth:`Recording.batches` gives together: some 80 s of a session."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording on the disk whose content has been checked.

    Only the positions of its chunks stay in memory; each pass reads the items from the file again.
    """

    path: Path
    """The file."""
    contents: Contents
    """The checked content: the head, and the positions of chunks and attachments."""
    size_bytes: int
    """Size of the file when it was opened."""

    @property
    def header(self) -> SessionHeader:
        """The head of the session."""
        return self.contents.header

    @property
    def health(self) -> Health:
        """The state of the recording: complete, or what is missing."""
        return self.contents.health

    @property
    def version(self) -> int:
        """The version of the format: 1 as it is written live, 2 when it was made compact."""
        return self.contents.version

    @property
    def head(self) -> bytes:
        """The head of the session, as it is written in the file."""
        return self.contents.head

    @property
    def foreign(self) -> bool:
        """Whether the file has parts that this version of the program does not know."""
        return self.contents.foreign

    @property
    def duration_s(self) -> float:
        """Time of the last item, in seconds since the start of the session."""
        return self.contents.health.end_s

    def items(self) -> Iterator[Item]:
        """Yield every recovered item in the order in which it was written.

        Raises
        ------
        RecordingError
            If the file can no longer be read, or changed since it was opened.
        """
        yield from self._each_chunk(read_items)

    def events(self) -> Iterator[Event]:
        """Yield every recovered event in order; no notification is unpacked.

        Raises
        ------
        RecordingError
            As :meth:`items`.
        """
        yield from self._each_chunk(read_events)

    def batches(self) -> Iterator[Event | tuple[NotificationRun, ...]]:
        """Yield every recovered event, and the notifications before, between and after them.

        The notifications between two events come in one or more tuples, which follow each other.

        Raises
        ------
        RecordingError
            If the file can no longer be read, or changed since it was opened.
        """
        waiting: list[NotificationRun] = []
        count = 0
        for item in self._each_chunk(read_batches, MOST_TOGETHER):
            if not isinstance(item, Event):
                waiting += item
                count += sum(len(run.t_ns) for run in item)
                if count < MOST_TOGETHER:
                    continue
            if waiting:
                yield tuple(waiting)
                waiting, count = [], 0
            if isinstance(item, Event):
                yield item
        if waiting:
            yield tuple(waiting)

    def _each_chunk(
        self, read: Callable[[Sequence[Message]], Iterable[T]], together: int = 1
    ) -> Iterator[T]:
        """Yield what ``read`` finds in the messages of each chunk, or of chunks with ``together`` messages.

        A live chunk has few of them. The chunks of a compact recording, whose messages are runs, are read one by one.
        """
        decompressor = zstandard.ZstdDecompressor()
        messages: list[Message] = []
        with _open(self.path) as file:
            contents = self._contents_of(file)
            for span in contents.chunks:
                try:
                    raw = unpack_chunk(_read(self.path, file, span), decompressor)
                    messages += read_chunk(raw, contents.channels).messages
                    few = len(messages) < together and contents.version == fmt.LIVE_VERSION
                    if few and span is not contents.chunks[-1]:
                        continue
                    yield from read(messages)
                    messages = []
                except FormatError as error:
                    raise self._changed(span, error) from None

    def attachments(self) -> Mapping[str, bytes]:
        """Return the content of every attachment by its name.

        A name is only a key: it comes from the file, so it must never be used as a path.

        Raises
        ------
        RecordingError
            If the file can no longer be read, or changed since it was opened.
        """
        return {one.name: one.data for one in self.attachment_records()}

    def attachment_records(self) -> Iterator[Attachment]:
        """Yield every attachment with its type.

        Raises
        ------
        RecordingError
            If the file can no longer be read, or changed since it was opened.
        """
        # They are read on demand: a session does not need them in memory.
        with _open(self.path) as file:
            for span in self._contents_of(file).attachments.values():
                try:
                    yield parse_record(Attachment, _read(self.path, file, span))
                except FormatError as error:
                    raise self._changed(span, error) from None

    def _contents_of(self, file: BinaryIO) -> Contents:
        """Return the content of the file that has the name now: it may be compact meanwhile."""
        size = os.fstat(file.fileno()).st_size
        if size == self.size_bytes:
            return self.contents
        contents = scan(self.path, _read(self.path, file, ByteRange(0, size)))
        if (contents.header, contents.health.items) != (self.header, self.health.items):
            raise RecordingError(
                self.path,
                RecordingFault.DAMAGED,
                "it changed while it was open. Open it again",
            )
        return contents

    def _changed(self, span: ByteRange, error: FormatError) -> RecordingError:
        return RecordingError(
            self.path,
            RecordingFault.DAMAGED,
            f"it changed while it was open, or was made by a faulty program: {error}. Open it again",
            offset=span.offset,
        )


def open_recording(path: Path | str) -> Recording:
    """Open a recording and check all of it.

    A recording that was cut, or that has damaged parts, opens as far as it is sound; its
    ``health`` says what is missing.

    Raises
    ------
    RecordingError
        If there is no such file (MISSING), it cannot be read (NOT_READABLE), it is no recording of
        Toepoint (NOT_A_RECORDING), a later version wrote it (NEWER_VERSION), or its head is lost
        (DAMAGED).
    """
    path = Path(path)
    with _open(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > fmt.MAX_FILE_BYTES:
            raise RecordingError(
                path,
                RecordingFault.NOT_A_RECORDING,
                f"it has {size} bytes; recordings of more than {fmt.MAX_FILE_BYTES} are not opened",
            )
        # All of it is read: only a check of every chunk can say what is missing.
        data = _read(path, file, ByteRange(0, size))
    return Recording(path, scan(path, data), size)


def _open(path: Path) -> BinaryIO:
    try:
        # Opening a pipe or a device could block for ever.
        if path.exists() and not path.is_file():
            raise RecordingError(
                path, RecordingFault.NOT_A_RECORDING, "it is a folder or a device, not a recording"
            )
        return path.open("rb")
    except FileNotFoundError:
        raise RecordingError(path, RecordingFault.MISSING, "there is no such file") from None
    except (OSError, ValueError) as error:
        raise RecordingError(
            path, RecordingFault.NOT_READABLE, f"it cannot be read ({error})"
        ) from error


def _read(path: Path, file: BinaryIO, span: ByteRange) -> bytes:
    try:
        file.seek(span.offset)
        return file.read(span.length)
    except OSError as error:
        raise RecordingError(
            path, RecordingFault.NOT_READABLE, f"it cannot be read ({error})", offset=span.offset
        ) from error

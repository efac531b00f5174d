"""The writer of recordings: a recording that is stopped in any way keeps all but the last moment."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from sensor.errors import RecordingError
from sensor.recording import format as fmt
from sensor.recording.file_writer import FileWriter
from sensor.recording.format import ChannelKey
from sensor.recording.sink import RecordingMoved, Sink
from sensor.types import Item, Notification, SessionHeader

FLUSH_INTERVAL_NS = 300_000_000
"""A chunk is closed and handed to the system when its first item is this old. A killed process then
loses less than half a second, and a chunk still has enough items to compress well."""
CHUNK_BYTES = 128 * 1024
"""A chunk is closed at this size too; in practice its age decides."""


class RecordingWriter:
    """An open recording. It is a context manager; :meth:`close` ends it properly.

    Items are collected in chunks. A chunk whose first item is 0.3 s old, by the time of the next
    item or of :meth:`flush_if_due`, is compressed and handed to the operating system, where it
    survives the death of the process. The file is synchronised with the disk when it is created,
    by :meth:`sync`, and when it is closed.

    Parameters
    ----------
    path
        The file. It and missing folders on the way to it are created for their owner only.
    header
        The head of the session.
    fallbacks
        Folders in which the recording goes on if its place fails while it is written, the best
        first. By default there is none.
    on_move
        Called when it goes on in another file, in the thread of the call that noticed it.

    Raises
    ------
    RecordingError
        If the file cannot be created or written (NOT_WRITABLE), was moved or deleted (MISSING), or
        the disk is full (DISK_FULL), and no fallback can be written; also from every method. Then
        the recording has ended, and all flushed items stay readable.
    ValueError
        If ``header`` could not be read back.
    """

    def __init__(
        self,
        path: Path,
        header: SessionHeader,
        *,
        fallbacks: Sequence[Path] = (),
        on_move: Callable[[RecordingMoved], None] | None = None,
    ) -> None:
        # A head that cannot be read back would only be noticed after the session.
        head = fmt.encode_header(header)
        fmt.decode_header(head)
        self._sink = Sink(Path(path), fallbacks=fallbacks, on_move=on_move)
        self._attached: set[str] = set()
        self._items = 0
        self._oldest_ns: int | None = None
        self._writer = FileWriter.start(
            self._sink, head, header.software, header.start_ns, CHUNK_BYTES
        )
        self._sink.sync()
        self.flush_if_due(header.start_ns)

    @property
    def path(self) -> Path:
        """The file in which the recording is, or goes on."""
        return self._sink.path

    @property
    def failure(self) -> RecordingError | None:
        """The error with which the recording has ended; None if it has not failed."""
        return self._sink.failure

    def write(self, item: Item) -> None:
        """Append ``item``. Items should come in order of time.

        Raises
        ------
        RecordingError
            If the item cannot be written.
        ValueError
            If the item could not be read back: a time outside 0 … 2**63 - 1, a payload above
            64 KiB, no source, an event that JSON cannot hold.
        """
        if self._sink.failure is not None:
            raise self._sink.failure
        t_ns = item.t_ns
        if not 0 <= t_ns <= fmt.MAX_TIME_NS:
            raise ValueError(f"t_ns = {t_ns}: it must be from 0 to 2**63 - 1")
        if isinstance(item, Notification):
            data = item.payload
            if len(data) > fmt.MAX_NOTIFICATION_BYTES or not item.source:
                raise ValueError(f"a notification of {len(data)} bytes from {item.source!r}")
            key = ChannelKey(item.source, item.characteristic)
        else:
            data = fmt.encode_event(item)
            key = fmt.EVENT_KEY
        # Counted only when it is written: a refused item leaves no gap.
        self._writer.message(key, self._items + 1, t_ns, data)
        self._items += 1
        if self._oldest_ns is None:
            self._oldest_ns = t_ns
        else:
            self.flush_if_due(t_ns)

    def flush_if_due(self, now_ns: int) -> None:
        """Hand the last items to the operating system if the oldest of them is 0.3 s old.

        Call it a few times a second, even if nothing arrives.

        Parameters
        ----------
        now_ns
            The present time on the clock of the items.

        Raises
        ------
        RecordingError
            If the items cannot be written.
        """
        oldest = self._oldest_ns
        if self._sink.in_trouble or (
            oldest is not None and not oldest <= now_ns < oldest + FLUSH_INTERVAL_NS
        ):
            self.flush()

    def flush(self) -> None:
        """Hand all items so far to the operating system.

        Raises
        ------
        RecordingError
            If they cannot be written.
        """
        self._oldest_ns = None
        self._writer.flush()

    def sync(self) -> None:
        """Wait until the disk has all flushed items, and look whether the file still has its name.

        It is called in another thread than the other methods, since it can take a second. The next
        flush deals with what it finds.
        """
        self._sink.sync()

    def attach(self, name: str, media_type: str, data: bytes) -> None:
        """Store a whole file in the recording under ``name``.

        Raises
        ------
        RecordingError
            If the attachment cannot be written.
        ValueError
            If the recording already has an attachment of that name.
        """
        if name in self._attached:
            raise ValueError(f"the recording has an attachment {name!r} already")
        self._attached.add(name)
        self._writer.attachment(name, media_type, data)
        self.flush()

    def close(self) -> None:
        """End the recording: write its index, synchronise with the disk, close the file.

        When this returns, the whole recording is on the disk under the name :attr:`path`. After a
        failure, or when called again, it does nothing.

        Raises
        ------
        RecordingError
            If the end cannot be written. All flushed items stay readable.
        """
        if not self._sink.closed:
            self._writer.close()

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the recording."""
        self.close()

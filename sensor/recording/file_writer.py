"""The records of a recording in their order, below both versions of the format."""

import zlib
from dataclasses import dataclass, field
from typing import Self

from mcap.writer import Writer

from sensor.recording import format as fmt
from sensor.recording.format import ChannelKey
from sensor.recording.sink import Sink


@dataclass(slots=True)
class FileWriter:
    """An MCAP file with a head; the head and the channels are in it twice.

    Every method except :meth:`close` may raise :class:`~sensor.errors.RecordingError`, as
    :class:`~sensor.recording.sink.Sink` does.
    """

    sink: Sink
    """The file."""
    _writer: Writer
    _channels: dict[ChannelKey, int] = field(default_factory=dict)

    @classmethod
    def start(cls, sink: Sink, head: bytes, library: str, start_ns: int, chunk_bytes: int) -> Self:
        """Begin a recording in an empty file.

        Parameters
        ----------
        sink
            The file.
        head
            The head of the session.
        library
            The program that writes it.
        start_ns
            The zero of the session's time.
        chunk_bytes
            A chunk is closed at this size.
        """
        # The writer uses only the methods that Sink has, although it is typed for whole files.
        writer = Writer(sink, chunk_size=chunk_bytes, enable_data_crcs=True)  # type: ignore[arg-type]
        self = cls(sink, writer)
        # The head is written twice, so that one changed byte cannot make the whole file unreadable.
        writer.start(profile=fmt.PROFILE, library=library)
        writer.add_metadata(fmt.SESSION_RECORD, _with_crc("session", head))
        self.message(fmt.SESSION_KEY, 0, start_ns, head)
        self.flush()
        return self

    def message(self, key: ChannelKey, sequence: int, t_ns: int, data: bytes) -> None:
        """Append a message; its channel is defined when it is used first."""
        channel = self._channels.get(key) or self._open_channel(key)
        self._writer.add_message(channel, t_ns, data, t_ns, sequence)

    def attachment(self, name: str, media_type: str, data: bytes) -> None:
        """Append a whole file."""
        self._writer.add_attachment(0, 0, name, media_type, data)

    def flush(self) -> None:
        """End the chunk, and hand everything to the operating system."""
        self._writer.flush()

    def close(self) -> None:
        """Write the index, put everything on the disk and close the file."""
        self._writer.finish()
        self.sink.close()

    def _open_channel(self, key: ChannelKey) -> int:
        """Define a channel, once in the chunk and once outside it, for the same reason."""
        topic, encoding, facts = fmt.channel_facts(key)
        number = self._writer.register_channel(topic, encoding, 0, facts)
        described = fmt.encode_channel(number, key)
        self._writer.add_metadata(fmt.CHANNEL_RECORD, _with_crc("channel", described))
        self._channels[key] = number
        self.sink.mark_essential()
        return number


def _with_crc(key: str, data: bytes) -> dict[str, str]:
    """Return the content of a metadata record with a checksum, since MCAP has none for these."""
    return {key: data.decode(), "crc32": f"{zlib.crc32(data):08x}"}

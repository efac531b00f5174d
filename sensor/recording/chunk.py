"""One chunk of a recording: checks it, and turns its messages into items."""

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import zstandard
from mcap.opcode import Opcode
from mcap.records import Channel

from sensor.recording import format as fmt
from sensor.recording.format import ChannelKey, FormatError
from sensor.recording.mcap_records import parse_record
from sensor.recording.run import decode_run
from sensor.types import Event, Item, Notification, NotificationRun

Channels = Mapping[int, ChannelKey | None]
"""Key of each channel by its number; None for a channel that this version does not know."""

Message: TypeAlias = tuple[int, int, ChannelKey | None, bytes]
"""Sequence number, time in ns, key of the channel (None if it is unknown) and content."""

_CHUNK_HEAD = struct.Struct("<QQQII")
_RECORD_HEAD = struct.Struct("<BQ")
_MESSAGE_HEAD = struct.Struct("<BQHIQQ")
_MESSAGE_FIXED = 22
# An enumeration is slow in a loop over every message, hence the plain number.
_MESSAGE = int(Opcode.MESSAGE)


@dataclass(frozen=True, slots=True)
class ChunkContent:
    """The content of one chunk."""

    messages: list[Message]
    """All messages except the head."""
    channels: Channels
    """The channels that were known before, and those that the chunk defines."""
    head: bytes | None
    """The head of the session, if it is in this chunk."""


def unpack_chunk(content: bytes, decompressor: zstandard.ZstdDecompressor) -> bytes:
    """Return the records in the content of a chunk record, after checking size and checksum.

    Raises
    ------
    FormatError
        If the chunk changed since it was written, or is larger than allowed.
    """
    if len(content) < _CHUNK_HEAD.size:
        raise FormatError("a chunk that is too short")
    _, _, size, crc, name_length = _CHUNK_HEAD.unpack_from(content)
    start = _CHUNK_HEAD.size + name_length
    compression = content[_CHUNK_HEAD.size : start]
    # One compression only: each other one would be more code that reads untrusted bytes.
    if compression != fmt.COMPRESSION.encode():
        raise FormatError("a chunk with an unknown compression")
    packed = content[start + 8 :]
    if content[start : start + 8] != len(packed).to_bytes(8, "little"):
        raise FormatError("a chunk whose lengths contradict each other")
    if not 0 < size <= fmt.MAX_CHUNK_BYTES:
        raise FormatError(f"a chunk that unpacks to {size} bytes")
    try:
        # The size in the compressed data decides how much memory is used, so check it first.
        if zstandard.frame_content_size(packed) != size:
            raise FormatError("a chunk whose sizes contradict each other")
        raw = decompressor.decompress(packed, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise FormatError(f"a chunk that cannot be unpacked ({error})") from None
    if zlib.crc32(raw) != crc:
        raise FormatError("a chunk whose checksum is wrong")
    return raw


def read_chunk(raw: bytes, known: Channels) -> ChunkContent:
    """Return the content of the records of a chunk.

    Parameters
    ----------
    raw
        The unpacked records.
    known
        The channels that were defined before.

    Raises
    ------
    FormatError
        If they are not records of this format.
    """
    channels = known
    head = None
    messages: list[Message] = []
    position, size = 0, len(raw)
    while position < size:
        # Nearly every record is a message, so its whole beginning is unpacked at once.
        if size - position >= _MESSAGE_HEAD.size:
            opcode, length, number, sequence, t_ns, _ = _MESSAGE_HEAD.unpack_from(raw, position)
        elif size - position >= _RECORD_HEAD.size:
            opcode, length = _RECORD_HEAD.unpack_from(raw, position)
        else:
            raise FormatError("a record that is cut short")
        body = position + _RECORD_HEAD.size
        end = body + length
        if end > size:
            raise FormatError("a record that is cut short")
        if opcode == _MESSAGE:
            if length < _MESSAGE_FIXED:
                raise FormatError("a message that is too short")
            if number not in channels or t_ns > fmt.MAX_TIME_NS:
                raise FormatError("a message with an unknown channel or an impossible time")
            key = channels[number]
            payload = raw[body + _MESSAGE_FIXED : end]
            if key == fmt.SESSION_KEY:
                head = payload
            else:
                messages.append((sequence, t_ns, key, payload))
        elif opcode == Opcode.CHANNEL:
            channels = with_channel(channels, *_channel(raw[body:end]))
        elif opcode != Opcode.SCHEMA:
            raise FormatError(f"a record of type {opcode} in a chunk")
        position = end
    return ChunkContent(messages, channels, head)


def read_items(messages: Sequence[Message]) -> Iterator[Item]:
    """Yield the items in the messages of known channels, in order.

    Raises
    ------
    FormatError
        If an event or a run is not valid.
    """
    if any(key is not None and key.runs for _, _, key, _ in messages):
        # The runs of a chunk overlap: only the numbers tell the order of their notifications.
        numbered = [pair for message in messages for pair in _numbered(message)]
        numbered.sort(key=lambda pair: pair[0])
        yield from (item for _, item in numbered)
        return
    for message in messages:
        for _, item in _numbered(message):
            yield item


def read_events(messages: Sequence[Message]) -> Iterator[Event]:
    """Yield the events in the messages, in order.

    Raises
    ------
    FormatError
        If an event is not valid.
    """
    for _, t_ns, key, payload in messages:
        if key == fmt.EVENT_KEY:
            yield fmt.decode_event(t_ns, payload)


def read_runs(messages: Sequence[Message]) -> list[NotificationRun]:
    """Return the notifications in the messages of known channels: a run for each characteristic.

    Raises
    ------
    FormatError
        If a run is not valid.
    """
    runs: list[NotificationRun] = []
    singles: dict[ChannelKey, list[tuple[int, int, bytes]]] = {}
    for sequence, t_ns, key, payload in messages:
        if key is None or key == fmt.EVENT_KEY:
            continue
        if key.runs:
            runs.append(decode_run((key.source, key.characteristic), sequence, t_ns, payload))
        else:
            singles.setdefault(key, []).append((sequence, t_ns, payload))
    for key, found in singles.items():
        numbers, times, payloads = zip(*found, strict=True)
        ends = np.cumsum([0, *map(len, payloads)])
        sequence_of, t_ns_of = np.array([numbers, times], dtype=np.int64)
        content = b"".join(payloads)
        runs.append(
            NotificationRun(key.source, key.characteristic, sequence_of, t_ns_of, content, ends)
        )
    return runs


def read_batches(messages: Sequence[Message]) -> Iterator[Event | tuple[NotificationRun, ...]]:
    """Yield the events in the messages, and the notifications before, between and after them.

    Raises
    ------
    FormatError
        If an event or a run is not valid.
    """
    runs = read_runs(messages)
    for sequence, t_ns, key, payload in messages:
        if key != fmt.EVENT_KEY:
            continue
        parts = [(run, int(run.sequence.searchsorted(sequence))) for run in runs]
        before = tuple(run_part(run, 0, at) for run, at in parts if at)
        if before:
            yield before
        yield fmt.decode_event(t_ns, payload)
        runs = [run_part(run, at, len(run.t_ns)) for run, at in parts if at < len(run.t_ns)]
    if runs:
        yield tuple(runs)


def run_part(run: NotificationRun, start: int, stop: int) -> NotificationRun:
    """Return the notifications from ``start`` to ``stop`` of a run."""
    if (start, stop) == (0, len(run.t_ns)):
        return run
    return NotificationRun(
        run.source,
        run.characteristic,
        run.sequence[start:stop],
        run.t_ns[start:stop],
        run.payloads,
        run.offsets[start : stop + 1],
    )


def _numbered(message: Message) -> Iterator[tuple[int, Item]]:
    """Yield the items of a message with their numbers."""
    sequence, t_ns, key, payload = message
    if key is None:
        return
    source, characteristic, runs = key
    if key == fmt.EVENT_KEY:
        yield sequence, fmt.decode_event(t_ns, payload)
    elif not runs:
        yield sequence, Notification(t_ns, source, characteristic, payload)
    else:
        run = decode_run((source, characteristic), sequence, t_ns, payload)
        ends = run.offsets.tolist()
        times, numbers = run.t_ns.tolist(), run.sequence.tolist()
        for n, number in enumerate(numbers):
            content = run.payloads[ends[n] : ends[n + 1]]
            yield number, Notification(times[n], source, characteristic, content)


def with_channel(channels: Channels, number: int, key: ChannelKey | None) -> Channels:
    """Return ``channels`` with one more channel.

    Raises
    ------
    FormatError
        If another channel already has that number.
    """
    # A channel is described twice, in a chunk and outside; both must agree.
    if channels.get(number, key) != key:
        raise FormatError(f"channel {number} defined twice")
    return {**channels, number: key}


def _channel(content: bytes) -> tuple[int, ChannelKey | None]:
    channel = parse_record(Channel, content)
    facts = channel.metadata
    names = facts.get("source", ""), facts.get("characteristic", "")
    for key in (
        fmt.SESSION_KEY,
        fmt.EVENT_KEY,
        ChannelKey(*names),
        ChannelKey(*names, runs=True),
    ):
        if (channel.topic, channel.message_encoding) == fmt.channel_facts(key)[:2]:
            return channel.id, key
    return channel.id, None

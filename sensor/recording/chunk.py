"""Unpack one chunk: check it, and turn its messages into items."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import zstandard
from mcap.opcode import Opcode
from mcap.records import Channel

from sensor.recording import format as fmt
from sensor.recording.format import FormatError
from sensor.recording.records import parse_record
from sensor.types import Item, Notification

Channels = Mapping[int, tuple[str, str] | None]
"""Key of each channel by its number; None for one that this version does not know."""

_CHUNK_HEAD = struct.Struct("<QQQII")
_RECORD_HEAD = struct.Struct("<BQ")
_MESSAGE_HEAD = struct.Struct("<BQHIQQ")
_MESSAGE_FIXED = 22
# A plain number: an enumeration is slow in a loop over every message.
_MESSAGE = int(Opcode.MESSAGE)


@dataclass(frozen=True, slots=True)
class ChunkContent:
    """What one chunk holds.

    ``numbered`` are running number and time in ns of every message but the head, also of those
    on channels that this version does not know; ``head`` is the session's head if it stands in
    this chunk; ``channels`` are those known before together with those defined here.
    """

    items: list[Item]
    numbered: list[tuple[int, int]]
    channels: Channels
    head: bytes | None


def unpack_chunk(content: bytes) -> bytes:
    """Return the records in the content of a chunk record, after checking size and checksum.

    Raises
    ------
    FormatError
        If they are not as they were written.
    """
    if len(content) < _CHUNK_HEAD.size:
        raise FormatError("a chunk that is too short")
    _, _, size, crc, name_length = _CHUNK_HEAD.unpack_from(content)
    start = _CHUNK_HEAD.size + name_length
    compression = content[_CHUNK_HEAD.size : start]
    if compression != fmt.COMPRESSION.encode():
        raise FormatError("a chunk with an unknown compression")
    packed = content[start + 8 :]
    if content[start : start + 8] != len(packed).to_bytes(8, "little"):
        raise FormatError("a chunk whose lengths contradict each other")
    if not 0 < size <= fmt.MAX_CHUNK_BYTES:
        raise FormatError(f"a chunk that unpacks to {size} bytes")
    try:
        # The size that the compressed data claims decides how much memory is taken.
        if zstandard.frame_content_size(packed) != size:
            raise FormatError("a chunk whose sizes contradict each other")
        raw = zstandard.ZstdDecompressor().decompress(packed, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise FormatError(f"a chunk that cannot be unpacked ({error})") from None
    if zlib.crc32(raw) != crc:
        raise FormatError("a chunk whose checksum is wrong")
    return raw


def read_chunk(raw: bytes, known: Channels) -> ChunkContent:
    """Return what the records of a chunk say.

    Raises
    ------
    FormatError
        If they are not records of this format.
    """
    channels = known
    head = None
    items: list[Item] = []
    numbered: list[tuple[int, int]] = []
    position, size = 0, len(raw)
    while position < size:
        if size - position < _RECORD_HEAD.size:
            raise FormatError("a record that is cut short")
        opcode, length = _RECORD_HEAD.unpack_from(raw, position)
        body = position + _RECORD_HEAD.size
        end = body + length
        if end > size:
            raise FormatError("a record that is cut short")
        if opcode == _MESSAGE:
            if length < _MESSAGE_FIXED:
                raise FormatError("a message that is too short")
            _, _, number, sequence, t_ns, _ = _MESSAGE_HEAD.unpack_from(raw, position)
            if number not in channels or t_ns > fmt.MAX_TIME_NS:
                raise FormatError("a message of no known channel or time")
            key = channels[number]
            payload = raw[body + _MESSAGE_FIXED : end]
            if key == fmt.SESSION_KEY:
                head = payload
            else:
                numbered.append((sequence, t_ns))
                if key == fmt.EVENT_KEY:
                    items.append(fmt.decode_event(t_ns, payload))
                elif key is not None:
                    items.append(Notification(t_ns, key[0], key[1], payload))
        elif opcode == Opcode.CHANNEL:
            channels = with_channel(channels, *_channel(raw[body:end]))
        elif opcode != Opcode.SCHEMA:
            raise FormatError(f"a record of type {opcode} in a chunk")
        position = end
    return ChunkContent(items, numbered, channels, head)


def with_channel(channels: Channels, number: int, key: tuple[str, str] | None) -> Channels:
    """Return ``channels`` with one more.

    Raises
    ------
    FormatError
        If another channel has that number.
    """
    if channels.get(number, key) != key:
        raise FormatError(f"channel {number} defined twice")
    return {**channels, number: key}


def _channel(content: bytes) -> tuple[int, tuple[str, str] | None]:
    channel = parse_record(Channel, content)
    facts = channel.metadata
    for key in (
        fmt.SESSION_KEY,
        fmt.EVENT_KEY,
        (facts.get("source", ""), facts.get("characteristic", "")),
    ):
        if (channel.topic, channel.message_encoding) == fmt.channel_facts(key)[:2]:
            return channel.id, key
    return channel.id, None

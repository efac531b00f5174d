"""One pass over the bytes of a recording: it finds what is sound, damaged and missing."""

import re
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import zstandard
from mcap.opcode import Opcode
from mcap.records import Attachment, Footer, Header, Metadata, Statistics

from sensor.errors import RecordingError, RecordingFault
from sensor.recording import format as fmt
from sensor.recording.chunk import (
    Channels,
    ChunkContent,
    Message,
    read_chunk,
    unpack_chunk,
    with_channel,
)
from sensor.recording.format import FormatError, NewerVersionError
from sensor.recording.health import Damage, Health
from sensor.recording.mcap_records import parse_record
from sensor.recording.run import read_run_head
from sensor.types import SessionHeader

MAGIC = b"\x89MCAP0\r\n"
"""The first and the last bytes of an MCAP file."""

_RECORD_HEAD = struct.Struct("<BQ")
_FOOTER_BYTES = _RECORD_HEAD.size + 20
_CANDIDATE = re.compile(rb"(?=[\x06\x09\x0c\x0f].{4}\x00{4})", re.DOTALL)
"""A metadata, chunk, attachment or end record of less than 4 GiB may begin here. Message indexes
are left out, since they are useless without the chunk before them."""
_WORK_FIXED = 2**30
_WORK_PER_BYTE = 50
"""Largest work of the check, in bytes unpacked or compared, fixed and per byte of the file: a file
that was made to waste time is given up."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    """The position of the content of a record in the file."""

    offset: int
    """Position of its first byte."""
    length: int
    """Its length, in bytes."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The content of a recording, with the positions of its parts."""

    header: SessionHeader
    """The head of the session."""
    channels: Channels
    """The channels, by number."""
    chunks: tuple[ByteRange, ...]
    """The sound chunks, in the order of the file."""
    attachments: dict[str, ByteRange]
    """The sound attachments, by name."""
    health: Health
    """The state of the recording: complete, or what is missing."""
    head: bytes
    """The head of the session, as it is written in the file."""
    version: int
    """The version of the format."""
    foreign: bool
    """Whether there are channels or records that this version does not know."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """A gap of ``lost`` items between two times; ``before_ns`` is None at the session's start."""

    lost: int
    before_ns: int | None
    after_ns: int


@dataclass(slots=True)
class _Findings:
    """The findings of the scan so far."""

    profile: str | None = None
    header: SessionHeader | None = None
    head: bytes = b""
    foreign: bool = False
    bad_head: str = ""
    channels: Channels = field(default_factory=dict)
    chunks: list[ByteRange] = field(default_factory=list)
    attachments: dict[str, ByteRange] = field(default_factory=dict)
    damages: list[tuple[Damage, int | None]] = field(default_factory=list)
    """The damages so far, each with the time of the last item before it."""
    closed: bool = False
    unvouched: Damage | None = None
    after_end: Damage | None = None
    items: int = 0
    last_sequence: int = 0
    last_ns: int | None = None
    gaps: list[_Gap] = field(default_factory=list)
    statistics: Statistics | None = None
    totals: fmt.Totals | None = None
    work: int = 0
    decompressor: zstandard.ZstdDecompressor = field(default_factory=zstandard.ZstdDecompressor)


def scan(path: Path, data: bytes) -> Contents:
    """Return the content of the recording ``data``; ``path`` is for errors.

    Raises
    ------
    RecordingError
        If it is no recording, of a newer version, or so damaged that its head is lost.
    """
    if not data.startswith(MAGIC):
        what = "it is empty" if not data else "it is not a recording of Toepoint (MCAP)"
        raise RecordingError(path, RecordingFault.NOT_A_RECORDING, what, offset=0)
    found = _Findings()
    try:
        _go_through(path, data, found)
    except NewerVersionError as error:
        raise RecordingError(path, RecordingFault.NEWER_VERSION, str(error)) from None
    return _contents(path, found)


def _go_through(path: Path, data: bytes, found: _Findings) -> None:
    position = len(MAGIC)
    while position < len(data):
        try:
            position = _take(path, data, position, found)
        except FormatError as error:
            position = _skip_damage(path, data, position, str(error), found)


def _skip_damage(path: Path, data: bytes, position: int, reason: str, found: _Findings) -> int:
    """Note the damage at ``position``; return the position at which reading goes on."""
    before_ns = found.last_ns
    for candidate in _CANDIDATE.finditer(data, position + 1):
        try:
            after = _take(path, data, candidate.start(), found)
        except FormatError:
            continue
        _note(found, Damage(position, candidate.start() - position, reason), before_ns)
        return after
    _note(found, Damage(position, len(data) - position, reason), before_ns)
    return len(data)


def _note(found: _Findings, damage: Damage, before_ns: int | None) -> None:
    found.damages.append((damage, before_ns))


def _take(path: Path, data: bytes, position: int, found: _Findings) -> int:
    """Add the record at ``position`` to ``found``; return the position after it.

    ``found`` does not change if the record is damaged.
    """
    start = position + _RECORD_HEAD.size
    if start > len(data):
        raise FormatError("the file ends inside a record")
    opcode = data[position]
    length = int.from_bytes(data[position + 1 : start], "little")
    end = start + length
    if end > len(data):
        raise FormatError("the file ends inside a record, or the record's length is wrong")
    found.work += length
    if found.work > _WORK_FIXED + _WORK_PER_BYTE * len(data):
        raise RecordingError(
            path,
            RecordingFault.DAMAGED,
            "checking it would take too long: it is damaged throughout or was made to waste time",
            offset=position,
        )
    content = data[start:end]
    if opcode == Opcode.CHUNK:
        _take_chunk(ByteRange(start, length), content, found)
    elif opcode == Opcode.MESSAGE_INDEX:
        # Only other readers use it, so only its frame is checked.
        if length < 6 or int.from_bytes(content[2:6], "little") != length - 6 or length % 16 != 6:
            raise FormatError("a message index whose lengths contradict each other")
    elif opcode == Opcode.METADATA:
        _take_metadata(parse_record(Metadata, content), found)
    elif opcode == Opcode.ATTACHMENT:
        name = parse_record(Attachment, content).name
        if name in found.attachments:
            raise FormatError(f"a second attachment {name!r}")
        found.attachments[name] = ByteRange(start, length)
    elif opcode == Opcode.DATA_END:
        return _take_end(data, position, end, found)
    elif opcode == Opcode.HEADER and position == len(MAGIC):
        found.profile = parse_record(Header, content).profile
    else:
        raise FormatError(f"a record of type {opcode}, which has no place here")
    return end


def _take_chunk(span: ByteRange, content: bytes, found: _Findings) -> None:
    raw = unpack_chunk(content, found.decompressor)
    found.work += len(raw)
    chunk = read_chunk(raw, found.channels)
    if chunk.head is not None:
        header = _head(chunk.head, found)
        if found.header is None:
            found.header = header
        elif found.header != header:
            raise FormatError("a second head of the session")
    _count(chunk, found)
    found.channels = chunk.channels
    found.chunks.append(span)


def _count(chunk: ChunkContent, found: _Findings) -> None:
    """Count the items of a chunk and those missing before and between them; check its events."""
    last, last_ns = found.last_sequence, found.last_ns
    gaps = []
    items = 0
    messages = chunk.messages
    if any(key is not None and key.runs for _, _, key, _ in messages):
        span = _span_of_runs(messages)
        if span.first <= last:
            raise FormatError("a chunk that repeats or precedes what was read before")
        if span.first != last + 1:
            gaps.append(_Gap(span.first - last - 1, last_ns, span.start_ns))
        last, last_ns, items, messages = span.last, span.end_ns, span.items, []
    for sequence, t_ns, key, payload in messages:
        if sequence != last + 1:
            # A chunk that another program repeated or moved would count its items twice.
            if sequence <= last:
                raise FormatError("a chunk that repeats or precedes what was read before")
            gaps.append(_Gap(sequence - last - 1, last_ns, t_ns))
        last, last_ns = sequence, t_ns
        if key is not None:
            items += 1
        if key == fmt.EVENT_KEY:
            fmt.decode_event(t_ns, payload)
    found.gaps += gaps
    found.items += items
    found.last_sequence, found.last_ns = last, last_ns


@dataclass(frozen=True, slots=True)
class _Span:
    """The items of a chunk with runs, which follow each other without a gap."""

    items: int
    first: int
    start_ns: int
    last: int
    end_ns: int


def _span_of_runs(messages: Sequence[Message]) -> _Span:
    """Return the items of a chunk with runs, from the heads of the runs; check its events."""
    starts, ends = [], []
    items = 0
    for sequence, t_ns, key, payload in messages:
        starts.append((sequence, t_ns))
        if key is not None and key.runs:
            head = read_run_head(payload)
            items += head.count
            ends.append((head.last_sequence, head.last_ns))
            continue
        items += 1
        ends.append((sequence, t_ns))
        if key == fmt.EVENT_KEY:
            fmt.decode_event(t_ns, payload)
    (first, start_ns), (last, end_ns) = min(starts), max(ends)
    # A recording is made compact only if nothing is missing in it.
    if last - first + 1 != items:
        raise FormatError("a chunk with runs whose numbers contradict each other")
    return _Span(items, first, start_ns, last, end_ns)


def _take_metadata(record: Metadata, found: _Findings) -> None:
    """Add the copy of the head or of a channel; ignore records that a later version may add."""
    key = {fmt.SESSION_RECORD: "session", fmt.CHANNEL_RECORD: "channel"}.get(record.name)
    if key is None:
        found.foreign = True
        return
    text = record.metadata.get(key, "").encode()
    if record.metadata.get("crc32") != f"{zlib.crc32(text):08x}":
        raise FormatError(f"a description of the {key} whose checksum is wrong")
    if key == "channel":
        found.channels = with_channel(found.channels, *fmt.decode_channel(text))
    elif found.header is None:
        found.header = _head(text, found)


def _head(data: bytes, found: _Findings) -> SessionHeader:
    """Return the head of the session; keep the fault of a bad one for the message."""
    try:
        header, found.totals = fmt.decode_header(data), fmt.totals_of(data)
        found.head = data
    except FormatError as error:
        found.bad_head = str(error)
        raise
    return header


def _take_end(data: bytes, position: int, end: int, found: _Findings) -> int:
    """Check the end of the data, whose checksum covers all before it, and the index after it."""
    if end - position != _RECORD_HEAD.size + 4:
        raise FormatError("a bad end of the data")
    vouched = int.from_bytes(data[end - 4 : end], "little")
    whole = vouched == zlib.crc32(memoryview(data)[:position])
    indexed = _index_is_sound(data, end)
    if not (whole or indexed):
        raise FormatError("a bad end of the data")
    found.statistics = _statistics(data, end) if indexed else None
    found.closed = True
    # Other programs may leave the checksum out; then it is 0.
    if vouched and not whole:
        found.unvouched = Damage(position, 0, "a byte beside the samples was changed")
    if not indexed:
        found.after_end = Damage(end, len(data) - end, "the index at the end is damaged")
    return len(data)


def _index_is_sound(data: bytes, start: int) -> bool:
    footer_at = len(data) - len(MAGIC) - _FOOTER_BYTES
    if footer_at < start or not data.endswith(MAGIC):
        return False
    try:
        content = data[footer_at + _RECORD_HEAD.size : -len(MAGIC)]
        footer = parse_record(Footer, content)
    except FormatError:
        return False
    expected = zlib.crc32(data[start : -len(MAGIC) - 4])
    return footer.summary_start == start and footer.summary_crc == expected


def _statistics(data: bytes, position: int) -> Statistics | None:
    """Return MCAP's statistics from a sound index, which contain the number of messages."""
    while position < len(data) - len(MAGIC):
        start = position + _RECORD_HEAD.size
        opcode, length = _RECORD_HEAD.unpack_from(data, position)
        if opcode == Opcode.STATISTICS:
            return parse_record(Statistics, data[start : start + length])
        position = start + length
    return None


def _contents(path: Path, found: _Findings) -> Contents:
    header = found.header
    if header is None:
        if found.profile != fmt.PROFILE:
            raise RecordingError(
                path,
                RecordingFault.NOT_A_RECORDING,
                "it is an MCAP file, but not a recording of Toepoint",
            )
        offset = found.damages[0][0].offset if found.damages else None
        what = "the head of the session is lost, and with it the facts about the sensors"
        if found.bad_head:
            what = f"the head of the session cannot be used: {found.bad_head}"
        raise RecordingError(path, RecordingFault.DAMAGED, what, offset=offset)
    start_ns = header.start_ns
    gaps = found.gaps + _gap_at_the_end(found)
    lost_ns = [g.after_ns - (start_ns if g.before_ns is None else g.before_ns) for g in gaps]
    end_ns = start_ns if found.last_ns is None else found.last_ns
    end_s = max(0, end_ns - start_ns) / 1e9
    damages = [
        replace(damage, after_s=0.0 if ns is None else max(0, ns - start_ns) / 1e9)
        for damage, ns in found.damages
    ]
    # A wrong checksum of the whole adds nothing to damage whose place is known.
    if found.unvouched is not None and not damages:
        damages = [replace(found.unvouched, after_s=end_s)]
    if found.after_end is not None:
        damages = [*damages, replace(found.after_end, after_s=end_s)]
    health = Health(
        closed=found.closed,
        items=found.items,
        lost_items=sum(gap.lost for gap in gaps),
        lost_s=sum(max(0, ns) for ns in lost_ns) / 1e9,
        end_s=end_s,
        damages=tuple(damages),
    )
    return Contents(
        header=header,
        channels=found.channels,
        chunks=tuple(found.chunks),
        attachments=found.attachments,
        health=health,
        head=found.head,
        version=fmt.LIVE_VERSION if found.totals is None else fmt.FORMAT.version,
        foreign=found.foreign or None in found.channels.values(),
    )


def _gap_at_the_end(found: _Findings) -> list[_Gap]:
    """Return the gap after the last item, if the head or the index says how many items there were."""
    totals = found.totals
    if totals is None:
        if found.statistics is None:
            return []
        # One message is the head of the session.
        items = found.statistics.message_count - 1
        totals = fmt.Totals(items, found.statistics.message_end_time)
    lost = totals.items - found.last_sequence
    return [_Gap(lost, found.last_ns, totals.end_ns)] if lost > 0 else []

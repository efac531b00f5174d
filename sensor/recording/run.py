"""The successive notifications of one characteristic as arrays, and their bytes in a recording."""

import struct
from dataclasses import dataclass, field

import numpy as np
import zstandard

from sensor.recording import format as fmt
from sensor.recording.columns import (
    Bytes,
    PayloadField,
    Words,
    join_planes,
    pack_rows,
    split_planes,
    unpack_rows,
)
from sensor.recording.format import FormatError
from sensor.recording.layout import FEWEST, PayloadLayout, Shape, find_layout, find_shape, plain
from sensor.types import IntArray, NotificationRun

LEVEL = 9
"""Level of the compression: higher ones take six times as long for 1 % less."""
REUSED = 4
"""Runs that use a layout before it is sought again: rest and sets alternate every few minutes, and the
search takes most of the time."""
_HEAD_LENGTH = struct.Struct("<I")
_SEQUENCE_BYTES, _TIME_BYTES, _GROUP_BYTES = 4, 8, 2


@dataclass(frozen=True, slots=True)
class _Group:
    """The payloads of one length in the head of a run."""

    length: int
    count: int
    head: list[str]
    repeat: int
    record: list[str]


@dataclass(frozen=True, slots=True)
class RunHead:
    """The head of a run, which is read without its columns."""

    count: int
    """Number of notifications."""
    last_sequence: int
    """Number of the last one among all items."""
    last_ns: int
    """Arrival of the last one, ns."""
    groups: list[_Group]
    """The payloads by their length."""


@dataclass(slots=True)
class RunEncoder:
    """Encodes the runs of one recording; it remembers where the samples lie in the payloads."""

    _shapes: dict[tuple[str, str, int], Shape] = field(default_factory=dict)
    _layouts: dict[tuple[str, str, int], tuple[int, PayloadLayout]] = field(default_factory=dict)
    """The last layout of each kind of payload, and how many runs have used it."""
    _compressor: zstandard.ZstdCompressor = field(
        default_factory=lambda: zstandard.ZstdCompressor(level=LEVEL)
    )

    def encode(self, run: NotificationRun) -> bytes:
        """Return the message of ``run``; its first number and time are those of the message."""
        lengths = np.diff(run.offsets)
        data = np.frombuffer(run.payloads, dtype=np.uint8)
        kinds, group_of = np.unique(lengths, return_inverse=True)
        columns = [
            split_planes(_from_first(run.sequence), _SEQUENCE_BYTES, 1).tobytes(),
            split_planes(_from_first(run.t_ns), _TIME_BYTES, 1).tobytes(),
            split_planes(group_of.astype(np.uint64), _GROUP_BYTES, 0).tobytes(),
        ]
        groups = []
        for number, length in enumerate(kinds.tolist()):
            starts = run.offsets[:-1][group_of == number]
            payloads = data[starts[:, None] + np.arange(length)]
            layout = self._layout(run, payloads)
            groups.append(
                _Group(
                    length,
                    payloads.shape[0],
                    [f.code for f in layout.head],
                    layout.repeat,
                    [f.code for f in layout.record],
                )
            )
            head_bytes = layout.head_bytes
            columns += pack_rows(payloads[:, :head_bytes], layout.head)
            records = payloads[:, head_bytes:].reshape(-1, layout.record_bytes)
            columns += pack_rows(records, layout.record)
        head = fmt.encode_json(
            {
                "count": int(lengths.size),
                "last_sequence": int(run.sequence[-1]),
                "last_ns": int(run.t_ns[-1]),
                "groups": [
                    {
                        "length": g.length,
                        "count": g.count,
                        "head": list(g.head),
                        "repeat": g.repeat,
                        "record": list(g.record),
                    }
                    for g in groups
                ],
            }
        )
        packed = self._compressor.compress(b"".join(columns))
        return _HEAD_LENGTH.pack(len(head)) + head + packed

    def _layout(self, run: NotificationRun, payloads: Bytes) -> PayloadLayout:
        count, length = payloads.shape
        if count < FEWEST or length == 0:
            return plain(length)
        key = (run.source, run.characteristic, length)
        if key not in self._shapes:
            self._shapes[key] = find_shape(payloads)
        used, layout = self._layouts.get(key, (REUSED, plain(length)))
        if used >= REUSED:
            used, layout = 0, find_layout(payloads, self._shapes[key])
        self._layouts[key] = used + 1, layout
        return layout


def read_run_head(data: bytes) -> RunHead:
    """Return the head of the run in a message.

    Raises
    ------
    FormatError
        If it has none, or its parts contradict each other.
    """
    return _split(data)[0]


def decode_run(key: tuple[str, str], sequence: int, t_ns: int, data: bytes) -> NotificationRun:
    """Return the run in a message.

    Parameters
    ----------
    key
        Source and characteristic of its channel.
    sequence, t_ns
        The number and the time of the message.
    data
        Its content.

    Raises
    ------
    FormatError
        If it is no run.
    """
    head, packed = _split(data)
    layouts = [_layout_of(group) for group in head.groups]
    count = head.count
    size = count * (_SEQUENCE_BYTES + _TIME_BYTES + _GROUP_BYTES)
    size += sum(group.count * group.length for group in head.groups)
    if size > fmt.MAX_CHUNK_BYTES:
        raise FormatError(f"columns of {size} bytes")
    try:
        # The size in the compressed data decides how much memory is used, so check it first.
        if zstandard.frame_content_size(packed) != size:
            raise FormatError("columns whose sizes contradict each other")
        raw = zstandard.ZstdDecompressor().decompress(packed, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise FormatError(f"columns that cannot be unpacked ({error})") from None
    columns = _Columns(np.frombuffer(raw, dtype=np.uint8))
    sequences = columns.take(count, _SEQUENCE_BYTES, 1, sequence)
    times = columns.take(count, _TIME_BYTES, 1, t_ns)
    group_of = columns.take(count, _GROUP_BYTES, 0, 0)
    if (
        sequences[0] != sequence
        or sequences[-1] != head.last_sequence
        or times[0] != t_ns
        or times[-1] != head.last_ns
        or bool(np.any(np.diff(sequences) <= 0))
        or bool(np.any(times < 0))
        or bool(np.any(group_of < 0))
        or np.bincount(group_of, minlength=len(layouts)).tolist() != [g.count for g in head.groups]
    ):
        raise FormatError("a run whose numbers contradict each other")
    lengths = np.array([group.length for group in head.groups], dtype=np.int64)[group_of]
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    payloads = np.empty(int(offsets[-1]), dtype=np.uint8)
    for number, (group, layout) in enumerate(zip(head.groups, layouts, strict=True)):
        rows = columns.rows(group.count, layout)
        places = offsets[:-1][group_of == number]
        payloads[places[:, None] + np.arange(group.length)] = rows
    return NotificationRun(key[0], key[1], sequences, times, payloads.tobytes(), offsets)


@dataclass(slots=True)
class _Columns:
    """Unpacked columns, read one after the other."""

    data: Bytes
    at: int = 0

    def take(self, count: int, width: int, order: int, first: int) -> IntArray:
        """Return the next column of numbers, as differences from ``first``."""
        planes = self._next(count * width).reshape(width, count)
        return join_planes(planes, order).view(np.int64) + first

    def rows(self, count: int, layout: PayloadLayout) -> Bytes:
        """Return the next payloads of one length (count × length)."""
        head = unpack_rows(self._next(count * layout.head_bytes), count, layout.head)
        records = count * layout.repeat
        rest = unpack_rows(self._next(records * layout.record_bytes), records, layout.record)
        return np.hstack([head, rest.reshape(count, layout.repeat * layout.record_bytes)])

    def _next(self, size: int) -> Bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def _from_first(values: IntArray) -> Words:
    first: IntArray = values - values[0]
    return first.view(np.uint64)


def _split(data: bytes) -> tuple[RunHead, bytes]:
    start = _HEAD_LENGTH.size
    if len(data) < start:
        raise FormatError("a run that is too short")
    (length,) = _HEAD_LENGTH.unpack_from(data)
    if start + length > len(data):
        raise FormatError("a run whose head is cut short")
    head = fmt.decode_json(data[start : start + length], RunHead)
    lengths = [group.length for group in head.groups]
    if (
        head.count < 1
        or not 0 <= head.last_ns <= fmt.MAX_TIME_NS
        or any(g.count < 1 or not 0 <= g.length <= fmt.MAX_NOTIFICATION_BYTES for g in head.groups)
        or len(set(lengths)) != len(lengths)
        or sum(group.count for group in head.groups) != head.count
    ):
        raise FormatError("a run whose numbers contradict each other")
    return head, data[start + length :]


def _layout_of(group: _Group) -> PayloadLayout:
    head, record = (
        tuple(PayloadField.from_code(code) for code in codes)
        for codes in (group.head, group.record)
    )
    layout = PayloadLayout(head, group.repeat, record)
    if group.repeat < 0 or layout.head_bytes + group.repeat * layout.record_bytes != group.length:
        raise FormatError("a run whose fields do not make its payloads")
    if not record:
        raise FormatError("a run without fields")
    return layout

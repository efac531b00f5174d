"""The fields of a payload, found from its bytes: no knowledge of the sensor family is needed.

The choice decides only how small a recording becomes; every layout gives the same payloads back.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from sensor.recording.columns import MAX_ORDER, WIDTHS, Bytes, PayloadField, Words, split_planes

SAMPLED_ROWS = 512
"""Records that are looked at: enough for the entropy of a byte, few enough for a few milliseconds."""
SAMPLED_BYTES = 16_384
FEWEST_SAMPLED_ROWS = 96
"""Of long records fewer are looked at, so that the search takes no longer than for short ones."""
FEWEST = 16
"""Payloads below this number are stored as plain bytes: their fields would take more room."""
MAX_HEAD_BYTES = 16
"""Longest part of a payload before its repeated samples; the families have up to ten bytes."""
FIELD_BITS = 24.0
"""Price of one more field, in bits: its code in the file."""


@dataclass(frozen=True, slots=True)
class PayloadLayout:
    """The fields of all payloads of one length: a head, then ``repeat`` equal records."""

    head: tuple[PayloadField, ...]
    """Fields at the beginning of a payload, once."""
    repeat: int
    """Number of records in a payload."""
    record: tuple[PayloadField, ...]
    """Fields of a record."""

    @property
    def head_bytes(self) -> int:
        """Length of the head, in bytes."""
        return sum(field.width for field in self.head)

    @property
    def record_bytes(self) -> int:
        """Length of a record, in bytes."""
        return sum(field.width for field in self.record)


@dataclass(frozen=True, slots=True)
class Shape:
    """The place of the repeated records in a payload."""

    head_bytes: int
    """Bytes before them."""
    repeat: int
    """Their number."""


def plain(length: int) -> PayloadLayout:
    """Return the layout of payloads that are stored byte by byte as they are."""
    return PayloadLayout((), length, (PayloadField(1),))


def find_shape(payloads: Bytes) -> Shape:
    """Return the head and repetition with which the bytes of the payloads are most predictable.

    Parameters
    ----------
    payloads
        Successive payloads of one length (n × length).
    """
    payloads = payloads[:SAMPLED_ROWS]
    length = payloads.shape[1]
    shapes = [Shape(0, 1)]
    for head in range(min(MAX_HEAD_BYTES, length - 1) + 1):
        rest = length - head
        shapes += [Shape(head, n) for n in range(2, rest // 2 + 1) if rest % n == 0]
    return min(shapes, key=lambda shape: _predictability_bits(payloads, shape))


def find_layout(payloads: Bytes, shape: Shape) -> PayloadLayout:
    """Return the fields that take the least room in ``payloads`` (n × length) of that shape."""
    head = payloads[:, : shape.head_bytes]
    records = payloads[:, shape.head_bytes :].reshape(payloads.shape[0] * shape.repeat, -1)
    return PayloadLayout(_cheapest_fields(head), shape.repeat, _cheapest_fields(records))


def _predictability_bits(payloads: Bytes, shape: Shape) -> float:
    head = payloads[:, : shape.head_bytes]
    records = payloads[:, shape.head_bytes :].reshape(payloads.shape[0] * shape.repeat, -1)
    fields = shape.head_bytes + records.shape[1]
    return FIELD_BITS * fields + sum(
        # Differences of bytes: the same wherever a field begins.
        float(_entropy_bits(np.diff(part, axis=0)).sum())
        for part in (head, records)
        if part.shape[0] > 1
    )


def _cheapest_fields(rows: Bytes) -> tuple[PayloadField, ...]:
    """Return the split of records into fields whose columns have the least entropy."""
    size = rows.shape[1]
    sampled = min(SAMPLED_ROWS, max(FEWEST_SAMPLED_ROWS, SAMPLED_BYTES // max(size, 1)))
    if rows.shape[0] > sampled:
        # From the middle, where a recording that begins at rest moves.
        start = (rows.shape[0] - sampled) // 2
        rows = rows[start : start + sampled]
    choices: list[list[tuple[float, PayloadField]]] = [[] for _ in range(size)]
    for width, big_endian, order in product(WIDTHS, (False, True), range(MAX_ORDER + 1)):
        if width > size or (width == 1 and big_endian):
            continue
        field = PayloadField(width, big_endian, order)
        planes = split_planes(_values_at_every_place(rows, field), width, order)
        bits = sum(_entropy_bits(plane) for plane in planes)
        for place, cost in enumerate(np.asarray(bits).tolist()):
            choices[place].append((cost + FIELD_BITS, field))
    # The cheapest way from each place to the end, from the last place to the first.
    ways: list[tuple[float, tuple[PayloadField, ...]]] = [(0.0, ())] * (size + 1)
    for place in reversed(range(size)):
        ways[place] = min(
            (
                (cost + ways[place + field.width][0], (field, *ways[place + field.width][1]))
                for cost, field in choices[place]
            ),
            key=lambda way: way[0],
        )
    return ways[0][1]


def _values_at_every_place(rows: Bytes, field: PayloadField) -> Words:
    """Return the number that begins at each byte of the records (n × places)."""
    places = rows.shape[1] - field.width + 1
    values = np.zeros((rows.shape[0], places), dtype=np.uint64)
    for n in range(field.width):
        at = field.width - 1 - n if field.big_endian else n
        values |= rows[:, at : at + places].astype(np.uint64) << np.uint64(8 * n)
    return values


def _entropy_bits(columns: Bytes) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the entropy of each column of bytes (n × columns), in bits for all its values."""
    count, width = columns.shape
    codes = columns + np.arange(width, dtype=np.int64) * 256
    found = np.bincount(codes.ravel(), minlength=256 * width).reshape(width, 256)
    # n log n - sum of f log f, where the logarithm of a frequency comes from a table.
    logs = np.arange(count + 1, dtype=np.float64)
    logs[1:] *= np.log2(logs[1:])
    total: np.ndarray[tuple[int], np.dtype[np.float64]] = logs[count] - logs[found].sum(axis=1)
    return total

"""The packets of a stream, kept so that it can be dated again."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sensor.clock.clock import int64
from sensor.long_columns import LongColumns, Samples, release
from sensor.streams import DatedPacket
from sensor.types import BoolArray, FloatArray, IntArray, Packet, SensorInfo

_PIECE = 16
"""Packets after which memory is given back: up to 130 kB each."""
_CONNECTION, _MESSAGES, _ACC, _GYR, _CLIPPED, _PLACED, _MARKED = range(7)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The messages of one connection, in their order."""

    arrival_s: FloatArray
    """(m,) s, arrival of each message."""
    samples: IntArray
    """(m,) number of samples of each message, at least 1."""
    marks: IntArray
    """(m,) its tick or sequence number."""
    marked: BoolArray
    """(m,) whether it has one."""


class PacketLog:
    """All packets of a stream; the samples lie in temporary files if they are many.

    Parameters
    ----------
    info
        The sensor.
    """

    def __init__(self, info: SensorInfo) -> None:
        self.info = info
        self.rates_hz: list[float] = []
        """The rate that the live clock estimated at the end of each connection but the last."""
        self._acc, self._gyr, self._clipped = LongColumns(), LongColumns(), LongColumns()
        self._messages, self._facts = LongColumns(), LongColumns()

    def add(self, dated: DatedPacket) -> None:
        """Append the next packet.

        Raises
        ------
        RecordingError
            If a temporary file cannot be written.
        """
        packet, places = dated.packet, dated.places
        self._acc.append(packet.acc)
        self._gyr.append(packet.gyr)
        self._clipped.append(packet.clipped)
        none = np.zeros(packet.messages, dtype=np.int64)
        own = none if places is None else places
        marks = none if dated.marks is None else int64(dated.marks)
        self._messages.append(np.array(dated.arrivals_s), own, marks)
        sizes = [len(packet.acc), len(packet.gyr), len(packet.clipped)]
        known = [places is not None, dated.marks is not None]
        facts = [len(self.rates_hz), packet.messages, *sizes, *known]
        self._facts.append(np.array([facts], dtype=np.int64))

    def end_connection(self, rate_hz: float) -> None:
        """Let the next packets be those of another connection; the live clock estimated ``rate_hz``."""
        self.rates_hz.append(rate_hz)

    def arrivals(self, part: str) -> list[Arrivals]:
        """Return the messages of each connection; ``part`` as of :func:`sensor.assembler.stream_of`.

        A message without samples of that part is left out.
        """
        facts = self._fact_rows()
        if not len(facts):
            none = np.empty(0, dtype=np.int64)
            return [Arrivals(np.empty(0), none, none, none.astype(np.bool_))]
        (arrival_s, _, marks) = _whole(self._messages)
        messages = facts[:, _MESSAGES]
        samples = facts[:, _GYR if part == "gyr" else _ACC] // messages
        each = np.repeat(samples, messages)
        connection = np.repeat(facts[:, _CONNECTION], messages)
        marked = np.repeat(facts[:, _MARKED] > 0, messages)
        found: list[Arrivals] = []
        for number in range(len(self.rates_hz) + 1):
            own: BoolArray = (connection == number) & (each > 0)
            found.append(Arrivals(arrival_s[own], each[own], marks[own], marked[own]))
        release(arrival_s, marks)
        return found

    def packets(self) -> Iterator[tuple[int, DatedPacket]]:
        """Yield the number of its connection and each packet; only what dates it again is left in them."""
        facts = self._fact_rows()
        if not len(facts):
            return
        (acc,), (gyr,), (clipped,) = map(_whole, (self._acc, self._gyr, self._clipped))
        arrival_s, places, _ = _whole(self._messages)
        at = np.zeros(4, dtype=np.int64)
        for first in range(0, len(facts), _PIECE):
            for row in facts[first : first + _PIECE]:
                connection, messages, *_, placed, _ = row.tolist()
                upto = at + row[[_ACC, _GYR, _CLIPPED, _MESSAGES]]
                its_acc, its_gyr, its_clipped, own = map(slice, at.tolist(), upto.tolist())
                packet = Packet(acc[its_acc], gyr[its_gyr], clipped[its_clipped], messages=messages)
                its_places = places[own] if placed else None
                yield connection, DatedPacket(packet, arrival_s[own].tolist(), None, its_places)
                at = upto
            release(acc, gyr, clipped, arrival_s, places)

    def _fact_rows(self) -> IntArray:
        found = self._facts.whole()
        return np.empty((0, 7), dtype=np.int64) if found is None else found[0]


def _whole(columns: LongColumns) -> tuple[Samples, ...]:
    return columns.whole() or ()

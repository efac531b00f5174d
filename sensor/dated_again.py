"""The blocks of a whole session, with the times that only the whole session shows.

A stream is dated live from what has arrived so far; once it has ended, its times are fitted to all of
its messages (:mod:`sensor.clock.offline`). Nothing that was guessed live is left in them.
"""

from collections.abc import Iterator
from dataclasses import replace

from sensor.assembler import StreamStatistics, longest_gap_s, stream_of
from sensor.clock.device_times import Connection
from sensor.clock.offline import FittedClock, fitted_clock
from sensor.families import family_named
from sensor.packet_log import PacketLog
from sensor.streams import SampleStream
from sensor.types import ImuBlock


def dated_again(log: PacketLog, rate_hz: float) -> tuple[Iterator[ImuBlock], float]:
    """Return the blocks of a stream that has ended, and its true rate in Hz.

    Parameters
    ----------
    log
        Its packets.
    rate_hz
        The rate that the live clock estimated at its end.
    """
    stream = stream_of(log.info, lambda part: _clock(log, part, rate_hz))
    return _blocks(log, stream), stream.rate_hz


class SettledCount:
    """The losses in the blocks of a stream that was dated again."""

    def __init__(self) -> None:
        self._lost = 0
        self._longest_gap_s = 0.0
        self._last_t: float | None = None

    def add(self, block: ImuBlock) -> None:
        """Count the next block of the stream."""
        self._lost += block.lost
        gap_s = longest_gap_s(block)
        if self._last_t is not None:
            gap_s = max(gap_s, block.t.item(0) - self._last_t)
        self._longest_gap_s = max(self._longest_gap_s, gap_s)
        self._last_t = block.t.item(-1)

    def settled(self, statistics: StreamStatistics, rate_hz: float) -> StreamStatistics:
        """Return ``statistics`` with these losses and the true rate."""
        return replace(
            statistics, lost=self._lost, longest_gap_s=self._longest_gap_s, rate_hz=rate_hz
        )


def _blocks(log: PacketLog, stream: SampleStream) -> Iterator[ImuBlock]:
    reached = 0
    for connection, packet in log.packets():
        while reached < connection:
            stream.reset()
            reached += 1
        yield from stream.add(packet)


def _clock(log: PacketLog, part: str, rate_hz: float) -> FittedClock:
    """Return the clock of one part of a stream; see :func:`sensor.assembler.stream_of`."""
    info = log.info
    connections = [
        Connection(one.arrival_s, one.samples, one.marks, one.marked, hz)
        for one, hz in zip(log.arrivals(part), [*log.rates_hz, rate_hz], strict=True)
        if len(one.arrival_s)
    ]
    model = family_named(info.family).capabilities.clock_of(info.settings)
    return fitted_clock(connections, model, info.settings.rate_hz)

"""The blocks of a whole session, with the times that only the whole session shows.

A stream without clock and counter is dated live from what has arrived so far; once it has ended, its
times are fitted to all of its messages (:mod:`sensor.clock.offline`). Nothing that was guessed live
is left in them.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from sensor.assembler import StreamLog, StreamStatistics, longest_gap_s, stream_of
from sensor.clock.offline import Connection, FittedClock, fitted_clock
from sensor.families import family_named
from sensor.streams import DatedPacket
from sensor.types import ImuBlock


def dated_again(log: StreamLog, rate_hz: float) -> tuple[list[ImuBlock], float]:
    """Return the blocks of a stream that has ended, and its true rate in Hz.

    Parameters
    ----------
    log
        Its packets.
    rate_hz
        The rate that the live clock estimated at its end.
    """
    stream = stream_of(log.info, lambda part: _clock(log, part, rate_hz))
    blocks: list[ImuBlock] = []
    for count, packets in enumerate(log.connections):
        if count:
            stream.reset()
        for one in packets:
            blocks += stream.add(one)
    return blocks, stream.rate_hz


def counted_again(
    statistics: StreamStatistics, blocks: Sequence[ImuBlock], rate_hz: float
) -> StreamStatistics:
    """Return ``statistics`` with what ``blocks`` that were dated again say of losses and rate."""
    gaps = [block.t.item(0) - before.t.item(-1) for before, block in pairwise(blocks)]
    gaps += [longest_gap_s(block) for block in blocks]
    return replace(
        statistics,
        lost=sum(block.lost for block in blocks),
        longest_gap_s=max([0.0, *gaps]),
        rate_hz=rate_hz,
    )


def _clock(log: StreamLog, part: str, rate_hz: float) -> FittedClock:
    """Return the clock of one part of a stream; see :func:`sensor.assembler.stream_of`."""
    nominal_hz = log.info.settings.rate_hz
    found = [
        _connection(packets, part, nominal_hz / hz)
        for packets, hz in zip(log.connections, [*log.rates_hz, rate_hz], strict=True)
    ]
    clock = family_named(log.info.family).capabilities.clock_of(log.info.settings)
    return fitted_clock(
        [one for one in found if len(one.arrival_s)], nominal_hz, clock.rate_tolerance
    )


def _connection(packets: Sequence[DatedPacket], part: str, slope: float) -> Connection:
    arrivals_s: list[float] = []
    counts: list[int] = []
    for one in packets:
        packet = one.packet
        samples = len(packet.gyr if part == "gyr" else packet.acc)
        # A packet of the other part has no sample of this one.
        if samples:
            arrivals_s += one.arrivals_s
            counts += [samples // packet.messages] * packet.messages
    return Connection(np.array(arrivals_s), np.array(counts, dtype=np.int64), slope)

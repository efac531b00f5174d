"""Reads a whole recording: its blocks, its events, and its samples on one grid."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from processing.long_block import LongBlock
from processing.pipeline.pairing import Pairing, segments_of
from processing.types import PairedBlock
from sensor.assembler import Assembler, StreamStatistics
from sensor.dated_again import counted_again, dated_again
from sensor.recording import Recording
from sensor.types import Event, ImuBlock, Segment, SensorInfo

Progress = Callable[[float], None]
"""Called with the share of the work that is done, from 0 to 1."""
BATCH_ITEMS = 4096
"""Items that are processed together, some 20 s of two sensors: a batch costs as much as its samples."""


@dataclass(frozen=True, slots=True)
class ReadRecording:
    """The content of a recording, as it came and as it is known in the end."""

    live: list[ImuBlock | Event]
    """Blocks and events in the order in which they came, with the times that the live path gave."""
    settled: list[ImuBlock | Event]
    """Blocks and events in order of time, as if every sample had arrived when it was taken. The times
    of streams without clock and counter are fitted to the whole of it."""
    events: list[Event]
    """The events alone."""
    statistics: Mapping[str, StreamStatistics]
    """The statistics of each sensor's stream, by its source, with the settled losses."""


def assembled(rec: Recording, until_s: float, progress: Progress) -> ReadRecording:
    """Return the content of the first ``until_s`` s of a recording."""
    assembler = Assembler(rec.header.sensors, rec.header.start_ns, keep=True)
    live: list[ImuBlock | Event] = []
    events: list[Event] = []
    total_ns = max(rec.duration_s * 1e9, 1.0)
    for count, item in enumerate(rec.items()):
        # Items are in order of time, so the rest need not be read.
        if item.t_ns - rec.header.start_ns > 1e9 * until_s:
            break
        live += assembler.feed(item)
        if isinstance(item, Event):
            events.append(item)
            live.append(item)
        if count % BATCH_ITEMS == 0:
            progress(min((item.t_ns - rec.header.start_ns) / total_ns, 1.0))
    statistics = dict(assembler.statistics)
    again: dict[Segment, list[ImuBlock]] = {}
    for log in assembler.logs:
        source = log.info.source
        live_hz = statistics[source].rate_hz
        # Before its first sample there is nothing to date.
        if live_hz is not None:
            again[log.info.segment], true_hz = dated_again(log, live_hz)
            settled_blocks = again[log.info.segment]
            statistics[source] = counted_again(statistics[source], settled_blocks, true_hz)
    settled = [i for i in live if isinstance(i, Event) or i.segment not in again]
    settled += [block for blocks in again.values() for block in blocks]
    settled.sort(key=lambda item: _known_s(item, rec.header.start_ns))
    return ReadRecording(live, settled, events, statistics)


def _known_s(item: ImuBlock | Event, start_ns: int) -> float:
    """Return when ``item`` is there at the earliest, s: an event, or the last sample of a block."""
    return (item.t_ns - start_ns) / 1e9 if isinstance(item, Event) else item.t.item(-1)


def paired_samples(items: Sequence[ImuBlock | Event], sensors: Sequence[SensorInfo]) -> PairedBlock:
    """Return all samples on one grid; offline no sample is too late.

    Raises
    ------
    RecordingError
        If a long session finds no room for its temporary files.
    """
    pairing = Pairing(np.inf, segments_of(sensors))
    paired = LongBlock[PairedBlock]()
    blocks = [item for item in items if isinstance(item, ImuBlock)]
    for first in range(0, len(blocks), BATCH_ITEMS):
        part = pairing.feed(blocks[first : first + BATCH_ITEMS])
        if part is not None:
            paired.add(part)
    last = pairing.finish()
    if last is not None:
        paired.add(last)
    return paired.whole() or no_samples()


def no_samples() -> PairedBlock:
    """Return a block without samples."""
    vectors, flags = np.empty((0, 3)), np.empty(0, dtype=np.bool_)
    return PairedBlock(np.empty(0), vectors, vectors, vectors, vectors, flags, flags, flags, flags)

"""Reads a whole recording: its blocks, its events, and its samples on one grid."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from processing.motion.long_block import LongBlock
from processing.pipeline.pairing import Pairing, segments_of
from processing.types import PairedBlock
from sensor.arrival_order import by_time, in_order
from sensor.assembler import Assembler, StreamStatistics
from sensor.dated_again import counted_again, dated_again
from sensor.recording import Recording
from sensor.recording.chunk import run_part
from sensor.types import Event, ImuBlock, NotificationRun, Segment, SensorInfo

Timed = TypeVar("Timed", bound=ImuBlock | Event)

Progress = Callable[[float], None]
"""Called with the share of the work that is done, from 0 to 1."""
BATCH_SAMPLES = 16384
"""Samples that are processed together, some 80 s of two sensors: a batch costs as much as its samples."""


@dataclass(frozen=True, slots=True)
class ReadRecording:
    """The content of a recording, as it came and as it is known in the end."""

    live: list[ImuBlock | Event]
    """Blocks and events in the order in which they came, with the times that the live path gave."""
    settled: list[ImuBlock]
    """Blocks in order of time, as if every sample had arrived when it was taken. The times of streams
    without clock and counter are fitted to the whole of it."""
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
    start_ns, until_ns = rec.header.start_ns, 1e9 * until_s
    for item in rec.batches():
        t_ns = item.t_ns if isinstance(item, Event) else min(run.t_ns.item(0) for run in item)
        if t_ns - start_ns > until_ns:
            break
        if isinstance(item, Event):
            assembler.feed(item)
            events.append(item)
            live.append(item)
            continue
        live += assembler.feed(_until(item, start_ns, until_ns))
        # Items are in order of time, so the rest need not be read.
        if any(run.t_ns.item(-1) - start_ns > until_ns for run in item):
            break
        progress(min((t_ns - start_ns) / total_ns, 1.0))
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
    settled = [i for i in live if isinstance(i, ImuBlock) and i.segment not in again]
    settled += [block for blocks in again.values() for block in blocks]
    return ReadRecording(live, in_order(map(by_time, settled)), events, statistics)


def _until(
    runs: Sequence[NotificationRun], start_ns: int, until_ns: float
) -> list[NotificationRun]:
    """Return the notifications before the first one that is ``until_ns`` after the start."""
    later = [run.sequence[run.t_ns - start_ns > until_ns] for run in runs]
    first = min((numbers.item(0) for numbers in later if len(numbers)), default=None)
    if first is None:
        return list(runs)
    return [run_part(run, 0, int(run.sequence.searchsorted(first))) for run in runs]


def in_batches(items: Iterable[Timed]) -> Iterator[Sequence[Timed]]:
    """Yield ``items`` in parts of at least :data:`BATCH_SAMPLES` samples.

    Blocks of many messages that arrived among each other stay together: one of them alone would make
    the samples of the other sensors look late.
    """
    batch: list[Timed] = []
    samples = 0
    reached = -math.inf
    for item in items:
        places = item.places if isinstance(item, ImuBlock) else None
        if samples >= BATCH_SAMPLES and (places is None or places.item(0) > reached):
            yield batch
            batch, samples = [], 0
        batch.append(item)
        if isinstance(item, ImuBlock):
            samples += len(item.t)
        if places is not None:
            reached = max(reached, places.item(-1))
    if batch:
        yield batch


def paired_samples(blocks: Sequence[ImuBlock], sensors: Sequence[SensorInfo]) -> PairedBlock:
    """Return all samples on one grid; offline no sample is too late.

    Raises
    ------
    RecordingError
        If a long session finds no room for its temporary files.
    """
    pairing = Pairing(np.inf, segments_of(sensors))
    paired = LongBlock[PairedBlock]()
    for batch in in_batches(blocks):
        part = pairing.feed(batch)
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

"""Reads a whole recording: its blocks, its events, and its samples on one grid."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from processing.motion.long_block import LongBlock
from processing.pipeline.dropouts import Dropouts
from processing.pipeline.pairing import Pairing, segments_of
from processing.review.kept_items import KeptItems
from processing.types import Dropout, PairedBlock
from sensor.arrival_order import by_time, merged_in_order
from sensor.assembler import Assembler, StreamStatistics
from sensor.dated_again import SettledCount, dated_again
from sensor.packet_log import PacketLog
from sensor.recording import Recording
from sensor.recording.chunk import run_part
from sensor.types import Event, ImuBlock, NotificationRun, SensorInfo

Timed = TypeVar("Timed", bound=ImuBlock | Event)

Progress = Callable[[float], None]
"""Called with the share of the work that is done, from 0 to 1."""
BATCH_SAMPLES = 16384
"""Samples that are processed together, some 80 s of two sensors: a batch costs as much as its samples."""


@dataclass(frozen=True, slots=True)
class ReadRecording:
    """The content of a recording, as it came; :func:`settled_samples` has it as it is known in the end."""

    live: KeptItems
    """Blocks and events in the order in which they came, with the times that the live path gave."""
    events: list[Event]
    """The events alone."""
    statistics: Mapping[str, StreamStatistics]
    """The statistics of each sensor's stream, by its source, as the live path had them in the end."""
    logs: Sequence[PacketLog]
    """The packets of the streams that can be dated again: all but imported tables."""
    sensors: Sequence[SensorInfo]
    """The sensors."""


@dataclass(frozen=True, slots=True)
class SettledSamples:
    """The samples of a recording, as if each had arrived when it was taken.

    The times of each sensor's stream are fitted to the whole of it.
    """

    paired: PairedBlock
    """All samples on one grid."""
    dropouts: tuple[Dropout, ...]
    """The losses in order of time."""
    statistics: Mapping[str, StreamStatistics]
    """The statistics of each sensor's stream, by its source, with the settled losses."""


def assembled(rec: Recording, until_s: float, progress: Progress) -> ReadRecording:
    """Return the content of the first ``until_s`` s of a recording."""
    assembler = Assembler(rec.header.sensors, rec.header.start_ns, keep=True)
    live = KeptItems()
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
            live.add(item)
            continue
        for block in assembler.feed(_until(item, start_ns, until_ns)):
            live.add(block)
        # Items are in order of time, so the rest need not be read.
        if any(run.t_ns.item(-1) - start_ns > until_ns for run in item):
            break
        progress(min((t_ns - start_ns) / total_ns, 1.0))
    return ReadRecording(
        live, events, dict(assembler.statistics), assembler.logs, rec.header.sensors
    )


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


def settled_samples(read: ReadRecording) -> SettledSamples:
    """Return the samples on one grid; offline no sample is too late.

    Raises
    ------
    RecordingError
        If a long session finds no room for its temporary files.
    """
    pairing = Pairing(np.inf, segments_of(read.sensors))
    paired = LongBlock[PairedBlock]()
    losses = Dropouts()
    dropouts: list[Dropout | None] = []
    settled, counts = _settled(read)
    for batch in in_batches(settled):
        dropouts += map(losses.feed, batch)
        part = pairing.feed(batch)
        if part is not None:
            paired.add(part)
    last = pairing.finish()
    if last is not None:
        paired.add(last)
    statistics = dict(read.statistics)
    for source, count, true_hz in counts:
        statistics[source] = count.settled(statistics[source], true_hz)
    return SettledSamples(
        paired.whole() or no_samples(),
        tuple(sorted((gap for gap in dropouts if gap is not None), key=lambda gap: gap.t_end)),
        statistics,
    )


def settled_blocks(read: ReadRecording) -> Iterator[ImuBlock]:
    """Yield the blocks in order of time, as if each sample had arrived when it was taken."""
    return _settled(read)[0]


def _settled(
    read: ReadRecording,
) -> tuple[Iterator[ImuBlock], list[tuple[str, SettledCount, float]]]:
    """Return the blocks of :func:`settled_blocks`, and of each stream that is dated again its count.

    The count comes with the source and the true rate; it is complete once all blocks were read.
    """
    streams = {one.segment: read.live.blocks(one.segment) for one in read.sensors}
    counts: list[tuple[str, SettledCount, float]] = []
    for log in read.logs:
        live_hz = read.statistics[log.info.source].rate_hz
        # Before its first sample there is nothing to date.
        if live_hz is not None:
            blocks, true_hz = dated_again(log, live_hz)
            count = SettledCount()
            streams[log.info.segment] = _counted(blocks, count)
            counts.append((log.info.source, count, true_hz))
    return merged_in_order([map(by_time, stream) for stream in streams.values()]), counts


def _counted(blocks: Iterable[ImuBlock], count: SettledCount) -> Iterator[ImuBlock]:
    for block in blocks:
        count.add(block)
        yield block


def no_samples() -> PairedBlock:
    """Return a block without samples."""
    vectors, flags = np.empty((0, 3)), np.empty(0, dtype=np.bool_)
    return PairedBlock(np.empty(0), vectors, vectors, vectors, vectors, flags, flags, flags, flags)

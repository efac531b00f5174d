"""Reads a whole recording: its blocks, its events, and its samples on one grid."""

from collections.abc import Callable, Sequence

import numpy as np

from processing.pipeline.pairing import Pairing, segments_of
from processing.types import PairedBlock, join_blocks
from sensor.assembler import Assembler
from sensor.recording import Recording
from sensor.types import Event, ImuBlock, SensorInfo

Progress = Callable[[float], None]
"""Called with the share of the work that is done, from 0 to 1."""
_PROGRESS_ITEMS = 4096
"""Progress is reported once in so many items: about 20 s of a session with two sensors."""


def assembled(
    rec: Recording, until_s: float, progress: Progress
) -> tuple[list[ImuBlock | Event], list[Event], Assembler]:
    """Return blocks and events of the first ``until_s`` s, the events alone, and the assembler.

    The assembler has the statistics of the streams.
    """
    assembler = Assembler(rec.header.sensors, rec.header.start_ns)
    blocks: list[ImuBlock | Event] = []
    events: list[Event] = []
    total_ns = max(rec.duration_s * 1e9, 1.0)
    for count, item in enumerate(rec.items()):
        # Items are in order of time, so the rest need not be read.
        if item.t_ns - rec.header.start_ns > 1e9 * until_s:
            break
        blocks += assembler.feed(item)
        if isinstance(item, Event):
            events.append(item)
            blocks.append(item)
        if count % _PROGRESS_ITEMS == 0:
            progress(min((item.t_ns - rec.header.start_ns) / total_ns, 1.0))
    return blocks, events, assembler


def paired_at_once(items: Sequence[ImuBlock | Event], sensors: Sequence[SensorInfo]) -> PairedBlock:
    """Return all samples on one grid; offline no sample is too late."""
    pairing = Pairing(np.inf, segments_of(sensors))
    parts = [pairing.feed([i for i in items if isinstance(i, ImuBlock)]), pairing.finish()]
    found = [p for p in parts if p is not None]
    return join_blocks(found) if found else no_samples()


def no_samples() -> PairedBlock:
    """Return a block without samples."""
    vectors, flags = np.empty((0, 3)), np.empty(0, dtype=np.bool_)
    return PairedBlock(np.empty(0), vectors, vectors, vectors, vectors, flags, flags, flags, flags)

"""A whole recording read at once: its blocks, its events, and its samples on one grid."""

from collections.abc import Callable, Sequence

import numpy as np

from processing.pipeline.pairing import Pairing, PairingConfig, segments_of
from processing.types import PairedBlock, join_blocks
from sensor.assembler import Assembler
from sensor.recording import Recording
from sensor.types import Event, ImuBlock, SensorInfo

Progress = Callable[[float], None]
"""Called with the share of the work that is done, from 0 to 1."""


def assembled(
    rec: Recording, until_s: float, progress: Progress
) -> tuple[list[ImuBlock | Event], list[Event], Assembler]:
    """Return blocks and events of the first ``until_s`` s, the events alone, and what was counted."""
    assembler = Assembler(rec.header.sensors, rec.header.start_ns)
    blocks: list[ImuBlock | Event] = []
    events: list[Event] = []
    total_ns = max(rec.duration_s * 1e9, 1.0)
    for count, item in enumerate(rec.items()):
        if item.t_ns - rec.header.start_ns > 1e9 * until_s:
            break
        blocks += assembler.feed(item)
        if isinstance(item, Event):
            events.append(item)
            blocks.append(item)
        if count % 4096 == 0:
            progress(min((item.t_ns - rec.header.start_ns) / total_ns, 1.0))
    return blocks, events, assembler


def paired_at_once(
    items: Sequence[ImuBlock | Event], config: PairingConfig, sensors: Sequence[SensorInfo]
) -> PairedBlock:
    """Return all samples on one grid: offline nothing is late."""
    patient = PairingConfig(config.grid_hz, config.max_gap_s, patience_s=np.inf)
    pairing = Pairing(patient, segments_of(sensors))
    parts = [pairing.feed([i for i in items if isinstance(i, ImuBlock)]), pairing.finish()]
    found = [p for p in parts if p is not None]
    return join_blocks(found) if found else no_samples()


def no_samples() -> PairedBlock:
    """Return a block without samples."""
    vectors, flags = np.empty((0, 3)), np.empty(0, dtype=np.bool_)
    return PairedBlock(np.empty(0), vectors, vectors, vectors, vectors, flags, flags, flags, flags)

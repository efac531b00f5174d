"""Samples of the shin's gyro as they arrive, for the picture alone.

An angle waits until both sensors have sent their samples of its time. The shin's own gyro tells
earlier how the leg has turned since. Nothing that is judged depends on it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from processing.motion.calibrated import Calibration
from sensor.types import FloatArray, ImuBlock, Segment


@dataclass(frozen=True, slots=True)
class ShinAhead:
    """Rates of the shin, before the angles of their time are known."""

    t: FloatArray
    """(n,) s since the start of the session."""
    curl_rate: FloatArray
    """(n,) rad/s about the axis of the knee, offset removed."""


def shin_ahead(blocks: Iterable[ImuBlock], calibration: Calibration | None) -> Iterator[ShinAhead]:
    """Yield the rates of the blocks of the shin; none without a calibration."""
    if calibration is None:
        return
    for block in blocks:
        if block.segment is Segment.SHIN:
            rates = (block.gyr - np.array(calibration.shin.gyr_offset)) @ calibration.curl_axis
            yield ShinAhead(block.t, rates)

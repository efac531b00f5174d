"""A silent sensor is reported once, while it is silent, and the same in any split."""

import numpy as np
import pytest

from processing.pipeline.silence import Silence
from processing.types import PairedBlock, SensorSilent, slice_block
from sensor.types import Segment, frozen, frozen_bool


def paired(foot_silent: list[tuple[float, float]], t_end: float = 12.0) -> PairedBlock:
    t = np.arange(1, int(100 * t_end)) / 100.0
    foot = np.ones(len(t), dtype=np.bool_)
    for start, end in foot_silent:
        foot &= (t <= start) | (t > end)
    none, flags = frozen(np.zeros((len(t), 3))), frozen_bool(np.zeros(len(t)))
    shin = frozen_bool(np.ones(len(t)))
    return PairedBlock(frozen(t), none, none, none, none, shin, frozen_bool(foot), flags, flags)


def silences(block: PairedBlock, size: int) -> list[SensorSilent]:
    silence = Silence()
    return [
        one
        for i in range(0, len(block.t), size)
        for one in silence.feed(slice_block(block, i, min(i + size, len(block.t))))
    ]


@pytest.mark.parametrize("size", [1, 4, 97, 5000])
def test_every_long_silence_is_reported_once_while_it_lasts(size: int) -> None:
    block = paired([(2.0, 2.9), (4.0, 6.5), (8.0, 20.0)])
    found = silences(block, size)
    assert [s.segment for s in found] == [Segment.FOOT, Segment.FOOT]
    assert [s.t_start for s in found] == pytest.approx([4.0, 8.0])
    assert [s.noticed_t for s in found] == pytest.approx([5.0, 9.0], abs=0.011)
    assert found == silences(block, 13)


def test_a_sensor_that_never_sent_is_not_reported() -> None:
    assert silences(paired([(0.0, 20.0)]), 10) == []

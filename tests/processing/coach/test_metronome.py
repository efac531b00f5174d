"""The metronome of a test: two beats a rep, from the first lift on, at the same times in any blocks."""

from itertools import pairwise

import numpy as np
import pytest

from processing.coach.cues import Sound
from processing.coach.metronome import Metronome
from processing.types import AngleBlock, Phase, PhaseChange
from tests.processing.reps.curves import block


def angles(start: float, stop: float) -> AngleBlock:
    t = np.arange(round(100 * start), round(100 * stop)) / 100.0
    nothing = np.zeros(len(t))
    return block(t, nothing, nothing, nothing)


@pytest.mark.parametrize("step_s", [0.01, 0.37, 5.0])
def test_thirty_reps_a_minute_are_a_beat_a_second(step_s: float) -> None:
    metronome = Metronome(30.0)
    edges = [2.0, *np.arange(2.0 + step_s, 10.0, step_s), 10.0]
    cues = metronome.feed(angles(0.0, 2.0))
    cues += metronome.feed(PhaseChange(1.65, Phase.CONCENTRIC, 2.0))
    for start, stop in pairwise(edges):
        cues += metronome.feed(angles(start, stop))
    # The first lift began before it was noticed: its own beat would come too late.
    assert [cue.t for cue in cues] == pytest.approx([2.65 + k for k in range(8)], abs=0.011)
    assert [cue.sound for cue in cues] == [Sound.SOFT_TICK, Sound.HIGH_TICK] * 4


def test_a_beat_is_earlier_by_the_delay_of_the_sound() -> None:
    metronome = Metronome(60.0, 0.2)
    metronome.feed(PhaseChange(1.0, Phase.CONCENTRIC, 1.2))
    cues = metronome.feed(angles(1.2, 2.35))
    assert [cue.t for cue in cues] == pytest.approx([1.3, 1.8, 2.3], abs=0.011)

"""The reserve of a stream: short in silence, long within what sounds."""

import numpy as np
import pytest

from gui.sound.mixer import Mixer
from gui.sound.reserve import (
    BUSY,
    CALM,
    CAPACITY_S,
    SHORTEST_S,
    Reserve,
    missing_frames,
)

RATE_HZ = 48_000
BOTH = pytest.mark.parametrize("reserve", [CALM, BUSY])


@BOTH
def test_silence_is_handed_over_by_the_shortest_reserve_only(reserve: Reserve) -> None:
    mixer = Mixer(RATE_HZ)
    assert missing_frames(mixer, 0, reserve) == round(SHORTEST_S * RATE_HZ)
    assert missing_frames(mixer, 1_000, reserve) == round(SHORTEST_S * RATE_HZ) - 1_000
    assert missing_frames(mixer, 10_000, reserve) == 0


@BOTH
def test_a_stall_within_a_sentence_is_not_heard(reserve: Reserve) -> None:
    """Filled every 5 ms, a sentence survives one pause of nearly the reserve, and no frame is lost."""
    mixer, left, handed = Mixer(RATE_HZ), 0, []
    sentence = 0.5 * np.ones(RATE_HZ)
    mixer.play("sentence", sentence)
    step, stall = 240, round((reserve.ahead_s - 0.005) * RATE_HZ)
    for number in range(400):
        # The device plays what is left; where nothing is, a tear would be heard.
        played = stall if number == 7 else step
        assert left >= played or number == 0 or mixer.position >= RATE_HZ
        left = max(0, left - played)
        count = missing_frames(mixer, left, reserve)
        assert left + count <= CAPACITY_S * RATE_HZ
        handed.append(mixer.render(count).samples)
        left += count
    np.testing.assert_array_equal(np.concatenate(handed)[:RATE_HZ], sentence)


@BOTH
def test_no_silence_behind_a_sentence_is_handed_over_far_ahead(reserve: Reserve) -> None:
    mixer = Mixer(RATE_HZ)
    mixer.play("short", np.ones(2_000))
    mixer.render(missing_frames(mixer, 0, reserve))
    mixer.render(missing_frames(mixer, 1_440, reserve))
    assert mixer.position == 2_000


def test_a_held_tone_is_handed_over_ahead_too() -> None:
    mixer = Mixer(RATE_HZ)
    mixer.hold("steady", np.ones(100))
    assert missing_frames(mixer, 0, BUSY) == round(BUSY.ahead_s * RATE_HZ)

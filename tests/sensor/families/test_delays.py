"""The delays of the families against filters that are computed another way."""

import numpy as np
import pytest
from scipy.signal import butter, freqs

from sensor.families import families, family_named
from sensor.families.base import Family, low_pass_delay_s
from sensor.types import StreamSettings


@pytest.mark.parametrize("cutoff_hz", [20.0, 256.0])
def test_the_delay_of_a_low_pass_is_the_slope_of_its_phase(cutoff_hz: float) -> None:
    b, a = butter(2, 2.0 * np.pi * cutoff_hz, analog=True)
    slow = np.array([0.0, 0.01 * cutoff_hz])
    _, response = freqs(b, a, 2.0 * np.pi * slow)
    phase = np.angle(response)
    slope = -(phase[1] - phase[0]) / (2.0 * np.pi * (slow[1] - slow[0]))
    assert low_pass_delay_s(cutoff_hz) == pytest.approx(slope, rel=1e-3)


def test_a_mean_over_an_interval_shows_its_middle() -> None:
    dot = family_named("movella_dot").capabilities
    slow, fast = (dot.delay_s(StreamSettings(rate_hz=rate)) for rate in (20.0, 60.0))
    assert slow - fast == pytest.approx(0.5 / 20.0 - 0.5 / 60.0)


@pytest.mark.parametrize("family", families().values(), ids=lambda family: family.name)
def test_no_delay_is_longer_than_two_samples(family: Family) -> None:
    capabilities = family.capabilities
    for rate_hz in capabilities.rates_hz:
        assert 0.0 <= capabilities.delay_s(StreamSettings(rate_hz=rate_hz)) < 2.0 / rate_hz

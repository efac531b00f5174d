"""The recursive filters against SciPy's."""

import numpy as np
import pytest
from scipy import signal

from processing.motion.low_pass import Section, butterworth, forward_and_back, from_rest

RANDOM = np.random.default_rng(5)


@pytest.mark.parametrize(("order", "cutoff_hz"), [(1, 0.05), (1, 3.0), (2, 2.0), (2, 11.0)])
def test_the_coefficients_are_those_of_a_butterworth(order: int, cutoff_hz: float) -> None:
    b0, b1, b2, one, a1, a2 = signal.butter(order, cutoff_hz, fs=50.0, output="sos")[0]
    assert one == 1.0
    assert butterworth(order, cutoff_hz, 50.0) == pytest.approx((b0, b1, b2, a1, a2), rel=1e-13)


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("odd", [True, False])
def test_forward_and_back_is_that_of_scipy(order: int, *, odd: bool) -> None:
    x = 3.0 + RANDOM.normal(size=(2, 3, 400)).cumsum(axis=-1)
    section = butterworth(order, 2.0, 50.0)
    sos = np.array([[*section[:3], 1.0, *section[3:]]])
    wanted = signal.sosfiltfilt(sos, x, axis=-1, padtype="odd" if odd else "even")
    np.testing.assert_allclose(forward_and_back(section, x, odd=odd), wanted, rtol=0, atol=1e-12)


def test_a_filter_from_rest_is_bit_for_bit_that_of_scipy() -> None:
    x = RANDOM.normal(size=(4, 200))
    wanted = signal.lfilter([0.02], [1.0, -0.98], x, axis=-1)
    np.testing.assert_array_equal(from_rest(Section(0.02, 0.0, 0.0, -0.98, 0.0), x), wanted)

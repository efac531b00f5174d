"""The smoothing against SciPy's filter of Savitzky and Golay."""

import numpy as np
import pytest
from scipy.signal import savgol_filter

from processing.reps.smoothing import smoothed


@pytest.mark.parametrize(
    ("count", "window"), [(1, 1), (4, 3), (5, 5), (15, 13), (13, 13), (500, 17)]
)
def test_it_is_that_of_scipy(count: int, window: int) -> None:
    values = np.random.default_rng(count).normal(size=count).cumsum()
    wanted = savgol_filter(values, window, min(2, window - 1))
    np.testing.assert_allclose(smoothed(values, window), wanted, rtol=0, atol=2e-13)

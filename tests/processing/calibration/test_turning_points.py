"""The turning points against SciPy's peaks."""

import numpy as np
import pytest
from scipy.signal import find_peaks

from processing.calibration.ranges import _peaks


@pytest.mark.parametrize("seed", range(8))
def test_peaks_with_plateaus_are_those_of_scipy(seed: int) -> None:
    # Rounding makes plateaus.
    x = np.round(np.random.default_rng(seed).normal(size=300).cumsum())
    for prominence in (0.5, 2.0, 6.0):
        assert _peaks(x, prominence) == find_peaks(x, prominence=prominence)[0].tolist()


@pytest.mark.parametrize(
    "x", [[0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 1.0, 0.0], [0.0, 2.0, 2.0, 1.0]]
)
def test_short_curves_have_the_peaks_of_scipy(x: list[float]) -> None:
    values = np.array(x)
    assert _peaks(values, 0.5) == find_peaks(values, prominence=0.5)[0].tolist()

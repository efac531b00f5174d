"""Ten calibrations of the same person, strapped on again each time, agree."""

import numpy as np
import pytest

from tests.benchmarks.calibration import SESSIONS, TIMES, calibrated


@pytest.mark.parametrize("name", ["seated"])
def test_ten_calibrations_agree(name: str) -> None:
    found = [calibrated(SESSIONS[name], seed) for seed in TIMES]
    assert float(np.std([one.zero for one in found])) < 3.0
    for values in ([f.dorsiflexion for f in found], [f.plantarflexion for f in found]):
        assert float(np.ptp(values)) < 5.0

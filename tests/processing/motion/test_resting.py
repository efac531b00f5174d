"""The direction of curls without marks, on drawn curves and on a leg of two links."""

from dataclasses import replace

import numpy as np
import pytest

from processing.calibration.fit import self_calibrate
from processing.motion.estimator import AngleEstimator
from processing.motion.resting import find_curl_start
from processing.reps.segmentation import segment
from tests.processing.two_links import RATE_HZ, Move, drawn, two_links

REPS = 5


def curls(*, home: float, top: float, hold_s: float, bottom_s: float = 0.2) -> list[Move]:
    """Return the moves of some reps from the level ``home``."""
    rep = [(top, 1.4), (top, hold_s), (home, 3.0), (home, bottom_s)]
    return rep * REPS


def walk(upright: float) -> list[Move]:
    """Return the moves of some steps: the shin swings a little forward and far back."""
    return [(upright + 45.0, 0.4), (upright - 20.0, 0.4)] * 6 + [(upright, 0.3)]


SCENES = {
    "one set": [(0.0, 2.5), *curls(home=0.0, top=90.0, hold_s=0.5), (0.0, 2.5)],
    "long holds at the top": [(0.0, 3.0), *curls(home=0.0, top=80.0, hold_s=4.0), (0.0, 3.0)],
    "cut close": curls(home=0.0, top=100.0, hold_s=1.0),
    "walks, lies down": [
        *[(0.0, 2.0), *walk(0.0), (0.0, 3.0), (-90.0, 2.0), (-90.0, 3.0)],
        *curls(home=-90.0, top=10.0, hold_s=1.0),
        (-90.0, 7.0),
    ],
    "two sets, then gets up": [
        *[(5.0, 4.0), *curls(home=5.0, top=95.0, hold_s=2.5), (5.0, 20.0)],
        *curls(home=5.0, top=95.0, hold_s=2.5),
        *[(5.0, 3.0), (95.0, 2.5), (95.0, 15.0)],
    ],
}
HOME = dict.fromkeys(SCENES, 0.0) | {"walks, lies down": -90.0, "two sets, then gets up": 5.0}


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("name", SCENES)
def test_the_direction_is_found_from_curls_that_leave_a_rest_and_return(
    name: str, sign: float
) -> None:
    turned = sign * drawn(SCENES[name], SCENES[name][0][0] if name != "cut close" else 0.0)
    found = find_curl_start(turned, RATE_HZ)
    assert found is not None
    assert found.sign == sign
    there = sign * np.degrees(turned[found.start : found.stop])
    assert np.median(there) == pytest.approx(HOME[name], abs=5.0)


@pytest.mark.parametrize(
    "moves", [[(0.0, 5.0)], [(0.0, 5.0), (90.0, 2.0), (90.0, 5.0)], [(0.0, 2.0), *[(9.0, 1.0)] * 5]]
)
def test_a_movement_that_does_not_come_back_is_no_curl(moves: list[Move]) -> None:
    assert find_curl_start(drawn(moves), RATE_HZ) is None


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ["one set", "long holds at the top", "walks, lies down"])
def test_the_reps_of_a_leg_are_counted_without_marks(name: str, seed: int) -> None:
    shin = drawn(SCENES[name])
    t = np.arange(len(shin)) / RATE_HZ
    # Toes up and down meanwhile, at another pace.
    ankle = np.radians(-10.0 + 18.0 * np.sin(2.0 * np.pi * t / 3.7))
    block = two_links(shin, ankle, seed)
    angles = AngleEstimator(self_calibrate(block)).feed(block)
    assert np.polyfit(shin, angles.curl, 1)[0] == pytest.approx(1.0, abs=0.02)
    assert np.polyfit(ankle, angles.ankle, 1)[0] == pytest.approx(1.0, abs=0.05)
    reps = segment(angles)
    assert sum(not rep.partial for rep in reps) == REPS
    assert all(np.degrees(rep.rom) == pytest.approx(np.degrees(reps[0].rom), abs=5) for rep in reps)


def test_a_trembling_leg_rests() -> None:
    shin = drawn(SCENES["one set"])
    t = np.arange(len(shin)) / RATE_HZ
    # Physiological tremor, 8 to 12 Hz, of a few hundredths of a degree.
    tremor = np.radians([[0.06], [0.08]]) * np.sin(2.0 * np.pi * np.outer([8.3, 9.7], t))
    block = two_links(shin + tremor[0], tremor[1], seed=4)
    offset = np.radians([1.2, -0.8, 0.6])
    block = replace(block, shin_gyr=block.shin_gyr + offset, foot_gyr=block.foot_gyr - offset)
    calibration = self_calibrate(block)
    assert np.degrees(calibration.shin.gyr_offset - offset) == pytest.approx(0.0, abs=0.3)
    assert np.degrees(calibration.foot.gyr_offset + offset) == pytest.approx(0.0, abs=0.3)
    angles = AngleEstimator(calibration).feed(block)
    assert np.degrees(np.abs(angles.curl[-200:])).max() < 3.0

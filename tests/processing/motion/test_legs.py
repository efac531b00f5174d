"""Both angles of simulated legs with their truth, and of real legs with a reference."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from processing.calibration.fit import calibrate, self_calibrate
from processing.motion.calibrated import Calibration, CalibrationError, CalibrationFault
from processing.motion.estimator import AngleEstimator, estimate_offline
from processing.types import PairedBlock, slice_block
from sensor.types import FloatArray, frozen
from tests.benchmarks.accuracy.cases import Case, real
from tests.benchmarks.accuracy.scores import score
from tests.processing.motion.legs import Leg, simulated_leg
from tests.shared_data import shared_file


def calibrated(leg: Leg) -> Calibration:
    return calibrate(leg.steps["still"], leg.steps["pumps"], leg.steps["curls"])


@cache
def recorded(group: str, name: str) -> Case:
    """Return a real recording; skip the test where it is absent."""
    shared_file("data", group, f"{name}.csv")
    return real(group, name)


def rms_deg(error: FloatArray) -> float:
    return float(np.degrees(np.sqrt(np.mean(error * error))))


def without(block: PairedBlock, start: float, stop: float) -> PairedBlock:
    """Return ``block`` with the foot's samples missing from ``start`` to ``stop`` s."""
    there = (block.t < start) | (block.t > stop)
    return replace(
        block,
        foot_acc=frozen(block.foot_acc * there[:, None]),
        foot_gyr=frozen(block.foot_gyr * there[:, None]),
        foot_valid=block.foot_valid & there,
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_both_angles_of_a_simulated_leg_are_those_of_the_truth(seed: int) -> None:
    leg = simulated_leg(seed)
    calibration = calibrated(leg)
    for angles in (
        AngleEstimator(calibration).feed(leg.block),
        estimate_offline(leg.block, calibration),
    ):
        used = angles.valid & (leg.block.t > 5.0)
        assert rms_deg((angles.ankle - leg.ankle)[used]) < 1.5
        assert rms_deg((angles.curl - leg.curl)[used]) < 2.5
        within = np.abs(angles.ankle - leg.ankle) <= angles.uncertainty
        assert within[used].mean() > 0.85


def test_the_rates_are_the_derivatives_of_the_truth() -> None:
    leg = simulated_leg(2)
    angles = AngleEstimator(calibrated(leg)).feed(leg.block)
    used = angles.valid & (leg.block.t > 5.0)
    # Means over 50 samples, to reduce the noise of the sensors.
    count = len(leg.block.t) // 50 * 50
    for rate, truth in ((angles.ankle_rate, leg.ankle), (angles.curl_rate, leg.curl)):
        true = np.gradient(truth, 0.01)
        error = (rate - true)[:count].reshape(-1, 50).mean(axis=1)
        assert rms_deg(error[used[:count].reshape(-1, 50).all(axis=1)]) < 3.0


@pytest.mark.parametrize("samples", [1, 9, 11, 40])
def test_a_few_samples_give_no_angle_and_no_error(samples: int) -> None:
    leg = simulated_leg(1)
    block = slice_block(leg.block, 0, samples)
    live = AngleEstimator(calibrated(leg)).feed(block)
    offline = estimate_offline(block, calibrated(leg))
    for angles in (live, offline):
        assert len(angles.t) == samples
        assert np.isfinite(angles.ankle).all()
        assert np.isfinite(angles.uncertainty).all()


@pytest.mark.parametrize("silent", [("foot",), ("shin",), ("shin", "foot")])
def test_a_sensor_that_never_sends_leaves_nothing_valid(silent: tuple[str, ...]) -> None:
    leg = simulated_leg(1)
    nothing: dict[str, Any] = {
        f"{name}_valid": np.zeros(len(leg.block.t), dtype=np.bool_) for name in silent
    }
    zeros: dict[str, Any] = {
        f"{name}_{kind}": frozen(np.zeros((len(leg.block.t), 3)))
        for name in silent
        for kind in ("acc", "gyr")
    }
    block = replace(leg.block, **nothing, **zeros)
    calibration = calibrated(leg)
    for angles in (AngleEstimator(calibration).feed(block), estimate_offline(block, calibration)):
        assert not angles.valid.any()
        assert (angles.uncertainty == np.pi).all()
        assert np.isfinite(angles.ankle).all()
        assert np.isfinite(angles.curl).all()


def test_an_hour_between_two_blocks_is_no_trouble() -> None:
    leg = simulated_leg(1)
    later = leg.block.t + np.where(np.arange(len(leg.block.t)) < 3000, 0.0, 3600.0)
    block = replace(leg.block, t=frozen(later))
    calibration = calibrated(leg)
    for angles in (AngleEstimator(calibration).feed(block), estimate_offline(block, calibration)):
        used = angles.valid & (np.arange(len(later)) > 3200)
        assert used.sum() > 2000
        assert rms_deg((angles.ankle - leg.ankle)[used]) < 2.0


@pytest.mark.parametrize("length_s", [0.2, 2.0])
def test_a_gap_is_not_valid_and_the_angle_returns_soon(length_s: float) -> None:
    leg = simulated_leg(1)
    start = 35.0
    stop = start + length_s
    angles = AngleEstimator(calibrated(leg)).feed(without(leg.block, start, stop))
    t = leg.block.t
    gap = (t > start + 0.02) & (t < stop - 0.02)
    assert not angles.valid[gap].any()
    after = (t > stop + 0.7) & (t < stop + 3.0)
    assert angles.valid[after].all()
    assert rms_deg((angles.ankle - leg.ankle)[after]) < 3.0
    width = np.degrees(angles.uncertainty)
    assert width[gap][-1] > width[np.searchsorted(t, start) - 10]
    late = np.searchsorted(t, stop + 5.0)
    assert width[late] < width[gap][-1]


def test_the_shin_turn_is_held_in_a_gap_and_right_after_it() -> None:
    leg = simulated_leg(3)
    block = leg.block
    there = (block.t < 34.0) | (block.t > 35.5)
    block = replace(
        block,
        shin_acc=frozen(block.shin_acc * there[:, None]),
        shin_gyr=frozen(block.shin_gyr * there[:, None]),
        shin_valid=block.shin_valid & there,
    )
    angles = AngleEstimator(calibrated(leg)).feed(block)
    assert np.ptp(angles.curl[~there]) < np.radians(1.0)
    after = block.t > 38.0
    assert rms_deg((angles.curl - leg.curl)[after]) < 3.0


def test_dorsiflexion_is_positive_whatever_the_mounting() -> None:
    for seed in (4, 5):
        leg = simulated_leg(seed)
        angles = AngleEstimator(calibrated(leg)).feed(leg.block)
        assert np.corrcoef(angles.ankle[500:], leg.ankle[500:])[0, 1] > 0.98
        assert np.corrcoef(angles.curl[500:], leg.curl[500:])[0, 1] > 0.98


def test_a_calibration_needs_pumps_or_curls() -> None:
    leg = simulated_leg(1)
    still, pumps, curls = (leg.steps[s] for s in ("still", "pumps", "curls"))
    only_curls = calibrate(still, None, curls)
    assert only_curls.dorsiflexion_max is None
    assert only_curls.reference_rom is not None
    only_pumps = calibrate(still, pumps, None)
    assert only_pumps.reference_rom is None
    assert only_pumps.dorsiflexion_max is not None
    with pytest.raises(CalibrationError) as caught:
        calibrate(still, None, None)
    assert caught.value.fault is CalibrationFault.NO_DATA


def test_movements_that_show_no_axis_are_refused_by_name() -> None:
    leg = simulated_leg(1)
    still, curls = leg.steps["still"], leg.steps["curls"]
    with pytest.raises(CalibrationError) as caught:
        calibrate(still, None, still)
    assert caught.value.fault is CalibrationFault.NO_MOVEMENT
    assert "curls" in caught.value.where
    with pytest.raises(CalibrationError) as caught:
        calibrate(slice_block(curls, 80, 140), None, curls)
    assert caught.value.fault is CalibrationFault.NOT_STILL
    with pytest.raises(CalibrationError) as caught:
        self_calibrate(still)
    assert caught.value.fault is CalibrationFault.NO_MOVEMENT
    silent = replace(still, foot_valid=np.zeros(len(still.t), dtype=np.bool_))
    with pytest.raises(CalibrationError) as caught:
        calibrate(silent, None, curls)
    assert caught.value.where == "foot sensor"
    with pytest.raises(CalibrationError):
        self_calibrate(slice_block(still, 0, 0))


def test_without_marks_a_recording_calibrates_itself() -> None:
    leg = simulated_leg(2)
    angles = AngleEstimator(self_calibrate(leg.block)).feed(leg.block)
    used = angles.valid & (leg.block.t > 5.0)
    error = (angles.ankle - leg.ankle)[used]
    assert rms_deg(error - error.mean()) < 1.5
    assert np.corrcoef(angles.curl[used], leg.curl[used])[0, 1] > 0.98


@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("ankle_encoder", "subject_02"),
        ("ankle_encoder", "subject_07"),
        ("ankle_encoder", "subject_25"),
        ("hinge_rig", "trial_02"),
        ("hinge_rig", "trial_03"),
    ],
)
def test_real_recordings_agree_with_another_instrument(group: str, name: str) -> None:
    (found,) = score(recorded(group, name), peers=False)
    assert found.live.timed < 1.1
    assert found.offline.timed < 1.0


def test_a_person_with_a_gap_after_each_repetition_loses_no_turn() -> None:
    found = {
        s.name.rpartition(" ")[2]: s for s in score(recorded("people", "right_leg"), peers=False)
    }
    assert found["HeelRaise"].offline.raw < 3.0
    # In squats the reference moves further than the shin turns: a bound for lost turns alone.
    assert all(s.offline.raw < 7.0 and s.live.raw < 10.0 for s in found.values())


def test_a_recording_that_never_rests_is_calibrated() -> None:
    whole = recorded("ankle_encoder", "subject_07")
    start = len(whole.block.t) // 2
    block = slice_block(whole.block, start, len(whole.block.t))
    part = replace(whole, block=block, calibration=self_calibrate(block))
    assert score(part, peers=False)[0].live.timed < 1.1

"""The foot's turns in and out, on feet whose turns are known by construction."""

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from processing.motion.calibrated import Calibration, CalibrationQuality, SensorCalibration
from processing.motion.foot_turns import FootTurns, foot_turns
from processing.types import AngleBlock, PairedBlock
from sensor.types import FloatArray, frozen, frozen_bool

RATE_HZ = 100.0
REP_S = 4.0
REPS = 5
SHIN, FOOT = (Rotation.from_rotvec(v) for v in ([0.4, -1.0, 0.3], [1.2, 0.5, -0.7]))
"""Frames of the leg seen from the sensors, as they may be strapped on."""


def vector(rotation: Rotation, axis: list[float]) -> tuple[float, float, float]:
    x, y, z = rotation.apply(axis).tolist()
    return (x, y, z)


def sensor(frame: Rotation) -> SensorCalibration:
    return SensorCalibration(
        gyr_offset=(0.0, 0.0, 0.0),
        acc_offset=(0.0, 0.0, 0.0),
        joint_axis=vector(frame, [0.0, -1.0, 0.0]),
        lever_arm=vector(frame, [0.0, 0.01, 0.25]),
        neutral_acc=vector(frame, [0.0, 0.0, 9.81]),
    )


def rates(pose: Rotation, frame: Rotation) -> FloatArray:
    """Return the angular rate (n, 3) rad/s that a sensor shows whose segment takes ``pose`` (n,)."""
    steps = (pose[:-1].inv() * pose[1:]).as_rotvec() * RATE_HZ
    return frozen(frame.apply(np.concatenate([np.zeros((1, 3)), steps])))


def turns_of(inversion_deg: float, toes_deg: float) -> FootTurns | None:
    """Return the turns of a foot that tilts and whose toes turn by sines of these ranges."""
    t = np.arange(round(REPS * REP_S * RATE_HZ)) / RATE_HZ
    phase = 2.0 * np.pi * t / REP_S
    shin = Rotation.from_euler(
        "YXZ", np.stack([np.radians(40.0 * (1.0 - np.cos(phase))), 0.0 * t, 0.0 * t], axis=1)
    )
    bend = np.radians(20.0 * (1.0 - np.cos(phase)))
    aside = np.radians(0.5 * inversion_deg * np.sin(phase))
    toes = np.radians(0.5 * toes_deg * np.sin(2.0 * phase))
    foot = shin * Rotation.from_euler("YXZ", np.stack([-bend, aside, toes], axis=1))
    acc, all_there = frozen(np.zeros((len(t), 3))), frozen_bool(np.ones(len(t), dtype=np.bool_))
    nothing = frozen_bool(np.zeros(len(t), dtype=np.bool_))
    block = PairedBlock(
        t=frozen(t),
        shin_acc=acc,
        shin_gyr=rates(shin, SHIN),
        shin_valid=all_there,
        shin_clipped=nothing,
        foot_acc=acc,
        foot_gyr=rates(foot, FOOT),
        foot_valid=all_there,
        foot_clipped=nothing,
    )
    zero = frozen(np.zeros(len(t)))
    angles = AngleBlock(
        t=frozen(t),
        ankle=frozen(bend),
        curl=zero,
        ankle_rate=zero,
        curl_rate=zero,
        valid=all_there,
        uncertainty=zero,
    )
    calibration = Calibration(
        shin=sensor(SHIN),
        foot=sensor(FOOT),
        curl_axis=vector(SHIN, [0.0, 1.0, 0.0]),
        start_acc=(0.0, 0.0, 9.81),
        quality=CalibrationQuality(1.0, 1.0, 0.1, 3.0, 0.1, 0.01, 0.0, 0.0),
        reference_rom=1.5,
    )
    spans = [(i * REP_S, (i + 1) * REP_S - 0.02) for i in range(REPS)]
    return foot_turns(block, angles, calibration, spans)


@pytest.mark.parametrize(("inversion_deg", "toes_deg"), [(24.0, 0.0), (0.0, 16.0), (20.0, 10.0)])
def test_a_foot_that_turns_aside_is_measured_about_each_axis(
    inversion_deg: float, toes_deg: float
) -> None:
    found = turns_of(inversion_deg, toes_deg)
    assert found is not None
    assert np.degrees(found.inversion) == pytest.approx(inversion_deg, abs=1.0)
    assert np.degrees(found.toes) == pytest.approx(toes_deg, abs=1.0)
    assert found.second_axis


def test_a_hinge_has_no_second_axis() -> None:
    found = turns_of(0.0, 0.0)
    assert found is not None
    assert not found.second_axis
    assert np.degrees(found.unexplained) < 0.5

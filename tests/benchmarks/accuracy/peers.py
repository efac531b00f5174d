"""Other filters on the same samples, axes and offsets, each with an ankle angle in rad.

An orientation filter runs on each sensor; the angle is the difference of both inclinations across the
joint's axis. This is how these filters are commonly used for a joint.
"""

from collections.abc import Callable

import imufusion
import numpy as np
from ahrs.filters import Madgwick, Mahony
from scipy.signal import butter, lfilter, sosfilt
from vqf import VQF

from processing.motion.calibrated import SensorCalibration
from processing.motion.geometry import joint_frame
from processing.motion.shin_turn import inclination
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray
from tests.benchmarks.accuracy.cases import Case

RATE_HZ = 100.0
Peer = Callable[[Case], FloatArray]


def _sides(case: Case) -> list[tuple[SensorCalibration, FloatArray, FloatArray]]:
    """Return calibration, acc and gyr of shin and foot, without gyro offsets, and with gaps held."""
    block = case.block
    sides = []
    for sensor, acc, gyr, valid in (
        (case.calibration.shin, block.shin_acc, block.shin_gyr, block.shin_valid),
        (case.calibration.foot, block.foot_acc, block.foot_gyr, block.foot_valid),
    ):
        latest = np.maximum.accumulate(np.where(valid, np.arange(len(valid)), 0))
        held = np.ascontiguousarray(acc[latest])
        rate = np.where(valid[:, None], gyr - np.array(sensor.gyr_offset), 0.0)
        sides.append((sensor, held, np.ascontiguousarray(rate)))
    return sides


def _upward(quaternions: FloatArray) -> FloatArray:
    """Return the upward direction (3, n) in the sensor's frame, a unit vector.

    ``quaternions`` (n, 4), w first, turn vectors of the sensor's frame into the earth's.
    """
    w, x, y, z = np.ascontiguousarray(quaternions.T)
    out = np.empty((3, len(w)))
    out[0] = 2.0 * (x * z - w * y)
    out[1] = 2.0 * (y * z + w * x)
    out[2] = 1.0 - 2.0 * (x * x + y * y)
    return out


def _by_orientation(run: Callable[[FloatArray, FloatArray], FloatArray]) -> Peer:
    def peer(case: Case) -> FloatArray:
        angles = [
            inclination(joint_frame(np.array(sensor.joint_axis)), _upward(run(acc, gyr)))
            for sensor, acc, gyr in _sides(case)
        ]
        return np.unwrap(angles[0] - angles[1])

    return peer


def _vqf(acc: FloatArray, gyr: FloatArray) -> FloatArray:
    orientation: FloatArray = VQF(1.0 / RATE_HZ).updateBatch(gyr, acc)["quat6D"]
    return orientation


def _madgwick(acc: FloatArray, gyr: FloatArray) -> FloatArray:
    orientation: FloatArray = Madgwick(gyr=gyr, acc=acc, frequency=RATE_HZ).Q
    return orientation


def _mahony(acc: FloatArray, gyr: FloatArray) -> FloatArray:
    orientation: FloatArray = Mahony(gyr=gyr, acc=acc, frequency=RATE_HZ).Q
    return orientation


def _imufusion(acc: FloatArray, gyr: FloatArray) -> FloatArray:
    ahrs = imufusion.Ahrs()
    ahrs.set_sample_period(1.0 / RATE_HZ)
    out = np.empty((len(acc), 4))
    samples = zip(np.degrees(gyr), acc / STANDARD_GRAVITY_MPS2, strict=True)
    for i, (rate, force) in enumerate(samples):
        ahrs.update_no_magnetometer(rate, force)
        out[i] = ahrs.get_quaternion()
    return out


def _tilts(case: Case) -> tuple[FloatArray, FloatArray]:
    """Return the joint angle (n,) of the accelerometers alone, rad, and its rate (n,), rad/s."""
    tilt, rate = [], []
    for sensor, acc, gyr in _sides(case):
        frame = joint_frame(np.array(sensor.joint_axis))
        tilt.append(inclination(frame, acc.T))
        rate.append(gyr @ frame[2])
    return tilt[0] - tilt[1], rate[1] - rate[0]


def _around_mean(angle: FloatArray) -> FloatArray:
    """Return ``angle`` with whole turns added that bring it within half a turn of its mean."""
    middle = np.angle(np.exp(1j * angle).mean())
    out: FloatArray = np.angle(np.exp(1j * (angle - middle))) + middle
    return out


def _complementary(case: Case) -> FloatArray:
    """Return the angle of the gyro above and of the accelerometer below a time constant of 1 s."""
    tilt, rate = _tilts(case)
    turned = np.cumsum(rate) / RATE_HZ
    keep = np.exp(-1.0 / RATE_HZ)
    gap = _around_mean(tilt - turned)
    slow, _ = lfilter([1.0 - keep], [1.0, -keep], gap, zi=[keep * gap[0]])
    out: FloatArray = turned + slow
    return out


def _butterworth(case: Case) -> FloatArray:
    """Return the tilt of the accelerometers below 2 Hz."""
    tilt, _ = _tilts(case)
    out: FloatArray = sosfilt(butter(2, 2.0, fs=RATE_HZ, output="sos"), _around_mean(tilt))
    return out


PEERS: dict[str, Peer] = {
    "VQF, difference of pitches": _by_orientation(_vqf),
    "Madgwick (ahrs)": _by_orientation(_madgwick),
    "Mahony (ahrs)": _by_orientation(_mahony),
    "Fusion (imufusion)": _by_orientation(_imufusion),
    "complementary filter, 1 s": _complementary,
    "Butterworth tilt, 2 Hz": _butterworth,
}

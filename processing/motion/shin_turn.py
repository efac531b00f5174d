"""The shin turn: rotation of the shin about the knee axis since the set's start pose.

VQF (Laidig & Seel, Information Fusion 91:187, 2023) gives the direction of gravity in the shin's
frame; in the plane across the curl axis it turns against the shin. Whole turns are counted, so
that curls beyond half a turn work, and lying, seated and standing curls are treated alike.
"""

import numpy as np
from vqf import VQF

from processing.motion.geometry import along, joint_frame
from processing.motion.grid import BRIDGE_S, Run
from sensor.types import FloatArray

TAU_ACC_S = 3.0
"""Time constant with which the accelerometer corrects the gyro in VQF: the default of VQF.

In simulated curls it is better than 1 s, for the walkers of docs/accuracy.md 1 s is better.
"""


class ShinTurn:
    """Live shin turn. Any split of the input gives the same bits.

    Parameters
    ----------
    axis
        (3,) unit vector in the sensor's frame about which the shin turns as the knee bends.
    start_acc
        (3,) m/s², mean of the accelerometer in the start pose, offset removed.
    rate_hz
        Rate of the grid.
    """

    def __init__(self, axis: FloatArray, start_acc: FloatArray, rate_hz: float) -> None:
        self._frame = joint_frame(axis)
        self._start = inclination(self._frame, start_acc[:, None])[0]
        self._vqf = VQF(1.0 / rate_hz, tauAcc=TAU_ACC_S)
        self._bridge = BRIDGE_S * rate_hz
        self._last = 0.0

    def feed(self, acc: FloatArray, gyr: FloatArray, runs: list[Run]) -> FloatArray:
        """Return the shin turn (n,) rad; in gaps it is held.

        After a gap longer than :data:`.grid.BRIDGE_S` VQF starts again from the accelerometer, with
        the gyro offset that it had found.

        Parameters
        ----------
        acc
            (n, 3) m/s², offset removed.
        gyr
            (n, 3) rad/s, offset removed.
        runs
            The runs of valid samples, which cover all n.
        """
        out = np.empty(len(acc))
        for run in runs:
            if not run.valid:
                out[run.start : run.stop] = self._last
                continue
            if run.missing > self._bridge:
                bias, sigma = self._vqf.getBiasEstimate()
                self._vqf.resetState()
                self._vqf.setBiasEstimate(bias, sigma)
            part = slice(run.start, run.stop)
            turned = self._start - self._from_gravity(acc[part], gyr[part])
            steps = turned.copy()
            steps[1:] -= turned[:-1]
            steps[0] -= self._last
            # The angle from gravity jumps by a whole turn; two samples never differ by half of one.
            turned -= 2.0 * np.pi * np.cumsum(np.rint(steps / (2.0 * np.pi)))
            out[part] = turned
            self._last = float(turned[-1])
        return out

    def _from_gravity(self, acc: FloatArray, gyr: FloatArray) -> FloatArray:
        out = self._vqf.updateBatch(np.ascontiguousarray(gyr), np.ascontiguousarray(acc))
        return inclination(self._frame, upward(out["quat6D"]))


def upward(quaternions: FloatArray) -> FloatArray:
    """Return the upward direction (3, n) in the sensor's frame, a unit vector.

    ``quaternions`` (n, 4), w first, turn vectors of the sensor's frame into the earth's.
    """
    w, x, y, z = np.ascontiguousarray(quaternions.T)
    out = np.empty((3, len(w)))
    out[0] = 2.0 * (x * z - w * y)
    out[1] = 2.0 * (y * z + w * x)
    out[2] = 1.0 - 2.0 * (x * x + y * y)
    return out


def inclination(frame: FloatArray, up: FloatArray) -> FloatArray:
    """Return the angle (n,) rad of ``up`` (3, n) in the plane across the third axis of ``frame``."""
    out: FloatArray = np.arctan2(along(frame[1], up), along(frame[0], up))
    return out

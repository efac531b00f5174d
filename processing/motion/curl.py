"""The curl angle: how far the shin has turned about the knee's axis since the start pose.

VQF (Laidig & Seel, Information Fusion 91:187, 2023) gives the direction of gravity in the shin's
frame; seen in the plane across the curl axis it turns against the shin. Its turns are counted, so
that a curl beyond a half turn, lying, sitting or standing, is all the same.
"""

import numpy as np
from vqf import VQF

from processing.motion.geometry import along, joint_frame
from processing.motion.grid import Run
from sensor.types import FloatArray


class CurlAngle:
    """Causal curl angle of the shin's sensor. Any split of the input gives the same bits.

    Parameters
    ----------
    axis
        (3,) unit vector in the sensor's frame about which the curl is a positive turn.
    start_acc
        (3,) m/s², what the accelerometer felt in the start pose, its offset taken off.
    tau_acc_s
        Time constant of VQF with which the accelerometer corrects the gyro.
    bridge
        After a longer gap, in samples, the direction of gravity is taken anew.
    """

    def __init__(
        self,
        axis: FloatArray,
        start_acc: FloatArray,
        rate_hz: float,
        tau_acc_s: float,
        bridge: float,
    ) -> None:
        self._frame = joint_frame(axis)
        self._start = inclination(self._frame, start_acc[:, None])[0]
        self._vqf = VQF(1.0 / rate_hz, tauAcc=tau_acc_s)
        self._bridge = bridge
        self._last = 0.0

    def feed(self, acc: FloatArray, gyr: FloatArray, runs: list[Run]) -> FloatArray:
        """Return the curl angle (n,) rad.

        ``acc`` (n, 3) m/s² and ``gyr`` (n, 3) rad/s are free of offsets. In ``runs`` that are not
        valid the angle is held; after more than ``bridge`` missing samples gravity is taken anew.
        """
        curl = np.empty(len(acc))
        for run in runs:
            if not run.valid:
                curl[run.start : run.stop] = self._last
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
            turned -= 2.0 * np.pi * np.cumsum(np.rint(steps / (2.0 * np.pi)))
            curl[part] = turned
            self._last = float(turned[-1])
        return curl

    def _from_gravity(self, acc: FloatArray, gyr: FloatArray) -> FloatArray:
        out = self._vqf.updateBatch(np.ascontiguousarray(gyr), np.ascontiguousarray(acc))
        return inclination(self._frame, upward(out["quat6D"]))


def upward(quaternions: FloatArray) -> FloatArray:
    """Return the upward direction (3, n) in the sensor's frame of orientations (n, 4), w first."""
    w, x, y, z = np.ascontiguousarray(quaternions.T)
    out = np.empty((3, len(w)))
    out[0] = 2.0 * (x * z - w * y)
    out[1] = 2.0 * (y * z + w * x)
    out[2] = 1.0 - 2.0 * (x * x + y * y)
    return out


def inclination(frame: FloatArray, up: FloatArray) -> FloatArray:
    """Return the angle (n,) of ``up`` (3, n) in the plane across the frame's axis."""
    out: FloatArray = np.arctan2(along(frame[1], up), along(frame[0], up))
    return out

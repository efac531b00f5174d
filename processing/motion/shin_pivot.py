"""Learns the point about which the shin turns, and takes the turning out of its accelerometer.

In a curl the knee rests, so most of what a shin's accelerometer measures beyond gravity is the
acceleration on a circle about it. Without that part gravity's direction is known within tenths of a
second, where its mean over the movement takes seconds.
"""

import numpy as np

from processing.motion.geometry import lever_rows
from sensor.types import FloatArray

_NOISE_MPS2 = 0.5
"""Acceleration that a leg on a machine shows beyond gravity and its turning: soft tissue, shaking.

A stretch with more, as in walking, counts for less: there the knee does not rest.
"""
_ARM_M = 0.3
"""Standard deviation of the lever arm before any movement: as far as a sensor can be from the knee."""
STRETCH_S = 2.0
"""Length of the stretches that are learned from: long enough for a lift."""
_ALIKE = 30.0
"""So many neighbouring samples err alike: 0.3 s."""


class ShinPivot:
    """The lever arm from the knee to the shin's sensor, learned from stretches of one length.

    Attributes
    ----------
    arm
        (3,) m, in the sensor's frame; zero before any movement.
    """

    def __init__(self) -> None:
        self.arm: FloatArray = np.zeros(3)
        self._square = np.eye(3) * _ALIKE * (_NOISE_MPS2 / _ARM_M) ** 2
        self._product = np.zeros(3)

    def learn(self, per_arm: FloatArray, excess: FloatArray) -> None:
        """Learn from one stretch.

        Parameters
        ----------
        per_arm
            (3, 3, n) s⁻², acceleration per metre of lever arm, see :func:`.lever_rows`.
        excess
            (3, n) m/s², what the accelerometer measured beyond gravity.
        """
        left = excess - turning(per_arm, self.arm)
        worth = 1.0 / (1.0 + float(np.mean(left * left)) * 3.0 / _NOISE_MPS2**2) ** 2
        self._square += worth * np.einsum("ijn,ikn->jk", per_arm, per_arm)
        self._product += worth * np.einsum("ijn,in->j", per_arm, excess)
        arm: FloatArray = np.linalg.solve(self._square, self._product).astype(np.float64)
        self.arm = arm

    def learn_all(self, per_arm: FloatArray, excess: FloatArray, rate_hz: float) -> None:
        """Learn from samples of any number, stretch by stretch; parameters as in `learn`."""
        whole = round(STRETCH_S * rate_hz)
        for at in range(0, excess.shape[1] - whole + 1, whole):
            part = slice(at, at + whole)
            self.learn(per_arm[:, :, part], excess[:, part])


def turning(per_arm: FloatArray, arm: FloatArray) -> FloatArray:
    """Return the acceleration (3, n) m/s² that ``arm`` (3,) m adds; ``per_arm`` as in `learn`."""
    out: FloatArray = per_arm[:, 0] * arm[0] + per_arm[:, 1] * arm[1] + per_arm[:, 2] * arm[2]
    return out


def per_lever_arm(gyr: FloatArray, before: FloatArray, rate_hz: float) -> FloatArray:
    """Return the acceleration per metre of lever arm (3, 3, n) s⁻² in the sensor's frame.

    Parameters
    ----------
    gyr
        (3, n) rad/s, offset removed, without a gap.
    before
        (3,) rad/s, the sample before them; the first of them if there is none.
    rate_hz
        Rate of the samples.
    """
    change = np.diff(gyr, axis=1, prepend=before[:, None]) * rate_hz
    return lever_rows(np.eye(3), gyr, change)

"""The Kalman filter that holds the ankle's integral to what both accelerometers say.

It runs over windows, not samples: the gyros carry the angle from one window to the next, and the
filter estimates the slowly varying rest. Its state (14,):

====== ==========================================================================
0      offset of the joint's integral, rad
1      what the gyros' offsets leave of the joint's rate, rad/s
2:5    offset of the shin's accelerometer, m/s², in its own frame
5:8    the same of the foot's
8:11   lever arm from the ankle's centre to the shin's sensor, m, in its own frame
11:14  the same to the foot's
====== ==========================================================================
"""

from dataclasses import dataclass

import numpy as np

from processing.motion.geometry import wrapped
from processing.motion.joint_windows import (
    ALONG,
    FOOT,
    FOOT_ACC,
    FOOT_ARM,
    FOOT_ARM_ALONG,
    SHIN,
    SHIN_ACC,
    SHIN_ARM,
    SHIN_ARM_ALONG,
    SHIN_UNIT,
    WEIGHT,
)
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

SIZE = 14
OFFSET, DRIFT = 0, 1
SHIN_BIAS, FOOT_BIAS = slice(2, 5), slice(5, 8)
SHIN_LEVER, FOOT_LEVER = slice(8, 11), slice(11, 14)


@dataclass(frozen=True, slots=True)
class JointFilterConfig:
    """How far the filter trusts what.

    ``walk_dps`` is by how much the integral goes astray in a second (per root second), mostly from
    an axis that is not quite true; ``drift_dps2`` how fast the gyros' offsets change. ``across_mps2``
    and ``along_mps2`` are what a window's forces may differ by across and along the axis (soft
    tissue, an ankle that is no perfect hinge); ``norm_mps2`` what the norm of a still accelerometer
    may differ from gravity by. A window whose forces differ by more than expected counts for
    less. ``gap_dps`` is how fast the unseen joint may move in a gap; when the angle is no better
    known than ``restart_deg`` it is taken anew from the forces.
    """

    walk_dps: float = 0.9
    drift_dps: float = 0.5
    drift_dps2: float = 0.01
    across_mps2: float = 0.4
    along_mps2: float = 1.0
    norm_mps2: float = 0.15
    still_dps: float = 6.0
    gap_dps: float = 120.0
    restart_deg: float = 20.0
    min_used: float = 0.3


class JointFilter:
    """State and covariance; :meth:`advance` takes one window."""

    def __init__(
        self,
        config: JointFilterConfig,
        shin_frame: FloatArray,
        foot_frame: FloatArray,
        mean: FloatArray,
        deviation: FloatArray,
    ) -> None:
        self.config = config
        self._shin_frame, self._foot_frame = shin_frame, foot_frame
        self.x = mean.copy()
        self.p = np.diag(deviation * deviation)
        self.started = False
        self._shin_x, self._shin_y = shin_frame[0], shin_frame[1]
        self._across = np.radians(config.walk_dps) ** 2

    def advance(
        self, window: FloatArray, seconds: float, missing: float, still: tuple[bool, bool]
    ) -> None:
        """Take the means of one window (ROWS,) that lasted ``seconds``, ``missing`` of them unseen.

        ``still`` says whether shin and foot hardly turned in it.
        """
        c = self.config
        if self.started:
            self._predict(seconds)
            self.p[OFFSET, OFFSET] += np.radians(c.gap_dps) ** 2 * missing * seconds
        if window[WEIGHT] < c.min_used:
            return
        if not self.started or self.p[OFFSET, OFFSET] > np.radians(c.restart_deg) ** 2:
            self._start(window)
        self._match(window)
        for is_still, acc, bias in (
            (still[0], SHIN_ACC, SHIN_BIAS),
            (still[1], FOOT_ACC, FOOT_BIAS),
        ):
            if is_still:
                self._weigh(window[acc], bias)

    def _predict(self, seconds: float) -> None:
        c, p = self.config, self.p
        self.x[OFFSET] += self.x[DRIFT] * seconds
        p[OFFSET] += p[DRIFT] * seconds
        p[:, OFFSET] += p[:, DRIFT] * seconds
        p[OFFSET, OFFSET] += self._across * seconds
        p[DRIFT, DRIFT] += np.radians(c.drift_dps2) ** 2 * seconds

    def _start(self, window: FloatArray) -> None:
        """Take the angle from the forces alone."""
        shin, foot, _ = self._forces(window, turned=False)
        turned_by = float(np.angle(shin * np.conj(foot))) - float(self.x[OFFSET])
        self.x[OFFSET] += wrapped(turned_by)
        self.p[OFFSET, :] = self.p[:, OFFSET] = 0.0
        self.p[OFFSET, OFFSET] = np.radians(self.config.restart_deg) ** 2
        self.started = True

    def _forces(
        self, window: FloatArray, *, turned: bool = True
    ) -> tuple[complex, complex, complex]:
        """Return the joint centre's force across the axis, from shin and foot, and the turn."""
        x = self.x
        bias, arm = x[SHIN_BIAS], x[SHIN_LEVER]
        own = complex(self._shin_x @ bias, self._shin_y @ bias)
        real, imag = window[SHIN_ARM][:3] @ arm, window[SHIN_ARM][3:] @ arm
        shin = complex(*window[SHIN]) - complex(*window[SHIN_UNIT]) * own - complex(real, imag)
        bias, arm = x[FOOT_BIAS], x[FOOT_LEVER]
        foot_own = complex(self._foot_frame[0] @ bias, self._foot_frame[1] @ bias)
        real, imag = window[FOOT_ARM][:3] @ arm, window[FOOT_ARM][3:] @ arm
        foot = complex(*window[FOOT]) - foot_own - complex(real, imag)
        turn = complex(np.cos(x[OFFSET]), -np.sin(x[OFFSET])) if turned else 1.0 + 0.0j
        return turn * shin, foot, turn

    def _match(self, window: FloatArray) -> None:
        """Both sensors feel the same force at the joint's centre."""
        c, x = self.config, self.x
        shin, foot, turn = self._forces(window)
        unit = turn * complex(*window[SHIN_UNIT])
        h = np.zeros((3, SIZE))
        h[0, OFFSET], h[1, OFFSET] = shin.imag, -shin.real
        fx, fy = self._shin_x, self._shin_y
        h[0, SHIN_BIAS] = -(unit.real * fx - unit.imag * fy)
        h[1, SHIN_BIAS] = -(unit.imag * fx + unit.real * fy)
        h[0, FOOT_BIAS], h[1, FOOT_BIAS] = self._foot_frame[0], self._foot_frame[1]
        re, im = window[SHIN_ARM][:3], window[SHIN_ARM][3:]
        h[0, SHIN_LEVER] = -(turn.real * re - turn.imag * im)
        h[1, SHIN_LEVER] = -(turn.imag * re + turn.real * im)
        h[0, FOOT_LEVER], h[1, FOOT_LEVER] = window[FOOT_ARM][:3], window[FOOT_ARM][3:]
        h[2, SHIN_BIAS], h[2, FOOT_BIAS] = -self._shin_frame[2], self._foot_frame[2]
        h[2, SHIN_LEVER], h[2, FOOT_LEVER] = -window[SHIN_ARM_ALONG], window[FOOT_ARM_ALONG]
        gap = shin - foot
        error = np.array([gap.real, gap.imag, window[ALONG] + h[2] @ x])
        noise = np.array([c.across_mps2, c.across_mps2, c.along_mps2]) ** 2 / window[WEIGHT]
        ph = self.p @ h.T
        s = h @ ph
        expected = s[0, 0] + s[1, 1] + noise[0] + noise[1]
        noise[:2] *= max(1.0, 2.0 * (error[0] ** 2 + error[1] ** 2) / expected)
        noise[2] *= max(1.0, error[2] ** 2 / (s[2, 2] + noise[2]))
        s[0, 0] += noise[0]
        s[1, 1] += noise[1]
        s[2, 2] += noise[2]
        gain = np.linalg.solve(s, ph.T).T
        x -= gain @ error
        self.p -= gain @ ph.T
        self.p += self.p.T.copy()
        self.p *= 0.5

    def _weigh(self, acc: FloatArray, bias: slice) -> None:
        """Use that a still accelerometer feels gravity and nothing else."""
        true = acc - self.x[bias]
        norm = float(np.sqrt(true @ true))
        h = true / norm
        ph = self.p[:, bias] @ h
        gain = ph / (h @ ph[bias] + self.config.norm_mps2**2)
        self.x += gain * (norm - STANDARD_GRAVITY_MPS2)
        self.p -= np.outer(gain, ph)

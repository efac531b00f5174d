"""The Kalman filter that holds the ankle's integral to what both accelerometers say.

It runs over windows, not samples: the gyros carry the angle from one window to the next, and the
filter estimates the slowly varying rest. Its state (19,):

====== ==========================================================================
0      offset of the joint's integral, rad
1      what the gyros' offsets leave of the joint's rate, rad/s
2:5    offset of the shin's accelerometer, m/s², in its own frame
5:8    the same of the foot's
8:11   lever arm from the ankle's centre to the shin's sensor, m, in its own frame
11:14  the same to the foot's
14:16  tilt of the shin's axis towards x and y of its frame, rad
16:18  the same of the foot's
18     by how much the foot's samples come late against the shin's, s
====== ==========================================================================
"""

import math
from dataclasses import dataclass

import numpy as np

from processing.motion.geometry import wrapped
from processing.motion.joint_windows import FOOT, SHIN
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

SIZE = 19
OFFSET, DRIFT = 0, 1
SHIN_BIAS, FOOT_BIAS = slice(2, 5), slice(5, 8)
SHIN_LEVER, FOOT_LEVER = slice(8, 11), slice(11, 14)
SHIN_TILT, FOOT_TILT = slice(14, 16), slice(16, 18)
DELAY = 18
TILTS, SENSORS = slice(14, 18), slice(2, 19)


@dataclass(frozen=True, slots=True)
class JointFilterConfig:
    """How far the filter trusts what.

    ``walk_dps`` is by how much the integral goes astray in a second (per root second), mostly from
    an axis that is not quite true; ``drift_dps`` is what is left of the gyros' offsets at first and
    ``drift_dps2`` how fast it changes. ``across_mps2`` is what a window's forces may differ by
    (soft tissue, an ankle that is no perfect hinge), ``rate_dps`` what its rates across the axis
    may: neighbouring windows err alike, so both are larger than the scatter of one. A window that
    differs by more than expected counts for less. ``norm_mps2`` is what the norm of a still
    accelerometer may differ from gravity by; ``axis_deg`` how far an axis may be off; ``delay_s``
    how far the sensors' clocks may be apart, ``delay_walk_s`` by how much that changes (per root
    second). ``gap_dps`` is how fast the unseen joint may move in a gap; when the angle is no better
    known than ``restart_deg`` it is taken anew from the forces.
    """

    walk_dps: float = 0.9
    drift_dps: float = 0.5
    drift_dps2: float = 0.01
    across_mps2: float = 0.4
    rate_dps: float = 30.0
    norm_mps2: float = 0.15
    still_dps: float = 6.0
    axis_deg: float = 8.0
    delay_s: float = 0.01
    delay_walk_s: float = 0.0001
    gap_dps: float = 120.0
    restart_deg: float = 20.0
    min_used: float = 0.3


class JointFilter:
    """State ``x`` (19,) and covariance ``p`` (19, 19); :meth:`advance` takes one window."""

    def __init__(self, config: JointFilterConfig, mean: FloatArray, deviation: FloatArray) -> None:
        self.config = config
        self.x = mean.copy()
        self.p = np.diag(deviation * deviation)
        self.started = False
        self._walk = math.radians(config.walk_dps) ** 2
        self._drift = math.radians(config.drift_dps2) ** 2
        self._late = config.delay_walk_s**2
        self._gap = math.radians(config.gap_dps) ** 2
        self._restart = math.radians(config.restart_deg) ** 2
        self._force_noise = config.across_mps2**2
        self._rate_noise = math.radians(config.rate_dps) ** 2

    def advance(
        self,
        forces: FloatArray,
        rates: FloatArray,
        turns: FloatArray,
        share: float,
        seconds: float,
        missing: float,
    ) -> None:
        """Take forces (4, 18), rates (4, 5) and turns (4,) of a window; see :class:`JointWindows`.

        The window lasted ``seconds``, ``missing`` of them without a sensor; ``share`` of its
        samples were used.
        """
        if self.started:
            self._predict(turns, seconds, missing)
        if share < self.config.min_used:
            return
        if not self.started or self.p[OFFSET, OFFSET] > self._restart:
            self._start(forces)
        self._match(forces, SENSORS, self._force_noise / share)
        self._match(rates, TILTS, self._rate_noise / share)

    def weigh(self, acc: FloatArray, bias: slice) -> None:
        """Use that a still accelerometer, mean ``acc`` (3,), feels gravity and nothing else."""
        true = acc - self.x[bias]
        norm = math.sqrt(true @ true)
        h = true / norm
        ph = self.p[:, bias] @ h
        gain = ph / (h @ ph[bias] + self.config.norm_mps2**2)
        self.x += gain * (norm - STANDARD_GRAVITY_MPS2)
        self.p -= gain[:, None] * ph

    def _predict(self, turns: FloatArray, seconds: float, missing: float) -> None:
        p = self.p
        self.x[OFFSET] += self.x[DRIFT] * seconds + turns @ self.x[TILTS]
        p[OFFSET] += p[DRIFT] * seconds + turns @ p[TILTS]
        p[:, OFFSET] += p[:, DRIFT] * seconds + p[:, TILTS] @ turns
        p[OFFSET, OFFSET] += self._walk * seconds + self._gap * missing * seconds
        p[DRIFT, DRIFT] += self._drift * seconds
        p[DELAY, DELAY] += self._late * seconds

    def _start(self, forces: FloatArray) -> None:
        """Take the angle from the forces alone."""
        shin_x, shin_y, foot_x, foot_y = self._seen(forces, SENSORS)
        angle = math.atan2(shin_y, shin_x) - math.atan2(foot_y, foot_x)
        self.x[OFFSET] += wrapped(angle - float(self.x[OFFSET]))
        self.p[OFFSET, :] = self.p[:, OFFSET] = 0.0
        self.p[OFFSET, OFFSET] = self._restart
        self.started = True

    def _seen(self, vectors: FloatArray, part: slice) -> list[float]:
        """Return a vector as both links have it; the columns depend on ``part`` of the state."""
        seen: list[float] = (vectors[:, 0] - vectors[:, 1:] @ self.x[part]).tolist()
        return seen

    def _match(self, vectors: FloatArray, part: slice, noise: float) -> None:
        """Use that both links have the same vector across the joint's axis.

        That is the force at the joint's centre (Seel, Raisch & Schauer 2014), or the rate of
        rotation (Olsson et al. 2020). ``noise`` is the variance of what they may differ by.
        """
        shin_x, shin_y, foot_x, foot_y = self._seen(vectors, part)
        angle = float(self.x[OFFSET])
        cos, sin = math.cos(angle), math.sin(angle)
        x, y = cos * shin_x + sin * shin_y, cos * shin_y - sin * shin_x
        error_x, error_y = x - foot_x, y - foot_y
        h = np.zeros((2, SIZE))
        h[0, OFFSET], h[1, OFFSET] = y, -x
        turn = np.array([(cos, sin), (-sin, cos)])
        h[:, part] = vectors[FOOT, 1:] - turn @ vectors[SHIN, 1:]
        ph = self.p @ h.T
        (s00, s01), (_, s11) = (h @ ph).tolist()
        # A larger difference than expected is a doubtful one: it counts for less.
        surprise = (error_x**2 + error_y**2) / (s00 + s11 + 2.0 * noise)
        noise *= max(1.0, 2.0 * surprise)
        s00 += noise
        s11 += noise
        size = s00 * s11 - s01 * s01
        gain = ph @ np.array([(s11 / size, -s01 / size), (-s01 / size, s00 / size)])
        self.x -= gain @ np.array([error_x, error_y])
        p = self.p - gain @ ph.T
        self.p = 0.5 * (p + p.T)

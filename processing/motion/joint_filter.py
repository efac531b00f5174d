"""The Kalman filter that corrects the gyros' integral of a joint's angle by both accelerometers.

It runs over windows, not samples: the gyros carry the angle from one window to the next, and the
filter estimates what changes slowly. Its state (19,):

====== ==========================================================================
0      correction of the joint's integral, rad
1      rate that the gyros' offsets leave in the joint's rate, rad/s
2:5    offset of the shin's accelerometer, m/s², in its own frame
5:8    the same of the foot's
8:11   lever arm from the joint's centre to the shin's sensor, m, in its own frame
11:14  the same to the foot's
14:16  tilt of the shin's axis towards x and y of its frame, rad
16:18  the same of the foot's
18     delay of the foot's samples against the shin's, s
====== ==========================================================================

"Shin" and "foot" are the upper and the lower link; for a knee, thigh and shin take their places.

After a gap the correction is taken as unknown. A second covariance goes on as if the first forces after
the gap had been exact. Both differ in one direction of the state at first, so their difference stays of
rank one: ``gap_variance`` times the product of ``gap`` (19,) with itself (Friedland, IEEE Transactions
on Automatic Control 14:359, 1969). It is the variance that the gap still costs; when it is small
enough, the gap is over.
"""

import math
from dataclasses import dataclass

import numpy as np

from processing.motion.joint_steps import SIZE, match
from processing.motion.joint_windows import FOOT, SHIN
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

OFFSET, DRIFT = 0, 1
SHIN_BIAS, FOOT_BIAS = slice(2, 5), slice(5, 8)
SHIN_LEVER, FOOT_LEVER = slice(8, 11), slice(11, 14)
SHIN_TILT, FOOT_TILT = slice(14, 16), slice(16, 18)
DELAY = 18
TILTS, SENSORS = slice(14, 18), slice(2, 19)
WALKS = [OFFSET, DRIFT, DELAY]
"""The states that change by themselves."""

DRIFT_DPS = 0.5
"""Gyro offset that the still pose leaves, at the start of a session (standard deviation).

Simulated gyros have 1 °/s, most of which the still pose shows.
"""
_DRIFT_DPS2 = 0.01
"""Rate of change of that offset, °/s per root second: 0.6 °/s in an hour. Not chosen by measurement."""
_NORM_MPS2 = 0.15
"""Difference of a still accelerometer's reading from gravity: noise and scale (1.5 %)."""
GAP_DPS = 120.0
"""Speed at which the joint may move unseen in a gap: faster than an ankle in any curl or lift."""
_RESTART_DEG = 20.0
"""When the angle is no better known than this, it is taken from the forces alone.

A Kalman filter that is linear about a wrong angle finds back slowly, or not at all.
"""
_SETTLED_DEG = 0.25
"""A gap is over when it adds less than this to the standard deviation of the correction: so 95 % of the
errors that it leaves are below half a degree.
"""
_SETTLED_SHARE = 0.5
"""It is also over when it is less than this share of the variance: more was uncertain without it.

On a person whose sensors move with the skin, a second does not suffice for half a degree.
"""
_FIRST = 3
"""Windows that are looked at after a gap in any case: one alone may be that of a step."""
_NOISE_SHARE = 0.3
"""Share of the variances that the filter states which is expected before the windows after a gap show it.

The noises are set for the least error, and so state too much. It counts as much as one window.
"""
_LEAST_FORCE_MPS2 = 1.0
"""A smaller force across the joint's axis shows no angle."""
MIN_USED = 0.3
"""A window in which fewer of the samples are valid and not clipped says nothing."""


@dataclass(frozen=True, slots=True)
class JointFilterConfig:
    """Noises and priors of the filter, all standard deviations.

    docs/accuracy.md shows the effect of halving and doubling them ("What each part is worth").
    """

    walk_dps: float = 0.9
    """Error that the integral gathers, ° per root second, mostly by an axis that is not quite true.

    A compromise between the walkers, who favour more, and the hinge rig, which favours less.
    """
    across_mps2: float = 0.4
    """Largest difference between the forces of a window: soft tissue, an ankle that is no perfect hinge.

    More than the scatter of one window, because neighbouring windows err alike. A window that
    differs by more than expected counts for less. Chosen with ``walk_dps``.
    """
    rate_dps: float = 60.0
    """Largest difference between the rates of a window across the axis, °/s; as for ``across_mps2``.

    With 30 the axes follow turns that are no hinge's, and the smoother is worse than the live filter
    in a fifth of the sessions of simulated ankles. Chosen with ``axis_deg``.
    """
    still_dps: float = 6.0
    """A sensor that turns no faster in a window is still: then its accelerometer shows gravity.

    0 leaves gravity's size out: 0.01° worse on the walkers, 0.02° better in simulation.
    """
    axis_deg: float = 4.0
    """Uncertainty of an axis from the calibration, °: a calibration's fit is rarely further off."""
    delay_s: float = 0.01
    """Largest offset between the sensors' clocks, s: as in the hard simulated sessions."""
    delay_walk_s: float = 0.0001
    """Drift of that offset, s per root second: 1 ms in 100 s."""


class JointFilter:
    """State ``x`` (19,) and covariance ``p`` (19, 19) after the windows so far.

    Parameters
    ----------
    config
        Noises and priors.
    mean, deviation
        (19,) of the state before the first window, in the units of the module's table.
    """

    def __init__(self, config: JointFilterConfig, mean: FloatArray, deviation: FloatArray) -> None:
        self.config = config
        self.x = mean.copy()
        self.p = np.diag(deviation * deviation)
        self.started = False
        self.gap = np.zeros(SIZE)
        self.gap_variance = 0.0
        self._surprise, self._surprises = 0.0, 0
        self._first: float | None = None
        self._walk = math.radians(config.walk_dps) ** 2
        self._drift = math.radians(_DRIFT_DPS2) ** 2
        self._late = config.delay_walk_s**2
        self._gap = math.radians(GAP_DPS) ** 2
        self._restart = math.radians(_RESTART_DEG) ** 2
        self._settled = math.radians(_SETTLED_DEG) ** 2
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
    ) -> bool:
        """Advance by one window; return whether the angle was taken from its forces alone.

        Parameters
        ----------
        forces, rates, turns
            (4, 18), (4, 5) and (4,), one window of :class:`.JointWindows`.
        share
            Share of the window's samples that were used.
        seconds
            Its length.
        missing
            How many of those seconds a sensor was missing, longer than the window if a loss showed
            that the joint had moved unseen before.
        """
        if self.started:
            self._predict(turns, seconds, missing)
        # The prediction stands, so the uncertainty grows until a window can be used again.
        if share < MIN_USED:
            return False
        begun = not self.started or bool(self.p[OFFSET, OFFSET] > self._restart)
        if begun:
            self._start(forces)
        self._surprise += self._match(forces, SENSORS, self._force_noise / share)
        self._surprises += 1
        self._match(rates, TILTS, self._rate_noise / share)
        # The differences since the gap show which share of the variances is true.
        share = self._surprise / self._surprises
        cost = self.gap_variance * float(self.gap[OFFSET]) ** 2
        small = cost * share < self._settled or cost < _SETTLED_SHARE * float(
            self.p[OFFSET, OFFSET]
        )
        if small and self._surprises > _FIRST:
            self.gap_variance = 0.0
        return begun

    @property
    def settling(self) -> bool:
        """Whether the last gap, or the start of the recording, still makes a difference."""
        return not self.started or self.gap_variance > 0.0

    def restart(self, angle: float | None = None) -> None:
        """Forget the angle, but nothing else: a gap may have hidden any movement.

        The next one begins with ``angle`` (rad), if later windows show it, else with what the
        forces of its first window say.
        """
        self.started = False
        self._first = angle

    def angle_between(self, forces: FloatArray) -> float:
        """Return the angle between the forces (k, 4, 18) of k windows, rad, up to whole turns."""
        seen = forces[:, :, 0] - forces[:, :, 1:] @ self.x[SENSORS]
        product = (seen[:, 0] + 1j * seen[:, 1]) * (seen[:, 2] - 1j * seen[:, 3])
        return float(np.angle(product.sum()))

    def weigh(self, acc: FloatArray, bias: slice) -> None:
        """Correct an accelerometer's offset by a still window: it measures gravity and nothing else.

        Parameters
        ----------
        acc
            (3,) m/s², mean of the window in the sensor's frame.
        bias
            The place of the sensor's offset in the state.
        """
        true = acc - self.x[bias]
        norm = math.sqrt(true @ true)
        h = true / norm
        ph = self.p[:, bias] @ h
        variance = float(h @ ph[bias]) + _NORM_MPS2**2
        gain = ph / variance
        if self.gap_variance:
            shown = float(h @ self.gap[bias])
            self._learn_of_gap(shown * shown / variance)
            self.gap -= gain * shown
        self.x += gain * (norm - STANDARD_GRAVITY_MPS2)
        self.p -= gain[:, None] * ph

    def noise(self, seconds: float, missing: float) -> FloatArray:
        """Return what a window adds to the variances of offset, drift and delay, (3,)."""
        walk, drift, late = self._walk, self._drift, self._late
        return np.array([walk + self._gap * missing, drift, late]) * seconds

    def _predict(self, turns: FloatArray, seconds: float, missing: float) -> None:
        p = self.p
        self.x[OFFSET] += self.x[DRIFT] * seconds + turns @ self.x[TILTS]
        # The transition changes one row only, so it is written out: full matrices would cost more.
        p[OFFSET] += p[DRIFT] * seconds + turns @ p[TILTS]
        p[:, OFFSET] += p[:, DRIFT] * seconds + p[:, TILTS] @ turns
        p[WALKS, WALKS] += self.noise(seconds, missing)
        if self.gap_variance:
            self.gap[OFFSET] += self.gap[DRIFT] * seconds + turns @ self.gap[TILTS]

    def _start(self, forces: FloatArray) -> None:
        """Take the angle from the forces (4, 18) alone, up to whole turns."""
        self.x[OFFSET] = self.angle_between(forces[None]) if self._first is None else self._first
        self._first = None
        # What was correlated with the old angle says nothing about the new one.
        self.p[OFFSET, :] = self.p[:, OFFSET] = 0.0
        self.p[OFFSET, OFFSET] = self._restart
        row = self._angle_row(forces)
        self.gap = self.p @ row
        self.gap_variance = 1.0 / float(row @ self.gap)
        self._surprise, self._surprises = _NOISE_SHARE, 1
        self.started = True

    def _angle_row(self, forces: FloatArray) -> FloatArray:
        """Return the derivative (19,) by the state of the angle between the ``forces`` (4, 18)."""
        seen = forces[:, 0] - forces[:, 1:] @ self.x[SENSORS]
        row = np.zeros(SIZE)
        row[OFFSET] = 1.0
        for link, sign in ((SHIN, 1.0), (FOOT, -1.0)):
            x, y = seen[link].tolist()
            change_x, change_y = forces[link, 1:]
            row[SENSORS] += (
                sign * (x * change_y - y * change_x) / max(x * x + y * y, _LEAST_FORCE_MPS2**2)
            )
        return row

    def _learn_of_gap(self, information: float) -> None:
        """Take account of a measurement with ``information`` (1/rad²) about what the gap hid."""
        self.gap_variance /= 1.0 - self.gap_variance * information

    def _match(self, vectors: FloatArray, part: slice, noise: float) -> float:
        """Correct the state so that both links have the same vector across the joint's axis.

        The vector is the force at the joint's centre (Seel, Raisch & Schauer, Sensors 14:6891,
        2014), or the rate of rotation (Olsson, Kok, Seel & Halvorsen, Sensors 20:3534, 2020).
        ``noise`` is the variance of their difference.

        Returns
        -------
        float
            The square of their difference, as a share of what was expected.
        """
        surprise, self.gap_variance = match(
            self.x, self.p, self.gap, self.gap_variance, vectors, part.start, noise
        )
        return surprise

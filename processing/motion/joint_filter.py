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
enough, the gap is over. The steps themselves are in :mod:`processing.motion.joint_steps`.
"""

import math
from dataclasses import dataclass

import numpy as np

from processing.motion.joint_corrections import (
    FACTS,
    FIRST,
    GAP_VARIANCE,
    SETTLING,
    SIZE,
    STARTED,
)
from processing.motion.joint_steps import (
    AXIS_WALK,
    CORRECTIONS,
    DRIFT_WALK,
    FORCE_NOISE,
    LATE_WALK,
    NOISES,
    RATE_NOISE,
    RESTART,
    SETTLED,
    WALK,
    advance_through,
)
from processing.motion.joint_windows import JointWindows
from sensor.types import BoolArray, FloatArray

OFFSET, DRIFT = 0, 1
SHIN_BIAS, FOOT_BIAS = slice(2, 5), slice(5, 8)
SHIN_LEVER, FOOT_LEVER = slice(8, 11), slice(11, 14)
SHIN_TILT, FOOT_TILT = slice(14, 16), slice(16, 18)
DELAY = 18
TILTS, SENSORS = slice(14, 18), slice(2, 19)

GAP_DPS = 120.0
"""Speed at which the joint may move unseen in a gap: faster than an ankle in any curl or lift."""
_RESTART_DEG = 20.0
"""When the angle is no better known than this, it is taken from the forces alone.

A Kalman filter that is linear about a wrong angle finds back slowly, or not at all.
"""


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
    axis_deg: float = 1.0
    """Uncertainty of an axis from the calibration, °: calibrations of simulated hinges err by this.

    From 0.5 to 4 nothing but the person's heel raises changes much; a wider prior lets movement that does not show
    the plane of the joint turn the axes. Axes that are 10° off are found all the same.
    """
    axis_share: float = 0.2
    """Further uncertainty of an axis, as a share of the deviation that its fit states.

    With pumps the fits of simulated hinges state 4.1 to 5.3° (seeds 200 to 205), nearly five times what they err
    by. Without any they state far more, for curls alone hardly move the ankle: 207° in a recording of the tests.
    """
    most_axis_deg: float = 10.0
    """The most that an axis is taken as uncertain by, °: beyond it tilts and axes no longer grow alike."""
    axis_walk_deg: float = 0.2
    """Wandering of an axis, ° per root second: 4° in seven minutes.

    No ankle turns about one axis in every exercise, and straps give way.
    """
    delay_s: float = 0.01
    """Largest offset between the sensors' clocks, s: as in the hard simulated sessions."""
    delay_walk_s: float = 0.0001
    """Drift of that offset, s per root second: 1 ms in 100 s."""
    drift_dps: float = 0.5
    """Gyro offset that the still pose leaves at the start of a session, °/s.

    Simulated gyros have 1 °/s, most of which the still pose shows.
    """
    drift_walk_dps: float = 0.01
    """Rate of change of that offset, °/s per root second: 0.6 °/s in an hour."""


@dataclass(frozen=True, slots=True)
class JointSteps:
    """The filter after each of m windows."""

    x: FloatArray
    """(m, 19) the states."""
    variance: FloatArray
    """(m,) the variance of the linear function of the state that was asked for."""
    cost: FloatArray
    """(m, 2) what the last gap, or the start of the recording, adds to it, and which share of that is true."""
    carried: BoolArray
    """(m,) whether the angle went on from the window before."""
    begun: BoolArray
    """(m,) whether the angle was taken from the window's forces alone."""
    settling: BoolArray
    """(m,) whether the last gap, or the start of the recording, still makes a difference."""
    back: tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]
    """Values of the last windows that the way back needs, see :func:`.advance_through`."""


class JointFilter:
    """State ``x`` (19,) and covariance ``p`` (19, 19) after the windows so far.

    Parameters
    ----------
    config
        Noises and priors.
    mean, deviation
        (19,) of the state before the first window, in the units of the module's table.
    settled
        A gap is over when it adds less than this to the variance of the angle, rad².
    """

    def __init__(
        self, config: JointFilterConfig, mean: FloatArray, deviation: FloatArray, settled: float
    ) -> None:
        self.x = mean.copy()
        self.p = np.diag(deviation * deviation)
        self.gap = np.zeros(SIZE)
        self._before = self.p[OFFSET].copy()
        self._facts = np.zeros(FACTS)
        self._facts[FIRST] = np.nan
        self._noises = np.empty(NOISES)
        self._noises[WALK] = math.radians(config.walk_dps) ** 2
        self._noises[DRIFT_WALK] = math.radians(config.drift_walk_dps) ** 2
        self._noises[AXIS_WALK] = math.radians(config.axis_walk_deg) ** 2
        self._noises[LATE_WALK] = config.delay_walk_s**2
        self._noises[RESTART] = math.radians(_RESTART_DEG) ** 2
        self._noises[SETTLED] = settled
        self._noises[FORCE_NOISE] = config.across_mps2**2
        self._noises[RATE_NOISE] = math.radians(config.rate_dps) ** 2

    def advance(
        self,
        windows: JointWindows,
        still: BoolArray,
        unseen: FloatArray,
        seconds: float,
        slope: FloatArray,
        *,
        keep: int = 1,
    ) -> JointSteps:
        """Advance by m windows.

        Parameters
        ----------
        windows
            The windows.
        still
            (m, 2) whether the shin's and the foot's sensor were still in them.
        unseen
            (m,) rad², variance of the joint's turn in gaps that were bridged.
        seconds
            Length of a window.
        slope
            (19,) a linear function of the state.
        keep
            Of so many windows, the last ones, what the way back needs is kept; 1 at least.
        """
        m = len(windows.share)
        x, variance, cost = np.empty((m, SIZE)), np.empty(m), np.empty((m, 2))
        flags = np.empty((m, 3), dtype=np.bool_)
        back = (
            np.empty((keep, SIZE, SIZE)),
            np.empty((keep, CORRECTIONS, 2, SIZE)),
            np.empty((keep, CORRECTIONS, 2, SIZE)),
            np.empty((keep, CORRECTIONS, 3)),
            np.empty((keep, CORRECTIONS, 2)),
        )
        advance_through(
            self.x, self.p, self.gap, self._facts, self._before, self._noises, windows.forces, windows.rates,
            windows.turns, windows.share, windows.shin_acc, windows.foot_acc, still, unseen,
            seconds, slope, x, variance, cost, flags, *back,
        )  # fmt: skip
        return JointSteps(x, variance, cost, flags[:, 0], flags[:, 1], flags[:, 2], back)

    @property
    def started(self) -> bool:
        """Whether there is an angle."""
        return bool(self._facts[STARTED])

    @property
    def gap_variance(self) -> float:
        """Variance that the last gap costs, rad², times the product of ``gap`` with itself; 0 if forgotten."""
        return float(self._facts[GAP_VARIANCE])

    @property
    def settling(self) -> bool:
        """Whether the last gap makes a difference."""
        return bool(self._facts[SETTLING])

    def restart(self, angle: float | None = None) -> None:
        """Forget the angle, but nothing else: a gap may have hidden any movement.

        The next one begins with ``angle`` (rad), if later windows show it, else with what the
        forces of its first window say.
        """
        # In the gap nothing was measured, so nothing of it grew uncertain but the angle, which is told by
        # what adds to it: so the state goes on as without the gap, and the gap costs the sum.
        self.p[OFFSET] = self.p[:, OFFSET] = self._before
        self._facts[STARTED] = 0.0
        self._facts[FIRST] = np.nan if angle is None else angle

    def angle_between(self, forces: FloatArray) -> float:
        """Return the angle between the forces (k, 4, 18) of k windows, rad, up to whole turns."""
        seen = forces[:, :, 0] - forces[:, :, 1:] @ self.x[SENSORS]
        product = (seen[:, 0] + 1j * seen[:, 1]) * (seen[:, 2] - 1j * seen[:, 3])
        return float(np.angle(product.sum()))

"""Finds gravity in the frame that a gyro keeps still, and says how well a gap lets it be known.

An accelerometer measures gravity and acceleration together. What sets them apart is that the knee's
velocity stays small while gravity adds up: so the filter integrates the accelerometer, less gravity
and the sensor's turning about the knee, and takes the result, the knee's velocity, for zero within
what it has lately been (the zero velocity of pedestrian navigation, Foxlin, IEEE Computer Graphics
and Applications 25:38, 2005, made soft). Its state (12,):

==== =============================================================================
0:3  gravity's reaction, upwards, in the frame that stands still, m/s²
3:6  velocity of the knee in that frame, m/s
6:9  lever arm from the knee to the sensor, in the sensor's frame, m
9:12 offset of the gyro, in the sensor's frame, rad/s
==== =============================================================================

After a gap gravity and velocity are taken as unknown. A second covariance goes on as if they had
been known through the gap. The difference of the two is the variance that the gap still costs: of an
optimal filter with less data it is the variance of the difference between both estimates. When it is
small enough for the angle that is wanted, the gap is over.
"""

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from processing.motion.gravity_windows import WINDOW_S, GravityWindows
from processing.motion.recent_rates import KEPT_S
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

SETTLED_RAD = math.radians(0.15)
"""A gap is over when it adds less than this to the standard deviation of the angle.

A third of the half degree that a gap may cost: walking legs err more than the model says. Less would cost
reps: a curl in which a gap ends settles in one to two seconds already.
"""
SIZE = 12
UP, SPEED, ARM, BIAS = slice(0, 3), slice(3, 6), slice(6, 9), slice(9, 12)

BEGIN = 5
"""Windows from which gravity is first taken after a gap, and over which the knee's speed is judged.

In half a second a walking leg is fast once; in less, a foot on the floor passes for rest.
"""
_UP_MPS2 = 5.0
"""Uncertainty of gravity after a gap, before any sample: more than a leg accelerates."""
_BEGIN_SHARE = 3.0
"""The knee's speed after a gap is so many times less certain than it will be: nothing came before."""
_ARM_M = 0.3
"""Uncertainty of the lever arm before any movement: as far as a sensor can be from the knee."""
_ARM_WALK_M = 0.002
"""Its change, m per root second: 1.5 cm in a minute, by soft tissue and by knees that do not rest."""
_BIAS_DPS = 0.3
"""Gyro offset that a still pose leaves."""
_BIAS_WALK_DPS = 0.01
"""Its change, °/s per root second: 0.6 °/s in an hour, as for the ankle."""
_WALK_DPS = 0.1
"""Error that the integral of the gyro gathers at rest, ° per root second."""
_SCALE = 0.004
"""Error that it gathers in movement, per rad/s: scale and alignment of a gyro."""
_SPEED_WALK = 0.02
"""Error that the integral of the accelerometer gathers, m/s per root second: its noise."""
_LAG_S = 0.25
"""The knee's velocity is alike for so long. A step takes half a second."""
_TURN_S = 0.1
"""The knee is presumed as fast as its acceleration makes it in this time, though it seems at rest."""
_PER_RATE = 0.2
"""Acceleration of the knee that is presumed where a shin turns, m/s² per rad/s."""
_REST_MPS2 = 0.015
"""Acceleration of the knee at rest: what an accelerometer's noise leaves in the mean of a window."""
_EYE = np.eye(SIZE)
_KEPT = np.diag(np.repeat([0.0, 1.0], 6))
"""The part of the state that a gap leaves: lever arm and gyro offset."""
_SIZE_MPS2 = 0.15
"""A reading whose size differs by more from that before the gap is not gravity alone.

Less may be the accelerometer's offset, which counts in another pose another way.
"""


@dataclass(frozen=True, slots=True)
class Covariance:
    """A covariance (12, 12) before and after a window's correction."""

    predicted: FloatArray
    corrected: FloatArray


@dataclass(frozen=True, slots=True)
class GravityStep:
    """A step of the filter, with what a smoother needs."""

    across: FloatArray
    """(2, 3) the axes of the plane of the angle after the window, in the frame that stands still."""

    x: FloatArray
    """(12,) the state after the window."""
    predicted: FloatArray
    """(12,) the state that was expected before the correction."""
    transition: FloatArray
    """(12, 12) from the state before to the expected one."""
    covariance: Covariance
    """Of the state."""
    ungapped: Covariance | None
    """Of the state as if there had been no gap; None once the gap is over."""
    begins: bool
    """Whether it is the first step after a gap."""


class GravityFilter:
    """Gravity after the windows so far."""

    def __init__(self) -> None:
        self._x = np.zeros(SIZE)
        self._p = np.zeros((SIZE, SIZE))
        self._p[ARM, ARM] = np.eye(3) * _ARM_M**2
        self._p[BIAS, BIAS] = np.eye(3) * math.radians(_BIAS_DPS) ** 2
        self._size = STANDARD_GRAVITY_MPS2
        self._waiting: list[tuple[GravityWindows, FloatArray]] = []
        self._speeds: list[float] = []
        self._started = False
        self._ungapped: FloatArray | None = None
        self._past: deque[tuple[FloatArray, FloatArray]] = deque(maxlen=round(KEPT_S / WINDOW_S))
        """State and covariance after each of the last windows since the last gap was over."""
        self.restart()

    def restart(self) -> None:
        """Forget gravity and velocity, but not the lever arm and the offset: a gap has ended."""
        if self._started:
            self._size = float(np.linalg.norm(self._x[UP]))
        # A gap soon after another: what was known before both counts.
        if self._ungapped is None:
            self._ungapped = self._p.copy()
        self._started = False
        self._waiting = []
        self._past.clear()

    def go_back(self, seconds: float, turn: float) -> FloatArray | None:
        """Forget what the last ``seconds`` showed, in which samples were missing unnoticed.

        Parameters
        ----------
        seconds
            Time since the loss.
        turn
            Standard deviation (rad) of the turn that was lost.

        Returns
        -------
        FloatArray or None
            Gravity's reaction (3,) as it was known before; None after a gap, when nothing was.
        """
        if not self._past:
            return None
        back = min(math.ceil(seconds / WINDOW_S), len(self._past) - 1)
        x, p = self._past[-1 - back]
        self._x = x.copy()
        self._x[SPEED] = 0.0
        unsure = np.repeat([(STANDARD_GRAVITY_MPS2 * turn) ** 2, 0.0, 0.0, 0.0], 3)
        self._p = p + np.diag(unsure + back * _added(0.0))
        # What was known at a later loss was wrong as well.
        for at in range(back + 1):
            self._past[-1 - at] = (self._x, self._p)
        return self._x[UP]

    @property
    def settling(self) -> bool:
        """Whether the last gap, or the start of the recording, still makes a difference."""
        return self._ungapped is not None

    def advance(self, window: GravityWindows, across: FloatArray) -> list[GravityStep]:
        """Take the next window; return the steps that it makes, after a gap none or many at once.

        Parameters
        ----------
        window
            One window.
        across
            (2, 3) the axes of the plane of the angle after it, in the frame that stands still.
        """
        self._waiting.append((window, across))
        if not self._started and len(self._waiting) < BEGIN:
            return []
        begins = not self._started
        if begins:
            self._begin([one for one, _ in self._waiting])
        steps = []
        for one, its_across in self._waiting:
            steps.append(self._step(one, its_across, begins=begins))
            begins = False
        self._waiting = []
        last = steps[-1]
        if (
            last.ungapped is not None
            and cost_of_gap(last, last.covariance.corrected, last.ungapped.corrected) < SETTLED_RAD
        ):
            self._ungapped = None
        return steps

    def _begin(self, windows: list[GravityWindows]) -> None:
        """Take gravity from the first ``windows`` after a gap, and the knee for at rest."""
        forces = [self._force(one) for one in windows]
        mean = np.mean(forces, axis=0)
        self._speeds = [
            self._presumed(force, mean, float(one.rate[0]))
            for force, one in zip(forces, windows, strict=True)
        ]
        self._x = np.concatenate([mean, np.zeros(3), self._x[ARM], self._x[BIAS]])
        unknown = np.zeros(SIZE)
        unknown[UP] = _UP_MPS2**2
        unknown[SPEED] = (_BEGIN_SHARE * max(self._speeds)) ** 2
        self._p = _KEPT @ self._p @ _KEPT + np.diag(unknown)
        self._started = True

    def _force(self, window: GravityWindows) -> FloatArray:
        """Return the mean of the accelerometer (3,) m/s² without the turning about the knee."""
        out: FloatArray = (window.change[0] - window.swing[0] @ self._x[ARM]) / WINDOW_S
        return out

    def _presumed(self, force: FloatArray, up: FloatArray, rate: float) -> float:
        """Return the speed of the knee, m/s, that goes with its ``force`` (3,) m/s²."""
        off = force - up
        size = max(0.0, abs(math.sqrt(force @ force) - self._size) - _SIZE_MPS2)
        return _TURN_S * math.sqrt(
            off @ off + size * size + (_PER_RATE * rate) ** 2 + _REST_MPS2**2
        )

    def _step(self, window: GravityWindows, across: FloatArray, *, begins: bool) -> GravityStep:
        """Advance by a window; parameters as of `advance`, ``begins`` as of `GravityStep`."""
        x = self._x
        rate = float(window.rate[0])
        transition = _EYE.copy()
        transition[UP, BIAS] = -_cross(x[UP]) @ window.drift[0]
        transition[SPEED, UP] = -WINDOW_S * _EYE[:3, :3]
        transition[SPEED, ARM] = -window.swing[0]
        predicted = transition @ x
        predicted[SPEED] += window.change[0]
        speed = predicted[SPEED]
        presumed = self._presumed(self._force(window), x[UP], rate)
        self._speeds = [*self._speeds, max(presumed, math.sqrt(speed @ speed))][-BEGIN:]
        # Neighbouring windows err alike, so each counts for less than if it stood alone.
        noise = max(self._speeds) ** 2 * 2.0 * _LAG_S / WINDOW_S
        added = _added(rate)
        covariance, gain = _covariance(self._p, transition, added, noise)
        if self._ungapped is None:
            ungapped = None
        else:
            ungapped, _ = _covariance(self._ungapped, transition, added, noise)
            self._ungapped = ungapped.corrected
        self._p = covariance.corrected
        self._x = predicted - gain @ speed
        if self._ungapped is None:
            self._past.append((self._x, self._p))
        # Nothing of the gravity and the velocity before a gap goes into those after it.
        from_before = transition @ _KEPT if begins else transition
        return GravityStep(across, self._x, predicted, from_before, covariance, ungapped, begins)


def cost_of_gap(step: GravityStep, gapped: FloatArray, ungapped: FloatArray) -> float:
    """Return what a gap adds to the standard deviation of the angle after ``step``, rad.

    Parameters
    ----------
    step
        A step, for the plane of the angle.
    gapped, ungapped
        (12, 12) covariances with the gap, and as if there had been none.
    """
    x, y = (step.across @ step.x[UP]).tolist()
    # With the axis along gravity nothing is left across it, and the slope would be infinite.
    slope = np.array((-y, x)) @ step.across / max(x * x + y * y, 1e-9)
    return math.sqrt(max(0.0, float(slope @ (gapped - ungapped)[UP, UP] @ slope)))


def _added(rate: float) -> FloatArray:
    """Return the variances (12,) that a window adds to the state's errors, at ``rate`` rad/s."""
    turn = math.radians(_WALK_DPS) ** 2 + (_SCALE * rate) ** 2
    each = (
        STANDARD_GRAVITY_MPS2**2 * turn,
        _SPEED_WALK**2,
        _ARM_WALK_M**2,
        math.radians(_BIAS_WALK_DPS) ** 2,
    )
    return np.repeat(each, 3) * WINDOW_S


def _covariance(
    p: FloatArray, transition: FloatArray, added: FloatArray, noise: float
) -> tuple[Covariance, FloatArray]:
    """Return the next covariance, and the gain (12, 3) of a velocity that is zero but for ``noise``."""
    predicted = transition @ p @ transition.T
    predicted.ravel()[:: SIZE + 1] += added
    seen = predicted[SPEED, SPEED] + noise * _EYE[:3, :3]
    gain: FloatArray = np.linalg.solve(seen, predicted[SPEED]).T.astype(np.float64, copy=False)
    corrected = predicted - gain @ predicted[SPEED]
    # Rounding would slowly take its symmetry from it, and then its positive variances.
    return Covariance(predicted, 0.5 * (corrected + corrected.T)), gain


def _cross(vector: FloatArray) -> FloatArray:
    """Return the matrix (3, 3) of the cross product with ``vector`` (3,)."""
    x, y, z = vector.tolist()
    return np.array([(0.0, -z, y), (z, 0.0, -x), (-y, x, 0.0)])

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
small enough for the angle that is wanted, the gap is over. The steps themselves are in
:mod:`processing.motion.gravity_steps`.
"""

import math
from copy import deepcopy
from dataclasses import dataclass
from typing import Self

import numpy as np

from processing.motion.gravity_steps import (
    BEGINS,
    IS_SETTLING,
    SETTLED,
    SIZE,
    SPEEDS,
    SPEEDS_SEEN,
    UNKNOWN,
    advance_through,
    presumed_speed,
)
from processing.motion.gravity_windows import WINDOW_S, GravityWindows, join_windows
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, IntArray

UP, SPEED, ARM, BIAS = slice(0, 3), slice(3, 6), slice(6, 9), slice(9, 12)

_UP_MPS2 = 5.0
"""Uncertainty of gravity after a gap, before any sample: more than a leg accelerates."""
_BEGIN_SHARE = 3.0
"""The knee's speed after a gap is so many times less certain than it will be: nothing came before."""
_ARM_M = 0.3
"""Uncertainty of the lever arm before any movement: as far as a sensor can be from the knee."""
_BIAS_DPS = 0.3
"""Gyro offset that a still pose leaves."""


@dataclass(frozen=True, slots=True)
class GravitySteps:
    """k steps of the filter, with what a smoother needs. Covariances are (12, 12)."""

    across: FloatArray
    """(k, 2, 3) the axes of the plane of the angle after each, in the frame that stands still."""
    x: FloatArray
    """(k, 12) the states after them."""
    predicted: FloatArray
    """(k, 12) the states that were expected before the correction."""
    settling: IntArray
    """(k,) what the last gap left of the angle before the step, see :data:`.gravity_steps.SETTLED`."""
    transitions: FloatArray
    """(k, 12, 12) from the state before to the expected one."""
    covariances: FloatArray
    """(k, 2, 12, 12) of the state, before and after the correction."""
    gapless: FloatArray
    """(k, 2, 12, 12) the same as if there had been no gap; without meaning where none makes a difference."""
    begins: bool
    """Whether the first of them is the first one after a gap."""

    def __len__(self) -> int:
        return len(self.x)

    @property
    def up(self) -> FloatArray:
        """Gravity's reaction (k, 3) m/s² after each."""
        out: FloatArray = self.x[:, UP]
        return out


class GravityFilter:
    """Gravity after the windows so far.

    Attributes
    ----------
    started
        Whether gravity was found since the last gap.
    """

    def __init__(self) -> None:
        self._x = np.zeros(SIZE)
        self._p = np.zeros((SIZE, SIZE))
        self._p[ARM, ARM] = np.eye(3) * _ARM_M**2
        self._p[BIAS, BIAS] = np.eye(3) * math.radians(_BIAS_DPS) ** 2
        self._ungapped = self._p.copy()
        self._counts = np.zeros(3, dtype=np.int64)
        self._counts[IS_SETTLING] = UNKNOWN
        self._size = STANDARD_GRAVITY_MPS2
        self._speeds = np.zeros(SPEEDS)
        self._waiting: list[tuple[GravityWindows, FloatArray]] = []
        self.started = False

    def for_steps(self) -> Self:
        """Return a copy that takes the same steps."""
        return deepcopy(self)

    def restart(self) -> None:
        """Forget gravity and velocity, but not the lever arm and the offset: a gap has ended."""
        if self.started:
            self._size = float(np.linalg.norm(self._x[UP]))
        # A gap soon after another: what was known before both counts.
        if self._counts[IS_SETTLING] == SETTLED:
            self._ungapped[:] = self._p
        self._counts[IS_SETTLING] = UNKNOWN
        self.started = False
        self._waiting = []

    @property
    def state(
        self,
    ) -> tuple[IntArray, FloatArray, FloatArray, FloatArray, FloatArray, float]:
        """The filter in the order in which :func:`.advance_through` takes it; it changes the arrays."""
        return (
            self._counts, self._x, self._p, self._ungapped, self._speeds, self._size,
        )  # fmt: skip

    def advance(self, windows: GravityWindows, across: FloatArray) -> GravitySteps | None:
        """Take the next windows; return the steps that they make, None if there are too few after a gap.

        Parameters
        ----------
        windows
            m windows.
        across
            (m, 2, 3) the axes of the plane of the angle after each, in the frame that stands still.
        """
        if self.started:
            return self._steps(windows, across, judged_from=0, begins=False)
        self._waiting.append((windows, across))
        waiting = join_windows([one for one, _ in self._waiting])
        if len(waiting.rate) < SPEEDS:
            return None
        across = np.concatenate([its for _, its in self._waiting])
        self._waiting = []
        self._begin(waiting)
        return self._steps(waiting, across, judged_from=SPEEDS - 1, begins=True)

    def _begin(self, windows: GravityWindows) -> None:
        """Take gravity from the first of ``windows`` after a gap, and the knee for at rest."""
        change, swing = windows.change[:SPEEDS], windows.swing[:SPEEDS]
        forces = (change - swing @ self._x[ARM]) / WINDOW_S
        mean = forces.mean(axis=0)
        for i, force in enumerate(forces):
            self._speeds[i] = presumed_speed(force, mean, self._size, windows.rate[i])
        self._counts[SPEEDS_SEEN] = SPEEDS
        self._x[UP], self._x[SPEED] = mean, 0.0
        # Only what is known of lever arm and gyro offset goes through a gap.
        self._p[: ARM.start], self._p[:, : ARM.start] = 0.0, 0.0
        self._p[UP, UP] = np.eye(3) * _UP_MPS2**2
        self._p[SPEED, SPEED] = np.eye(3) * (_BEGIN_SHARE * self._speeds.max()) ** 2
        self._counts[BEGINS] = 1
        self.started = True

    def _steps(
        self, windows: GravityWindows, across: FloatArray, *, judged_from: int, begins: bool
    ) -> GravitySteps:
        m = len(windows.rate)
        steps = GravitySteps(
            across=np.ascontiguousarray(across),
            x=np.empty((m, SIZE)),
            predicted=np.empty((m, SIZE)),
            settling=np.empty(m, dtype=np.int64),
            transitions=np.empty((m, SIZE, SIZE)),
            covariances=np.empty((m, 2, SIZE, SIZE)),
            gapless=np.empty((m, 2, SIZE, SIZE)),
            begins=begins,
        )
        advance_through(
            self._counts, self._x, self._p, self._ungapped, self._speeds, self._size, judged_from,
            windows.change, windows.swing, windows.drift, windows.rate, steps.across,
            steps.x, steps.predicted, steps.settling,
            steps.transitions, steps.covariances, steps.gapless,
        )  # fmt: skip
        return steps

"""The shin turn: rotation of the shin about the knee axis since the set's start pose.

The direction of gravity in the shin's frame (:mod:`processing.motion.gravity_filter`), in the plane
across the curl axis, turns against the shin. Whole turns are counted, so that curls beyond half a
turn work, and lying, seated and standing curls are treated alike.
"""

import numpy as np

from processing.motion.attitude import IDENTITY
from processing.motion.geometry import along, joint_frame
from processing.motion.gravity_filter import GravityFilter
from processing.motion.gravity_steps import UNKNOWN
from processing.motion.gravity_windows import WINDOW_S, gravity_windows
from processing.motion.grid import Run, longest_bridge
from processing.motion.shin_turn_steps import (
    ACC,
    END,
    GYR,
    HAS_EDGE,
    MIDDLE,
    ROWS,
    WAITING,
    follow,
    plane_at_end,
)
from sensor.types import FloatArray, IntArray


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
        self._step_s = 1.0 / rate_hz
        self._frame = joint_frame(axis)
        self._start = inclination(self._frame, start_acc[:, None])[0]
        self._bridge = longest_bridge(rate_hz)
        self._filter = GravityFilter()
        self._attitude = np.array(IDENTITY)
        self._samples = np.empty((ROWS, round(WINDOW_S * rate_hz)))
        self._up, self._edge, self._last = np.empty(3), np.empty((4, 3)), np.empty(1)
        self._held = 0.0
        self._before: tuple[FloatArray, FloatArray] | None = None
        self._restart()

    def feed(
        self, acc: FloatArray, gyr: FloatArray, runs: list[Run]
    ) -> tuple[FloatArray, IntArray]:
        """Return the shin turn (n,) rad, held in gaps, and what the last gap leaves of it (n,).

        After a gap longer than :data:`.grid.BRIDGE_S` gravity is looked for again, with the lever arm
        and the gyro offset that were found. The turn is not known until then, roughly at first:
        :data:`.gravity_steps.SETTLED`.

        Parameters
        ----------
        acc
            (n, 3) m/s², offset removed.
        gyr
            (n, 3) rad/s, offset removed.
        runs
            The runs of valid samples, which cover all n.
        """
        out, left = np.empty(len(acc)), np.empty(len(acc), dtype=np.int64)
        for run in runs:
            if not run.valid:
                out[run.start : run.stop], left[run.start : run.stop] = self._held, UNKNOWN
                continue
            if run.missing > self._bridge:
                self._filter.restart()
                self._restart()
            elif run.missing and self._before is not None:
                # In a short gap the samples are assumed to have changed evenly.
                share = (np.arange(1, run.missing + 1) / (run.missing + 1))[:, None]
                old_acc, old_gyr = self._before
                self._advance(
                    old_acc + (acc[run.start] - old_acc) * share,
                    old_gyr + (gyr[run.start] - old_gyr) * share,
                    np.empty(run.missing),
                    np.empty(run.missing, dtype=np.int64),
                )
            part = slice(run.start, run.stop)
            self._advance(acc[part], gyr[part], out[part], left[part])
            self._held = out.item(run.stop - 1)
            self._before = acc[run.stop - 1], gyr[run.stop - 1]
        return out, left

    def _restart(self) -> None:
        self._marks = np.zeros(5, dtype=np.int64)
        self._before = None

    def _advance(
        self, acc: FloatArray, gyr: FloatArray, turned: FloatArray, left: IntArray
    ) -> None:
        """Fill the shin turn (n,) rad of the next samples, (n, 3), and what a gap leaves of it."""
        found, done = self._filter, 0
        while done < len(acc):
            done = follow(
                acc, gyr, done, self._step_s, self._start, self._frame,
                self._marks, self._attitude, self._samples, self._up, self._edge, self._last,
                *found.state, found.started, turned, left,
            )  # fmt: skip
            if self._marks[WAITING] == self._samples.shape[1]:
                self._start_filter()

    def _start_filter(self) -> None:
        """Give the filter a window after a gap; with the last of the first ones it starts."""
        samples = self._samples
        across = np.empty((1, 2, 3))
        plane_at_end(self._frame, samples, samples.shape[1] - 1, across[0])
        edge = self._edge if self._marks[HAS_EDGE] else None
        windows, self._edge = gravity_windows(
            samples[MIDDLE:END], samples[ACC:GYR], samples[GYR:MIDDLE], edge, self._step_s
        )
        steps = self._filter.advance(windows, across)
        if steps is not None:
            self._up[:] = steps.up[-1]
        self._marks[HAS_EDGE], self._marks[WAITING] = 1, 0


def inclination(frame: FloatArray, up: FloatArray) -> FloatArray:
    """Return the angle (n,) rad of ``up`` (3, n) in the plane across the third axis of ``frame``."""
    out: FloatArray = np.arctan2(along(frame[1], up), along(frame[0], up))
    return out

"""The offline shin turn: gravity from the whole recording, later movement included.

The filter of the live turn runs forward, and its results are smoothed backward (Rauch, Tung &
Striebel, AIAA Journal 3:1445, 1965): the stretch after a gap learns from a later rest, and that
before it from the lever arm and the gyro offset that were found later.
"""

from dataclasses import dataclass, field

import numpy as np

from processing.motion.attitude import IDENTITY, Quaternion, matrices, turned_back, turned_on
from processing.motion.calibrated import Calibration
from processing.motion.geometry import along, joint_frame, rows
from processing.motion.gravity_smoother import Stretch, smoothed_gravity
from processing.motion.gravity_steps import UNKNOWN
from processing.motion.gravity_windows import (
    WINDOW_S,
    GravityWindows,
    gravity_windows,
    no_windows,
    planes_across,
)
from processing.motion.grid import IndexArray, bridged_part, runs_between_gaps
from processing.motion.long_block import LongBlock, release
from processing.motion.shin_turn import inclination
from processing.motion.shin_turn_steps import within_machine
from processing.types import PairedBlock
from sensor.long_columns import LongColumns
from sensor.types import FloatArray, IntArray

_BATCH_S = 50
"""Samples that are looked at together, s; any number gives the same bits."""


@dataclass(slots=True)
class _Run:
    """The samples ``start:stop`` between two gaps."""

    start: int
    stop: int
    attitudes: list[Quaternion] = field(default_factory=lambda: [IDENTITY])
    """Attitude before each batch of its samples."""
    ups: FloatArray = field(default_factory=lambda: np.empty((0, 3)))
    """(m, 3) m/s² gravity's reaction at the end of each window."""
    left: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    """(m,) what gaps leave of the turn in each window."""
    reached: tuple[float, float] | None = None
    """Turn after the samples so far, and what is added to it; rad."""


class OfflineShinTurn:
    """The shin turn of a whole recording, of which part after part can be asked for.

    Parameters
    ----------
    block
        n samples on a grid on which none are missing.
    calibration
        Start pose, curl axis and the sensor's offsets.
    rate_hz
        Rate of the grid.
    """

    def __init__(self, block: PairedBlock, calibration: Calibration, rate_hz: float) -> None:
        self._block, self._step_s = block, 1.0 / rate_hz
        self._axis = np.array(calibration.curl_axis)
        self._frame = joint_frame(self._axis)
        self._gyr_offset = np.array(calibration.shin.gyr_offset)
        self._acc_offset = np.array(calibration.shin.acc_offset)
        start_acc = np.array(calibration.start_acc) - self._acc_offset
        self._from_start = float(inclination(self._frame, start_acc[:, None])[0])
        self._length = round(WINDOW_S * rate_hz)
        self._batch = round(_BATCH_S / WINDOW_S) * self._length
        self._runs = [_Run(*run) for run in runs_between_gaps(block.shin_valid, rate_hz)]
        stretches = [self._stretch(run) for run in self._runs]
        for run, (ups, left) in zip(self._runs, smoothed_gravity(stretches), strict=True):
            run.ups, run.left = ups, left

    def part(self, start: int, stop: int) -> tuple[FloatArray, FloatArray, IntArray]:
        """Return the shin turn, rad, its rate, rad/s, and what gaps leave of it, (stop - start,) each.

        The last as :data:`.gravity_steps.SETTLED`. Parts must be asked for one after the other.
        """
        turned, rate = np.zeros(stop - start), np.zeros(stop - start)
        left = np.full(stop - start, UNKNOWN)
        for run in self._runs:
            first, last = max(start, run.start), min(stop, run.stop)
            # A batch is turned through from its start, where the attitude is known.
            while first < last:
                begin = first - (first - run.start) % self._batch
                upto = min(begin + self._batch, last)
                own, its = slice(first - start, upto - start), slice(first - begin, None)
                gyr = self._gyr(run, begin, upto)
                rate[own] = along(self._axis, gyr[:, its])
                attitude = run.attitudes[(begin - run.start) // self._batch]
                ends = turned_on(attitude, gyr, self._step_s)[1][:, its]
                if len(run.ups):
                    at = np.arange(first, upto) - run.start
                    turned[own] = self._turn(run, at, ends)
                    left[own] = run.left[np.minimum(at // self._length, len(run.left) - 1)]
                first = upto
        return turned, rate, left

    def _turn(self, run: _Run, at: IndexArray, ends: FloatArray) -> FloatArray:
        """Return the turn (k,) rad at the samples ``at`` of a run with attitudes ``ends`` (4, k)."""
        first = max(int(at[0]) // self._length - 1, 0)
        ups = run.ups[first : int(at[-1]) // self._length + 2]
        # Each window's gravity belongs to its end; between windows it changes evenly.
        end = (np.arange(first, first + len(ups)) + 1.0) * self._length - 1.0
        up = np.stack([np.interp(at, end, x) for x in ups.T])
        course = self._from_start - inclination(self._frame, turned_back(matrices(ends), up))
        if run.reached is None:
            course = np.unwrap(course)
            added = within_machine(float(course[0])) - float(course[0])
        else:
            course = np.unwrap(np.concatenate([[run.reached[0]], course]))[1:]
            added = run.reached[1]
        run.reached = float(course[-1]), added
        out: FloatArray = course + added
        return out

    def _gyr(self, run: _Run, start: int, stop: int) -> FloatArray:
        """Return the shin's rates (3, stop - start) rad/s without offset."""
        valid, within = self._block.shin_valid, (run.start, run.stop)
        return rows(
            bridged_part(self._block.shin_gyr, valid, (start, stop), within) - self._gyr_offset
        )

    def _stretch(self, run: _Run) -> Stretch:
        """Return the windows of a run, and note the attitude before each of its batches."""
        windows, planes = LongBlock[GravityWindows](), LongColumns()
        edge: FloatArray | None = None
        for start in range(run.start, run.stop, self._batch):
            stop = min(start + self._batch, run.stop)
            gyr = self._gyr(run, start, stop)
            valid, within = self._block.shin_valid, (run.start, run.stop)
            acc = (
                bridged_part(self._block.shin_acc, valid, (start, stop), within) - self._acc_offset
            )
            middle, end, attitude = turned_on(run.attitudes[-1], gyr, self._step_s)
            run.attitudes.append(attitude)
            whole = (stop - start) // self._length * self._length
            if whole:
                own = slice(0, whole)
                its, edge = gravity_windows(
                    middle[:, own], rows(acc)[:, own], gyr[:, own], edge, self._step_s
                )
                windows.add(its)
                last = matrices(end[:, self._length - 1 : whole : self._length])
                planes.append(planes_across(self._frame, last))
            release(self._block)
        (across,) = planes.whole() or (np.empty((0, 2, 3)),)
        return Stretch(windows.whole() or no_windows(), across)

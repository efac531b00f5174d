"""The offline shin turn: gravity from the whole recording, later movement included.

The filter of the live turn runs forward, and its results are smoothed backward (Rauch, Tung &
Striebel, AIAA Journal 3:1445, 1965): the stretch after a gap learns from a later rest, and that
before it from the lever arm and the gyro offset that were found later.
"""

from dataclasses import dataclass

import numpy as np

from processing.motion.attitude import IDENTITY, matrices, turned_back, turned_on
from processing.motion.calibrated import Calibration
from processing.motion.geometry import along, joint_frame, rows
from processing.motion.gravity_filter import GravityFilter, GravityStep
from processing.motion.gravity_smoother import smoothed_gravity
from processing.motion.gravity_windows import WINDOW_S, gravity_windows
from processing.motion.grid import bridged, runs_between_gaps
from processing.motion.shin_turn import inclination, within_machine
from processing.types import PairedBlock
from sensor.types import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The samples between two gaps, and the steps of the filter in them."""

    start: int
    """Number of the first sample."""
    ends: FloatArray
    """(3, 3, n) attitudes at the ends of the samples, as matrices."""
    steps: list[GravityStep]
    """One for each whole window; none if the stretch is too short."""


def offline_shin_turn(
    block: PairedBlock, calibration: Calibration, rate_hz: float
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return the shin turn (n,) rad, its rate (n,) rad/s and whether it is known (n,).

    ``block`` is on a grid on which no samples are missing. Zero stands for what is not known.
    """
    valid = block.shin_valid
    turned, rate = np.zeros(len(valid)), np.zeros(len(valid))
    known = np.zeros(len(valid), dtype=np.bool_)
    axis = np.array(calibration.curl_axis)
    frame = joint_frame(axis)
    offset = np.array(calibration.shin.acc_offset)
    from_start = inclination(frame, (np.array(calibration.start_acc) - offset)[:, None])[0]
    gyr = rows(bridged(block.shin_gyr - np.array(calibration.shin.gyr_offset), valid))
    acc = rows(bridged(block.shin_acc - offset, valid))
    forward = GravityFilter()
    stretches: list[_Stretch] = []
    for start, stop in runs_between_gaps(valid, rate_hz):
        part = slice(start, stop)
        rate[part] = along(axis, gyr[:, part])
        if stretches:
            forward.restart()
        stretches.append(
            _filtered(forward, acc[:, part], gyr[:, part], frame[:2], start, 1.0 / rate_hz)
        )
    all_up, all_known = smoothed_gravity([step for one in stretches for step in one.steps])
    first, length = 0, round(WINDOW_S * rate_hz)
    for stretch in stretches:
        windows = slice(first, first + len(stretch.steps))
        first = windows.stop
        if not stretch.steps:
            continue
        n = stretch.ends.shape[2]
        # Each window's gravity belongs to its end; between windows it changes evenly.
        at, ends = np.arange(n), (np.arange(len(stretch.steps)) + 1.0) * length - 1.0
        up = np.stack([np.interp(at, ends, x) for x in all_up[windows].T])
        course = np.unwrap(from_start - inclination(frame, turned_back(stretch.ends, up)))
        part = slice(stretch.start, stretch.start + n)
        its_known = all_known[windows]
        known[part] = its_known[np.minimum(at // length, len(its_known) - 1)]
        turned[part] = course + within_machine(float(course[0])) - course[0]
    return turned, rate, known


def _filtered(
    forward: GravityFilter,
    acc: FloatArray,
    gyr: FloatArray,
    across: FloatArray,
    start: int,
    step_s: float,
) -> _Stretch:
    """Return the stretch of ``acc`` and ``gyr`` (3, n) m/s² and rad/s, offsets removed.

    Parameters
    ----------
    forward
        The filter, which goes on from the stretch before.
    acc, gyr
        The samples in the sensor's frame.
    across
        (2, 3) the axes across the curl axis in the sensor's frame.
    start
        Number of the stretch's first sample.
    step_s
        Time between samples.
    """
    length = round(WINDOW_S / step_s)
    middle, end, _ = turned_on(IDENTITY, gyr, step_s)
    ends = matrices(end)
    count = acc.shape[1] // length
    steps: list[GravityStep] = []
    if count:
        whole = slice(0, count * length)
        windows, _ = gravity_windows(
            matrices(middle[:, whole]), acc[:, whole], gyr[:, whole], None, step_s
        )
        for at in range(count):
            last = ends[:, :, (at + 1) * length - 1]
            steps += forward.advance(windows.window(at), across @ last.T)
    return _Stretch(start, ends, steps)

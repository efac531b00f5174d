"""The offline shin turn: gravity from the whole recording, later movement included.

The filter of the live turn runs forward, and its results are smoothed backward (Rauch, Tung &
Striebel, AIAA Journal 3:1445, 1965): the stretch after a gap learns from a later rest, and that
before it from the lever arm and the gyro offset that were found later.
"""

import numpy as np

from processing.motion.attitude import IDENTITY, matrices, turned_back, turned_on
from processing.motion.calibrated import Calibration
from processing.motion.geometry import along, joint_frame, rows
from processing.motion.gravity_smoother import Stretch, smoothed_gravity
from processing.motion.gravity_windows import (
    WINDOW_S,
    GravityWindows,
    gravity_windows,
    join_windows,
    no_windows,
    planes_across,
)
from processing.motion.grid import bridged, runs_between_gaps
from processing.motion.shin_turn import inclination
from processing.motion.shin_turn_steps import within_machine
from processing.types import PairedBlock
from sensor.types import BoolArray, FloatArray

_BATCH = 500
"""Windows whose samples are summed at once; any number gives the same bits."""


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
    parts: list[slice] = []
    attitudes: list[FloatArray] = []
    stretches: list[Stretch] = []
    for start, stop in runs_between_gaps(valid, rate_hz):
        part = slice(start, stop)
        rate[part] = along(axis, gyr[:, part])
        middle, end, _ = turned_on(IDENTITY, gyr[:, part], 1.0 / rate_hz)
        parts.append(part)
        attitudes.append(end)
        stretches.append(_stretch(acc[:, part], gyr[:, part], middle, end, frame, 1.0 / rate_hz))
    length = round(WINDOW_S * rate_hz)
    for part, end, (ups, its_known) in zip(
        parts, attitudes, smoothed_gravity(stretches), strict=True
    ):
        if not len(ups):
            continue
        # Each window's gravity belongs to its end; between windows it changes evenly.
        at, ends = np.arange(end.shape[1]), (np.arange(len(ups)) + 1.0) * length - 1.0
        up = np.stack([np.interp(at, ends, x) for x in ups.T])
        course = np.unwrap(from_start - inclination(frame, turned_back(matrices(end), up)))
        known[part] = its_known[np.minimum(at // length, len(its_known) - 1)]
        turned[part] = course + within_machine(float(course[0])) - course[0]
    return turned, rate, known


def _stretch(
    acc: FloatArray,
    gyr: FloatArray,
    middle: FloatArray,
    end: FloatArray,
    frame: FloatArray,
    step_s: float,
) -> Stretch:
    """Return the windows of the samples between two gaps.

    Parameters
    ----------
    acc, gyr
        (3, n) m/s² and rad/s in the sensor's frame, offsets removed.
    middle, end
        (4, n) attitudes in the middle of the samples and at their ends.
    frame
        (3, 3) in the sensor's frame; the third axis is the curl axis.
    step_s
        Time between samples.
    """
    length = round(WINDOW_S / step_s)
    count = acc.shape[1] // length
    windows: list[GravityWindows] = []
    edge: FloatArray | None = None
    for start in range(0, count * length, _BATCH * length):
        part = slice(start, min(start + _BATCH * length, count * length))
        its, edge = gravity_windows(middle[:, part], acc[:, part], gyr[:, part], edge, step_s)
        windows.append(its)
    last = matrices(end[:, length - 1 : count * length : length])
    if not windows:
        return Stretch(no_windows(), np.empty((0, 2, 3)))
    return Stretch(join_windows(windows), planes_across(frame, last))

"""The offline shin turn: gravity's direction from the whole of each stretch between two gaps."""

import numpy as np
from vqf import offlineVQF

from processing.motion.calibrated import Calibration
from processing.motion.geometry import along, columns, joint_frame, rows
from processing.motion.grid import bridged, runs_between_gaps
from processing.motion.settling import FIRST, STEP_S, Settling
from processing.motion.shin_pivot import ShinPivot, per_lever_arm, turning
from processing.motion.shin_turn import SETTLED_S, TAU_ACC_S, inclination, upward, within_machine
from processing.types import PairedBlock
from sensor.types import STANDARD_GRAVITY_MPS2, BoolArray, FloatArray


def offline_shin_turn(
    block: PairedBlock, calibration: Calibration, rate_hz: float
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return the shin turn (n,) rad, its rate (n,) rad/s and whether it is known (n,).

    ``block`` is on a grid on which no samples are missing.

    The offline variant of VQF runs forward and backward, so gravity's direction has no delay. It
    begins again after each gap, and zero stands for what is not known.
    """
    valid = block.shin_valid
    curl, rate = np.zeros(len(valid)), np.zeros(len(valid))
    known = np.zeros(len(valid), dtype=np.bool_)
    axis = np.array(calibration.curl_axis)
    frame = joint_frame(axis)
    start_acc = np.array(calibration.start_acc) - np.array(calibration.shin.acc_offset)
    from_start = inclination(frame, start_acc[:, None])[0]
    runs = [slice(*run) for run in runs_between_gaps(valid, rate_hz)]
    acc = [block.shin_acc[run] - np.array(calibration.shin.acc_offset) for run in runs]
    gyr = [block.shin_gyr[run] - np.array(calibration.shin.gyr_offset) for run in runs]
    acc = [bridged(a, valid[run]) for a, run in zip(acc, runs, strict=True)]
    gyr = [bridged(g, valid[run]) for g, run in zip(gyr, runs, strict=True)]
    pivot = ShinPivot()
    for last in (False, True):
        for run, a, g in zip(runs, acc, gyr, strict=True):
            turning_g = rows(g)
            per_arm = per_lever_arm(turning_g, turning_g[:, 0], rate_hz)
            still = rows(a) - turning(per_arm, pivot.arm)
            up = upward(
                offlineVQF(g, columns(still), None, 1.0 / rate_hz, {"tauAcc": TAU_ACC_S})["quat6D"]
            )
            if not last:
                pivot.learn_all(per_arm, rows(a) - STANDARD_GRAVITY_MPS2 * up, rate_hz)
                continue
            turned = from_start - inclination(frame, up)
            left = still - STANDARD_GRAVITY_MPS2 * up
            off = inclination(frame, up) - inclination(frame, still)
            turned = np.unwrap(turned)
            curl[run] = turned + within_machine(float(turned[0])) - turned[0]
            rate[run] = along(axis, turning_g)
            known[run] = True
            if run.start:
                known[run.start : run.start + _settled_after(off, left, rate_hz)] = False
            if run.stop < len(valid):
                known[run.stop - _settled_after(off[::-1], left[:, ::-1], rate_hz) : run.stop] = (
                    False
                )
    return curl, rate, known


def _settled_after(off: FloatArray, left: FloatArray, rate_hz: float) -> int:
    """Return the number of samples from a gap on in which the inclination is not known.

    Near a gap only the samples on one side of it tell the inclination, and in movement they need as
    long as live.

    Parameters
    ----------
    off
        (n,) rad, the errors of the accelerometer's inclination from the gap on.
    left
        (3, n) m/s², what it measures beyond gravity.
    rate_hz
        Rate of the samples.
    """
    step = round(STEP_S * rate_hz)
    mean = np.cumsum(np.arctan2(np.sin(off), np.cos(off))) / np.arange(1, len(off) + 1)
    settling = Settling(SETTLED_S)
    for at in range(step, len(off) + 1, step):
        size = np.sqrt(3.0 * np.mean(left[:, at - step : at] ** 2))
        if settling.look(float(mean[at - 1]), float(size)):
            return 0 if at == FIRST * step else at
    return len(off)

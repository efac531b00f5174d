"""The offline ankle angle: that of the live filter, with what it would have known later.

The filter's states are smoothed over the whole recording (:mod:`processing.motion.joint_smoother`),
and between the middles of the windows the gyros carry the angle.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from processing.motion.ankle import OWN_SHARE, AnkleConfig, half_width, joint_misfit_deg
from processing.motion.calibrated import Calibration
from processing.motion.geometry import along, joint_frame, lever_change, mean_rate, rows
from processing.motion.grid import bridged, runs_between_gaps
from processing.motion.joint_filter import DELAY, TILTS, JointFilter
from processing.motion.joint_prior import ankle_of_state, filter_prior, sagittal_share, with_tilts
from processing.motion.joint_smoother import SmoothedJoint, smooth_joint
from processing.motion.joint_windows import JointSamples, JointWindows, join_windows, window_means
from processing.types import PairedBlock
from sensor.types import BoolArray, FloatArray

_BATCH = 20000
"""Samples computed at once, so that an hour needs little more memory than a minute."""
_ROUNDS = 3
"""Most runs of the smoother. It is linear about the axes, so it runs again about those it found."""
_SAME_AXES_RAD = np.radians(2.0)
"""Axes that moved by less need no further run: what is left is of second order, 0.06 %."""


def offline_ankle(
    block: PairedBlock, calibration: Calibration, rate_hz: float, config: AnkleConfig
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the ankle angle of a whole recording.

    Parameters
    ----------
    block
        n samples on a grid on which none are missing.
    calibration
        Zero, gyro offsets and the prior of the joint.
    rate_hz
        Rate of the grid.
    config
        Parameters of the windows and of the filter.

    Returns
    -------
    tuple
        (n,) each: the angle, rad; its rate, rad/s; the half-width of its uncertainty, rad.
    """
    links = _links(block, calibration, rate_hz)
    length = max(2, round(config.window_s * rate_hz))
    n = len(block.t)
    ankle, width = np.zeros(n), np.full(n, np.pi)
    if n < length:
        return ankle, np.zeros(n), width
    turned = calibration
    found = _smoothed(links, calibration, turned, length, config)
    for _ in range(_ROUNDS - 1):
        tilts = found.x[:, TILTS].mean(axis=0)
        if np.abs(tilts).max() < _SAME_AXES_RAD:
            break
        turned = with_tilts(turned, tilts)
        found = _smoothed(links, calibration, turned, length, config)
    shin_rate = along(np.array(turned.shin.joint_axis), links.shin_gyr)
    foot_rate = along(np.array(turned.foot.joint_axis), links.foot_gyr)
    share, late = sagittal_share(turned), mean_rate(shin_rate, foot_rate)
    turn = np.cumsum(foot_rate - shin_rate) / rate_hz
    rate = (foot_rate - shin_rate) * share
    constant, slope = ankle_of_state(turned)
    zero, misfit_deg = calibration.neutral_angle, joint_misfit_deg(calibration)
    correction, delay = constant + found.x @ slope, found.x[:, DELAY]
    # A window measures the correction at its middle.
    middle = (np.arange(len(correction)) + 0.5) * length - 0.5
    for part, windows in _pieces(links.runs, found.begun, length):
        at = np.arange(part.start, part.stop)
        angle = turn[part] + np.interp(at, middle[windows], correction[windows])
        angle += np.interp(at, middle[windows], delay[windows]) * late[part]
        # The forces show it up to whole turns, and no ankle turns by half of one.
        ankle[part] = angle - 2.0 * np.pi * np.round(np.median(angle) / (2.0 * np.pi))
        variance = OWN_SHARE * np.interp(at, middle[windows], found.variance[windows])
        # Beside a gap, half of a window has no correction of its own.
        variance[: length if part.start else 0] = np.inf
        variance[len(variance) - (length if part.stop < n else 0) :] = np.inf
        bent = (ankle[part] - zero) * share
        ankle[part] = zero + bent
        width[part] = half_width(variance, rate[part], bent, misfit_deg)
    return ankle, rate, width


@dataclass(frozen=True, slots=True)
class _Links:
    """Both links as rows (3, n), in m/s² as measured and in rad/s without offsets.

    Gyro samples are interpolated in short gaps and zero in longer ones. ``used`` (n,) is False where
    a sensor has no sample or is clipped, and beside such samples, whose derivatives are unknown.
    ``runs`` are start and stop of the stretches between longer gaps, ``present`` (n,) is where both
    sensors have a sample.
    """

    shin_acc: FloatArray
    shin_gyr: FloatArray
    foot_acc: FloatArray
    foot_gyr: FloatArray
    present: BoolArray
    used: BoolArray
    runs: list[tuple[int, int]]
    rate_hz: float


def _links(block: PairedBlock, calibration: Calibration, rate_hz: float) -> _Links:
    both = block.shin_valid & block.foot_valid
    used = both & ~block.shin_clipped & ~block.foot_clipped
    used[1:] &= both[:-1]
    used[:-1] &= both[1:]
    runs = runs_between_gaps(both, rate_hz)
    # In a gap nothing is known: the joint stands still there.
    known = np.zeros(len(both))
    for start, stop in runs:
        known[start:stop] = 1.0
    shin_gyr = bridged(block.shin_gyr - np.array(calibration.shin.gyr_offset), both)
    foot_gyr = bridged(block.foot_gyr - np.array(calibration.foot.gyr_offset), both)
    return _Links(
        rows(block.shin_acc),
        rows(shin_gyr) * known,
        rows(block.foot_acc),
        rows(foot_gyr) * known,
        both,
        used,
        runs,
        rate_hz,
    )


def _smoothed(
    links: _Links,
    calibration: Calibration,
    about: Calibration,
    length: int,
    config: AnkleConfig,
) -> SmoothedJoint:
    """Return the smoothed states after each window of ``length`` samples.

    ``calibration`` is the prior, ``about`` has the axes from which the tilts are counted.
    """
    windows = _windows(links, about, length)
    count, step_s = len(windows.share), 1.0 / links.rate_hz
    limit = np.radians(config.joint.still_dps)
    present = links.present[: count * length].reshape(count, length)
    restarts = np.zeros(count, dtype=np.bool_)
    restarts[[start // length for start, _ in links.runs if start // length < count]] = True
    return smooth_joint(
        JointFilter(config.joint, *filter_prior(calibration, config.joint, about)),
        windows,
        (_still(links.shin_gyr, length, limit), _still(links.foot_gyr, length, limit)),
        (length - present.sum(axis=1)) * step_s,
        restarts,
        length * step_s,
        ankle_of_state(about)[1],
    )


def _pieces(
    runs: list[tuple[int, int]], begun: BoolArray, length: int
) -> Iterator[tuple[slice, slice]]:
    """Yield the samples and the windows of each stretch in which the angle goes on.

    A stretch begins where the angle is taken from the forces again: after a gap, and after a time
    in which no window could be used.
    """
    starts = np.flatnonzero(begun)
    for start, stop in runs:
        first, last = start // length, min((stop - 1) // length + 1, len(begun))
        within = starts[(starts >= first) & (starts < last)].tolist()
        for i, window in enumerate(within):
            until = within[i + 1] if i + 1 < len(within) else last
            yield (
                slice(window * length if i else start, until * length if until < last else stop),
                slice(window, until),
            )


def _windows(links: _Links, calibration: Calibration, length: int) -> JointWindows:
    """Return the means over all whole windows of ``length`` samples."""
    rate_hz = links.rate_hz
    shin_frame = joint_frame(np.array(calibration.shin.joint_axis))
    foot_frame = joint_frame(np.array(calibration.foot.joint_axis))
    rate = along(foot_frame[2], links.foot_gyr) - along(shin_frame[2], links.shin_gyr)
    # Forces and rates are means over the step that ends at a sample: in its middle.
    turn = (np.cumsum(rate) - 0.5 * rate) / rate_hz
    shin_change = np.gradient(links.shin_gyr, 1.0 / rate_hz, axis=1)
    foot_change = np.gradient(links.foot_gyr, 1.0 / rate_hz, axis=1)
    foot_jerk = np.gradient(links.foot_acc, 1.0 / rate_hz, axis=1) - lever_change(
        np.array(calibration.foot.lever_arm),
        links.foot_gyr,
        foot_change,
        np.gradient(foot_change, 1.0 / rate_hz, axis=1),
    )
    parts = []
    # Whole windows, so that batches change no bit.
    step, end = _BATCH // length * length, len(turn) // length * length
    for start in range(0, end, step):
        part = slice(start, min(start + step, end))
        samples = JointSamples(
            turn=turn[part],
            shin_acc=links.shin_acc[:, part],
            shin_gyr=links.shin_gyr[:, part],
            shin_change=shin_change[:, part],
            foot_acc=links.foot_acc[:, part],
            foot_gyr=links.foot_gyr[:, part],
            foot_change=foot_change[:, part],
            foot_jerk=foot_jerk[:, part],
            used=links.used[part],
        )
        parts.append(window_means(samples, shin_frame, foot_frame, length, 1.0 / rate_hz))
    return join_windows(parts)


def _still(gyr: FloatArray, length: int, limit: float) -> BoolArray:
    """Return for each window whether the sensor was still: its fastest sample, as live."""
    square = (gyr * gyr).sum(axis=0)[: gyr.shape[1] // length * length]
    out: BoolArray = square.reshape(-1, length).max(axis=1) < limit * limit
    return out

"""The offline ankle angle: that of the live filter, with what it would have known later.

The filter's states are smoothed over the whole recording (:mod:`processing.motion.joint_smoother`),
and between the middles of the windows the gyros carry the angle.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np

from processing.motion.ankle import (
    AnkleConfig,
    half_width,
    joint_misfit_deg,
    settled_variance,
)
from processing.motion.ankle_steps import OWN_SHARE
from processing.motion.bridging import RECENT, bridge_variance
from processing.motion.calibrated import Calibration
from processing.motion.geometry import along, joint_frame, lever_change, mean_rate, rows
from processing.motion.grid import bridged, runs_between_gaps
from processing.motion.joint_filter import JointFilter
from processing.motion.joint_prior import ankle_of_state, filter_prior, sagittal_share, with_tilts
from processing.motion.joint_smoother import SmoothedJoint, smooth_joint
from processing.motion.joint_windows import JointSamples, JointWindows, window_means
from processing.motion.long_block import LongBlock, release
from processing.motion.shin_axis import unknown_turn
from processing.types import PairedBlock
from sensor.types import BoolArray, FloatArray

_BATCH = 8000
"""Samples computed at once, so that an hour needs little more memory than a minute."""
_ROUNDS = 3
"""Most runs of the smoother. It is linear about the axes, so it runs again about those it found."""
_SAME_AXES_RAD = np.radians(2.0)
"""Axes that moved by less need no further run: what is left is of second order, 0.06 %."""


class OfflineAnkle:
    """The ankle angle of a whole recording, of which any part can be asked for.

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
    """

    def __init__(
        self, block: PairedBlock, calibration: Calibration, rate_hz: float, config: AnkleConfig
    ) -> None:
        self._links = _links(block, calibration, rate_hz)
        release(block)
        self._zero, self._misfit_deg = calibration.neutral_angle, joint_misfit_deg(calibration)
        self.length = max(2, round(config.window_s * rate_hz))
        """Samples in a window; parts begin with one."""
        self._stretches: list[_Stretch] = []
        if len(block.t) < self.length:
            return
        turned = calibration
        found, ends, self._unknown = _smoothed(
            self._links, calibration, turned, self.length, config
        )
        for _ in range(_ROUNDS - 1):
            if np.abs(found.tilts).max() < _SAME_AXES_RAD:
                break
            turned = with_tilts(turned, found.tilts)
            found, ends, _ = _smoothed(self._links, calibration, turned, self.length, config)
        self._delay, self._variance, self._ends = found.delay, found.variance, ends
        self._share = sagittal_share(turned)
        self._shin_axis = joint_frame(np.array(turned.shin.joint_axis))[2]
        self._foot_axis = joint_frame(np.array(turned.foot.joint_axis))[2]
        self._correction = ankle_of_state(turned)[0] + found.value
        self._unsettled = _unsettled(found, settled_variance(self._misfit_deg))
        self._again = _taken_again(self._unsettled, found.begun)
        for part, windows in _pieces(self._links.runs, found.begun, self.length):
            # The forces show it up to whole turns, and no ankle turns by half of one.
            middle = np.median(self._correction[windows] + ends[windows] / rate_hz)
            whole = 2.0 * np.pi * round(float(middle) / (2.0 * np.pi))
            self._stretches.append(_Stretch(part, windows, whole))

    def part(self, start: int, stop: int) -> tuple[FloatArray, FloatArray, FloatArray, BoolArray]:
        """Return the angles of the samples from ``start``, where a window begins, to ``stop``.

        Returns
        -------
        tuple
            (stop - start,) each: the angle, rad; its rate, rad/s; the half-width of its uncertainty, rad; and
            whether a gap that was bridged still makes a difference.
        """
        ankle, width = np.zeros(stop - start), np.full(stop - start, np.pi)
        settling = np.zeros(stop - start, dtype=np.bool_)
        if not self._stretches:
            return ankle, np.zeros(stop - start), width, settling
        settling[:] = self._unsettled[np.arange(start, stop) // self.length]
        shin = along(self._shin_axis, self._links.shin_gyr(start, stop))
        foot = along(self._foot_axis, self._links.foot_gyr(start, stop))
        rate, late = foot - shin, mean_rate(shin, foot)
        before = self._ends[start // self.length - 1] if start else 0.0
        turn = np.cumsum(np.concatenate([[before], rate]))[1:] / self._links.rate_hz
        rate *= self._share
        for stretch in self._stretches:
            first, last = max(start, stretch.part.start), min(stop, stretch.part.stop)
            if first >= last:
                continue
            at, own = np.arange(first, last), slice(first - start, last - start)
            windows = slice(
                max(stretch.windows.start, first // self.length - 1),
                min(stretch.windows.stop, (last - 1) // self.length + 2),
            )
            # A window measures the correction at its middle.
            middle = (np.arange(windows.start, windows.stop) + 0.5) * self.length - 0.5
            angle = turn[own] + np.interp(at, middle, self._correction[windows])
            angle += np.interp(at, middle, self._delay[windows]) * late[own]
            variance = OWN_SHARE * np.interp(at, middle, self._variance[windows])
            variance += np.interp(at, middle, self._unknown[windows])
            variance[self._again[at // self.length]] = np.inf
            # Beside a gap, half of a window has no correction of its own.
            if stretch.part.start:
                variance[at < stretch.part.start + self.length] = np.inf
            if stretch.part.stop < len(self._links.present):
                variance[at >= stretch.part.stop - self.length] = np.inf
            bent = (angle - stretch.turns - self._zero) * self._share
            ankle[own] = self._zero + bent
            width[own] = half_width(variance, rate[own], bent, self._misfit_deg)
        return ankle, rate, width, settling


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Samples and windows in which the angle goes on, and whole turns, rad, that it has too much."""

    part: slice
    windows: slice
    turns: float


@dataclass(frozen=True, slots=True)
class _Links:
    """Both links of a block, from which pieces are taken.

    ``present`` (n,) is where both sensors have a sample. ``runs`` are start
    and stop of the stretches between longer gaps, which ``known`` (n,) marks. ``shin_offset`` and
    ``foot_offset`` (3,) rad/s are those of the gyros.
    """

    block: PairedBlock
    present: BoolArray
    known: BoolArray
    runs: list[tuple[int, int]]
    shin_offset: FloatArray
    foot_offset: FloatArray
    rate_hz: float

    def used(self, start: int, stop: int) -> BoolArray:
        """Return where both sensors have a sample and are not clipped (stop - start,).

        Beside a missing sample derivatives are unknown, so its neighbours are not used either.
        """
        first, last = max(start - 1, 0), min(stop + 1, len(self.present))
        near = np.ones(stop - start + 2, dtype=np.bool_)
        near[first - start + 1 : last - start + 1] = self.present[first:last]
        own = slice(start, stop)
        clipped = self.block.shin_clipped[own] | self.block.foot_clipped[own]
        out: BoolArray = near[:-2] & near[1:-1] & near[2:] & ~clipped
        return out

    def shin_gyr(self, start: int, stop: int) -> FloatArray:
        """Return the shin's angular rates (3, stop - start), rad/s without offset."""
        return self._gyr(self.block.shin_gyr, self.shin_offset, start, stop)

    def foot_gyr(self, start: int, stop: int) -> FloatArray:
        """Return the foot's angular rates (3, stop - start), rad/s without offset."""
        return self._gyr(self.block.foot_gyr, self.foot_offset, start, stop)

    def _gyr(self, gyr: FloatArray, offset: FloatArray, start: int, stop: int) -> FloatArray:
        """Return rates that are interpolated in short gaps and zero in longer ones."""
        first, last = start, stop
        # A gap at an end is bridged from the samples on both of its sides.
        while first and not self.present[first] and self.known[first]:
            first -= 1
        while last < len(self.present) and not self.present[last - 1] and self.known[last - 1]:
            last += 1
        whole = bridged(gyr[first:last] - offset, self.present[first:last])
        # In a gap nothing is known: the joint stands still there.
        return rows(whole[start - first : stop - first]) * self.known[start:stop]


def _links(block: PairedBlock, calibration: Calibration, rate_hz: float) -> _Links:
    both = block.shin_valid & block.foot_valid
    runs = runs_between_gaps(both, rate_hz)
    known = np.zeros(len(both), dtype=np.bool_)
    for start, stop in runs:
        known[start:stop] = True
    return _Links(
        block,
        both,
        known,
        runs,
        np.array(calibration.shin.gyr_offset),
        np.array(calibration.foot.gyr_offset),
        rate_hz,
    )


def _smoothed(
    links: _Links,
    calibration: Calibration,
    about: Calibration,
    length: int,
    config: AnkleConfig,
) -> tuple[SmoothedJoint, FloatArray, FloatArray]:
    """Return the smoothed states after each window of ``length`` samples, and two more values of each.

    The second (m,) rad/s are sums of the joint's rate of all samples until the end of each window, the third
    (m,) rad² is :func:`.unknown_turn`. ``calibration`` is the prior, ``about`` has the axes from which the
    tilts are counted.
    """
    windows, still, ends = _windows(links, about, length, np.radians(config.joint.still_dps))
    count, step_s = len(windows.share), 1.0 / links.rate_hz
    restarts = np.zeros(count, dtype=np.bool_)
    restarts[[start // length for start, _ in links.runs if start // length < count]] = True
    found = smooth_joint(
        JointFilter(
            config.joint,
            *filter_prior(calibration, config.joint, about),
            settled_variance(joint_misfit_deg(calibration)),
        ),
        windows,
        still,
        _unseen(links, about, length, count),
        restarts,
        length * step_s,
        ankle_of_state(about)[1],
    )
    return found, ends, unknown_turn(calibration, windows.shin_acc)


def _unsettled(found: SmoothedJoint, settled: float) -> BoolArray:
    """Return in which windows, and after the last of them (m + 1,), a gap makes a difference.

    It does until its cost is below ``settled``, rad², for good: the first windows may not show how wrong they are.
    The start of the recording makes a difference to nothing.
    """
    out = np.append(found.cost >= settled, False)
    for at in range(len(found.cost) - 2, -1, -1):
        same = found.cost[at] > 0.0 and not found.begun[at + 1]
        out[at] |= same and out[at + 1]
    out[: int(np.argmin(out))] = False
    return out


def _taken_again(unsettled: BoolArray, begun: BoolArray) -> BoolArray:
    """Return in which of the ``unsettled`` windows (m + 1,) the angle was taken from the forces after its gap.

    Before it has settled it may be off by more than is stated. ``begun`` (m,) is where it was taken.
    """
    out = np.zeros_like(unsettled)
    again = False
    for at in np.flatnonzero(unsettled).tolist():
        goes_on = at > 0 and unsettled[at - 1]
        again = (again and goes_on) or (at < len(begun) and bool(begun[at]))
        out[at] = again
    return out


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


def _unseen(links: _Links, calibration: Calibration, length: int, count: int) -> FloatArray:
    """Return for each of ``count`` windows the variance of the turn in bridged gaps that end in it, rad²."""
    out = np.zeros(count)
    step_s = 1.0 / links.rate_hz
    shin_axis = joint_frame(np.array(calibration.shin.joint_axis))[2]
    foot_axis = joint_frame(np.array(calibration.foot.joint_axis))[2]
    bridged_over = links.known & ~links.present
    edges = np.flatnonzero(np.diff(bridged_over, prepend=False, append=False)).reshape(-1, 2)
    for start, stop in edges.tolist():
        if stop // length >= count:
            continue
        run = next((a, b) for a, b in links.runs if a < start < b)
        first, last = max(run[0], start - RECENT), min(run[1], stop + RECENT)
        rate = along(foot_axis, links.foot_gyr(first, last)) - along(
            shin_axis, links.shin_gyr(first, last)
        )
        before, after = rate[: start - first], rate[stop - first :]
        change = float(after[0] - before[-1])
        out[stop // length] += min(
            bridge_variance(_ring(side), len(side), stop - start, change, step_s)
            for side in (before, after[::-1])
        )
    return out


def _ring(rates: FloatArray) -> FloatArray:
    """Return at most as many ``rates`` as are looked at beside a gap, and room for the rest."""
    out = np.zeros(RECENT)
    out[: len(rates)] = rates
    return out


def _windows(
    links: _Links, calibration: Calibration, length: int, limit: float
) -> tuple[JointWindows, BoolArray, FloatArray]:
    """Return the means over all whole windows of ``length`` samples, and in which a sensor was still.

    A sensor is still while it turns more slowly than ``limit`` rad/s. The third value (m,) rad/s are the
    sums of the joint's rate until the end of each window.
    """
    n = len(links.present)
    windows = LongBlock[JointWindows]()
    still: list[BoolArray] = []
    ends: list[FloatArray] = []
    turned = 0.0
    # Whole windows, so that batches change no bit.
    step, end = _BATCH // length * length, n // length * length
    for start in range(0, end, step):
        stop = min(start + step, end)
        # The derivative of a derivative looks at two samples on either side.
        first, last = max(start - 2, 0), min(stop + 2, n)
        own = slice(start - first, stop - first)
        shin_gyr, foot_gyr = links.shin_gyr(first, last), links.foot_gyr(first, last)
        both = [_still(gyr[:, own], length, limit) for gyr in (shin_gyr, foot_gyr)]
        still.append(np.stack(both, axis=1))
        samples, total = _samples(links, (shin_gyr, foot_gyr), first, own, calibration, turned)
        # A copy, since a view would keep the sums of all samples.
        ends.append(total[length::length].copy())
        turned = float(total[-1])
        shin_frame = joint_frame(np.array(calibration.shin.joint_axis))
        foot_frame = joint_frame(np.array(calibration.foot.joint_axis))
        windows.add(window_means(samples, shin_frame, foot_frame, length, 1.0 / links.rate_hz))
        release(links.block)
    # There is one window at least.
    whole = cast("JointWindows", windows.whole())
    return whole, np.concatenate(still), np.concatenate(ends)


def _samples(
    links: _Links,
    gyrs: tuple[FloatArray, FloatArray],
    first: int,
    own: slice,
    calibration: Calibration,
    turned: float,
) -> tuple[JointSamples, FloatArray]:
    """Return the samples ``own`` of a piece and their derivatives, and the sums of the joint's rates.

    Parameters
    ----------
    links
        Both links.
    gyrs
        (3, m) each, rad/s, shin and foot in the piece.
    first
        Number of the first sample of the piece.
    own
        The samples wanted; those beside them serve the derivatives.
    calibration
        The axes and the foot's lever arm.
    turned
        Sum of the joint's rates before them, rad/s: the first of the sums, which go on with each sample.
    """
    rate_hz, (shin_gyr, foot_gyr) = links.rate_hz, gyrs
    whole = slice(first, first + shin_gyr.shape[1])
    shin_acc, foot_acc = rows(links.block.shin_acc[whole]), rows(links.block.foot_acc[whole])
    rate = along(joint_frame(np.array(calibration.foot.joint_axis))[2], foot_gyr[:, own]) - along(
        joint_frame(np.array(calibration.shin.joint_axis))[2], shin_gyr[:, own]
    )
    # In order, so that pieces give the bits of the whole.
    total = np.cumsum(np.concatenate([[turned], rate]))
    shin_change = np.gradient(shin_gyr, 1.0 / rate_hz, axis=1)
    foot_change = np.gradient(foot_gyr, 1.0 / rate_hz, axis=1)
    foot_jerk = np.gradient(foot_acc, 1.0 / rate_hz, axis=1) - lever_change(
        np.array(calibration.foot.lever_arm),
        foot_gyr,
        foot_change,
        np.gradient(foot_change, 1.0 / rate_hz, axis=1),
    )
    samples = JointSamples(
        # Forces and rates are means over the step that ends at a sample: in its middle.
        turn=(total[1:] - 0.5 * rate) / rate_hz,
        shin_acc=shin_acc[:, own],
        shin_gyr=shin_gyr[:, own],
        shin_change=shin_change[:, own],
        foot_acc=foot_acc[:, own],
        foot_gyr=foot_gyr[:, own],
        foot_change=foot_change[:, own],
        foot_jerk=foot_jerk[:, own],
        used=links.used(first + own.start, first + own.stop),
    )
    return samples, total


def _still(gyr: FloatArray, length: int, limit: float) -> BoolArray:
    """Return for each window whether the sensor was still: its fastest sample, as live."""
    square = (gyr * gyr).sum(axis=0)
    out: BoolArray = square.reshape(-1, length).max(axis=1) < limit * limit
    return out

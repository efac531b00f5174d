"""The live ankle angle: gyros within a window, both accelerometers from window to window."""

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from processing.motion.calibrated import Calibration
from processing.motion.geometry import along, joint_frame, lever_change, mean_rate, wrapped
from processing.motion.grid import BRIDGE_S, Run
from processing.motion.joint_filter import (
    DELAY,
    SHIN_TILT,
    JointFilter,
    JointFilterConfig,
    JointSteps,
)
from processing.motion.joint_prior import SagittalShare, ankle_of_state, filter_prior
from processing.motion.joint_windows import JointSamples, part_of, window_means
from sensor.types import BoolArray, FloatArray

_TURN, _SHIN_ACC, _SHIN_GYR = 0, slice(1, 4), slice(4, 7)
_FOOT_ACC, _FOOT_GYR, _SOUND, _CLIPPED, _AGAIN = slice(7, 10), slice(10, 13), 13, 14, 15
_ROWS = 16
_BATCH = 512
"""Windows computed at once, so that an hour needs no more memory than a minute."""
OWN_SHARE = 0.3
"""Share of the filter's variance in the stated uncertainty.

The filter's noises are set for the least error, and so state too much. This share and the next
constants were chosen together on simulated hinges, two kinds of simulated ankles and a person, so
that 90 to 98 % of the errors of each lie within ±.
"""
_FLOOR_DEG = 0.2
"""Uncertainty that remains however long the filter runs: soft tissue."""
_TIMING_S = 0.003
"""Uncertainty of a sample's time, by its sensor's clock; times the joint's rate."""
_TURN_SHARE = 0.03
"""Share of the turn from neutral that is uncertain, per degree of the joint's misfit.

The misfit is the turn about other axes than the joint's: 1.2° at a hinge under soft tissue.
"""
_MISFIT_PER_DEG = 0.25
"""Uncertainty by the joint's misfit, ° per square degree."""
_LEAST_MISFIT_DEG, _MISFIT_SHARE, _MOST_MISFIT_DEG = 0.9, 0.8, 4.0
"""Training shows about this misfit (°) where that of the calibration's slower movements is 0, and grows by
this share of it. A larger one makes no angle more uncertain: it is no hinge, and that is said."""
_CREEP_DEG = 0.15
"""Growth of the uncertainty, ° per root minute, since both sensors were last still."""


@dataclass(frozen=True, slots=True)
class AnkleConfig:
    """Parameters of the ankle angle that docs/accuracy.md varies."""

    joint: JointFilterConfig = field(default_factory=JointFilterConfig)
    """Noises and priors of the joint's filter."""
    window_s: float = 0.1
    """Length of a window, after which the accelerometers correct the angle.

    A compromise: the walkers favour 0.05 s, the hinge rig 0.2 s.
    """


class _Correction(NamedTuple):
    """The correction of the integral that the filter knows after a window."""

    angle: float
    """Added to the integral of the joint's rate it gives the ankle angle, rad."""
    variance: float
    """Variance of its error, rad²."""
    delay: float
    """Delay of the foot's samples against the shin's, s."""
    share: float
    """Share of the joint's turn that bends the ankle, see :class:`.SagittalShare`."""
    again: bool = False
    """Whether the angle was taken again from the forces, so that it has nothing to do with before."""


class AnkleAngle:
    """Live ankle angle. Any split of the input gives the same bits.

    Parameters
    ----------
    calibration
        Axes, offsets, lever arms and zero.
    rate_hz
        Rate of the grid.
    config
        Parameters.
    """

    def __init__(self, calibration: Calibration, rate_hz: float, config: AnkleConfig) -> None:
        self._config = config
        self._step_s = 1.0 / rate_hz
        self._creep = math.radians(_CREEP_DEG) ** 2 / 60.0
        self._since_still_s = 0.0
        # A derivative within the window needs two samples.
        self._length = max(2, round(config.window_s * rate_hz))
        self._bridge = round(BRIDGE_S * rate_hz)
        shin, foot = calibration.shin, calibration.foot
        self._shin_frame = joint_frame(np.array(shin.joint_axis))
        self._foot_frame = joint_frame(np.array(foot.joint_axis))
        self._constant, self._slope = ankle_of_state(calibration)
        self._filter = JointFilter(
            config.joint, *filter_prior(calibration, config.joint, calibration)
        )
        self._zero, self._sagittal = calibration.neutral_angle, SagittalShare.of(calibration)
        self._misfit_deg = joint_misfit_deg(calibration)
        self._foot_arm = np.array(foot.lever_arm)
        self._share = np.arange(1, self._length + 1) / self._length
        # Blocks are joined once per window; joining them once per sample is slow.
        self._waiting: list[FloatArray] = []
        self._turn = 0.0
        self._rate = 0.0
        self._seen = 0
        self._resumed = 0  # number of the sample with which the last gap ended
        self._unseen_s = 0.0
        self._corrections: list[_Correction] = []  # at the ends of the last two windows

    def feed(
        self,
        shin_acc: FloatArray,
        shin_gyr: FloatArray,
        foot_acc: FloatArray,
        foot_gyr: FloatArray,
        sound: BoolArray,
        clipped: BoolArray,
        runs: list[Run],
    ) -> tuple[FloatArray, FloatArray, FloatArray, BoolArray]:
        """Return the next n samples of the ankle angle.

        Parameters
        ----------
        shin_acc, foot_acc
            Rows (3, n) on the grid, m/s² as measured, each in its sensor's frame.
        shin_gyr, foot_gyr
            Rows (3, n) rad/s, offsets removed, zero where not ``sound``.
        sound, clipped
            (n,) whether both sensors have the sample, and whether one of them is at full scale.
        runs
            The runs of ``sound``.

        Returns
        -------
        tuple
            (n,) each: the angle, rad; its rate, rad/s; the half-width of its uncertainty, rad; and
            whether it is known.
        """
        n = len(sound)
        shin_rate = along(self._shin_frame[2], shin_gyr)
        foot_rate = along(self._foot_frame[2], foot_gyr)
        rate = foot_rate - shin_rate
        steps = np.empty(n + 1)
        steps[0] = self._turn
        steps[1:] = rate * self._step_s
        self._bridge_gaps(rate, runs, steps[1:])
        resumed = [run.start for run in runs if run.missing > self._bridge]
        again = np.zeros(n)
        again[resumed] = 1.0
        turn = np.cumsum(steps)[1:]
        self._turn = float(turn[-1])
        new = np.empty((_ROWS, n))
        # Forces and rates are means over the step that ends at a sample: in its middle.
        new[_TURN] = turn - 0.5 * self._step_s * rate
        new[_SHIN_ACC], new[_SHIN_GYR], new[_FOOT_ACC], new[_FOOT_GYR] = (
            shin_acc, shin_gyr, foot_acc, foot_gyr,
        )  # fmt: skip
        new[_SOUND], new[_CLIPPED], new[_AGAIN] = sound, clipped, again
        angle, variance, delay, share = self._corrected(new)
        # The filter estimates the delay, but which clock is wrong is not known: both get half of it.
        angle += delay * mean_rate(shin_rate, foot_rate)
        # The correction from before a gap is in use until the window in which the gap ends is over.
        for start in (self._resumed, *(self._seen - n + at for at in resumed)):
            over = (start // self._length + 1) * self._length
            variance[max(0, start + n - self._seen) : max(0, over + n - self._seen)] = np.inf
            self._resumed = start
        turn = (angle + turn - self._zero) * share
        rate = rate * share
        width = half_width(variance, rate, turn, self._misfit_deg)
        # An uncertainty of half a turn says nothing about the angle.
        known = width < np.pi
        return (self._zero + turn) * known, rate, width, known

    def add_unseen(self, missing_s: float) -> None:
        """Assume that the joint moved unseen for ``missing_s`` before the next sample.

        Call it when a loss is noticed late: samples since then had wrong times, so what they said
        about the angle is wrong, though no sample seems to be missing.
        """
        self._unseen_s += missing_s

    def _bridge_gaps(self, rate: FloatArray, runs: list[Run], steps: FloatArray) -> None:
        """Hold the joint in gaps; after a short one, add what it turned meanwhile at once.

        In a short gap the rate is assumed to have changed evenly.
        """
        for run in runs:
            if not run.valid:
                rate[run.start : run.stop] = 0.0
                steps[run.start : run.stop] = 0.0
                continue
            # Without this the angle would be off by the turn in the gap until the forces correct it.
            if 0 < run.missing <= self._bridge:
                mean = 0.5 * (self._rate + float(rate[run.start]))
                steps[run.start] += mean * run.missing * self._step_s
            self._rate = float(rate[run.stop - 1])

    def _corrected(self, new: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Return angle, variance, delay and share of each new sample's correction, (n,) each."""
        length, n = self._length, new.shape[1]
        first = self._seen
        self._seen += n
        self._waiting.append(new)
        # The last sample of a window needs the one after it for its derivatives.
        begun, done = max(0, first - 1) // length, max(0, self._seen - 1) // length
        history = list(self._corrections)
        if done > begun:
            rows = np.concatenate(self._waiting, axis=1)
            start = self._seen - rows.shape[1]  # number of the sample in column 0
            for at in range(begun, done, _BATCH):
                upto = min(at + _BATCH, done)
                history += self._run(rows, at * length - start, upto - at)
            self._corrections = history[-2:]
            self._waiting = [np.ascontiguousarray(rows[:, done * length - 1 - start :])]
        angle, variance, delay = np.zeros(n), np.full(n, np.inf), np.zeros(n)
        sagittal = np.ones(n)
        # Windows that this block completes are applied as if they came one by one: any split of the
        # input gives the same bits.
        for window in range(first // length, (self._seen - 1) // length + 1):
            # Within a window the correction goes from the last but one known to the last, evenly: a
            # step at its start would be a jump of the angle.
            latest = len(history) - 1 - (done - window)
            if latest < 0:
                continue
            old, last = history[max(latest - 1, 0)], history[latest]
            begin = max(first, window * length)
            end = min(self._seen, (window + 1) * length)
            here = slice(begin - first, end - first)
            share = self._share[begin - window * length : end - window * length]
            step = 0.0 if last.again else wrapped(last.angle - old.angle)
            angle[here] = last.angle - step + step * share
            variance[here], delay[here] = last.variance, last.delay
            sagittal[here] = old.share + (last.share - old.share) * share
        return angle, variance, delay, sagittal

    def _run(self, rows: FloatArray, column: int, count: int) -> list[_Correction]:
        """Filter ``count`` windows from ``column`` of ``rows``; return the correction after each."""
        length = self._length
        part = rows[:, column : column + count * length]
        samples = self._joint_samples(rows, column, count * length)
        windows = window_means(samples, self._shin_frame, self._foot_frame, length, self._step_s)
        still = self._stillness(part, count)
        missing = (length - part[_SOUND].reshape(count, -1).sum(axis=1)) * self._step_s
        seconds = length * self._step_s
        again = part[_AGAIN].reshape(count, -1).any(axis=1)
        missing[0] += self._unseen_s
        self._unseen_s = 0.0
        turned = part[_TURN, self._length - 1 :: self._length].tolist()
        out: list[_Correction] = []
        # The angle is forgotten before a window in which a longer gap ended.
        for start, stop in pairwise([0, *(np.flatnonzero(again[1:]) + 1).tolist(), count]):
            if again[start]:
                self._filter.restart()
            own = slice(start, stop)
            steps = self._filter.advance(
                part_of(windows, own), still[own], missing[own], seconds, self._slope
            )
            used = (windows.share[own] > 0.0) & still[own].all(axis=1)
            out += self._corrections_after(steps, turned[own], used.tolist())
        return out

    def _joint_samples(self, rows: FloatArray, column: int, n: int) -> JointSamples:
        """Return ``n`` samples from ``column`` of ``rows`` with their derivatives."""
        # The very first sample has no neighbour before it: its own value stands in.
        before = rows[:, column - 1 : column] if column else rows[:, :1]
        near = np.concatenate([before, rows[:, column : column + n + 1]], axis=1)
        per_s = 0.5 / self._step_s
        change = (near[:, 2:] - near[:, :-2]) * per_s
        sound = near[_SOUND] > 0.0
        turned = near[_FOOT_GYR]
        second = (turned[:, 2:] - 2.0 * turned[:, 1:-1] + turned[:, :-2]) / self._step_s**2
        part = rows[:, column : column + n]
        return JointSamples(
            turn=part[_TURN].copy(),
            shin_acc=part[_SHIN_ACC],
            shin_gyr=part[_SHIN_GYR],
            shin_change=change[_SHIN_GYR],
            foot_acc=part[_FOOT_ACC],
            foot_gyr=part[_FOOT_GYR],
            foot_change=change[_FOOT_GYR],
            foot_jerk=change[_FOOT_ACC]
            - lever_change(self._foot_arm, part[_FOOT_GYR], change[_FOOT_GYR], second),
            used=sound[:-2] & sound[1:-1] & sound[2:] & (part[_CLIPPED] == 0.0),
        )

    def _stillness(self, rows: FloatArray, count: int) -> BoolArray:
        """Return for each of ``count`` windows whether shin and foot were still, (m, 2)."""
        limit = np.radians(self._config.joint.still_dps)
        out = np.empty((count, 2), dtype=np.bool_)
        for link, gyr in enumerate((rows[_SHIN_GYR], rows[_FOOT_GYR])):
            square = gyr[0] * gyr[0] + gyr[1] * gyr[1] + gyr[2] * gyr[2]
            # The fastest sample decides: in a mean, a short kick would pass for stillness.
            out[:, link] = square.reshape(count, -1).max(axis=1) < limit * limit
        return out

    def _corrections_after(
        self, steps: JointSteps, turned: list[float], still: list[bool]
    ) -> list[_Correction]:
        """Return the correction after each window.

        Parameters
        ----------
        steps
            The filter after each window.
        turned
            The integral at the end of each, rad.
        still
            Whether both sensors were still in it.
        """
        seconds = self._length * self._step_s
        out: list[_Correction] = []
        for x, own, carried, begun, settling, turn, rests in zip(
            steps.x, steps.variance.tolist(), steps.carried.tolist(), steps.begun.tolist(),
            steps.settling.tolist(), turned, still, strict=True,
        ):  # fmt: skip
            self._since_still_s = 0.0 if rests else self._since_still_s + seconds
            if not (carried or begun):
                out.append(_Correction(0.0, math.inf, 0.0, 1.0))
                continue
            # The forces give the angle up to whole turns, and no ankle turns by half of one.
            angle = wrapped(self._constant + float(self._slope @ x) + turn)
            variance = OWN_SHARE * max(own, 0.0) + self._creep * self._since_still_s
            out.append(
                _Correction(
                    angle - turn,
                    math.inf if settling else variance,
                    float(x[DELAY]),
                    self._sagittal.at(*x[SHIN_TILT].tolist()),
                    begun,
                )
            )
        return out


def joint_misfit_deg(calibration: Calibration) -> float:
    """Return the turn about other axes than the joint's that training will show, °."""
    grown = _LEAST_MISFIT_DEG + _MISFIT_SHARE * calibration.quality.axis_fit_deg
    return min(grown, _MOST_MISFIT_DEG)


def half_width(
    variance: FloatArray, rate: FloatArray, turn: FloatArray, misfit_deg: float
) -> FloatArray:
    """Return the half-width (n,) rad of the angle's uncertainty, at most half a turn.

    Parameters
    ----------
    variance
        (n,) rad², share of the filter's own variance.
    rate
        (n,) rad/s of the joint.
    turn
        (n,) rad from the neutral pose.
    misfit_deg
        See :func:`joint_misfit_deg`.
    """
    still = math.radians(_FLOOR_DEG) ** 2
    still += math.radians(_MISFIT_PER_DEG * misfit_deg * misfit_deg) ** 2
    share, late = (_TURN_SHARE * misfit_deg) ** 2, _TIMING_S * _TIMING_S
    width = 2.0 * np.sqrt(variance + still + late * rate * rate + share * turn * turn)
    out: FloatArray = np.minimum(width, np.pi)
    return out

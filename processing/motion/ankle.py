"""The live ankle angle: gyros within a window, both accelerometers from window to window."""

import math
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from processing.motion.ankle_steps import (
    CORRECTION,
    FOOT_ACC,
    FOOT_GYR,
    OWN_SHARE,
    ROWS,
    SHIN_ACC,
    SHIN_GYR,
    STATE,
    TURN,
    correct,
    enter,
    fill_corrections,
    fill_half_widths,
    prepare_windows,
)
from processing.motion.bridging import RECENT
from processing.motion.calibrated import Calibration
from processing.motion.geometry import joint_frame
from processing.motion.grid import longest_bridge
from processing.motion.joint_filter import JointFilter, JointFilterConfig
from processing.motion.joint_prior import SagittalShare, ankle_of_state, filter_prior
from processing.motion.joint_windows import JointSamples, part_of, window_means
from processing.motion.shin_axis import unknown_turn
from processing.types import PairedBlock
from sensor.types import BoolArray, FloatArray

_BATCH = 512
"""Windows computed at once, so that an hour needs no more memory than a minute."""
_LEAST_MISFIT_DEG, _MISFIT_SHARE, _MOST_MISFIT_DEG = 1.4, 0.8, 4.0
"""Training shows about this misfit (°) where that of the calibration's slower movements is 0, and grows by
this share of it. A larger one makes no angle more uncertain: it is no hinge, and that is said."""
_SETTLED_SHARE = 0.3
"""A gap is over when it adds less than this share to the deviation that is stated without it: 0.3° at a hinge,
so that what it leaves is about half a degree, and 1.2° at a person whose ankle is no hinge."""
_USUAL_DEG = 0.8
"""Usual deviation of the filter's own angle, °."""
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
        self._config, self._calibration = config, calibration
        self._step_s = 1.0 / rate_hz
        self._creep = math.radians(_CREEP_DEG) ** 2 / 60.0
        # A derivative within the window needs two samples.
        self._length = max(2, round(config.window_s * rate_hz))
        self._bridge = longest_bridge(rate_hz)
        shin, foot = calibration.shin, calibration.foot
        self._shin_frame = joint_frame(np.array(shin.joint_axis))
        self._foot_frame = joint_frame(np.array(foot.joint_axis))
        self._constant, self._slope = ankle_of_state(calibration)
        self._misfit_deg = joint_misfit_deg(calibration)
        self._settled = settled_variance(self._misfit_deg)
        self._filter = JointFilter(
            config.joint, *filter_prior(calibration, config.joint, calibration), self._settled
        )
        self._zero, self._sagittal = calibration.neutral_angle, SagittalShare.of(calibration).axis
        self._foot_arm = np.array(foot.lever_arm)
        # The samples that wait for their window, and so many of them.
        self._waiting, self._held = np.empty((ROWS, 4 * self._length)), 0
        self._state, self._recent = np.zeros(STATE), np.zeros(RECENT)
        self._seen = 0
        self._since = np.zeros(2)
        self._corrections = np.empty((0, CORRECTION))  # at the ends of the last two windows

    def feed(
        self,
        block: PairedBlock,
        shin_gyr: FloatArray,
        foot_gyr: FloatArray,
        ankle: FloatArray,
        ankle_rate: FloatArray,
        width: FloatArray,
        known: BoolArray,
        settling: BoolArray,
    ) -> None:
        """Take the next n samples; fill their ankle angle.

        Parameters
        ----------
        block
            The samples, without missing ones.
        shin_gyr, foot_gyr
            (n, 3) rad/s, offsets removed, zero where the sensor has no sample.
        ankle, ankle_rate, width, known, settling
            (n,) each, filled with the angle, rad, its rate, rad/s, the half-width of its uncertainty, rad,
            whether it is known, and whether it is but for a gap that was bridged and still makes a difference.
        """
        n, first, length = len(block.t), self._seen, self._length
        if self._held + n > self._waiting.shape[1]:
            self._make_room(n)
        motion = np.empty((4, n))
        enter(
            block.shin_acc, shin_gyr, block.foot_acc, foot_gyr,
            block.shin_valid, block.foot_valid, block.shin_clipped, block.foot_clipped,
            self._shin_frame[2], self._foot_frame[2], self._step_s, self._bridge, length, first,
            self._state, self._recent, self._waiting, self._held, motion,
        )  # fmt: skip
        self._held += n
        self._seen += n
        # The last sample of a window needs the one after it for its derivatives.
        begun, done = max(0, first - 1) // length, max(0, self._seen - 1) // length
        corrections = self._corrections
        if done > begun:
            corrections = self._corrected(begun, done)
            self._corrections = corrections[-2:]
        correct(
            corrections, first, length, done, self._zero, self._misfit_deg, self._settled, motion,
            ankle, ankle_rate, width, known, settling,
        )  # fmt: skip

    def _make_room(self, n: int) -> None:
        """Make room for ``n`` more samples among those that wait."""
        waiting = np.empty((ROWS, 2 * (self._held + n)))
        waiting[:, : self._held] = self._waiting[:, : self._held]
        self._waiting = waiting

    def _corrected(self, begun: int, done: int) -> FloatArray:
        """Filter the windows from ``begun`` to ``done``; return the corrections (k, 6) until then."""
        start = self._seen - self._held  # number of the sample in column 0
        history = [self._corrections]
        for at in range(begun, done, _BATCH):
            upto = min(at + _BATCH, done)
            history.append(self._run(at * self._length - start, upto - at))
        # The last sample before the next window is its first one's neighbour.
        used = done * self._length - 1 - start
        self._held -= used
        self._waiting[:, : self._held] = self._waiting[:, used : used + self._held].copy()
        return np.concatenate(history)

    def _run(self, column: int, count: int) -> FloatArray:
        """Filter ``count`` windows from ``column`` of the samples; return the corrections (count, 6)."""
        length, seconds = self._length, self._length * self._step_s
        n, waiting = count * length, self._waiting
        samples = JointSamples(
            turn=waiting[TURN, column : column + n],
            shin_acc=waiting[SHIN_ACC : SHIN_ACC + 3, column : column + n],
            shin_gyr=waiting[SHIN_GYR : SHIN_GYR + 3, column : column + n],
            shin_change=np.empty((3, n)),
            foot_acc=waiting[FOOT_ACC : FOOT_ACC + 3, column : column + n],
            foot_gyr=waiting[FOOT_GYR : FOOT_GYR + 3, column : column + n],
            foot_change=np.empty((3, n)),
            foot_jerk=np.empty((3, n)),
            used=np.empty(n, dtype=np.bool_),
        )
        still, again = np.empty((count, 2), dtype=np.bool_), np.empty(count, dtype=np.bool_)
        unseen, turned = np.empty(count), np.empty(count)
        prepare_windows(
            waiting, column, length, self._step_s, math.radians(self._config.joint.still_dps),
            self._foot_arm, samples.shin_change, samples.foot_change, samples.foot_jerk,
            samples.used, still, unseen, again, turned,
        )  # fmt: skip
        windows = window_means(samples, self._shin_frame, self._foot_frame, length, self._step_s)
        rests = still[:, 0] & still[:, 1] & (windows.share > 0.0)
        unknown = unknown_turn(self._calibration, windows.shin_acc)
        out = np.empty((count, CORRECTION))
        # The angle is forgotten before a window in which a longer gap ended.
        cuts = (np.flatnonzero(again[1:]) + 1).tolist() if count > 1 else []
        for start, stop in pairwise([0, *cuts, count]):
            if again[start]:
                self._filter.restart()
            own = slice(start, stop)
            part = windows if stop - start == count else part_of(windows, own)
            steps = self._filter.advance(part, still[own], unseen[own], seconds, self._slope)
            fill_corrections(
                steps.x, steps.variance, steps.carried, steps.begun, steps.settling,
                turned[own], rests[own], unknown[own], seconds, self._creep, self._constant, self._slope, self._sagittal, self._since,
                out[own],
            )  # fmt: skip
        return out


def joint_misfit_deg(calibration: Calibration) -> float:
    """Return the turn about other axes than the joint's that training will show, °."""
    grown = _LEAST_MISFIT_DEG + _MISFIT_SHARE * calibration.quality.axis_fit_deg
    return min(grown, _MOST_MISFIT_DEG)


def settled_variance(misfit_deg: float) -> float:
    """Return the variance below which a gap is over, rad²: see :data:`_SETTLED_SHARE`."""
    usual = np.array([OWN_SHARE * math.radians(_USUAL_DEG) ** 2])
    width = half_width(usual, np.zeros(1), np.zeros(1), misfit_deg)
    return float((_SETTLED_SHARE * 0.5 * width[0]) ** 2)


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
    out = np.empty(len(variance))
    fill_half_widths(variance, rate, turn, misfit_deg, out)
    return out

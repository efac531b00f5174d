"""The ankle angle, causal: gyros between the windows, both accelerometers from window to window."""

from dataclasses import dataclass, field

import numpy as np

from processing.motion.calibration_data import Calibration
from processing.motion.geometry import along, joint_frame, wrapped
from processing.motion.joint_filter import (
    FOOT_BIAS,
    FOOT_LEVER,
    OFFSET,
    SHIN_BIAS,
    SHIN_LEVER,
    SIZE,
    JointFilter,
    JointFilterConfig,
)
from processing.motion.joint_windows import JointSamples, window_means
from sensor.types import BoolArray, FloatArray

_TURN, _SHIN_ACC, _SHIN_GYR = 0, slice(1, 4), slice(4, 7)
_FOOT_ACC, _FOOT_GYR, _SOUND, _CLIPPED = slice(7, 10), slice(10, 13), 13, 14
_ROWS = 15
_BATCH = 512
"""Windows worked on at once, so that an hour needs no more memory than a minute."""


@dataclass(frozen=True, slots=True)
class AnkleConfig:
    """Parameters of the ankle angle.

    ``window_s`` is how often the accelerometers are heard; ``bridge_s`` the longest gap over which
    the joint's rate is interpolated; ``floor_deg`` the error that remains however well the filter
    thinks it knows the angle (soft tissue, an ankle that is no hinge).
    """

    joint: JointFilterConfig = field(default_factory=JointFilterConfig)
    window_s: float = 0.1
    bridge_s: float = 0.3
    floor_deg: float = 1.0


class AnkleAngle:
    """Causal ankle angle. Any split of the input gives the same bits."""

    def __init__(self, calibration: Calibration, rate_hz: float, config: AnkleConfig) -> None:
        self._config = config
        self._step_s = 1.0 / rate_hz
        self._length = max(2, round(config.window_s * rate_hz))
        self._bridge = round(config.bridge_s * rate_hz)
        shin, foot = calibration.shin, calibration.foot
        self._shin_frame = joint_frame(np.array(shin.ankle_axis))
        self._foot_frame = joint_frame(np.array(foot.ankle_axis))
        self._shin_neutral = np.array(shin.neutral_acc)
        self._foot_neutral = np.array(foot.neutral_acc)
        self._neutral_angle = calibration.neutral_angle
        mean, deviation = np.zeros(SIZE), np.zeros(SIZE)
        mean[SHIN_BIAS], mean[FOOT_BIAS] = shin.acc_offset, foot.acc_offset
        mean[SHIN_LEVER], mean[FOOT_LEVER] = shin.lever_arm, foot.lever_arm
        quality = calibration.quality
        deviation[1] = np.radians(config.joint.drift_dps)
        deviation[SHIN_BIAS] = deviation[FOOT_BIAS] = quality.acc_offset_mps2
        deviation[SHIN_LEVER] = deviation[FOOT_LEVER] = quality.lever_arm_m
        self._filter = JointFilter(
            config.joint, self._shin_frame, self._foot_frame, mean, deviation
        )
        self._waiting = np.empty((_ROWS, 0))
        self._turn = 0.0
        self._rate = 0.0
        self._missing = 0
        self._seen = 0
        self._zero = 0.0
        self._whole: float | None = None  # whole turns that bring the first angle near zero
        # Correction and its deviation at the ends of the last two windows that the filter saw.
        self._corrections: list[tuple[float, float]] = []

    def feed(
        self,
        shin_acc: FloatArray,
        shin_gyr: FloatArray,
        foot_acc: FloatArray,
        foot_gyr: FloatArray,
        sound: BoolArray,
        clipped: BoolArray,
    ) -> tuple[FloatArray, FloatArray, FloatArray, BoolArray]:
        """Return angle rad, rate rad/s, half-width of the uncertainty rad, and known (n,) each.

        The arguments are rows (3, n) on the grid, accelerations as measured, gyros free of offset
        and zero where not ``sound`` (n,).
        """
        n = len(sound)
        rate = along(self._foot_frame[2], foot_gyr) - along(self._shin_frame[2], shin_gyr)
        rate *= sound
        steps = np.empty(n + 1)
        steps[0] = self._turn
        steps[1:] = rate * self._step_s
        self._bridge_gaps(rate, sound, steps[1:])
        turn = np.cumsum(steps)[1:]
        if n:
            self._turn = float(turn[-1])
        new = np.empty((_ROWS, n))
        new[_TURN] = turn
        new[_SHIN_ACC], new[_SHIN_GYR], new[_FOOT_ACC], new[_FOOT_GYR] = (
            shin_acc, shin_gyr, foot_acc, foot_gyr,
        )  # fmt: skip
        new[_SOUND], new[_CLIPPED] = sound, clipped
        angle, width, known = self._corrected(new)
        angle = np.where(known, angle + turn, 0.0)
        return angle, rate, width, known

    def _bridge_gaps(self, rate: FloatArray, sound: BoolArray, steps: FloatArray) -> None:
        """Add to ``steps`` what the joint turned in short gaps, its rate changing evenly."""
        n = len(sound)
        if n and self._missing == 0 and sound.all():
            self._rate = float(rate[-1])
            return
        for i in range(n):
            if not sound[i]:
                self._missing += 1
                continue
            if 0 < self._missing <= self._bridge:
                steps[i] += 0.5 * (self._rate + rate[i]) * self._missing * self._step_s
            self._missing = 0
            self._rate = float(rate[i])

    def _corrected(self, new: FloatArray) -> tuple[FloatArray, FloatArray, BoolArray]:
        """Return the correction of each new sample, its uncertainty, and whether there is one."""
        length, n = self._length, new.shape[1]
        first = self._seen
        rows = np.concatenate([self._waiting, new], axis=1)
        start = first - self._waiting.shape[1]  # number of the sample in column 0
        self._seen += n
        # A window is complete with the first sample after it, which ends its last difference.
        done = max(0, (self._seen - 1) // length)
        begun = max(0, first - 1) // length if first else 0
        history = list(self._corrections)
        for at in range(begun, done, _BATCH):
            upto = min(at + _BATCH, done)
            history += self._run(rows, at * length - start, upto - at)
        self._corrections = history[-2:]
        keep = max(0, done * length - 1 - start)
        self._waiting = np.ascontiguousarray(rows[:, keep:])
        index = np.arange(first, self._seen)
        window = index // length
        if not history:
            return np.zeros(n), np.full(n, np.pi), np.zeros(n, dtype=np.bool_)
        # In window w the correction runs from that of window w - 2 to that of w - 1.
        values = np.array(history)
        latest = len(values) - 1 - (done - window)
        known = latest >= 0
        new_one = values[np.maximum(latest, 0)]
        old_one = values[np.maximum(latest - 1, 0)]
        share = (index - window * length + 1) / length
        angle = old_one[:, 0] + (new_one[:, 0] - old_one[:, 0]) * share
        return angle, np.where(known, new_one[:, 1], np.pi), known

    def _run(self, rows: FloatArray, column: int, count: int) -> list[tuple[float, float]]:
        """Filter ``count`` windows from ``column``; return correction and half-width after each."""
        length = self._length
        n = count * length
        here = slice(column, column + n)
        before = rows[:, column - 1 : column] if column else rows[:, :1]
        near = np.concatenate([before, rows[:, column : column + n + 1]], axis=1)
        per_s = 0.5 / self._step_s
        change = (near[:, 2:] - near[:, :-2]) * per_s
        sound = near[_SOUND] > 0.0
        part = rows[:, here]
        samples = JointSamples(
            turn=part[_TURN].copy(),
            shin_acc=part[_SHIN_ACC],
            shin_gyr=part[_SHIN_GYR],
            shin_change=change[_SHIN_GYR],
            foot_acc=part[_FOOT_ACC],
            foot_gyr=part[_FOOT_GYR],
            foot_change=change[_FOOT_GYR],
            used=sound[:-2] & sound[1:-1] & sound[2:] & (part[_CLIPPED] == 0.0),
        )
        means = window_means(samples, self._shin_frame, self._foot_frame, length)
        still = self._stillness(part, count)
        out: list[tuple[float, float]] = []
        missing = (length - part[_SOUND].reshape(count, -1).sum(axis=1)) * self._step_s
        for window, unseen, flags in zip(means, missing.tolist(), still.tolist(), strict=True):
            self._filter.advance(window, length * self._step_s, unseen, (flags[0], flags[1]))
            out.append(self._correction())
        return out

    def _stillness(self, rows: FloatArray, count: int) -> BoolArray:
        """Return (count, 2): whether shin and foot hardly turned in each window."""
        limit = np.radians(self._config.joint.still_dps)
        out = np.empty((count, 2), dtype=np.bool_)
        for i, gyr in enumerate((rows[_SHIN_GYR], rows[_FOOT_GYR])):
            square = gyr[0] * gyr[0] + gyr[1] * gyr[1] + gyr[2] * gyr[2]
            out[:, i] = square.reshape(count, -1).max(axis=1) < limit * limit
        return out

    def _correction(self) -> tuple[float, float]:
        """Return what makes the turn an ankle angle, rad, and the half-width of its uncertainty."""
        x, p = self._filter.x, self._filter.p
        if not self._filter.started:
            return 0.0, np.pi
        shin, shin_slope = _direction(self._shin_frame, self._shin_neutral - x[SHIN_BIAS])
        foot, foot_slope = _direction(self._foot_frame, self._foot_neutral - x[FOOT_BIAS])
        # Near the zero before, so that the branch cut of the angle is never crossed.
        self._zero += wrapped(shin - foot - self._zero)
        correction = float(x[OFFSET]) - self._zero + self._neutral_angle
        if self._whole is None:
            self._whole = wrapped(correction) - correction
        correction += self._whole
        slope = np.zeros(SIZE)
        slope[OFFSET] = 1.0
        slope[SHIN_BIAS], slope[FOOT_BIAS] = -shin_slope, foot_slope
        variance = float(slope @ (p @ slope))
        width = 2.0 * np.sqrt(max(variance, 0.0) + np.radians(self._config.floor_deg) ** 2)
        return correction, min(float(width), np.pi)


def _direction(frame: FloatArray, force: FloatArray) -> tuple[float, FloatArray]:
    """Return the angle of ``force`` (3,) across the frame's axis, rad, and its slope (3,).

    The slope is by the accelerometer offset that is taken off the force.
    """
    x, y = float(frame[0] @ force), float(frame[1] @ force)
    square = max(x * x + y * y, 1e-9)
    return float(np.arctan2(y, x)), (y * frame[0] - x * frame[1]) / square

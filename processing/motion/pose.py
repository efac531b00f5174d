"""The still pose: what both sensors feel while nothing moves, and what to do where nothing rests."""

from dataclasses import dataclass, replace

import numpy as np
from vqf import offlineVQF

from processing.motion.calibrated import CalibrationError, CalibrationFault
from processing.motion.stillness import StillnessConfig, StillSpan, spread, stillest
from processing.types import PairedBlock
from sensor.types import BoolArray, FloatArray

MAX_OFFSET_DPS = 25.0
"""A gyro that shows more is turning steadily, not off: cheap ones allow 20 (MPU-6050 datasheet)."""

_TREMOR_S = 0.25


@dataclass(frozen=True, slots=True)
class Pose:
    """Means over a still span; (3,) each."""

    shin_acc: FloatArray
    shin_gyr: FloatArray
    foot_acc: FloatArray
    foot_gyr: FloatArray
    dps: float
    seconds: float
    steady: bool


def grid_rate(block: PairedBlock) -> float:
    """Return the grid's rate in Hz."""
    if len(block.t) < 2:
        raise CalibrationError(CalibrationFault.NO_DATA, "recording", "it holds no samples")
    return float(round((len(block.t) - 1) / (block.t[-1] - block.t[0]), 6))


def find_pose(block: PairedBlock, rate_hz: float, config: StillnessConfig) -> Pose:
    """Return the first still pose of ``block``, or the stillest there is.

    Raises
    ------
    CalibrationError
        If there is no stretch with both sensors.
    """
    span = stillest(block, rate_hz, config)
    if span is None:
        for name, valid in (("shin", block.shin_valid), ("foot", block.foot_valid)):
            if not valid.any():
                raise CalibrationError(
                    CalibrationFault.NO_DATA, f"{name} sensor", "it sent nothing; reconnect it"
                )
        raise CalibrationError(
            CalibrationFault.NO_DATA,
            "still pose",
            f"no {config.window_s} s with both sensors; repeat it",
        )
    return _pose_of(block, span, rate_hz)


def held_pose(still: PairedBlock, config: StillnessConfig, max_still_dps: float) -> Pose:
    """Return the pose of a block that should be still throughout."""
    pose = find_pose(still, grid_rate(still), config)
    turning = np.degrees(max(np.linalg.norm(g) for g in (pose.shin_gyr, pose.foot_gyr)))
    moved = pose.dps if turning < MAX_OFFSET_DPS else float(turning)
    if moved > max_still_dps:
        raise CalibrationError(
            CalibrationFault.NOT_STILL,
            "still pose",
            f"the leg moved at {moved:.1f} °/s; hold still and repeat it",
            value=moved,
            unit="deg/s",
        )
    return pose


def trembling_pose(block: PairedBlock, rate_hz: float, config: StillnessConfig) -> Pose | None:
    """Return the first pose that is still but for a tremor, None if there is none.

    A tremor of 8 to 12 Hz turns a sensor by more than a still one turns, and back again within
    ``_TREMOR_S``: in means over that time it does not show.
    """
    from scipy.ndimage import minimum_filter1d, uniform_filter1d  # noqa: PLC0415 - slow to load

    length = max(1, round(_TREMOR_S * rate_hz))
    calm = replace(
        block,
        shin_acc=uniform_filter1d(block.shin_acc, length, axis=0),
        shin_gyr=uniform_filter1d(block.shin_gyr, length, axis=0),
        foot_acc=uniform_filter1d(block.foot_acc, length, axis=0),
        foot_gyr=uniform_filter1d(block.foot_gyr, length, axis=0),
        shin_valid=minimum_filter1d(block.shin_valid, length),
        foot_valid=minimum_filter1d(block.foot_valid, length),
    )
    span = stillest(calm, rate_hz, config)
    return _pose_of(block, span, rate_hz) if span is not None and span.steady else None


def lying_offsets(bench: PairedBlock, config: StillnessConfig) -> tuple[FloatArray, FloatArray]:
    """Return the gyros' offsets (3,) rad/s, shin and foot, from sensors that lie on a bench.

    Raises
    ------
    CalibrationError
        If one of them was moved or sent nothing.
    """
    length = max(2, round(config.window_s * grid_rate(bench)))
    offsets = []
    for name, acc, gyr, valid in (
        ("shin", bench.shin_acc, bench.shin_gyr, bench.shin_valid),
        ("foot", bench.foot_acc, bench.foot_gyr, bench.foot_valid),
    ):
        where = f"{name} sensor, bench"
        if int(valid.sum()) < length:
            raise CalibrationError(
                CalibrationFault.NO_DATA, where, f"no {config.window_s} s of it; repeat it"
            )
        dps = float(np.degrees(spread(gyr[valid], length).max()))
        if dps > config.gyr_dps or float(spread(acc[valid], length).max()) > config.acc_mps2:
            raise CalibrationError(
                CalibrationFault.NOT_STILL,
                where,
                f"it moved at {dps:.1f} °/s; leave both on the bench and repeat it",
                value=dps,
                unit="deg/s",
            )
        offsets.append(gyr[valid].mean(axis=0))
    return offsets[0], offsets[1]


def moving_offset(gyr: FloatArray, acc: FloatArray, valid: BoolArray, rate_hz: float) -> FloatArray:
    """Return a gyro's offset (3,) rad/s where it never was still.

    Over a long time a leg turns as far back as forth; what that misses, VQF finds from gravity.
    """
    mean = gyr[valid].mean(axis=0)
    rest = offlineVQF(
        np.ascontiguousarray(gyr[valid] - mean),
        np.ascontiguousarray(acc[valid]),
        None,
        1.0 / rate_hz,
    )["bias"]
    offset: FloatArray = mean + np.median(rest, axis=0)
    return offset


def _pose_of(block: PairedBlock, span: StillSpan, rate_hz: float) -> Pose:
    part = slice(span.start, span.stop)
    return Pose(
        block.shin_acc[part].mean(axis=0),
        block.shin_gyr[part].mean(axis=0),
        block.foot_acc[part].mean(axis=0),
        block.foot_gyr[part].mean(axis=0),
        max(span.shin_dps, span.foot_dps),
        (span.stop - span.start) / rate_hz,
        span.steady,
    )

"""The still pose: what both sensors read at rest."""

from dataclasses import dataclass, replace

import numpy as np

from processing.motion.calibrated import CalibrationError, CalibrationFault
from processing.motion.stillness import LYING, WINDOW_S, StillSpan, spread, stillest, without_drift
from processing.types import PairedBlock
from sensor.types import FloatArray

MAX_OFFSET_DPS = 25.0
"""A gyro that reads more turns steadily: offsets of up to 20 °/s are in specification (MPU-6050)."""
MAX_STILL_DPS = 10.0
"""A gyro that scatters by more in a still pose has moved.

Not chosen by a documented measurement.
"""
_TREMOR_S = 0.25
"""In means over this time a tremor of 8 to 12 Hz does not show: two to three of its cycles."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Means over a still span, in each sensor's own frame."""

    shin_acc: FloatArray
    """(3,) m/s²."""
    shin_gyr: FloatArray
    """(3,) rad/s."""
    foot_acc: FloatArray
    """(3,) m/s²."""
    foot_gyr: FloatArray
    """(3,) rad/s."""
    dps: float
    """Standard deviation of the gyro that moved more, °/s."""
    seconds: float
    """Length of the span, s."""
    steady: bool
    """Whether both sensors were still."""


def grid_rate(block: PairedBlock) -> float:
    """Return the rate of the grid of ``block`` in Hz.

    Raises
    ------
    CalibrationError
        If the block has fewer than two samples.
    """
    if len(block.t) < 2:
        raise CalibrationError(CalibrationFault.NO_DATA, "recording", "it holds no samples")
    return float(round((len(block.t) - 1) / (block.t[-1] - block.t[0]), 6))


def find_pose(block: PairedBlock, rate_hz: float, *, drifts: bool = True) -> Pose:
    """Return the first still pose of ``block``, or the stillest there is.

    If not ``drifts``, it ends where a sensor begins to turn, however evenly.

    Raises
    ------
    CalibrationError
        If there is no stretch with both sensors.
    """
    span = stillest(block, rate_hz)
    if span is None:
        for name, valid in (("shin", block.shin_valid), ("foot", block.foot_valid)):
            if not valid.any():
                raise CalibrationError(
                    CalibrationFault.NO_DATA, f"{name} sensor", "it sent nothing; reconnect it"
                )
        raise CalibrationError(
            CalibrationFault.NO_DATA,
            "still pose",
            f"no {WINDOW_S} s with both sensors; repeat it",
        )
    span = span if drifts or not span.steady else without_drift(block, span, rate_hz)
    return _pose_of(block, span, rate_hz)


def held_pose(still: PairedBlock) -> Pose:
    """Return the pose of a block that should be still throughout.

    Raises
    ------
    CalibrationError
        If the leg moved, or a sensor sent nothing.
    """
    pose = find_pose(still, grid_rate(still))
    turning = np.degrees(max(np.linalg.norm(g) for g in (pose.shin_gyr, pose.foot_gyr)))
    # A turntable turns steadily: its gyro scatters little and yet is not at rest.
    moved = pose.dps if turning < MAX_OFFSET_DPS else float(turning)
    if moved > MAX_STILL_DPS:
        raise CalibrationError(
            CalibrationFault.NOT_STILL,
            "still pose",
            f"the leg moved at {moved:.1f} °/s; hold still and repeat it",
            value=moved,
            unit="deg/s",
        )
    return pose


def swaying_pose(still: PairedBlock) -> Pose:
    """Return the pose of a person who stands: the means over all of ``still``, in which the leg sways.

    A sway turns a sensor to and fro: over seconds it leaves the gyros' offsets as they are, but not over the
    half second of its stillest part.

    Raises
    ------
    CalibrationError
        If the leg moved, or a sensor sent nothing.
    """
    pose = held_pose(still)
    both = still.shin_valid & still.foot_valid
    return replace(
        pose,
        shin_acc=still.shin_acc[both].mean(axis=0),
        shin_gyr=still.shin_gyr[both].mean(axis=0),
        foot_acc=still.foot_acc[both].mean(axis=0),
        foot_gyr=still.foot_gyr[both].mean(axis=0),
        seconds=int(both.sum()) / grid_rate(still),
    )


def trembling_pose(block: PairedBlock, rate_hz: float) -> Pose | None:
    """Return the first pose that is still except for a tremor, None if there is none.

    A tremor of 8 to 12 Hz turns a sensor by more than a still one turns, but back again at once.
    """
    from scipy.ndimage import minimum_filter1d, uniform_filter1d  # noqa: PLC0415 - slow to load

    length = max(1, round(_TREMOR_S * rate_hz))
    # The flags are narrowed as well: a mean over a gap is no mean.
    calm = replace(
        block,
        shin_acc=uniform_filter1d(block.shin_acc, length, axis=0),
        shin_gyr=uniform_filter1d(block.shin_gyr, length, axis=0),
        foot_acc=uniform_filter1d(block.foot_acc, length, axis=0),
        foot_gyr=uniform_filter1d(block.foot_gyr, length, axis=0),
        shin_valid=minimum_filter1d(block.shin_valid, length),
        foot_valid=minimum_filter1d(block.foot_valid, length),
    )
    span = stillest(calm, rate_hz)
    return _pose_of(block, span, rate_hz) if span is not None and span.steady else None


def lying_offsets(bench: PairedBlock) -> tuple[FloatArray, FloatArray]:
    """Return the gyros' offsets (3,) rad/s, shin and foot, from sensors that lie on a bench.

    Raises
    ------
    CalibrationError
        If one of them was moved or sent nothing.
    """
    length = max(2, round(WINDOW_S * grid_rate(bench)))
    offsets = []
    for name, acc, gyr, valid in (
        ("shin", bench.shin_acc, bench.shin_gyr, bench.shin_valid),
        ("foot", bench.foot_acc, bench.foot_gyr, bench.foot_valid),
    ):
        where = f"{name} sensor, bench"
        if int(valid.sum()) < length:
            raise CalibrationError(
                CalibrationFault.NO_DATA, where, f"no {WINDOW_S} s of it; repeat it"
            )
        dps = float(np.degrees(spread(gyr[valid], length).max()))
        if dps > LYING.gyr_dps or float(spread(acc[valid], length).max()) > LYING.acc_mps2:
            raise CalibrationError(
                CalibrationFault.NOT_STILL,
                where,
                f"it moved at {dps:.1f} °/s; leave both on the bench and repeat it",
                value=dps,
                unit="deg/s",
            )
        offsets.append(gyr[valid].mean(axis=0))
    return offsets[0], offsets[1]


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

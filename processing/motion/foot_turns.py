"""The foot's turns about other axes than the ankle's: inversion and eversion, toes in and out.

A hinge turns about one axis only. An ankle has a second, oblique one, that of the subtalar joint
(Inman, *The Joints of the Ankle*, 1976). Over a rep both gyros show the foot's whole turn against
the shin, and the best single axis leaves a part of it unexplained where a second one takes part.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from processing.motion.calibrated import Calibration
from processing.motion.geometry import unit
from processing.motion.grid import bridged
from processing.motion.joint_prior import sagittal_share
from processing.types import AngleBlock, PairedBlock, slice_block
from sensor.types import FloatArray

if TYPE_CHECKING:
    from scipy.spatial.transform import Rotation

SECOND_AXIS_DEG = 3.0
"""Turn that the best single axis leaves unexplained (root mean square) where a second axis counts.

Soft tissue leaves 1.3 to 2.4° at simulated hinges; simulated ankles leave 1.9 to 4.9°, joints with two
independent axes more than 20°.
"""
_LEAST_REPS = 3
"""One or two reps may have been disturbed."""
_LEAST_SHARE = 0.9
"""Share of a rep's samples that both sensors must have."""
_LEAST_ARM_M = 0.05
"""A lever arm that is shorter does not show the shin's long axis."""
_LEAST_RAD = 0.1
"""A rep in which the foot turns less (6°) against the shin shows no axis."""


@dataclass(frozen=True, slots=True)
class FootTurns:
    """The foot's turns against the shin in the reps of a session."""

    inversion: float
    """Range of inversion and eversion in a rep (median), rad."""
    toes: float
    """Range of the turn of the toes in and out in a rep (median), rad."""
    unexplained: float
    """Turn that the best single axis leaves unexplained, root mean square, rad."""

    @property
    def second_axis(self) -> bool:
        """Whether a second axis takes part; else one explains the data as well."""
        return self.unexplained > math.radians(SECOND_AXIS_DEG)


def foot_turns(
    block: PairedBlock,
    angles: AngleBlock,
    calibration: Calibration,
    reps: Sequence[tuple[float, float]],
) -> FootTurns | None:
    """Return the foot's turns in ``reps``.

    None without enough reps, or without the knee's axis and the shin's long axis to measure against.

    Parameters
    ----------
    block
        The samples of both sensors.
    angles
        The angles on the same grid.
    calibration
        The calibration that was in force in all of ``reps``.
    reps
        Start and end of each rep, s.
    """
    from scipy.spatial.transform import Rotation  # noqa: PLC0415 - slow to load

    frame = _anatomical_frame(calibration)
    if frame is None:
        return None
    ranges: list[FloatArray] = []
    vectors: list[FloatArray] = []
    for span in reps:
        first, last = np.searchsorted(block.t, span).tolist()
        part = slice_block(block, first, last)
        both = part.shin_valid & part.foot_valid
        if len(both) < 2 or both.mean() < _LEAST_SHARE:
            continue
        start = (float(angles.ankle[first]) - calibration.neutral_angle) / sagittal_share(
            calibration
        )
        bent = Rotation.from_rotvec(start * np.array(calibration.shin.joint_axis))
        turn = _turn(part, calibration, bent * _neutral(calibration))
        vector = turn.as_rotvec()
        if np.ptp(vector, axis=0).max() > _LEAST_RAD:
            vectors.append(vector)
            ranges.append(np.ptp(_aside(frame * turn * bent * frame.inv()), axis=0))
    if len(ranges) < _LEAST_REPS:
        return None
    inversion, toes = np.median(ranges, axis=0).tolist()
    size = np.linalg.svd(np.concatenate(vectors), full_matrices=False)[1]
    unexplained = np.hypot(size[1], size[2]) / np.sqrt(sum(map(len, vectors)))
    return FootTurns(inversion, toes, float(unexplained))


def _turn(part: PairedBlock, calibration: Calibration, start: "Rotation") -> "Rotation":
    """Return the turn (n,) of the foot against the shin since the start of a rep, seen by the shin.

    ``start`` turns the frame of the foot's sensor into that of the shin's at the start.
    """
    from scipy.spatial.transform import Rotation  # noqa: PLC0415 - slow to load

    both, step_s = part.shin_valid & part.foot_valid, float(np.median(np.diff(part.t)))
    shin, foot = (
        _chained(Rotation.from_rotvec(bridged(gyr - np.array(sensor.gyr_offset), both) * step_s))
        for gyr, sensor in (
            (part.shin_gyr, calibration.shin),
            (part.foot_gyr, calibration.foot),
        )
    )
    return shin.inv() * start * foot * start.inv()


def _chained(steps: "Rotation") -> "Rotation":
    """Return the products of the first 1, 2, ... n of ``steps`` (n,)."""
    from scipy.spatial.transform import Rotation  # noqa: PLC0415 - slow to load

    total, reach = steps, 1
    # Each round doubles the number of steps in a product: a rep needs ten rounds, not a thousand.
    while reach < len(steps):
        total = Rotation.concatenate([total[:reach], total[:-reach] * total[reach:]])
        reach *= 2
    return total


def _neutral(calibration: Calibration) -> "Rotation":
    """Return the rotation that turns the frame of the foot's sensor into that of the shin's."""
    from scipy.spatial.transform import Rotation  # noqa: PLC0415 - slow to load

    frames = []
    for sensor in (calibration.shin, calibration.foot):
        axis = np.array(sensor.joint_axis)
        up = np.array(sensor.neutral_acc) - np.array(sensor.acc_offset)
        across = unit(np.cross(axis, up))
        frames.append(np.stack([axis, across, np.cross(axis, across)], axis=1))
    shin, foot = frames
    return Rotation.from_matrix(shin @ foot.T)


def _anatomical_frame(calibration: Calibration) -> "Rotation | None":
    """Return the rotation from the shin sensor's frame to x across, y the knee's and z the long axis.

    The joint's centre lies on the long axis, and the curls show the knee's; None where one of them
    is not known.
    """
    from scipy.spatial.transform import Rotation  # noqa: PLC0415 - slow to load

    knee, arm = np.array(calibration.curl_axis), np.array(calibration.shin.lever_arm)
    arm = arm - knee * (knee @ arm)
    if calibration.reference_rom is None or np.linalg.norm(arm) < _LEAST_ARM_M:
        return None
    long = unit(arm)
    return Rotation.from_matrix(np.stack([np.cross(knee, long), knee, long]))


def _aside(pose: "Rotation") -> FloatArray:
    """Return inversion and turn of the toes (n, 2) rad of a foot against the shin.

    They are the second and the third of the angles of Grood & Suntay (J. Biomech. Eng. 105:136,
    1983) as the International Society of Biomechanics orders them for the ankle (Wu et al., J.
    Biomech. 35:543, 2002).
    """
    out: FloatArray = pose.as_euler("YXZ")[:, 1:]
    return out

"""The foot's turns about other axes than the ankle's: inversion and eversion, toes in and out.

A hinge turns about one axis only. An ankle has a second, oblique one, that of the subtalar joint
(Inman, *The Joints of the Ankle*, 1976). Over a rep both gyros show the foot's whole turn against
the shin, and the best single axis leaves a part of it unexplained where a second one takes part.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from processing.motion.attitude import IDENTITY, matrices, product, rotation_vectors, turned_on
from processing.motion.calibrated import Calibration
from processing.motion.geometry import rows, unit
from processing.motion.grid import bridged
from processing.motion.joint_prior import sagittal_share
from processing.motion.long_block import PIECE_ROWS, release
from processing.types import AngleBlock, PairedBlock, slice_block
from sensor.types import FloatArray

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
    frame = _anatomical_frame(calibration)
    if frame is None:
        return None
    ranges: list[FloatArray] = []
    # Sums of the products of all turns with each other: their singular values are those of the turns.
    products, count = np.zeros((3, 3)), 0
    neutral, share = _neutral(calibration), sagittal_share(calibration)
    looked_at = 0
    for span in reps:
        first, last = np.searchsorted(block.t, span).tolist()
        part = slice_block(block, first, last)
        both = part.shin_valid & part.foot_valid
        if len(both) < 2 or both.mean() < _LEAST_SHARE:
            continue
        start = (float(angles.ankle[first]) - calibration.neutral_angle) / share
        bent = _rotation(start * np.array(calibration.shin.joint_axis))
        turn = _turn(part, calibration, bent @ neutral)
        vector = rotation_vectors(turn)
        if np.ptp(vector, axis=1).max() > _LEAST_RAD:
            products += vector @ vector.T
            count += vector.shape[1]
            ranges.append(np.ptp(_aside(turn, frame, bent), axis=1))
        looked_at += last - first
        if looked_at >= PIECE_ROWS:
            release(block)
            release(angles)
            looked_at = 0
    if len(ranges) < _LEAST_REPS:
        return None
    inversion, toes = np.median(ranges, axis=0).tolist()
    beside = np.linalg.eigvalsh(products)[:2].sum()
    unexplained = math.sqrt(max(float(beside), 0.0) / count)
    return FootTurns(inversion, toes, unexplained)


def _turn(part: PairedBlock, calibration: Calibration, start: FloatArray) -> FloatArray:
    """Return the turn of the foot against the shin since the start of a rep, seen by the shin.

    It is a quaternion (4, n). ``start`` (3, 3) turns the frame of the foot's sensor into that of the
    shin's at the start.
    """
    both, step_s = part.shin_valid & part.foot_valid, float(np.median(np.diff(part.t)))
    shin, foot = (
        turned_on(IDENTITY, rows(bridged(gyr - np.array(sensor.gyr_offset), both)), step_s)[1]
        for gyr, sensor in (
            (part.shin_gyr, calibration.shin),
            (part.foot_gyr, calibration.foot),
        )
    )
    shin[1:] *= -1.0
    foot[1:] = start @ foot[1:]
    return product(shin, foot)


def _rotation(vector: FloatArray) -> FloatArray:
    """Return the matrix (3, 3) of a rotation vector (3,) rad."""
    return matrices(turned_on(IDENTITY, vector[:, None], 1.0)[1])[:, :, 0]


def _neutral(calibration: Calibration) -> FloatArray:
    """Return the matrix (3, 3) that turns the frame of the foot's sensor into that of the shin's."""
    frames = []
    for sensor in (calibration.shin, calibration.foot):
        axis = np.array(sensor.joint_axis)
        up = np.array(sensor.neutral_acc) - np.array(sensor.acc_offset)
        across = unit(np.cross(axis, up))
        frames.append(np.stack([axis, across, np.cross(axis, across)], axis=1))
    shin, foot = frames
    out: FloatArray = shin @ foot.T
    return out


def _anatomical_frame(calibration: Calibration) -> FloatArray | None:
    """Return the axes x across, y of the knee and z along the shin as rows (3, 3), seen by its sensor.

    The joint's centre lies on the long axis, and the curls show the knee's; None where one of them
    is not known.
    """
    knee, arm = np.array(calibration.curl_axis), np.array(calibration.shin.lever_arm)
    arm = arm - knee * (knee @ arm)
    if calibration.reference_rom is None or np.linalg.norm(arm) < _LEAST_ARM_M:
        return None
    long = unit(arm)
    return np.stack([np.cross(knee, long), knee, long])


def _aside(turn: FloatArray, frame: FloatArray, bent: FloatArray) -> FloatArray:
    """Return inversion and turn of the toes (2, n) rad of a foot against the shin.

    They are the second and the third of the angles of Grood & Suntay (J. Biomech. Eng. 105:136,
    1983) as the International Society of Biomechanics orders them for the ankle (Wu et al., J.
    Biomech. 35:543, 2002): about y, then x, then z.

    Parameters
    ----------
    turn
        (4, n) quaternions of the turn since the start of a rep.
    frame
        (3, 3) anatomical axes as rows.
    bent
        (3, 3) the turn from the neutral pose to the start.
    """
    # Both angles stand in the second row of frame x turn x bent x frame'.
    seen = np.tensordot(frame[1], matrices(turn), axes=1)
    x, y, z = (bent @ frame.T).T @ seen
    return np.stack([np.arcsin(np.clip(-z, -1.0, 1.0)), np.arctan2(x, y)])

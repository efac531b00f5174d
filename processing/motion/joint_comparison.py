"""The differences between what both links of a joint measure, and their derivatives by the joint."""

from dataclasses import dataclass

import numpy as np

from processing.motion.geometry import along, joint_frame
from processing.motion.joint_pieces import STEP_HZ, Pieces
from processing.motion.low_pass import butterworth, forward_and_back
from processing.motion.off_axis import ComplexArray
from sensor.types import FloatArray

FORCE_MPS2 = 0.5
"""Forces of both sides that differ by more than this in a sample count less.

Between the 0.4 m/s² of the live filter, whose windows are means, and the noise of one sample.
"""
RATE_DPS = 17.0
"""Rates across the axis that differ by more than this count less: 0.3 rad/s, as in the guess."""
AXES, ARMS, OFFSETS, DELAY = slice(0, 4), slice(4, 10), slice(10, 16), 16
PARAMETERS = 17
"""Tilts of both axes (4), both lever arms (6), both offsets (6) and the delay."""
_LEAST_SQUARE = 1e-18
"""Square of a force, (m/s²)², that has no direction."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A hinge between two links; vectors in each sensor's own frame."""

    shin_axis: FloatArray
    """(3,) unit vector."""
    foot_axis: FloatArray
    """(3,) unit vector."""
    shin_arm: FloatArray
    """(3,) m from the joint's centre to the sensor."""
    foot_arm: FloatArray
    """(3,) m from the joint's centre to the sensor."""
    shin_offset: FloatArray
    """(3,) m/s², what the accelerometer reads too much."""
    foot_offset: FloatArray
    """(3,) m/s², what the accelerometer reads too much."""
    delay_s: float
    """Delay of the foot's samples against the shin's, s."""


@dataclass(frozen=True, slots=True)
class Scales:
    """The size of one of each parameter, and how the axes follow theirs."""

    shin_tilts: FloatArray
    """(2, 3) change of the shin's axis by each of its tilts."""
    foot_tilts: FloatArray
    """(2, 3) the same of the foot's."""
    lever_arm_m: float
    """Of the lever arms, m."""
    acc_offset_mps2: float
    """Of the accelerometers' offsets, m/s²."""
    delay_s: float
    """Of the delay, s."""


class Comparison:
    """The readings of both links of a joint in m pieces of n samples.

    Parameters
    ----------
    piece
        The pieces.
    joint
        The joint.
    drift_s
        Time constant over which the drift of the integral is free.
    """

    def __init__(self, piece: Pieces, joint: Joint, drift_s: float) -> None:
        self._piece, self._joint = piece, joint
        self._slow = butterworth(1, 1.0 / (2.0 * np.pi * drift_s), STEP_HZ)
        self.shin, self.foot, self.turn = forces(piece, joint)
        # Across the axis the forces are complex numbers, so their product has the angle between them.
        self._across_shin = self.shin[0] + 1j * self.shin[1]
        self._across_foot = self.foot[0] + 1j * self.foot[1]
        self._product = self._across_shin * np.conj(self._across_foot) * np.exp(-1j * self.turn)
        # First the mean direction is removed, so that no angle in the piece wraps.
        self._middle = self._product.sum(axis=-1, keepdims=True)
        self._angle = np.angle(self._product * np.conj(self._middle))
        self._size = np.abs(self._product) + 1e-9
        # A force nearly along the axis has little across it, and its direction there is noise.
        weight = piece.weight * self._size
        slow = forward_and_back(self._slow, np.stack([weight * self._angle, weight]), odd=False)
        self._least = np.maximum(slow[1], 1e-9)
        self._drift = slow[0] / self._least
        # The angle between forces and integral less its drift.
        self._gap = self._angle - self._drift
        self._foot_gyr = piece.foot_gyr + joint.delay_s * piece.foot_change

    def differences(self) -> FloatArray:
        """Return the differences (4 m n,), each over what it may be.

        They are the direction of the force, its size across and along the axis, and the rate across it.
        """
        w = self._piece.weight / FORCE_MPS2
        rate = _across(self._piece.shin_gyr, self._joint.shin_axis) - _across(
            self._foot_gyr, self._joint.foot_axis
        )
        out = np.stack(
            [
                w * self._gap * np.sqrt(self._size),
                w * (np.abs(self._across_shin) - np.abs(self._across_foot)),
                w * (self.shin[2] - self.foot[2]),
                rate / np.radians(RATE_DPS),
            ]
        )
        return out.ravel()

    def derivatives(self, scales: Scales) -> FloatArray:
        """Return the derivatives (17, 4 m n) of the differences by the parameters, in units of ``scales``."""
        shin, foot, turn = self._force_changes(scales)
        shin_across, foot_across = shin[0] + 1j * shin[1], foot[0] + 1j * foot[1]
        change = shin_across * _inverse(self._across_shin)
        change += np.conj(foot_across * _inverse(self._across_foot)) - 1j * turn
        middle = (self._product * change).sum(axis=-1, keepdims=True) / self._middle
        angle = change.imag - middle.imag
        size = np.abs(self._product) * change.real
        weight = self._piece.weight * size
        both = np.stack([weight * self._angle + self._piece.weight * self._size * angle, weight])
        slow = forward_and_back(self._slow, both, odd=False)
        gap = angle - (slow[0] - self._drift * slow[1]) / self._least
        w = self._piece.weight / FORCE_MPS2
        root = np.sqrt(self._size)
        shin_size, foot_size = np.abs(self._across_shin), np.abs(self._across_foot)
        out = np.stack(
            [
                w * (root * gap + (0.5 * self._gap / root) * size),
                w
                * (
                    (shin_across * np.conj(self._across_shin)).real / np.maximum(shin_size, 1e-9)
                    - (foot_across * np.conj(self._across_foot)).real / np.maximum(foot_size, 1e-9)
                ),
                w * (shin[2] - foot[2]),
                self._rate_changes(scales) / np.radians(RATE_DPS),
            ],
            axis=1,
        )
        return out.reshape(PARAMETERS, -1)

    def _force_changes(self, scales: Scales) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return the derivatives (3, 17, m, n) of both forces in their frames, and of the integral (17, m, n)."""
        piece, joint = self._piece, self._joint
        shape = (PARAMETERS, *self.turn.shape)
        shin, foot, turn = np.zeros((3, *shape)), np.zeros((3, *shape)), np.zeros(shape)
        shin_frame, foot_frame = joint_frame(joint.shin_axis), joint_frame(joint.foot_axis)
        foot_turn = piece.foot_turn + joint.delay_s * piece.foot_gyr
        for k in range(2):
            # A turn of the frame about the axis itself changes no difference, so it is left out.
            for at, out, force, frame, tilt in (
                (k, shin, self.shin, shin_frame, scales.shin_tilts[k]),
                (2 + k, foot, self.foot, foot_frame, scales.foot_tilts[k]),
            ):
                x, y, _ = (frame @ tilt).tolist()
                out[0, at], out[1, at] = -x * force[2], -y * force[2]
                out[2, at] = x * force[0] + y * force[1]
            turn[k] = -along(scales.shin_tilts[k], piece.shin_turn)
            turn[2 + k] = along(scales.foot_tilts[k], foot_turn)
        for k in range(3):
            later = piece.foot_arm[:, k] + joint.delay_s * piece.foot_arm_change[:, k]
            shin[:, 4 + k] = -scales.lever_arm_m * seen(shin_frame, piece.shin_arm[:, k])
            foot[:, 7 + k] = -scales.lever_arm_m * seen(foot_frame, later)
            shin[:, 10 + k] = -scales.acc_offset_mps2 * shin_frame[:, k, None, None]
            foot[:, 13 + k] = -scales.acc_offset_mps2 * foot_frame[:, k, None, None]
        late = piece.foot_jerk - _from_arm(piece.foot_arm_change, joint.foot_arm)
        foot[:, DELAY] = scales.delay_s * seen(foot_frame, late)
        turn[DELAY] = scales.delay_s * along(joint.foot_axis, piece.foot_gyr)
        return shin, foot, turn

    def _rate_changes(self, scales: Scales) -> FloatArray:
        """Return the derivatives (17, m, n) of the rates' difference across the axis, rad/s."""
        piece, joint = self._piece, self._joint
        out = np.zeros((PARAMETERS, *self.turn.shape))
        shin = along(joint.shin_axis, piece.shin_gyr)
        foot = along(joint.foot_axis, self._foot_gyr)
        shin_size = _across(piece.shin_gyr, joint.shin_axis)
        foot_size = _across(self._foot_gyr, joint.foot_axis)
        for k in range(2):
            out[k] = -shin * along(scales.shin_tilts[k], piece.shin_gyr) / shin_size
            out[2 + k] = foot * along(scales.foot_tilts[k], self._foot_gyr) / foot_size
        change = piece.foot_change
        square = (self._foot_gyr * change).sum(axis=0) - foot * along(joint.foot_axis, change)
        out[DELAY] = -scales.delay_s * square / foot_size
        return out


def forces(piece: Pieces, joint: Joint) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the forces (3, m, n) m/s² at the joint's centre in both joint frames, and the integral.

    The integral (m, n) rad is that of the joint's rate.
    """
    shin = (
        piece.shin_acc
        - joint.shin_offset[:, None, None]
        - _from_arm(piece.shin_arm, joint.shin_arm)
    )
    foot = (
        piece.foot_acc
        - joint.foot_offset[:, None, None]
        - _from_arm(piece.foot_arm, joint.foot_arm)
    )
    # To first order: the clocks differ by milliseconds, in which nothing changes much.
    foot += joint.delay_s * (piece.foot_jerk - _from_arm(piece.foot_arm_change, joint.foot_arm))
    foot_turn = piece.foot_turn + joint.delay_s * piece.foot_gyr
    turn = along(joint.foot_axis, foot_turn) - along(joint.shin_axis, piece.shin_turn)
    return (
        seen(joint_frame(joint.shin_axis), shin),
        seen(joint_frame(joint.foot_axis), foot),
        turn,
    )


def seen(frame: FloatArray, vectors: FloatArray) -> FloatArray:
    """Return the components (3, m, n) of ``vectors`` (3, m, n) along the rows of ``frame`` (3, 3)."""
    out: FloatArray = (frame @ vectors.reshape(3, -1)).reshape(vectors.shape)
    return out


def _inverse(vector: ComplexArray) -> ComplexArray:
    """Return 1 / ``vector`` (m, n), and nearly 0 where it has no direction."""
    square = vector.real * vector.real + vector.imag * vector.imag
    out: ComplexArray = np.conj(vector)
    out /= np.maximum(square, _LEAST_SQUARE)
    return out


def _from_arm(rows: FloatArray, arm: FloatArray) -> FloatArray:
    """Return the acceleration (3, m, n) that a lever arm (3,) adds, from its ``rows``."""
    out: FloatArray = rows[:, 0] * arm[0] + rows[:, 1] * arm[1] + rows[:, 2] * arm[2]
    return out


def _across(rate: FloatArray, axis: FloatArray) -> FloatArray:
    """Return the size (m, n) of ``rate`` (3, m, n) across ``axis`` (3,)."""
    part = along(axis, rate)
    square = rate[0] * rate[0] + rate[1] * rate[1] + rate[2] * rate[2]
    out: FloatArray = np.sqrt(np.maximum(square - part * part, 1e-12))
    return out

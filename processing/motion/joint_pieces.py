"""Movement cut into low-passed pieces without gaps, for the fit of a joint.

Derivatives and lever rows do not depend on the joint, so they are computed once, before the search.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np

from processing.motion.geometry import lever_rows
from processing.motion.low_pass import butterworth, forward_and_back
from processing.types import PairedBlock, slice_block
from sensor.types import FloatArray

Item = TypeVar("Item")

STEP_HZ = 25.0
"""Rate to which the low-passed samples are thinned: five times the low pass of 5 Hz."""
MIN_PIECE_S = 3.0
"""A shorter piece without a gap is left out: the drift that is taken from it has 5 s."""
PIECE_S = 20.0
"""Length of a piece. Several times the drift's 5 s; pieces of one length are compared at one go."""
_MAX_S = 180.0
"""At most this much movement is used, taken evenly: more costs time and gains nothing visible."""
_CLIPPED_WEIGHT = 40.0
"""A sample at full scale counts for 1 / 41: the low pass spreads its error over its neighbours."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Low-passed samples of m pieces of one length, n samples each, in each sensor's own frame."""

    shin_acc: FloatArray
    """(3, m, n) m/s²."""
    foot_acc: FloatArray
    """(3, m, n) m/s²."""
    shin_gyr: FloatArray
    """(3, m, n) rad/s."""
    foot_gyr: FloatArray
    """(3, m, n) rad/s."""
    foot_jerk: FloatArray
    """(3, m, n) m/s³, derivative of ``foot_acc``."""
    foot_change: FloatArray
    """(3, m, n) rad/s², derivative of ``foot_gyr``."""
    shin_turn: FloatArray
    """(3, m, n) rad, running integral of the gyro, not low-passed."""
    foot_turn: FloatArray
    """(3, m, n) rad, running integral of the gyro, not low-passed."""
    shin_arm: FloatArray
    """(3, 3, m, n) s⁻², acceleration per metre of lever arm, see :func:`.lever_rows`."""
    foot_arm: FloatArray
    """(3, 3, m, n) s⁻², like ``shin_arm``."""
    foot_arm_change: FloatArray
    """(3, 3, m, n) s⁻³, derivative of ``foot_arm``."""
    weight: FloatArray
    """(m, n) from 0 to 1, less where samples are at full scale."""


def cut_pieces(blocks: Sequence[PairedBlock], rate_hz: float) -> list[PairedBlock]:
    """Return ``blocks`` cut at gaps and into pieces; of a long recording an even choice of them."""
    longest = round(PIECE_S * rate_hz)
    pieces: list[PairedBlock] = []
    for block in blocks:
        sound = np.concatenate([[False], block.shin_valid & block.foot_valid, [False]])
        edges = np.flatnonzero(np.diff(sound))
        for start, stop in edges.reshape(-1, 2).tolist():
            # Equal lengths, so that many pieces can be compared at one go.
            count = max(1, round((stop - start) / longest))
            length = (stop - start) // count
            if length >= MIN_PIECE_S * rate_hz:
                pieces += [
                    slice_block(block, start + i * length, start + (i + 1) * length)
                    for i in range(count)
                ]
    return even_choice(pieces, _MAX_S / PIECE_S)


def even_choice(items: list[Item], most: float) -> list[Item]:
    """Return up to ``most`` of ``items``, taken evenly, at least one."""
    count = max(1, round(most))
    if len(items) <= count:
        return items
    return [items[i] for i in np.linspace(0, len(items) - 1, count).round().astype(int)]


def stack_pieces(pieces: Sequence[Pieces]) -> list[Pieces]:
    """Return ``pieces`` with those of one length in one value."""
    alike: dict[int, list[Pieces]] = {}
    for piece in pieces:
        alike.setdefault(piece.weight.shape[-1], []).append(piece)
    names = [f.name for f in fields(Pieces)]
    return [
        Pieces(*(np.concatenate([getattr(p, name) for p in group], axis=-2) for name in names))
        for group in alike.values()
    ]


def prepare_piece(
    block: PairedBlock,
    shin_offset: FloatArray,
    foot_offset: FloatArray,
    rate_hz: float,
    cutoff_hz: float,
) -> Pieces:
    """Return one piece, low-passed and thinned.

    Parameters
    ----------
    block
        Samples without a gap.
    shin_offset, foot_offset
        (3,) rad/s, what the gyros read at rest.
    rate_hz
        Rate of the grid.
    cutoff_hz
        Cut-off of the low pass, a Butterworth filter run forward and back.
    """
    smooth = butterworth(2, cutoff_hz, rate_hz)
    step = max(1, round(rate_hz / STEP_HZ))

    def low(x: FloatArray) -> FloatArray:
        out: FloatArray = forward_and_back(smooth, x)[..., ::step]
        return np.ascontiguousarray(out)

    def rotation(gyr: FloatArray, offset: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        rate = gyr.T - offset[:, None]
        # The integral is smooth by itself, and a low pass would take the turn from its ends.
        turn = np.cumsum(rate, axis=1)[:, ::step] / rate_hz
        soft = forward_and_back(smooth, rate)
        # In the sensor's own frame: the axes, and with them the joint's frame, change in the search.
        arm = lever_rows(np.eye(3), soft, np.gradient(soft, 1.0 / rate_hz, axis=1))
        return np.ascontiguousarray(soft[:, ::step]), turn, arm

    shin_gyr, shin_turn, shin_arm = rotation(block.shin_gyr, shin_offset)
    foot_gyr, foot_turn, foot_arm = rotation(block.foot_gyr, foot_offset)
    clipped = low((block.shin_clipped | block.foot_clipped).astype(np.float64))
    weight = 1.0 / (1.0 + _CLIPPED_WEIGHT * np.maximum(clipped, 0.0))
    return Pieces(
        shin_acc=low(block.shin_acc.T)[:, None],
        foot_acc=low(block.foot_acc.T)[:, None],
        shin_gyr=shin_gyr[:, None],
        foot_gyr=foot_gyr[:, None],
        foot_jerk=low(np.gradient(block.foot_acc.T, 1.0 / rate_hz, axis=1))[:, None],
        foot_change=low(np.gradient(block.foot_gyr.T, 1.0 / rate_hz, axis=1))[:, None],
        shin_turn=shin_turn[:, None],
        foot_turn=foot_turn[:, None],
        shin_arm=low(shin_arm)[:, :, None],
        foot_arm=low(foot_arm)[:, :, None],
        foot_arm_change=low(np.gradient(foot_arm, 1.0 / rate_hz, axis=2))[:, :, None],
        weight=weight[None],
    )

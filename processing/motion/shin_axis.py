"""Knowledge of the joint's axis in the shin's frame, and what its lack leaves unknown of the angle.

Where the shin rests, gravity along the joint's axis is all that its sensor shows of it: the axis may then
point anywhere about the vertical, and pumps alone cannot tell. As long as the shin stays in that pose the
angle does not depend on it; a turn of the shin does.
"""

import math
from collections.abc import Sequence

import numpy as np

from processing.motion.calibrated import Calibration
from processing.types import PairedBlock
from sensor.compiled import compiled
from sensor.types import FloatArray

TISSUE_DEG = 0.3
"""Turn of a shin's sensor by the tissue below it while the ankle pumps, °.

A shin that turns less shows no axis. Simulated persons who sit turn it by 0.5 to 1.2° as they pump, and the
axis is then up to 6° off: less than these 0.3° say (14 to 37°), for nobody knows a person's tissue.
"""
KNOWN_DEG = 4.0
"""Less than this is left to the filter, whose axes wander by as much in seven minutes: persons who stand and lift
a leg for the pumps turn the shin by 5°, and their calibration leaves 3.5°."""
MOST_DEG = math.degrees(math.sqrt(2.0))
"""Deviation of an axis of which nothing is known, °: the mean square distance of two directions of a plane is 2."""


def shin_axis_deg(blocks: Sequence[PairedBlock], rate_hz: float) -> float:
    """Return the standard deviation of the shin's axis about the vertical, °, by how far the shin turned.

    Parameters
    ----------
    blocks
        The movements of a calibration.
    rate_hz
        Rate of the grid.
    """
    length = max(1, round(rate_hz))
    down = np.concatenate([_directions(block, length) for block in blocks])
    if not len(down):
        return MOST_DEG
    mean = down.mean(axis=0)
    across = down - np.outer(down @ mean, mean) / float(mean @ mean)
    turned = math.degrees(math.sqrt(float((across * across).sum(axis=1).mean())))
    return min(math.degrees(TISSUE_DEG / max(turned, 1e-9)), MOST_DEG)


def _directions(block: PairedBlock, length: int) -> FloatArray:
    """Return the mean directions (k, 3) of the shin's force over stretches of ``length`` samples."""
    count = len(block.t) // length
    valid = block.shin_valid[: count * length].reshape(count, length)
    force = np.where(
        valid[:, :, None], block.shin_acc[: count * length].reshape(count, length, 3), 0.0
    )
    total = force.sum(axis=1)[2 * valid.sum(axis=1) > length]
    out: FloatArray = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
    return out


def unknown_turn(calibration: Calibration, shin_acc: FloatArray) -> FloatArray:
    """Return the variance (m,) rad² of the angle by an axis of the shin that the calibration did not show.

    Parameters
    ----------
    calibration
        The calibration.
    shin_acc
        (m, 3) m/s², the shin's mean force in m windows, in its sensor's frame, offset included.
    """
    out = np.zeros(len(shin_acc))
    deviation_deg = calibration.quality.shin_axis_deg
    if deviation_deg > KNOWN_DEG:
        square = math.radians(deviation_deg) ** 2 - math.radians(KNOWN_DEG) ** 2
        _fill_unknown_turn(shin_acc, np.array(calibration.shin.neutral_acc), square, out)
    return out


@compiled("void(Array(f8, 2, 'A', True), f8[::1], f8, f8[::1])")
def _fill_unknown_turn(
    shin_acc: FloatArray, neutral: FloatArray, square: float, out: FloatArray
) -> None:
    """Fill ``out`` (m,) with ``square`` times the square of the turn of the force from ``neutral`` (3,), rad²."""
    u, v, w = neutral[0], neutral[1], neutral[2]
    for m in range(len(out)):
        x, y, z = shin_acc[m, 0], shin_acc[m, 1], shin_acc[m, 2]
        across = math.sqrt((y * w - z * v) ** 2 + (z * u - x * w) ** 2 + (x * v - y * u) ** 2)
        turned = math.atan2(across, x * u + y * v + z * w)
        out[m] = square * turned * turned

"""A sensor's attitude by its gyro alone, against a frame that stands still but for the gyro's errors.

The frame is the sensor's own before the first sample. Which way is up in it, the gyro cannot know.
"""

import math

import numpy as np

from sensor.types import FloatArray

_SMALL_RAD = 1e-9
"""A smaller turn is its own sine to the last bit."""

Quaternion = tuple[float, float, float, float]
IDENTITY: Quaternion = (1.0, 0.0, 0.0, 0.0)
"""The attitude before the first sample."""


def turned_on(
    start: Quaternion, gyr: FloatArray, step_s: float
) -> tuple[FloatArray, FloatArray, Quaternion]:
    """Return the attitudes in the middle of each sample and at its end, (4, n) each, and the last.

    Attitudes are quaternions, w first, that turn vectors of the sensor's frame into the other frame.
    The samples are taken one after the other, so any split of them gives the same bits.

    Parameters
    ----------
    start
        The attitude before the samples.
    gyr
        (3, n) rad/s, each the mean over its interval.
    step_s
        Length of an interval.
    """
    middle, end = np.empty((4, gyr.shape[1])), np.empty((4, gyr.shape[1]))
    attitude = start
    for i, rate in enumerate((gyr.T * (0.5 * step_s)).tolist()):
        middle[:, i] = _turned(attitude, rate, 0.5)
        attitude = _turned(attitude, rate, 1.0)
        end[:, i] = attitude
    return middle, end, attitude


def turned_by(attitudes: FloatArray, turn: FloatArray) -> FloatArray:
    """Return ``attitudes`` (4, n), each turned on by the rotation vector ``turn`` (3,) rad."""
    half = (0.5 * turn).tolist()
    each = [_turned((w, x, y, z), half, 1.0) for w, x, y, z in attitudes.T.tolist()]
    return np.array(each).reshape(-1, 4).T


def _turned(attitude: Quaternion, half: list[float], share: float) -> Quaternion:
    """Return ``attitude`` turned on by a ``share`` of twice the vector ``half`` (3,) rad."""
    x, y, z = half
    angle = math.sqrt(x * x + y * y + z * z)
    cos = math.cos(share * angle)
    size = share if angle < _SMALL_RAD else math.sin(share * angle) / angle
    x, y, z = x * size, y * size, z * size
    a, b, c, d = attitude
    return (
        a * cos - b * x - c * y - d * z,
        a * x + b * cos + c * z - d * y,
        a * y + c * cos + d * x - b * z,
        a * z + d * cos + b * y - c * x,
    )


def matrices(attitudes: FloatArray) -> FloatArray:
    """Return the rotation matrices (3, 3, n) of the quaternions ``attitudes`` (4, n)."""
    w, x, y, z = attitudes
    out = np.empty((3, 3, attitudes.shape[1]))
    out[0, 0] = 1.0 - 2.0 * (y * y + z * z)
    out[0, 1] = 2.0 * (x * y - w * z)
    out[0, 2] = 2.0 * (x * z + w * y)
    out[1, 0] = 2.0 * (x * y + w * z)
    out[1, 1] = 1.0 - 2.0 * (x * x + z * z)
    out[1, 2] = 2.0 * (y * z - w * x)
    out[2, 0] = 2.0 * (x * z - w * y)
    out[2, 1] = 2.0 * (y * z + w * x)
    out[2, 2] = 1.0 - 2.0 * (x * x + y * y)
    return out


def turned_into(turns: FloatArray, vectors: FloatArray) -> FloatArray:
    """Return the products (3, n) of the matrices ``turns`` (3, 3, n) and ``vectors`` (3, n)."""
    out: FloatArray = turns[:, 0] * vectors[0] + turns[:, 1] * vectors[1] + turns[:, 2] * vectors[2]
    return out


def turned_back(turns: FloatArray, vectors: FloatArray) -> FloatArray:
    """Return the products (3, n) of the transposed ``turns`` (3, 3, n) and ``vectors`` (3, n)."""
    out: FloatArray = turns[0] * vectors[0] + turns[1] * vectors[1] + turns[2] * vectors[2]
    return out

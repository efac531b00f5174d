"""A sensor's attitude by its gyro alone, against a frame that stands still but for the gyro's errors.

The frame is the sensor's own before the first sample. Which way is up in it, the gyro cannot know.
"""

import math

import numpy as np

from sensor.compiled import compiled
from sensor.compiled.arrays import copy_matrix
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
    attitude = np.array(start)
    _turn_through(attitude, gyr, step_s, middle, end)
    w, x, y, z = attitude.tolist()
    return middle, end, (w, x, y, z)


@compiled("void(f8[::1], f8, f8, f8, f8, f8[:, ::1], i8)")
def turn_on(
    attitude: FloatArray, x: float, y: float, z: float, share: float, out: FloatArray, column: int
) -> None:
    """Put ``attitude`` (4,), turned on by a ``share`` of twice the vector x, y, z in rad, in ``out``."""
    angle = math.sqrt(x * x + y * y + z * z)
    cos = math.cos(share * angle)
    size = share if angle < _SMALL_RAD else math.sin(share * angle) / angle
    x, y, z = x * size, y * size, z * size
    a, b, c, d = attitude[0], attitude[1], attitude[2], attitude[3]
    out[0, column] = a * cos - b * x - c * y - d * z
    out[1, column] = a * x + b * cos + c * z - d * y
    out[2, column] = a * y + c * cos + d * x - b * z
    out[3, column] = a * z + d * cos + b * y - c * x


@compiled("void(f8[::1], f8[:, :], f8, f8[:, ::1], f8[:, ::1])")
def _turn_through(
    attitude: FloatArray, gyr: FloatArray, step_s: float, middle: FloatArray, end: FloatArray
) -> None:
    """Turn ``attitude`` (4,) on through all samples; parameters and results as of `turned_on`."""
    half = 0.5 * step_s
    for i in range(gyr.shape[1]):
        x, y, z = gyr[0, i] * half, gyr[1, i] * half, gyr[2, i] * half
        turn_on(attitude, x, y, z, 0.5, middle, i)
        turn_on(attitude, x, y, z, 1.0, end, i)
        for k in range(4):
            attitude[k] = end[k, i]


def product(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return the products (4, n) of the quaternions ``first`` and ``second`` (4, n)."""
    a, b, c, d = first
    w, x, y, z = second
    return np.stack(
        [
            a * w - b * x - c * y - d * z,
            a * x + b * w + c * z - d * y,
            a * y + c * w + d * x - b * z,
            a * z + d * w + b * y - c * x,
        ]
    )


def rotation_vectors(attitudes: FloatArray) -> FloatArray:
    """Return the rotation vectors (3, n) rad of the quaternions ``attitudes`` (4, n), at most half a turn."""
    # A quaternion and its negative are the same rotation; this one turns the shorter way.
    w, vectors = np.abs(attitudes[0]), np.where(attitudes[0] < 0.0, -1.0, 1.0) * attitudes[1:]
    sine = np.sqrt((vectors * vectors).sum(axis=0))
    per_sine = np.where(
        sine < _SMALL_RAD, 2.0, 2.0 * np.arctan2(sine, w) / np.maximum(sine, _SMALL_RAD)
    )
    out: FloatArray = vectors * per_sine
    return out


@compiled("void(f8[:, :], i8, f8[:, ::1])")
def matrix_of(attitudes: FloatArray, column: int, out: FloatArray) -> None:
    """Fill ``out`` (3, 3) with the rotation matrix of a column of ``attitudes`` (4, n)."""
    w, x, y, z = (
        attitudes[0, column],
        attitudes[1, column],
        attitudes[2, column],
        attitudes[3, column],
    )
    out[0, 0] = 1.0 - 2.0 * (y * y + z * z)
    out[0, 1] = 2.0 * (x * y - w * z)
    out[0, 2] = 2.0 * (x * z + w * y)
    out[1, 0] = 2.0 * (x * y + w * z)
    out[1, 1] = 1.0 - 2.0 * (x * x + z * z)
    out[1, 2] = 2.0 * (y * z - w * x)
    out[2, 0] = 2.0 * (x * z - w * y)
    out[2, 1] = 2.0 * (y * z + w * x)
    out[2, 2] = 1.0 - 2.0 * (x * x + y * y)


def matrices(attitudes: FloatArray) -> FloatArray:
    """Return the rotation matrices (3, 3, n) of the quaternions ``attitudes`` (4, n)."""
    out = np.empty((3, 3, attitudes.shape[1]))
    _matrices(attitudes, out)
    return out


@compiled("void(f8[:, :], f8[:, :, ::1])")
def _matrices(attitudes: FloatArray, out: FloatArray) -> None:
    """Fill ``out`` (3, 3, n) with the rotation matrices of ``attitudes`` (4, n)."""
    turn = np.empty((3, 3))
    for column in range(attitudes.shape[1]):
        matrix_of(attitudes, column, turn)
        copy_matrix(out[:, :, column], turn)


def turned_back(turns: FloatArray, vectors: FloatArray) -> FloatArray:
    """Return the products (3, n) of the transposed ``turns`` (3, 3, n) and ``vectors`` (3, n)."""
    out: FloatArray = turns[0] * vectors[0] + turns[1] * vectors[1] + turns[2] * vectors[2]
    return out

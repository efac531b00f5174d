"""The plane across a joint axis, and what a lever arm adds to an accelerometer's reading.

Arrays of samples are (3, n), one contiguous row per component, and are combined row by row: an
elementwise sum gives the same bits however a stream is cut into blocks, a matrix product need not.
"""

import math

import numpy as np

from sensor.compiled import compiled
from sensor.types import FloatArray


def rows(samples: FloatArray) -> FloatArray:
    """Return samples (n, 3) as contiguous rows (3, n), in the same unit and frame."""
    return np.ascontiguousarray(samples.T)


def columns(samples: FloatArray) -> FloatArray:
    """Return rows (3, n) as contiguous samples (n, 3), in the same unit and frame."""
    return np.ascontiguousarray(samples.T)


def along(axis: FloatArray, vectors: FloatArray) -> FloatArray:
    """Return the component (n,) of ``vectors`` (3, n) along ``axis`` (3,)."""
    out: FloatArray = axis[0] * vectors[0] + axis[1] * vectors[1] + axis[2] * vectors[2]
    return out


def unit(vector: FloatArray) -> FloatArray:
    """Return ``vector`` (3,) with length one."""
    out: FloatArray = np.asarray(vector, dtype=np.float64) / np.linalg.norm(vector)
    return out


def joint_frame(axis: FloatArray) -> FloatArray:
    """Return a right-handed frame (3, 3) as rows x, y, axis, with x and y across ``axis`` (3,)."""
    a, b, c = (float(v) for v in unit(axis))
    # The coordinate that the axis has least of is never nearly parallel to it.
    least = min((abs(a), 0), (abs(b), 1), (abs(c), 2))[1]
    x = ((0.0, -c, b), (c, 0.0, -a), (-b, a, 0.0))[least]
    size = math.hypot(*x)
    x0, x1, x2 = (v / size for v in x)
    y = (b * x2 - c * x1, c * x0 - a * x2, a * x1 - b * x0)
    return np.array([(x0, x1, x2), y, (a, b, c)])


def lever_rows(frame: FloatArray, rate: FloatArray, rate_change: FloatArray) -> FloatArray:
    """Return the acceleration per metre of lever arm along the rows of ``frame``, (3, 3, n) s⁻².

    A sensor at ``arm`` (3,) m from the joint's centre measures, beyond the centre's acceleration,
    ``rate_change x arm + rate x (rate x arm)``. The product of row i of the result with ``arm`` is
    the component of that along row i of ``frame``.

    Parameters
    ----------
    frame
        (3, 3), its rows are axes in the sensor's frame.
    rate
        (3, n) rad/s in the sensor's frame.
    rate_change
        (3, n) rad/s², its derivative.
    """
    f = frame[:, :, None]
    w, c = rate, rate_change
    turn = f[:, 0] * w[0] + f[:, 1] * w[1] + f[:, 2] * w[2]
    square = w[0] * w[0] + w[1] * w[1] + w[2] * w[2]
    out = np.empty((3, 3, rate.shape[1]))
    out[:, 0] = f[:, 1] * c[2] - f[:, 2] * c[1] + turn * w[0] - square * f[:, 0]
    out[:, 1] = f[:, 2] * c[0] - f[:, 0] * c[2] + turn * w[1] - square * f[:, 1]
    out[:, 2] = f[:, 0] * c[1] - f[:, 1] * c[0] + turn * w[2] - square * f[:, 2]
    return out


def lever_change(
    arm: FloatArray, rate: FloatArray, change: FloatArray, second: FloatArray
) -> FloatArray:
    """Return the rate of change of the acceleration that a lever arm adds, (3, n) m/s³.

    Parameters
    ----------
    arm
        (3,) m from the joint's centre to the sensor, in the sensor's frame like the others.
    rate
        (3, n) rad/s.
    change, second
        (3, n) rad/s² and rad/s³, its first and second derivative.
    """
    out = np.empty_like(rate)
    fill_lever_change(arm, rate, change, second, out)
    return out


@compiled("void(f8[::1], f8[:, :], f8[:, :], f8[:, :], f8[:, :])")
def fill_lever_change(
    arm: FloatArray, rate: FloatArray, change: FloatArray, second: FloatArray, out: FloatArray
) -> None:
    """Fill ``out`` (3, n) as :func:`lever_change` returns it."""
    x, y, z = arm[0], arm[1], arm[2]
    for i in range(rate.shape[1]):
        wx, wy, wz = rate[0, i], rate[1, i], rate[2, i]
        cx, cy, cz = change[0, i], change[1, i], change[2, i]
        jx, jy, jz = second[0, i], second[1, i], second[2, i]
        along_w, along_c = x * wx + y * wy + z * wz, x * cx + y * cy + z * cz
        both = -2.0 * (wx * cx + wy * cy + wz * cz)
        out[0, i] = jy * z - jz * y + cx * along_w + wx * along_c + both * x
        out[1, i] = jz * x - jx * z + cy * along_w + wy * along_c + both * y
        out[2, i] = jx * y - jy * x + cz * along_w + wz * along_c + both * z


def mean_rate(shin_rate: FloatArray, foot_rate: FloatArray) -> FloatArray:
    """Return the change (n,) rad/s of the joint's angle per second that the foot's samples are late.

    If the foot's clock is d seconds late, the angle at the middle of both clocks is the integral of
    the joint's rate plus d times this. The samples do not show which of the two clocks is wrong.

    Parameters
    ----------
    shin_rate, foot_rate
        (n,) rad/s, each link's rate about the joint's axis.
    """
    out: FloatArray = 0.5 * (shin_rate + foot_rate)
    return out


@compiled("f8(f8)")
def wrapped(angle: float) -> float:
    """Return ``angle`` (rad) plus the whole turns that bring it into -pi to pi."""
    return (angle + math.pi) % (2.0 * math.pi) - math.pi

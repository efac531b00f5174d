"""The sums of a window's samples: changes of velocity in a frame that stands still, for gravity."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from processing.motion.attitude import matrix_of
from sensor.compiled import compiled
from sensor.compiled.arrays import copy_matrix
from sensor.types import FloatArray

WINDOW_S = 0.1
"""Length of a window, as for the ankle: no movement of a leg turns round within it."""


@dataclass(frozen=True, slots=True)
class GravityWindows:
    """Sums over m windows in the frame that stands still."""

    change: FloatArray
    """(m, 3) m/s, integral of the accelerometer's reading: the change of velocity, and gravity."""
    swing: FloatArray
    """(m, 3, 3) s⁻¹, change of the sensor's velocity per metre of lever arm, in the sensor's frame."""
    drift: FloatArray
    """(m, 3, 3) s, integral of the attitude: the turn of the frame per rad/s of gyro offset."""
    rate: FloatArray
    """(m,) rad/s, root mean square of the rate of rotation."""

    def part(self, start: int, stop: int) -> "GravityWindows":
        """Return a copy of the windows from ``start`` to ``stop``."""
        return GravityWindows(*(np.array(getattr(self, f.name)[start:stop]) for f in fields(self)))


def join_windows(parts: Sequence[GravityWindows]) -> GravityWindows:
    """Return the windows of all ``parts`` in one value."""
    return GravityWindows(
        *(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(GravityWindows))
    )


def no_windows() -> GravityWindows:
    """Return no windows."""
    return GravityWindows(np.empty((0, 3)), np.empty((0, 3, 3)), np.empty((0, 3, 3)), np.empty(0))


def gravity_windows(
    middle: FloatArray, acc: FloatArray, gyr: FloatArray, before: FloatArray | None, step_s: float
) -> tuple[GravityWindows, FloatArray]:
    """Return the windows of whole windows' samples, and the edge to the next ones.

    Parameters
    ----------
    middle
        (4, n) attitudes in the middle of the samples.
    acc, gyr
        (3, n) m/s² and rad/s in the sensor's frame, offsets removed.
    before
        The edge to the windows before, see :func:`window_sums`; None if there are none.
    step_s
        Time between samples.
    """
    length = round(WINDOW_S / step_s)
    m = acc.shape[1] // length
    windows = GravityWindows(
        np.empty((m, 3)), np.empty((m, 3, 3)), np.empty((m, 3, 3)), np.empty(m)
    )
    edge = np.empty((4, 3))
    if before is None:
        reading(middle, acc, gyr, 0, np.empty((3, 3)), edge)
    else:
        edge[:] = before
    _all_sums(
        middle, acc, gyr, length, step_s, edge,
        windows.change, windows.swing, windows.drift, windows.rate,
    )  # fmt: skip
    return windows, edge


@compiled("void(f8[:, :], f8[:, :], f8[:, :], i8, f8[:, ::1], f8[:, ::1])")
def reading(
    middle: FloatArray,
    acc: FloatArray,
    gyr: FloatArray,
    column: int,
    turn: FloatArray,
    out: FloatArray,
) -> None:
    """Turn a sample into the frame that stands still.

    Parameters
    ----------
    middle, acc, gyr
        As of :func:`gravity_windows`.
    column
        Number of the sample.
    turn
        (3, 3), filled with the sensor's attitude in the middle of it.
    out
        (4, 3), filled with the accelerometer's reading, m/s², and below it with the sensor's velocity per
        metre of lever arm, s⁻¹.
    """
    matrix_of(middle, column, turn)
    x, y, z = gyr[0, column], gyr[1, column], gyr[2, column]
    for i in range(3):
        a, b, c = turn[i, 0], turn[i, 1], turn[i, 2]
        out[0, i] = a * acc[0, column] + b * acc[1, column] + c * acc[2, column]
        # The velocity of a sensor at `arm` is rate x arm: the columns of its matrix, turned.
        out[1 + i, 0], out[1 + i, 1], out[1 + i, 2] = b * z - c * y, c * x - a * z, a * y - b * x


@compiled(
    "f8(f8[:, :], f8[:, :], f8[:, :], i8, i8, f8, f8[:, ::1], f8[::1], f8[:, ::1], f8[:, ::1])"
)
def window_sums(
    middle: FloatArray,
    acc: FloatArray,
    gyr: FloatArray,
    first: int,
    length: int,
    step_s: float,
    edge: FloatArray,
    change: FloatArray,
    swing: FloatArray,
    drift: FloatArray,
) -> float:
    """Return the root mean square of the rate of rotation in a window, rad/s.

    Parameters
    ----------
    middle, acc, gyr, step_s
        As of :func:`gravity_windows`.
    first, length
        Number of the first sample of the window, and how many it has.
    edge
        (4, 3) the last sample before it, see :func:`reading`; changed to its own last one.
    change, swing, drift
        (3,), (3, 3) and (3, 3), filled, see :class:`GravityWindows`.
    """
    turn, now = np.empty((3, 3)), np.empty((4, 3))
    change[:], drift[:] = 0.0, 0.0
    square = 0.0
    for at in range(first, first + length):
        reading(middle, acc, gyr, at, turn, now)
        for i in range(3):
            # Velocity is known between the middles of samples: half of each neighbour's acceleration.
            change[i] += 0.5 * (edge[0, i] + now[0, i])
            edge[0, i] = now[0, i]
            for k in range(3):
                drift[i, k] += turn[i, k]
        square += gyr[0, at] * gyr[0, at] + gyr[1, at] * gyr[1, at] + gyr[2, at] * gyr[2, at]
    for i in range(3):
        change[i] *= step_s
        for k in range(3):
            drift[i, k] *= step_s
            swing[i, k] = now[1 + i, k] - edge[1 + i, k]
    copy_matrix(edge, now)
    return math.sqrt(square / length)


@compiled(
    "void(f8[:, :], f8[:, :], f8[:, :], i8, f8, f8[:, ::1],"
    " f8[:, ::1], f8[:, :, ::1], f8[:, :, ::1], f8[::1])"
)
def _all_sums(
    middle: FloatArray,
    acc: FloatArray,
    gyr: FloatArray,
    length: int,
    step_s: float,
    edge: FloatArray,
    change: FloatArray,
    swing: FloatArray,
    drift: FloatArray,
    rate: FloatArray,
) -> None:
    """Fill all windows, one after the other; parameters as of :func:`window_sums`."""
    for m in range(len(rate)):
        rate[m] = window_sums(
            middle, acc, gyr, m * length, length, step_s, edge, change[m], swing[m], drift[m]
        )


def planes_across(frame: FloatArray, ends: FloatArray) -> FloatArray:
    """Return the first two axes of ``frame`` (3, 3), turned by each of ``ends`` (3, 3, m): (m, 2, 3)."""
    turned = [
        ends[:, 0] * axis[0] + ends[:, 1] * axis[1] + ends[:, 2] * axis[2] for axis in frame[:2]
    ]
    return np.ascontiguousarray(np.moveaxis(np.stack(turned), 2, 0))

"""The sums of a window's samples: changes of velocity in a frame that stands still, for gravity."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from processing.motion.attitude import turned_into
from sensor.types import FloatArray

WINDOW_S = 0.1
"""Length of a window, as for the ankle: no movement of a leg turns round within it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The last sample before some windows, in the frame that stands still."""

    acc: FloatArray
    """(3,) m/s², the accelerometer's reading."""
    swing: FloatArray
    """(3, 3) s⁻¹, the sensor's velocity per metre of lever arm."""


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
        """Return the windows from ``start`` to ``stop``."""
        return GravityWindows(*(getattr(self, f.name)[start:stop] for f in fields(self)))


def join_windows(parts: Sequence[GravityWindows]) -> GravityWindows:
    """Return the windows of all ``parts`` in one value."""
    return GravityWindows(
        *(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(GravityWindows))
    )


def no_windows() -> GravityWindows:
    """Return no windows."""
    return GravityWindows(np.empty((0, 3)), np.empty((0, 3, 3)), np.empty((0, 3, 3)), np.empty(0))


def gravity_windows(
    turns: FloatArray, acc: FloatArray, gyr: FloatArray, before: Edge | None, step_s: float
) -> tuple[GravityWindows, Edge]:
    """Return the windows of whole windows' samples, and the edge to the next ones.

    Parameters
    ----------
    turns
        (3, 3, n) attitudes in the middle of the samples, as matrices.
    acc, gyr
        (3, n) m/s² and rad/s in the sensor's frame, offsets removed.
    before
        The sample before them; None if there is none.
    step_s
        Time between samples.
    """
    length = round(WINDOW_S / step_s)
    force = turned_into(turns, acc)
    # The velocity of a sensor at `arm` is rate x arm: the columns of its matrix, turned.
    w, zero = gyr, np.zeros(gyr.shape[1])
    columns = ((zero, w[2], -w[1]), (-w[2], zero, w[0]), (w[1], -w[0], zero))
    swing = np.stack([turned_into(turns, np.stack(c)) for c in columns], axis=1)
    edge = Edge(force[:, 0], swing[:, :, 0]) if before is None else before
    # Velocity is known between the middles of samples: half of each neighbour's acceleration.
    earlier = np.concatenate([edge.acc[:, None], force[:, :-1]], axis=1)
    ends = np.concatenate([edge.swing[:, :, None], swing[:, :, length - 1 :: length]], axis=2)
    windows = GravityWindows(
        change=_sums(0.5 * (earlier + force), length) * step_s,
        swing=np.ascontiguousarray(np.moveaxis(np.diff(ends, axis=2), 2, 0)),
        drift=_sums(turns.reshape(9, -1), length).reshape(-1, 3, 3) * step_s,
        rate=np.sqrt(_sums((w[0] * w[0] + w[1] * w[1] + w[2] * w[2])[None], length)[:, 0] / length),
    )
    return windows, Edge(force[:, -1], swing[:, :, -1])


def planes_across(frame: FloatArray, ends: FloatArray) -> FloatArray:
    """Return the first two axes of ``frame`` (3, 3), turned by each of ``ends`` (3, 3, m): (m, 2, 3)."""
    turned = [
        ends[:, 0] * axis[0] + ends[:, 1] * axis[1] + ends[:, 2] * axis[2] for axis in frame[:2]
    ]
    return np.ascontiguousarray(np.moveaxis(np.stack(turned), 2, 0))


def _sums(samples: FloatArray, length: int) -> FloatArray:
    """Return the sums (m, k) of ``samples`` (k, n) over windows of ``length``."""
    each = samples.reshape(len(samples), -1, length)
    out: FloatArray = each[:, :, 0].T.copy()
    # One after the other: a sum of an array takes another order when it has more windows.
    for at in range(1, length):
        out += each[:, :, at].T
    return out

"""A sensor before it is strapped on: it lies on a table, and a hand turns it."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial.transform import Rotation

from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

BENCH_S = 5.0
"""How long both sensors lie on the bench before the first is picked up."""
STRAP_S = 4.0
"""How long it takes to strap one on."""
FACE_S = 4.0
"""How long a sensor lies on each of its faces."""
TURN_S = 1.5
"""How long it takes to turn it onto the next one."""
_TABLE_TILT_DEG = 3.0
_UP = np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True, slots=True)
class Handling:
    """Poses of a sensor, and the turns between them.

    ``start`` and ``stop`` (k,) s are when it lies in each; ``attitude`` (k rotations) turns its
    vectors into the world. A turn is about one axis, with minimum jerk. A hand's pushes are left
    out: what is measured here is measured in the poses.
    """

    start: FloatArray
    stop: FloatArray
    attitude: Rotation

    @property
    def end_s(self) -> float:
        """When the last pose begins."""
        return float(self.start[-1])

    def felt(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return specific force m/s² and rate rad/s at times ``t`` (n,) s, (n, 3) each."""
        at = np.clip(np.searchsorted(self.start, t, side="right") - 1, 0, len(self.start) - 2)
        turn = (self.attitude[:-1].inv() * self.attitude[1:]).as_rotvec()
        seconds = self.start[1:] - self.stop[:-1]
        x = np.clip((t - self.stop[at]) / seconds[at], 0.0, 1.0)
        share = x**3 * (10.0 - 15.0 * x + 6.0 * x**2)
        speed = 30.0 * x**2 * (1.0 - x) ** 2 / seconds[at]
        attitude = self.attitude[at] * Rotation.from_rotvec(share[:, None] * turn[at])
        return STANDARD_GRAVITY_MPS2 * attitude.inv().apply(_UP), speed[:, None] * turn[at]


def before_strapping(worn: FloatArray, strap_at_s: float, rng: np.random.Generator) -> Handling:
    """Return a sensor that lies anyhow, and is strapped on in the attitude ``worn`` (3, 3).

    It is picked up ``strap_at_s``.
    """
    attitude = Rotation.concatenate([Rotation.random(rng=rng), Rotation.from_matrix(worn)])
    start = np.array([0.0, strap_at_s + STRAP_S])
    return Handling(start, np.array([strap_at_s, start[1]]), attitude)


def six_faces(rng: np.random.Generator) -> Handling:
    """Return a sensor that is laid on each of its faces, in any order, on a table not quite level."""
    table = Rotation.from_rotvec(np.deg2rad(_TABLE_TILT_DEG) * rng.uniform(-1.0, 1.0, 3))
    faces = [sign * np.eye(3)[axis] for axis in range(3) for sign in (1.0, -1.0)]
    lying = []
    for face in rng.permutation(6):
        upward, _ = Rotation.align_vectors([_UP], [faces[face]])
        spun = Rotation.from_rotvec(rng.uniform(-np.pi, np.pi) * _UP)
        lying.append(table * spun * upward)
    start = np.arange(6, dtype=np.float64) * (FACE_S + TURN_S)
    return Handling(start, start + FACE_S, Rotation.concatenate(lying))

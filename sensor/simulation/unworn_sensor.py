"""A sensor before it is strapped on: it lies on a table, and a hand turns it from pose to pose."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray

if TYPE_CHECKING:
    from scipy.spatial.transform import Rotation

BENCH_S = 5.0
"""Time for which the sensors lie on the bench before the first is picked up."""
STRAP_S = 4.0
"""Time to strap one sensor on."""
FACE_S = 4.0
"""Time on each face: twice what the six faces need, so that a person need not hurry."""
TURN_S = 1.5
"""Time to turn a sensor onto the next face."""
_TABLE_TILT_DEG = 3.0
"""Largest tilt of the table: the fit of the six faces must not need a level one."""
_UP = np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True, slots=True)
class UnwornSensor:
    """The poses of a sensor that is not worn yet, with the turns between them.

    A turn is about one axis, with minimum jerk. The pushes of the hand are left out, since only the
    poses are measured.
    """

    start: FloatArray
    """(k,) s, the start of each pose."""
    stop: FloatArray
    """(k,) s, the end of each pose."""
    attitude: "Rotation"
    """k rotations from the sensor into the world."""

    @property
    def end_s(self) -> float:
        """The start of the last pose, in s."""
        return float(self.start[-1])

    def force_and_rate(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the true specific force and angular rate in the sensor's frame.

        Parameters
        ----------
        t
            (n,) times in s.

        Returns
        -------
        tuple
            (n, 3) specific force in m/s², and (n, 3) angular rate in rad/s.
        """
        from scipy.spatial.transform import Rotation  # noqa: PLC0415 - slow to load

        at = np.clip(np.searchsorted(self.start, t, side="right") - 1, 0, len(self.start) - 2)
        turn = (self.attitude[:-1].inv() * self.attitude[1:]).as_rotvec()
        seconds = self.start[1:] - self.stop[:-1]
        x = np.clip((t - self.stop[at]) / seconds[at], 0.0, 1.0)
        # Minimum jerk (Flash and Hogan 1985), and its derivative below.
        share = x**3 * (10.0 - 15.0 * x + 6.0 * x**2)
        speed = 30.0 * x**2 * (1.0 - x) ** 2 / seconds[at]
        attitude = self.attitude[at] * Rotation.from_rotvec(share[:, None] * turn[at])
        return STANDARD_GRAVITY_MPS2 * attitude.inv().apply(_UP), speed[:, None] * turn[at]


def lying_on_bench(worn: FloatArray, strap_at_s: float, rng: np.random.Generator) -> UnwornSensor:
    """Return a sensor that lies in a random attitude until it is strapped on.

    Parameters
    ----------
    worn
        (3, 3) rotation from the sensor into the world when it is strapped on.
    strap_at_s
        Time at which it is picked up.
    rng
        Source of chance.
    """
    from scipy.spatial.transform import Rotation  # noqa: PLC0415 - slow to load

    attitude = Rotation.concatenate([Rotation.random(rng=rng), Rotation.from_matrix(worn)])
    start = np.array([0.0, strap_at_s + STRAP_S])
    return UnwornSensor(start, np.array([strap_at_s, start[1]]), attitude)


def laid_on_six_faces(rng: np.random.Generator) -> UnwornSensor:
    """Return a sensor that is laid on each face, in random order, on a table that is not level."""
    from scipy.spatial.transform import Rotation  # noqa: PLC0415 - slow to load

    table = Rotation.from_rotvec(np.deg2rad(_TABLE_TILT_DEG) * rng.uniform(-1.0, 1.0, 3))
    faces = [sign * np.eye(3)[axis] for axis in range(3) for sign in (1.0, -1.0)]
    lying = []
    for face in rng.permutation(6):
        upward, _ = Rotation.align_vectors([_UP], [faces[face]])
        # A person does not care which way a sensor points on the table.
        spun = Rotation.from_rotvec(rng.uniform(-np.pi, np.pi) * _UP)
        lying.append(table * spun * upward)
    start = np.arange(6, dtype=np.float64) * (FACE_S + TURN_S)
    return UnwornSensor(start, start + FACE_S, Rotation.concatenate(lying))

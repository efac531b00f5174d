"""The movement of a whole session: the scripted paths, and what no person can keep still."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sensor.simulation.leg_kinematics import Coordinate
from sensor.simulation.parameters import PersonParameters
from sensor.simulation.paths import KeyPath, Motion, Wander, wander
from sensor.simulation.preparation import start_pose
from sensor.simulation.script import EFFORT, Script
from sensor.types import FloatArray

_TREMOR_HZ = (7.0, 11.0)
_UNSTEADY_HZ = (0.1, 0.8)

# How much of the tremor and of the unsteadiness of the foot each coordinate has.
_TREMOR_SHARE = {Coordinate.ANKLE: 1.0, Coordinate.SUBTALAR: 0.5, Coordinate.KNEE: 0.3}
_KNEE_UNSTEADY = 0.2
_REST_TREMOR = 0.2
"""The share of the tremor that is left when the leg is relaxed."""


@dataclass(frozen=True, slots=True)
class Movement:
    """A session's movement as a function of time.

    ``start_curl`` in rad is the sum of pitch and knee in the start pose, where the curl angle is 0,
    ``start_knee`` that of the knee alone. Where the shin is held, ``held_shin_m`` is the thigh's
    length: the knee's bending then turns the thigh, whatever the path of the pitch says.
    """

    paths: Mapping[Coordinate, KeyPath]
    effort: KeyPath
    tremor: Mapping[Coordinate, Wander]
    unsteady: Mapping[Coordinate, Wander]
    start_curl: float
    start_knee: float = 0.0
    held_shin_m: float | None = None

    def at(self, t: FloatArray) -> dict[Coordinate, Motion]:
        """Return the motion of every coordinate at times ``t`` (n,) s."""
        motions = {coordinate: path.at(t) for coordinate, path in self.paths.items()}
        effort = self.effort.at(t)
        at_rest = Motion(np.full_like(t, _REST_TREMOR), np.zeros_like(t), np.zeros_like(t))
        strength = at_rest + effort.scaled(1.0 - _REST_TREMOR)
        for coordinate, shaking in self.tremor.items():
            motions[coordinate] += strength.times(shaking.at(t))
        for coordinate, swaying in self.unsteady.items():
            motions[coordinate] += effort.times(swaying.at(t))
        if self.held_shin_m is not None:
            _hold_shin(motions, self.start_curl, self.held_shin_m)
        return motions

    def curl(self, motions: Mapping[Coordinate, Motion]) -> FloatArray:
        """Return the curl angle (n,) in rad: how far the shin has turned since the start pose."""
        pitch, knee = motions[Coordinate.PITCH], motions[Coordinate.KNEE]
        return pitch.value + knee.value - self.start_curl


def _hold_shin(motions: dict[Coordinate, Motion], start_curl: float, thigh_length_m: float) -> None:
    """Turn the thigh by what the knee bends, and carry the hip about the knee that stays."""
    knee = motions[Coordinate.KNEE]
    pitch = Motion(start_curl - knee.value, -knee.rate, -knee.acceleration)
    sine, cosine = np.sin(pitch.value), np.cos(pitch.value)
    ahead = Motion(
        sine, cosine * pitch.rate, cosine * pitch.acceleration - sine * pitch.rate * pitch.rate
    )
    above = Motion(
        cosine, -sine * pitch.rate, -sine * pitch.acceleration - cosine * pitch.rate * pitch.rate
    )
    motions[Coordinate.PITCH] = pitch
    motions[Coordinate.ADVANCE] = ahead.scaled(thigh_length_m)
    motions[Coordinate.RISE] = above.scaled(thigh_length_m)


def movement_of(script: Script, person: PersonParameters, rng: np.random.Generator) -> Movement:
    """Return the movement of a finished script, with the person's unsteadiness drawn."""
    tremor = np.deg2rad(person.tremor_deg)
    sway = np.deg2rad(person.unsteady_deg)
    aside = np.deg2rad(person.out_of_plane_deg)
    swaying = {
        Coordinate.ANKLE: sway,
        Coordinate.KNEE: _KNEE_UNSTEADY * sway,
        Coordinate.SUBTALAR: aside,
        Coordinate.AXIAL: aside,
    }
    pose = start_pose(person)
    return Movement(
        script.paths(),
        script.path(EFFORT),
        {c: wander(share * tremor, _TREMOR_HZ, rng) for c, share in _TREMOR_SHARE.items()},
        {c: wander(rms, _UNSTEADY_HZ, rng) for c, rms in swaying.items()},
        pose[Coordinate.PITCH] + pose[Coordinate.KNEE],
        pose[Coordinate.KNEE],
        person.thigh_length_m if person.shin_held else None,
    )

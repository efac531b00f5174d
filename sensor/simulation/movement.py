"""The movement of a whole session: the scripted paths, with tremor and unsteadiness."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sensor.simulation.choices import SimulatedSide
from sensor.simulation.joint_parameters import JointParameters
from sensor.simulation.leg_kinematics import (
    Y_AXIS,
    Anatomy,
    Coordinate,
    LinkedFrame,
    foot_frame,
    shin_frame,
    thigh_frame,
)
from sensor.simulation.paths import KeyPath, Motion, Wander, wander
from sensor.simulation.person_parameters import PersonParameters
from sensor.simulation.preparation import start_pose
from sensor.simulation.script import EFFORT, JOLT, Script
from sensor.types import FloatArray, Segment

HINGES = JointParameters()
"""Joints without any turn that goes along."""
TREMOR_HZ = (7.0, 11.0)
"""Band of physiological tremor, about 8 to 12 Hz."""
UNSTEADY_HZ = (0.1, 0.8)
"""Band of the slow wander of a leg that is held."""

_TREMOR_SHARE = {Coordinate.ANKLE: 1.0, Coordinate.SUBTALAR: 0.5, Coordinate.KNEE: 0.3}
"""Share of the foot's tremor in each coordinate."""
_KNEE_UNSTEADY = 0.2
"""Share of the foot's unsteadiness at the knee."""
_CURVE_RAD = float(np.deg2rad(45.0))
"""Ankle angle at which the curve of a coupling has its full effect."""
REST_TREMOR = 0.2
"""Share of the tremor that is left when the leg is relaxed."""
_UPRIGHT_RAD = float(np.deg2rad(25.0))
"""Pitch of the thigh up to which the pelvis is upright: that of a long stride."""
_FACE_DOWN_RAD = float(np.deg2rad(80.0))
"""Pitch of the thigh from which on the person lies face down."""
_FOLLOWS = 0.1
"""Share of the pitch of an upright person's thigh that the pelvis follows."""


@dataclass(frozen=True, slots=True)
class ScriptedMovement:
    """The movement of a session as a function of time."""

    paths: Mapping[Coordinate, KeyPath]
    """The scripted path of each coordinate."""
    effort: KeyPath
    """The effort of the leg, from 0 to 1."""
    tremor: Mapping[Coordinate, Wander]
    """The tremor at full effort, rad."""
    unsteady: Mapping[Coordinate, Wander]
    """The unsteadiness at full effort, rad."""
    start_pitch_and_knee: float
    """Pitch plus knee in the start pose, where the shin turn is 0; rad."""
    start_knee: float = 0.0
    """Knee in the start pose, rad."""
    held_shin_m: float | None = None
    """Length of the thigh if the shin is held: then the knee turns the thigh, and the path of the
    pitch does not count. None if the shin is free."""
    jolts: KeyPath | None = None
    """Jolts of the hip in m; None if there are none."""
    joint: JointParameters = HINGES
    """The turns that go along with knee and ankle."""
    free: Mapping[Coordinate, Wander] = field(default_factory=dict)
    """The turns of a joint that is no ankle while it works, rad; a relaxed one rests."""
    outward: float = -1.0
    """Sign of a turn about the long axis of the shin that turns the toes out."""

    def at(self, t: FloatArray) -> dict[Coordinate, Motion]:
        """Return the motion of every coordinate at times ``t`` (n,) s."""
        motions = {coordinate: path.at(t) for coordinate, path in self.paths.items()}
        effort = self.effort.at(t)
        # A relaxed leg still trembles a little; effort adds the rest.
        at_rest = Motion(np.full_like(t, REST_TREMOR), np.zeros_like(t), np.zeros_like(t))
        strength = at_rest + effort.scaled(1.0 - REST_TREMOR)
        for coordinate, shaking in self.tremor.items():
            motions[coordinate] += strength.times(shaking.at(t))
        for coordinate, swaying in self.unsteady.items():
            motions[coordinate] += effort.times(swaying.at(t))
        if self.jolts is not None:
            motions[Coordinate.RISE] += self.jolts.at(t)
        if self.joint != HINGES:
            go_along(motions, self.joint, self.outward)
            working = _at_work(effort)
            for coordinate, turning in self.free.items():
                motions[coordinate] += working.times(turning.at(t))
        if self.held_shin_m is not None:
            _hold_shin(motions, self.start_pitch_and_knee, self.held_shin_m)
        return motions

    def bone(
        self, segment: Segment, anatomy: Anatomy, motions: Mapping[Coordinate, Motion]
    ) -> LinkedFrame:
        """Return the frame of a segment, with its origin at its upper joint; the pelvis' is at the hip."""
        if segment is Segment.SHIN:
            return shin_frame(anatomy, motions)
        if segment is Segment.FOOT:
            return foot_frame(anatomy, motions)
        thigh = thigh_frame(motions)
        if segment is Segment.THIGH:
            return thigh
        if self.held_shin_m is not None:
            return thigh  # the body of a glute-ham raise is straight
        return thigh.hinged(Y_AXIS, _hip(motions[Coordinate.PITCH]))

    def shin_turn(self, motions: Mapping[Coordinate, Motion]) -> FloatArray:
        """Return the shin turn (n,) in rad: the rotation of the shin since the start pose."""
        pitch, knee = motions[Coordinate.PITCH], motions[Coordinate.KNEE]
        return pitch.value + knee.value - self.start_pitch_and_knee


def go_along(motions: dict[Coordinate, Motion], joint: JointParameters, outward: float) -> None:
    """Add the turns that go along with knee and ankle."""
    knee, ankle = motions[Coordinate.KNEE], motions[Coordinate.ANKLE]
    curve = 0.01 * joint.coupling_curve_percent / _CURVE_RAD
    bent = ankle + ankle.times(ankle).scaled(curve)
    # An axis that rises by s per degree adds the integral of s times the angle about the shin's axis.
    moving = ankle.times(ankle).scaled(0.5 * outward * joint.axis_tilt_per_deg)
    motions[Coordinate.TORSION] = bent.scaled(0.01 * joint.tibial_rotation_percent) + moving
    motions[Coordinate.SUBTALAR] += bent.scaled(0.01 * joint.inversion_percent)
    motions[Coordinate.AXIAL] += knee.scaled(0.01 * joint.knee_rotation_percent)


def _hip(pitch: Motion) -> Motion:
    """Return the flexion of the hip of a person whose thigh has a ``pitch``.

    Face down the pelvis lies as the thigh does; the pelvis of a person who sits, stands or walks is
    upright, and follows the thigh by a little.
    """
    # A soft ramp of the share by which the pelvis follows: from a tenth when upright to all of it.
    span = _FACE_DOWN_RAD - _UPRIGHT_RAD
    x = np.clip((pitch.value - _UPRIGHT_RAD) / span, 0.0, 1.0)
    inside = (x > 0.0) & (x < 1.0)
    share = _FOLLOWS + (1.0 - _FOLLOWS) * x**3 * (10.0 - 15.0 * x + 6.0 * x**2)
    slope = np.where(inside, (1.0 - _FOLLOWS) * 30.0 * x**2 * (1.0 - x) ** 2 / span, 0.0)
    bend = np.where(
        inside, (1.0 - _FOLLOWS) * (60.0 * x - 180.0 * x**2 + 120.0 * x**3) / span**2, 0.0
    )
    following = Motion(
        share,
        slope * pitch.rate,
        slope * pitch.acceleration + bend * pitch.rate * pitch.rate,
    )
    return pitch.times(following) + pitch.scaled(-1.0)


def _at_work(effort: Motion) -> Motion:
    """Return a motion that is 0 in a relaxed leg and near 1 from a third of the effort on."""
    rest = 1.0 - effort.value
    slope = 8.0 * rest**7
    return Motion(
        1.0 - rest**8,
        slope * effort.rate,
        slope * effort.acceleration - 56.0 * rest**6 * effort.rate * effort.rate,
    )


def _hold_shin(
    motions: dict[Coordinate, Motion], start_pitch_and_knee: float, thigh_length_m: float
) -> None:
    """Turn the thigh against the knee, and move the hip around the knee, which stays in place."""
    # With the shin at rest, pitch plus knee stays what it was in the start pose.
    knee = motions[Coordinate.KNEE]
    pitch = Motion(start_pitch_and_knee - knee.value, -knee.rate, -knee.acceleration)
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


def movement_of(
    script: Script,
    person: PersonParameters,
    rng: np.random.Generator,
    joint: JointParameters = HINGES,
) -> ScriptedMovement:
    """Return the movement of a finished script, with random tremor and unsteadiness."""
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
    trembling = {c: wander(share * tremor, TREMOR_HZ, rng) for c, share in _TREMOR_SHARE.items()}
    unsteady = {c: wander(rms, UNSTEADY_HZ, rng) for c, rms in swaying.items()}
    turning = {
        Coordinate.TORSION: joint.free_torsion_deg,
        Coordinate.SUBTALAR: joint.free_inversion_deg,
    }
    free = {c: wander(np.deg2rad(rms), UNSTEADY_HZ, rng) for c, rms in turning.items() if rms}
    return ScriptedMovement(
        script.paths(),
        script.path(EFFORT),
        trembling,
        unsteady,
        pose[Coordinate.PITCH] + pose[Coordinate.KNEE],
        pose[Coordinate.KNEE],
        person.thigh_length_m if person.shin_held else None,
        script.path(JOLT) if JOLT in script.keys else None,
        joint,
        free,
        1.0 if person.side is SimulatedSide.LEFT else -1.0,
    )

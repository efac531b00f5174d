"""The movement of a leg whose foot is on the ground: the scripted paths, with sway and tremor."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sensor.simulation.choices import SimulatedSide
from sensor.simulation.grounded_leg import grounded_frames
from sensor.simulation.joint_parameters import JointParameters
from sensor.simulation.leg_kinematics import Anatomy, Coordinate, LinkedFrame
from sensor.simulation.movement import (
    HINGES,
    REST_TREMOR,
    TREMOR_HZ,
    UNSTEADY_HZ,
    go_along,
)
from sensor.simulation.parameters import SimulationParameters
from sensor.simulation.paths import KeyPath, Motion, Wander, wander
from sensor.simulation.script import EFFORT, JOLT, RAISED, SWAY, Script
from sensor.types import FloatArray, Segment

GROUNDED = (
    Coordinate.RISE,
    Coordinate.ADVANCE,
    Coordinate.HEADING,
    Coordinate.LEAN,
    Coordinate.HEEL,
    Coordinate.KNEE,
    Coordinate.TRUNK,
    Coordinate.AXIAL,
    Coordinate.SUBTALAR,
    Coordinate.GROUND,
)
"""The scripted coordinates of such a leg."""
_SWAY_HZ = (0.15, 1.0)
"""Band of the sway of a person who stands."""
_SWAY_SHARE = {
    Coordinate.LEAN: 1.0,
    Coordinate.SUBTALAR: 0.6,
    Coordinate.KNEE: 0.5,
    Coordinate.TRUNK: 0.6,
}
"""Share of the sway in each coordinate: to the side people sway less than forward and back."""
_BALANCE_HZ = (0.4, 1.8)
"""Band of the corrections by which a person on the ball of the foot keeps the balance."""
_BALANCE_SHARE = {Coordinate.LEAN: 2.0, Coordinate.KNEE: 1.5, Coordinate.SUBTALAR: 1.5}
"""Size of these corrections in each coordinate, relative to the sway on a flat foot: a foot on its ball
has a third of the base."""
_TREMOR_SHARE = {Coordinate.HEEL: 1.0, Coordinate.KNEE: 0.3}
"""Share of the foot's tremor in each coordinate."""
_INVERSION_SPREAD = 0.5
"""A raised foot inverts by as much as keeps the shin upright, give or take this share."""


@dataclass(frozen=True, slots=True)
class GroundedMovement:
    """The movement of a session of a leg with its foot on the ground."""

    paths: Mapping[Coordinate, KeyPath]
    """The scripted path of each coordinate."""
    effort: KeyPath
    """The effort of the leg, from 0 to 1."""
    sway_size: KeyPath
    """The size of the sway."""
    raised: KeyPath
    """Whether the foot is raised, from 0 to 1."""
    sway: Mapping[Coordinate, Wander]
    """The sway of a person on one leg, rad."""
    balance: Mapping[Coordinate, Wander]
    """The corrections of the balance on the ball of the foot, rad."""
    tremor: Mapping[Coordinate, Wander]
    """The tremor at full effort, rad."""
    unsteady: Wander
    """The unsteadiness of a raised foot, rad."""
    inversion: float
    """Turn of the subtalar joint with that of the heel."""
    jolts: KeyPath | None
    """Jolts of the foot in m; None if there are none."""
    joint: JointParameters
    """The turns that go along with knee and ankle."""
    outward: float
    """Sign of a turn about the long axis of the shin that turns the toes out."""

    def at(self, t: FloatArray) -> dict[Coordinate, Motion]:
        """Return the motion of every coordinate at times ``t`` (n,) s."""
        motions = {coordinate: path.at(t) for coordinate, path in self.paths.items()}
        effort, size, raised = (path.at(t) for path in (self.effort, self.sway_size, self.raised))
        for coordinate, swaying in self.sway.items():
            motions[coordinate] += size.times(swaying.at(t))
        # In the air there is no balance to keep.
        tiptoe = raised.times(size).times(motions[Coordinate.GROUND])
        for coordinate, correcting in self.balance.items():
            motions[coordinate] += tiptoe.times(correcting.at(t))
        at_rest = Motion(np.full_like(t, REST_TREMOR), np.zeros_like(t), np.zeros_like(t))
        strength = at_rest + effort.scaled(1.0 - REST_TREMOR)
        for coordinate, shaking in self.tremor.items():
            # A foot that rests on the ground lies still.
            share = raised if coordinate is Coordinate.HEEL else strength
            motions[coordinate] += share.times(shaking.at(t))
        motions[Coordinate.HEEL] += raised.times(self.unsteady.at(t))
        if self.jolts is not None:
            motions[Coordinate.RISE] += self.jolts.at(t)
        lean, heel = motions[Coordinate.LEAN], motions[Coordinate.HEEL]
        knee, ground = motions[Coordinate.KNEE], motions[Coordinate.GROUND]
        motions[Coordinate.ANKLE] = lean + heel.scaled(-1.0)
        motions[Coordinate.HIP] = motions[Coordinate.TRUNK] + lean.scaled(-1.0) + knee
        motions[Coordinate.SUBTALAR] += heel.times(ground).scaled(self.inversion)
        if self.joint != HINGES:
            go_along(motions, self.joint, self.outward)
        return motions

    def bone(
        self, segment: Segment, anatomy: Anatomy, motions: Mapping[Coordinate, Motion]
    ) -> LinkedFrame:
        """Return the frame of a segment, with its origin at its upper joint; the pelvis' is at the hip."""
        return grounded_frames(anatomy, motions)[segment]


def grounded_movement(
    script: Script, parameters: SimulationParameters, anatomy: Anatomy, rng: np.random.Generator
) -> GroundedMovement:
    """Return the movement of a finished script, with random tremor, sway and unsteadiness."""
    person, training = parameters.person, parameters.training
    tremor, sway = np.deg2rad(person.tremor_deg), np.deg2rad(training.sway_deg)
    swaying = {c: wander(share * sway, _SWAY_HZ, rng) for c, share in _SWAY_SHARE.items()}
    balancing = {c: wander(share * sway, _BALANCE_HZ, rng) for c, share in _BALANCE_SHARE.items()}
    trembling = {c: wander(share * tremor, TREMOR_HZ, rng) for c, share in _TREMOR_SHARE.items()}
    unsteady = wander(float(np.deg2rad(person.unsteady_deg)), UNSTEADY_HZ, rng)
    # The oblique ankle would carry the shin sideways; the foot inverts against it.
    against = -float(anatomy.dorsiflexion_axis[0]) * (
        1.0 + _INVERSION_SPREAD * float(rng.uniform(-1.0, 1.0))
    )
    return GroundedMovement(
        script.paths(),
        script.path(EFFORT),
        script.path(SWAY),
        script.path(RAISED),
        swaying,
        balancing,
        trembling,
        unsteady,
        # With the heel up the ankle is plantarflexed, which is negative.
        -against,
        script.path(JOLT) if JOLT in script.keys else None,
        parameters.joint,
        1.0 if person.side is SimulatedSide.LEFT else -1.0,
    )

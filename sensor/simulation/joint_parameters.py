"""The parameters of joints that are no perfect hinges."""

from dataclasses import dataclass

from sensor.simulation.choices import AnkleKind
from sensor.simulation.ranges import check_choice, check_ranges, ranged


@dataclass(frozen=True, slots=True, kw_only=True)
class JointParameters:
    """The turns that go along with ankle and knee, and the axis of the subtalar joint."""

    ankle: AnkleKind = AnkleKind.HINGE
    """Whether all of these, the talocrural axis and the soft tissue are drawn at random."""
    tibial_rotation_percent: float = ranged(0.0, -60.0, 60.0)
    """Turn of the foot about the long axis of the shin, relative to the turn of the ankle."""
    inversion_percent: float = ranged(0.0, -60.0, 60.0)
    """Turn of the subtalar joint, relative to the turn of the ankle."""
    coupling_curve_percent: float = ranged(0.0, -100.0, 100.0)
    """Growth of these two shares from neutral to an ankle angle of 45°; the joint's axis wanders."""
    knee_rotation_percent: float = ranged(0.0, -30.0, 30.0)
    """Turn of the shin about its long axis, relative to the bend of the knee."""
    subtalar_tilt_deg: float = ranged(0.0, -20.0, 70.0)
    """Rise of the subtalar axis towards the toes."""
    subtalar_turn_deg: float = ranged(0.0, -20.0, 60.0)
    """Turn of that axis towards the inner side."""
    axis_tilt_per_deg: float = ranged(0.0, -1.0, 1.0, added=True)
    """Rise of the talocrural axis towards the inner side per degree of dorsiflexion: it moves as the
    ankle bends."""
    free_torsion_deg: float = ranged(0.0, 0.0, 40.0, added=True)
    """Turn of the foot about the long axis of the shin that has nothing to do with the ankle (rms)."""
    free_inversion_deg: float = ranged(0.0, 0.0, 40.0, added=True)
    """Turn about the subtalar axis that has nothing to do with the ankle (rms)."""

    def __post_init__(self) -> None:
        check_choice("ankle", self.ankle, AnkleKind)
        check_ranges(self)

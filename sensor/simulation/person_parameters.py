"""The parameters of the person on the machine."""

from dataclasses import dataclass, field

from sensor.simulation.choices import SimulatedExercise, SimulatedSide
from sensor.simulation.ranges import ADDED, check_choice, check_ranges, ranged


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonParameters:
    """The person on the machine."""

    exercise: SimulatedExercise = SimulatedExercise.LYING
    """The machine."""
    calibrated: SimulatedExercise | None = field(default=None, metadata=ADDED)
    """The posture of the calibration, if the person changes the machine after it; None is that of the
    exercise."""
    shin_held: bool = field(default=False, metadata=ADDED)
    """A glute-ham raise: the shin stays, and the thigh rises from it."""
    side: SimulatedSide = SimulatedSide.RIGHT
    """The leg that wears the sensors."""
    thigh_length_m: float = ranged(0.42, 0.2, 0.7)
    """From hip to knee."""
    shin_length_m: float = ranged(0.42, 0.2, 0.7)
    """From knee to ankle."""
    ankle_tilt_deg: float = ranged(8.0, -30.0, 30.0)
    """Rise of the talocrural axis, as in :class:`sensor.simulation.leg_kinematics.Anatomy`."""
    ankle_turn_deg: float = ranged(6.0, -45.0, 45.0)
    """Turn of that axis."""
    axis_incline_deg: float = ranged(0.0, -90.0, 90.0)
    """Tilt of the knee axis out of the horizontal; 90 is side-lying."""
    rom_deg: float = ranged(105.0, 20.0, 140.0)
    """Range of the knee in a full rep."""
    dorsiflexion_max_deg: float = ranged(15.0, 2.0, 35.0)
    """Active dorsiflexion from the neutral pose."""
    plantarflexion_max_deg: float = ranged(45.0, 5.0, 75.0)
    """Active plantarflexion from the neutral pose."""
    held_percent: float = ranged(80.0, 10.0, 100.0)
    """Share of the active range at which the foot is held."""
    tremor_deg: float = ranged(0.05, 0.0, 2.0)
    """Tremor of the working leg (rms, 7 to 11 Hz); a fifth of it is left at rest."""
    unsteady_deg: float = ranged(1.0, 0.0, 5.0)
    """Wander of the foot while the leg works (rms, below 1 Hz)."""
    out_of_plane_deg: float = ranged(1.5, 0.0, 10.0)
    """The same for shin rotation and subtalar joint."""
    spread_percent: float = ranged(5.0, 0.0, 30.0)
    """Standard deviation of times and ranges from rep to rep."""

    def __post_init__(self) -> None:
        check_choice("exercise", self.exercise, SimulatedExercise)
        if self.calibrated is not None:
            check_choice("calibrated", self.calibrated, SimulatedExercise)
        check_choice("side", self.side, SimulatedSide)
        check_ranges(self)

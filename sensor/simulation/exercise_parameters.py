"""The parameters of the exercise of a session, and of the person who does it."""

from dataclasses import dataclass, field

from sensor.errors import SettingError
from sensor.simulation.choices import ExerciseKind, FootPlace, Legs
from sensor.simulation.ranges import ADDED, check_choice, check_ranges, ranged


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseParameters:
    """The exercise of a session; a leg curl uses none of the other fields."""

    exercise: ExerciseKind = ExerciseKind.LEG_CURL
    """The exercise, or another movement that must not be taken for one."""
    place: FootPlace = FootPlace.FLOOR
    """Heel raise: the place of the foot."""
    legs: Legs = Legs.ONE
    """Heel raise: the number of legs that work; two sway less."""
    knee_bend_deg: float | None = field(default=None, metadata=ADDED)
    """Bend of the knee while standing, from 0 to 60; None is that of the exercise."""
    height_deg: float = ranged(32.0, 4.0, 60.0)
    """Heel raise: turn of the foot from the ground to the top."""
    drop_deg: float = ranged(12.0, 0.0, 30.0)
    """Heel raise on a step: turn of the foot below the horizontal at the bottom."""
    range_deg: float | None = field(default=None, metadata=ADDED)
    """Range of the driving angle in other exercises, from 5 to 130; None draws a usual one."""
    hips_back_deg: float | None = field(default=None, metadata=ADDED)
    """Deadlift: turn of the thigh back at the bottom, from 0 to 30; None is that of the drawn pose."""
    lean_deg: float | None = field(default=None, metadata=ADDED)
    """Inclination of the shin of the standing person, from -10 to 15; None draws it."""
    sway_deg: float = ranged(0.7, 0.0, 5.0)
    """Sway of the shin of a person on one leg (rms); a third of it on two."""
    fading_reps: int = ranged(0, 0, 50)
    """Number of last reps of a set that get lower and lower."""
    fading_percent: float = ranged(40.0, 0.0, 90.0)
    """Loss of range of the last of these."""
    bends: bool = False
    """Whether the calibration ends with two shallow knee bends on the flat foot."""
    trials: int = ranged(3, 1, 10)
    """Ranges: number of trials of each."""

    def __post_init__(self) -> None:
        check_choice("exercise", self.exercise, ExerciseKind)
        check_choice("place", self.place, FootPlace)
        check_choice("legs", self.legs, Legs)
        check_ranges(self)
        for key, low, high in (
            ("knee_bend_deg", 0.0, 60.0),
            ("range_deg", 5.0, 130.0),
            ("hips_back_deg", 0.0, 30.0),
            ("lean_deg", -10.0, 15.0),
        ):
            value = getattr(self, key)
            if value is not None and not low <= value <= high:
                raise SettingError(key, value, f"a number from {low:g} to {high:g}")

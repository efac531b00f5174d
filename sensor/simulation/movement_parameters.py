"""The parameters of the movement: the course of lifts and lowerings, stalls and rest-pauses."""

from dataclasses import dataclass, field

from sensor.errors import SettingError
from sensor.simulation.choices import MotionKind
from sensor.simulation.ranges import ADDED, check_choice, check_ranges, ranged


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementParameters:
    """The courses of the reps of a set."""

    motion: MotionKind = MotionKind.GLIDE
    """The course of lifts and lowerings."""
    tempo_spread_percent: float = ranged(0.0, 0.0, 50.0)
    """Standard deviation of the tempo from person to person: one factor a session for the lowerings,
    and one for the lifts."""
    stalled_reps_percent: float = ranged(0.0, 0.0, 100.0)
    """Share of the lowerings that stall once, for 0.2 to 1 s."""
    rest_pauses_percent: float = ranged(0.0, 0.0, 100.0)
    """Share of the reps that are followed by a rest-pause at the bottom; the last rep is not."""
    rest_pause_s: float | None = None
    """Length of a rest-pause; None draws it from 2 to 25 s."""
    lost_control_percent: float | None = field(default=None, metadata=ADDED)
    """Share of the lowerings of which control is lost, from 0 to 100; None is 100 in a Nordic curl, and
    else 0."""
    break_deg: float | None = field(default=None, metadata=ADDED)
    """Angle of the lowering at which control is lost, from 3 to 120; None draws it for the person."""
    break_spread_deg: float = ranged(4.0, 0.0, 20.0, added=True)
    """Standard deviation of that from rep to rep."""

    def __post_init__(self) -> None:
        check_choice("motion", self.motion, MotionKind)
        check_ranges(self)
        if self.rest_pause_s is not None and not 0.5 <= self.rest_pause_s <= 120.0:
            raise SettingError("rest_pause_s", self.rest_pause_s, "a number from 0.5 to 120")
        for key, low, high in (("lost_control_percent", 0.0, 100.0), ("break_deg", 3.0, 120.0)):
            value = getattr(self, key)
            if value is not None and not low <= value <= high:
                raise SettingError(key, value, f"a number from {low:g} to {high:g}")

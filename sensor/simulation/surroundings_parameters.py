"""The parameters of what people do around their sets."""

from dataclasses import dataclass

from sensor.simulation.choices import FreeActivity
from sensor.simulation.ranges import check_choice, check_ranges, ranged


@dataclass(frozen=True, slots=True, kw_only=True)
class SurroundingsParameters:
    """The activities before, within and after sets that are no reps."""

    settle: bool = False
    """Whether the person settles in before each set: some small movements on the machine."""
    cramp_percent: float = ranged(0.0, 0.0, 100.0)
    """Share of the sets that a cramp breaks off: the person gets off and stretches the calf."""
    forgotten_ends_percent: float = ranged(0.0, 0.0, 100.0)
    """Share of the marked sets whose end nobody marks."""
    free: FreeActivity = FreeActivity.FEET
    """The free movement of the session."""

    def __post_init__(self) -> None:
        check_choice("free", self.free, FreeActivity)
        check_ranges(self)

"""The demands of a set, and the limits of the checks, as the specification states them."""

from dataclasses import dataclass
from enum import StrEnum


class SetKind(StrEnum):
    """The kinds of sets that are judged."""

    DORSIFLEXED = "DF"
    """Protocol A, toes up in both movements."""
    PLANTARFLEXED = "PF"
    """Protocol A, toes pointed in both movements."""
    UP_AND_DOWN = "B"
    """Protocol B, toes up in the lift and pointed in the lowering."""


@dataclass(frozen=True)
class Prescription:
    """The demands of a set on its reps; angles in deg, durations in s."""

    kind: SetKind
    """Kind of the set."""
    lower_s: float
    """Target duration of the lowering."""
    dorsiflexion_max_deg: float
    """Calibrated active extreme of dorsiflexion, positive."""
    plantarflexion_max_deg: float
    """Calibrated active extreme of plantarflexion, positive."""
    reference_deg: float
    """Range of the unloaded calibration curls."""
    lift_s: float | None = None
    """Target duration of the lift; None: as fast as control allows (X)."""
    top_s: float = 0.0
    """Target duration of the hold at the top."""
    bottom_s: float = 0.0
    """Target duration of the rest at the bottom."""
    ankle_uncertainty_deg: float = 0.0
    """Uncertainty of the ankle angle; 0 for true angles."""

    @property
    def toes_up_deg(self) -> float:
        """Ankle angle from which the toes are up, by the standard preset."""
        return max(3.0, 0.40 * self.dorsiflexion_max_deg)

    @property
    def pointed_deg(self) -> float:
        """Ankle angle up to which the toes are pointed, by the standard preset."""
        return -max(15.0, 0.50 * self.plantarflexion_max_deg)

    @property
    def hysteresis_deg(self) -> float:
        """The distance beyond its threshold at which a zone is left, deg."""
        return max(2.0, self.ankle_uncertainty_deg)

    @property
    def too_small(self) -> bool:
        """Whether the range is too small to judge."""
        apart = self.toes_up_deg - self.pointed_deg
        return apart < 15.0 or apart < 4.0 * self.ankle_uncertainty_deg

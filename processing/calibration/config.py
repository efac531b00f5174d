"""What the movements of a calibration must be like."""

from dataclasses import dataclass, field

from processing.calibration.swapped_sensors import SwapConfig
from processing.motion.joint_fit import JointFitConfig
from processing.motion.knee import KneeConfig
from processing.motion.stillness import StillnessConfig


@dataclass(frozen=True, slots=True)
class CalibrationConfig:
    """What the calibration movements must be like.

    ``min_turn_deg`` is the least range of a movement that shows an axis; ``max_still_dps`` the most
    movement in a still pose. ``max_spread`` is the most rotation beside the axis of a curl, as a
    share of that about it. ``parallel`` is the least cosine between ankle and curl axis for
    the one to tell the other's sign.
    """

    stillness: StillnessConfig = field(default_factory=StillnessConfig)
    lying: StillnessConfig = field(default_factory=lambda: StillnessConfig(0.5, 1.0, 0.15))
    fit: JointFitConfig = field(default_factory=JointFitConfig)
    swap: SwapConfig = field(default_factory=SwapConfig)
    knee: KneeConfig = field(default_factory=KneeConfig)
    min_turn_deg: float = 10.0
    min_curl_deg: float = 30.0
    max_still_dps: float = 10.0
    max_spread: float = 0.5
    parallel: float = 0.5

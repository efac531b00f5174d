"""The method with other constants, or without one of its parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from processing.motion.ankle import AnkleConfig
from processing.motion.calibrated import Calibration
from processing.motion.estimator import EstimatorConfig
from processing.motion.joint_filter import JointFilterConfig
from processing.motion.joint_fit import JointFitConfig

WINDOW = "window_s"
CONSTANTS = {
    "walk_dps": "walk of the integral",
    "across_mps2": "difference of forces",
    "rate_dps": "difference of rates across the axis",
    "still_dps": "limit of stillness",
    "axis_deg": "prior of the axes",
    "axis_walk_deg": "walk of the axes",
    "delay_s": "prior of the clocks' distance",
    "delay_walk_s": "walk of the clocks' distance",
    "drift_dps": "prior of the gyros' offset",
    "drift_walk_dps": "walk of the gyros' offset",
    WINDOW: "window",
    "fit_acc_offset_mps2": "fit: prior of accelerometer offsets",
    "fit_lever_arm_m": "fit: prior of lever arms",
    "fit_delay_s": "fit: prior of the clocks' distance",
    "fit_cutoff_hz": "fit: low pass",
    "fit_drift_s": "fit: time constant of the drift",
}
"""The constants of filter, smoother and fit: their fields, and what they are.

Those of the fit have a prefix. Filter and smoother share theirs.
"""
FACTORS = (0.5, 1.0, 2.0)
_FIT = "fit_"


def _unchanged(calibration: Calibration) -> Calibration:
    return calibration


@dataclass(frozen=True, slots=True)
class Variant:
    """The method, as it is or changed."""

    name: str
    fit: JointFitConfig = field(default_factory=JointFitConfig)
    joint: JointFilterConfig = field(default_factory=JointFilterConfig)
    window_s: float = AnkleConfig().window_s
    known: Callable[[Calibration], Calibration] = _unchanged
    """Takes away what the calibration says, or some of it."""

    @property
    def estimator(self) -> EstimatorConfig:
        """The parameters of the angle."""
        return EstimatorConfig(ankle=AnkleConfig(joint=self.joint, window_s=self.window_s))


def value_of(constant: str) -> float:
    """Return the value of a constant as it is."""
    plain = Variant("")
    if constant == WINDOW:
        return plain.window_s
    side, name = (
        (plain.fit, constant.removeprefix(_FIT))
        if constant.startswith(_FIT)
        else (plain.joint, constant)
    )
    return float(getattr(side, name))


def with_factors(factors: Mapping[str, float]) -> Variant:
    """Return the method with some constants times a factor."""
    values = {constant: factor * value_of(constant) for constant, factor in factors.items()}
    window_s = values.pop(WINDOW, value_of(WINDOW))
    fit = {k.removeprefix(_FIT): v for k, v in values.items() if k.startswith(_FIT)}
    joint = {k: v for k, v in values.items() if not k.startswith(_FIT)}
    name = ", ".join(f"{constant} times {factor:g}" for constant, factor in factors.items())
    return Variant(
        name, replace(JointFitConfig(), **fit), replace(JointFilterConfig(), **joint), window_s
    )


def _known_well(calibration: Calibration) -> Calibration:
    """Return ``calibration`` with accelerometer offsets and lever arms that stay as they are."""
    quality = replace(calibration.quality, acc_offset_mps2=1e-3, lever_arm_m=1e-4)
    return replace(calibration, quality=quality)


def _own_turn(calibration: Calibration) -> Calibration:
    """Return ``calibration`` without the knee's axis: the angle is then the joint's own turn."""
    return replace(calibration, reference_rom=None)


_NONE = 1e-6
"""In place of 0 where a deviation is divided by."""
PARTS = (
    Variant("forces at the ankle not compared", joint=JointFilterConfig(across_mps2=1e4)),
    Variant("rates across the axis not compared", joint=JointFilterConfig(rate_dps=1e4)),
    Variant("gravity's size at rest not used", joint=JointFilterConfig(still_dps=0.0)),
    Variant("no lever arms", fit=JointFitConfig(lever_arm_m=1e-4)),
    Variant("no accelerometer offsets", fit=JointFitConfig(acc_offset_mps2=1e-3)),
    Variant("lever arms and accelerometer offsets as calibrated", known=_known_well),
    Variant("axes as calibrated", joint=JointFilterConfig(axis_deg=1e-3, axis_walk_deg=0.0)),
    Variant("axes that do not wander", joint=JointFilterConfig(axis_walk_deg=0.0)),
    Variant(
        "gyro offsets as in the still pose",
        joint=JointFilterConfig(drift_dps=_NONE, drift_walk_dps=0.0),
    ),
    Variant(
        "clocks taken to agree",
        fit=JointFitConfig(delay_s=_NONE),
        joint=JointFilterConfig(delay_s=_NONE, delay_walk_s=0.0),
    ),
    Variant("the joint's own turn in place of its share about the knee's axis", known=_own_turn),
)
"""The method without one of its parts."""

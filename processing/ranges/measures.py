"""The measures of a range, and the angle that each of them reads."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

import numpy as np

from processing.motion.calibrated import Calibration
from processing.motion.geometry import joint_frame
from processing.motion.shin_turn import inclination
from processing.pipeline.marks import MEASURE_KEY
from processing.types import AngleBlock
from sensor.types import BoolArray, FloatArray, JsonValue

KNEE_KEY, SIDE_KEY = "knee", "side"
"""The further keys of a measure in the data of the event that begins it."""
TRIALS = 3
"""Trials of a measure, as in the studies that its smallest real change comes from."""
_SIDES = {"left": "L", "right": "R"}
"""Sides as the events name them, and as they are stored."""


class Measure(StrEnum):
    """An angle whose greatest value is measured."""

    DORSIFLEXION = "dorsiflexion"
    """The toes pulled up without weight; 0 is the neutral pose."""
    PLANTARFLEXION = "plantarflexion"
    """The toes pointed without weight; 0 is the neutral pose."""
    INCLINATION = "inclination"
    """The shin over the standing foot, against the shin in the still pose of the calibration."""


class Knee(StrEnum):
    """The knee in the trials: a straight one stretches the gastrocnemius, which crosses it."""

    BENT = "bent"
    STRAIGHT = "straight"


@dataclass(frozen=True, slots=True)
class RangeKind:
    """A measure of one leg; only results of the same kind are compared over time."""

    measure: Measure
    """The angle."""
    knee: Knee
    """The knee meanwhile."""
    side: str = ""
    """``L`` or ``R``; empty if not stated."""


def read_kind(data: Mapping[str, JsonValue]) -> RangeKind | None:
    """Return the measure that an event with ``data`` begins; None if it begins none."""
    measure, knee = str(data.get(MEASURE_KEY)), str(data.get(KNEE_KEY, Knee.BENT.value))
    # A recording may hold any values.
    if measure not in set(Measure) or knee not in set(Knee):
        return None
    return RangeKind(Measure(measure), Knee(knee), _SIDES.get(str(data.get(SIDE_KEY)), ""))


def kind_data(kind: RangeKind) -> dict[str, JsonValue]:
    """Return the fields of the event that begins ``kind``."""
    side = next((word for word, stored in _SIDES.items() if stored == kind.side), None)
    found: dict[str, JsonValue] = {
        MEASURE_KEY: kind.measure.value,
        KNEE_KEY: kind.knee.value,
        "planned_reps": TRIALS,
    }
    return found if side is None else {**found, SIDE_KEY: side}


def still_turn(calibration: Calibration | None) -> float:
    """Return the shin turn (rad) of the still pose; 0 where the shin turn begins in it, or nothing is known.

    The curls of a calibration give the shin turn another start.
    """
    if calibration is None:
        return 0.0
    frame = joint_frame(np.array(calibration.curl_axis))
    offset = np.array(calibration.shin.acc_offset)
    poses = np.array([calibration.start_acc, calibration.shin.neutral_acc]) - offset
    start, still = inclination(frame, poses.T).tolist()
    return math.remainder(start - still, math.tau)


def measured(
    angles: AngleBlock, measure: Measure, still: float = 0.0
) -> tuple[FloatArray, BoolArray]:
    """Return the angle (n,) rad that grows towards the end of the range, and where it is known (n,).

    ``still`` is the shin turn (rad) of the still pose, see :func:`still_turn`.
    """
    match measure:
        case Measure.DORSIFLEXION:
            return angles.ankle, angles.valid
        case Measure.PLANTARFLEXION:
            return -angles.ankle, angles.valid
        case Measure.INCLINATION:
            # Known wherever the ankle is: a sensor on the thigh has no part in it.
            return angles.shin_turn - still, angles.valid
        case _:
            assert_never(measure)

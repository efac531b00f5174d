"""Measured ranges in English."""

from typing import assert_never

from processing.ranges.measures import Knee, Measure, RangeKind
from processing.ranges.results import Difference


def measure(kind: RangeKind) -> str:
    """Return the name of a measure, with the knee and the side."""
    side = {"L": ", left", "R": ", right"}.get(kind.side, "")
    knee = "knee bent" if kind.knee is Knee.BENT else "knee straight"
    match kind.measure:
        case Measure.DORSIFLEXION:
            return f"toes up, {knee}{side}"
        case Measure.PLANTARFLEXION:
            return f"toes pointed, {knee}{side}"
        case Measure.INCLINATION:
            return f"lunge, shin over foot{side}"
        case _:
            assert_never(kind.measure)


def short(kind: RangeKind) -> str:
    """Return knee and side of a measure, where its name stands above."""
    side = {"L": "left", "R": "right"}.get(kind.side, "")
    knee = "knee " + ("bent" if kind.knee is Knee.BENT else "straight")
    return ", ".join(part for part in (knee, side) if part)


def how_to(kind: RangeKind) -> str:
    """Return how a measure is taken."""
    if kind.measure is Measure.INCLINATION:
        return (
            "Stand with the foot flat. Bring the knee as far over the toes as it goes, with the heel on "
            "the floor. Hold for two seconds, come back upright. Three times."
        )
    sit = (
        "Sit with the knee bent and the foot in the air, hanging loose."
        if kind.knee is Knee.BENT
        else "Sit with the leg stretched out and the heel over an edge, the foot loose."
    )
    move = (
        "Pull the toes up" if kind.measure is Measure.DORSIFLEXION else "Point the toes"
    ) + " as far as they go."
    return f"{sit} {move} Hold for two seconds, let go. Three times."


def range_method() -> str:
    """Return how ranges are measured, and what that cannot show."""
    return (
        "Each trial is the median of its hold. The ankle is at 0 and the shin upright in the still pose of the "
        "calibration, so the pose shifts the result by its own tilt. Measured with two inertial sensors; "
        "no diagnosis."
    )


def contrast(found: Difference) -> str:
    """Return how two means of one day differ, and whether that can be told from chance."""
    if not found.can_be_told:
        return f"no difference that can be told (less than {found.least_deg:.1f}°)"
    way = "more" if found.change_deg > 0 else "less"
    return f"{abs(found.change_deg):.0f}° {way} ({found.least_deg:.1f}° can be told)"


def difference(found: Difference) -> str:
    """Return whether a difference of two means can be told from chance."""
    if not found.can_be_told:
        return f"difference smaller than can be told ({found.least_deg:.1f}°)"
    way = "more" if found.change_deg > 0 else "less"
    return f"changed by {abs(found.change_deg):.0f}° ({way}; {found.least_deg:.1f}° can be told)"

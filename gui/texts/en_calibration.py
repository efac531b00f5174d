"""Calibrations and angles that are not to be believed, in English."""

import math
from typing import assert_never

from processing.calibration.grade import Finding, Remark, Side
from processing.calibration.troubles import (
    FewMovements,
    LookSwapped,
    MoveAsOne,
    SendsNothing,
    SensorMoves,
    StepTrouble,
    ThighLooksSwapped,
)
from processing.motion.foot_turns import FootTurns
from processing.review.angle_remarks import AngleFlag, AngleRemark


def trouble(found: StepTrouble) -> str:
    """Return what goes wrong in a step, and what to do."""
    match found:
        # Before the next case, which would take it as well.
        case SensorMoves(segment=segment, on_bench=True):
            return f"{segment} sensor moved; leave them all on the bench"
        case SensorMoves(segment=segment):
            return f"{segment} sensor moves; hold still"
        case SendsNothing(segment=segment):
            return f"{segment} sensor sends nothing; wait or reconnect it"
        case LookSwapped(shin_deg=shin, foot_deg=foot):
            return (
                f"sensors swapped: the shin sensor turned {shin:.0f}°, the foot sensor only "
                f"{foot:.0f}°; swap them in the list, or move the foot alone"
            )
        case ThighLooksSwapped(other=other, thigh_deg=thigh, other_deg=turned):
            return (
                f"sensors look swapped: the one called thigh turned {thigh:.0f}°, the one called "
                f"{other} only {turned:.0f}°; swap them in the list"
            )
        case MoveAsOne():
            return (
                "shin and foot sensor turn as one: put one on the shin and one on the foot, "
                "or move the foot alone"
            )
        case FewMovements(seen=seen, wanted=wanted):
            return f"{seen} of {wanted} movements seen; do all of them, then rest"
        case _:
            assert_never(found)


def remark(found: Remark) -> str:
    """Return what keeps a calibration from being better, what was measured, and what to do."""
    value = f"{found.value:.1f}"
    match found.finding:
        case Finding.AXIS_FIT:
            advice = "tighten both straps and repeat the movements"
            return f"ankle axis: axis fit, {value} ° about other axes, unlike a hinge; {advice}"
        case Finding.AXIS_UNKNOWN:
            advice = "tilt the shin forward and back with the pumps, and repeat them"
            return f"shin sensor: axis unknown, it may be {value} ° off; {advice}"
        case Finding.NOT_STILL:
            advice = "rest the foot on the floor and repeat the pose"
            return f"still pose: not still, {value} °/s; {advice}"
        case Finding.SMALL_RANGE:
            advice = "pull the toes up and point them as far as they go"
            return f"pumps: small range, {value} °; {advice}"
        case Finding.SIDE_LYING:
            advice = "lie with the knee axis level; the angle drifts when it points up"
            return f"knee axis: side-lying axis, {value} ° from horizontal; {advice}"
        case Finding.UPSIDE_DOWN:
            advice = "turn it round, or go on if it was meant so"
            return f"{_sensor(found)}: upside down, {value} ° from last time; {advice}"
        case Finding.WRONG_SIDE:
            seen = Side.RIGHT if found.side is Side.LEFT else Side.LEFT
            advice = f"it looks like the {seen} one; check which leg was chosen"
            return f"{found.side} leg: wrong side, {value} ° tilt of the ankle axis; {advice}"
        case Finding.SLIPPED:
            advice = "tighten its strap and calibrate again"
            return f"{_sensor(found)}: strap slipped, {value} ° since the calibration; {advice}"
        case _:
            assert_never(found.finding)


def _sensor(found: Remark) -> str:
    return "shin or foot sensor" if found.segment is None else f"{found.segment} sensor"


def angle_remark(found: AngleRemark) -> str:
    """Return when the ankle angle is not to be believed, and what to do."""
    span = f"{found.t_start:.0f} to {found.t_end:.0f} s"
    return f"Do not trust the ankle angle from {span}: {angle_advice(found.flag)}"


def angle_why(found: AngleRemark) -> str:
    """Return why the ankle angle is not to be believed."""
    span = f"{found.t_start:.0f} to {found.t_end:.0f} s"
    return f"{span}: {angle_flag(found.flag)}, {math.degrees(found.value):.0f}°"


def angle_flag(flag: AngleFlag) -> str:
    """Return what is wrong with the ankle angle."""
    match flag:
        case AngleFlag.STEEP_AXIS:
            return "joint axis steep"
        case AngleFlag.CONTRADICTED:
            return "gravity contradicts the angle"
        case AngleFlag.TURNED_ASIDE:
            return "foot turned in or out"
        case AngleFlag.BEYOND_RANGE:
            return "beyond an ankle's range"
        case AngleFlag.NO_HINGE:
            return "not a hinge: turns about other axes"
        case _:
            assert_never(flag)


def angle_advice(flag: AngleFlag) -> str:
    """Return what a flag of the ankle angle means, and what to do."""
    match flag:
        case AngleFlag.STEEP_AXIS:
            return "it drifts in this position; lie face down, sit or stand"
        case AngleFlag.CONTRADICTED:
            return "a sensor seems to have moved; calibrate again"
        case AngleFlag.TURNED_ASIDE:
            return (
                "the foot or its sensor was turned in or out; keep the foot straight, "
                "or calibrate again"
            )
        case AngleFlag.BEYOND_RANGE:
            return "no ankle bends so far; calibrate again"
        case AngleFlag.NO_HINGE:
            return "this joint does not move like a hinge; tighten both straps and calibrate again"
        case _:
            assert_never(flag)


def foot_turns(found: FootTurns) -> str:
    """Return how far the foot turned in and out in a rep, in a few words."""
    inversion, toes = math.degrees(found.inversion), math.degrees(found.toes)
    return f"foot in and out {inversion:.0f}°, toes {toes:.0f}°"


def foot_turns_why(found: FootTurns) -> str:
    """Return how the foot's turns in and out were found."""
    inversion, toes = math.degrees(found.inversion), math.degrees(found.toes)
    aside = math.degrees(found.unexplained)
    return (
        f"The foot moves about a second axis, which turns it by {aside:.0f}° beside the ankle's own. "
        f"In a rep it tilts in and out (inversion, eversion) over {inversion:.0f}°, and the toes turn "
        f"in and out over {toes:.0f}°; give or take 5°. The ankle angle is the part that bends it."
    )

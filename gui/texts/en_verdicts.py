"""Reasons of verdicts in English: a sentence for tables, reports and the console; a word for a tile."""

from typing import assert_never

from processing.judge.checks import Grade
from processing.judge.reasons import (
    BeforeLift,
    BeyondReach,
    CalibrationNotUsable,
    Correction,
    FastestPart,
    FewSamples,
    HeldPointed,
    HeldUp,
    Incomplete,
    KneeBent,
    LiftAnkle,
    Lifted,
    Lowered,
    NeverPointed,
    NotCalibrated,
    Pointed,
    PointedEarly,
    RangeReached,
    Reason,
    RestedAtBottom,
    RestedAtTop,
    SmallRange,
    ZeroMoved,
)
from processing.types import Withheld, WithheldCause


def reason(found: Reason) -> str:
    """Return what a check found, as a sentence without capital and full stop."""
    match found:
        case Incomplete(withheld=why):
            return withheld(why)
        case NotCalibrated():
            return "not calibrated since the sensors were strapped on"
        case ZeroMoved():
            return "a sensor has slipped"
        case CalibrationNotUsable():
            return "the calibration is not usable; only the angles are shown"
        case FewSamples():
            return "too few samples arrive"
        case BeyondReach(beyond_deg=beyond):
            return f"the ankle goes {beyond:.0f}° beyond its range: a sensor has slipped"
        case SmallRange():
            return "range too small to judge; showing angle only"
        case RangeReached(percent=percent):
            return f"{percent:.0f} % of the full range"
        case NeverPointed():
            return "the toes were never pointed"
        case Pointed(after_s=after, height=height):
            return f"toes pointed {after:.1f} s after the top, at {100 * height:.0f} % height"
        case HeldPointed(percent=percent, last_third_percent=last, after_switch=after_switch):
            where = (
                "of the lowering pointed, after the switch"
                if after_switch
                else "of lift and lowering with toes pointed"
            )
            return f"{percent:.0f} % {where} ({last:.0f} % in the last third)"
        case HeldUp(percent=percent):
            return f"{percent:.0f} % of lift and lowering with toes up"
        case FastestPart(ratio=ratio):
            return f"fastest part {ratio:.1f} times the mean speed of the lowering"
        case Lowered(seconds=seconds, target_s=target, needlessly_slow=slow):
            note = ": slower than needed" if slow else ""
            return f"lowered in {seconds:.1f} s, target {target:g} s{note}"
        case Lifted(seconds=seconds, target_s=target):
            # A tempo may ask for a lift as fast as possible, which has no time.
            aim = "as fast as you can" if target is None else f"{target:g} s"
            return f"lifted in {seconds:.1f} s, target {aim}"
        case RestedAtTop(seconds=seconds, target_s=target):
            return f"rested {seconds:.1f} s at the top, target {target:g} s"
        case RestedAtBottom(seconds=seconds, target_s=target):
            return f"rested {seconds:.1f} s at the bottom, target {target:g} s"
        case LiftAnkle(ankle_deg=ankle):
            side = "up" if ankle >= 0 else "down"
            # A side and no sign: toes up is plus in code and files only.
            return f"toes {side} {abs(ankle):.0f}° on the way up"
        case PointedEarly(seconds=seconds):
            return f"toes pointed too early, for {seconds:.1f} s of the way up"
        # Before the next case, which would take it as well.
        case BeforeLift(pointed=True):
            return "the lift began with the toes pointed"
        case BeforeLift():
            return "the toes were back up before the lift"
        case KneeBent(changed_deg=changed):
            return f"the knee bent or straightened by {changed:.0f}°"
        case _:
            assert_never(found)


def withheld(why: Withheld) -> str:
    """Return why a rep is not judged, whatever its angles are."""
    match why.cause:
        case WithheldCause.GAP:
            # The sensor that lost the samples is not always known.
            return f"{' and '.join(why.segments) or 'sensor'} gap {why.gap_s:.1f} s"
        case WithheldCause.BY_HAND:
            return "added by hand"
        case WithheldCause.NO_SAMPLES:
            return "no samples"
        case _:
            assert_never(why.cause)


def correction(what: Correction) -> str:
    """Return what to change, in a word or two that fit on a tile."""
    match what:
        case Correction.NOT_JUDGED:
            return "not judged"
        case Correction.HIGHER:
            return "higher"
        case Correction.POINT_TOES:
            return "point toes"
        case Correction.POINT_EARLIER:
            return "point earlier"
        case Correction.TOES_UP:
            return "toes up"
        case Correction.NO_DROP:
            return "dropped"
        case Correction.SLOWER:
            return "slower"
        case Correction.FASTER:
            return "faster"
        case Correction.LIFT_FASTER:
            return "lift faster"
        case Correction.LIFT_SLOWER:
            return "lift slower"
        case Correction.REST_LESS:
            return "rest less"
        case Correction.KEEP_KNEE:
            return "keep the knee"
        case _:
            assert_never(what)


def not_judged(found: Reason) -> str:
    """Return why a rep is not judged, in two words that fit on a tile."""
    match found:
        case Incomplete():
            return withheld(found.withheld)
        case NotCalibrated():
            return "not calibrated"
        case ZeroMoved() | BeyondReach():
            return "sensor slipped"
        case CalibrationNotUsable():
            return "calibration unusable"
        case FewSamples():
            return "few samples"
        case SmallRange():
            return "range too small"
        case _:
            return correction(Correction.NOT_JUDGED)


def grade(found: Grade) -> str:
    """Return the word of a verdict."""
    match found:
        case Grade.GOOD | Grade.NOTE:
            return "good"
        case Grade.NEAR:
            return "near"
        case Grade.MISS:
            return "miss"
        case Grade.NOT_JUDGED:
            return "not judged"
        case _:
            assert_never(found)

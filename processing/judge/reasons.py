"""Reasons for a verdict, as data: what a check found, with its numbers; the words are elsewhere.

Each reason is a frozen value that knows the check that raises it, the correction that a lifter
needs, and the fault that the summary of a set counts it as. ``Reason`` is the union of all of them,
so that the type checker finds every place that forgets one. A new reason is a class here, the check
that raises it in :mod:`processing.judge.checks`, and its sentence in each language of the texts.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from processing.types import Withheld


class CheckKey(StrEnum):
    """The checks, in the order in which one of several reasons is chosen to be spoken."""

    DATA = "data"
    ROM = "rom"
    SWITCH = "switch"
    HOLD = "hold"
    DROP = "drop"
    ECCENTRIC = "eccentric"
    CONCENTRIC = "concentric"
    TOP_PAUSE = "top pause"
    BOTTOM_PAUSE = "bottom pause"
    LIFT = "lift"
    RETURN = "return"
    """Only ever noted: whether the toes were back up before the lift."""
    KNEE = "knee"
    """Only ever noted, where an exercise asks for it: whether the knee kept its angle."""


class Correction(StrEnum):
    """The one thing to change, in a word or two. The voice has a clip of this name for each."""

    NOT_JUDGED = "not judged"
    HIGHER = "higher"
    POINT_TOES = "point toes"
    POINT_EARLIER = "point earlier"
    TOES_UP = "toes up"
    NO_DROP = "you let it drop"
    SLOWER = "slower"
    FASTER = "faster"
    LIFT_FASTER = "lift faster"
    LIFT_SLOWER = "lift slower"
    REST_LESS = "rest less"
    KEEP_KNEE = "keep the knee"


class Fault(StrEnum):
    """The faults that the summary of a set counts. The voice has a clip of this name for each."""

    TOO_LOW = "too low"
    NEVER_POINTED = "never pointed"
    LATE_SWITCH = "late switch"
    TOES_SLIPPED = "toes slipped"
    DROPPED = "dropped"
    TOO_FAST = "too fast"
    TOO_SLOW = "too slow"
    LIFT_TOO_FAST = "lift too fast"
    LIFT_TOO_SLOW = "lift too slow"
    LONG_TOP = "long pause at the top"
    LONG_BOTTOM = "long pause at the bottom"
    TOES_DOWN = "toes down while lifting"


@dataclass(frozen=True, slots=True)
class _Data:
    """The reasons for which a rep is not judged at all."""

    check = CheckKey.DATA
    correction = Correction.NOT_JUDGED
    fault = None


@dataclass(frozen=True, slots=True)
class Incomplete(_Data):
    """The rep itself cannot be judged: samples are missing in it, or a person drew it."""

    withheld: Withheld
    """Why, as the rep says."""


@dataclass(frozen=True, slots=True)
class NotCalibrated(_Data):
    """No calibration was made since the sensors were strapped on."""


@dataclass(frozen=True, slots=True)
class ZeroMoved(_Data):
    """A sensor slipped: the zero pose is no longer where it was."""

    moved_deg: float
    """By how much, at least 0."""


@dataclass(frozen=True, slots=True)
class CalibrationNotUsable(_Data):
    """The calibration is too bad to judge anything by."""


@dataclass(frozen=True, slots=True)
class FewSamples(_Data):
    """Too few samples arrived during the rep."""

    arrived_percent: float
    """Share of the nominal rate."""


@dataclass(frozen=True, slots=True)
class BeyondReach(_Data):
    """The ankle went where this ankle cannot: a sensor slipped."""

    beyond_deg: float
    """Angle past the person's own range, °."""


@dataclass(frozen=True, slots=True)
class SmallRange:
    """The person's range is too small for bands that can be distinguished."""

    correction = Correction.NOT_JUDGED
    fault = None
    check: CheckKey
    """The check of the ankle that is left out."""


@dataclass(frozen=True, slots=True)
class RangeReached:
    """The share of a full range that the curl went through."""

    check = CheckKey.ROM
    correction = Correction.HIGHER
    fault = Fault.TOO_LOW
    percent: float
    """Of the reference range."""


@dataclass(frozen=True, slots=True)
class NeverPointed:
    """The toes stayed up for the whole lowering."""

    check = CheckKey.SWITCH
    correction = Correction.POINT_TOES
    fault = Fault.NEVER_POINTED


@dataclass(frozen=True, slots=True)
class Pointed:
    """The moment at which the toes were pointed after the top."""

    check = CheckKey.SWITCH
    correction = Correction.POINT_EARLIER
    fault = Fault.LATE_SWITCH
    after_s: float
    """Since the top."""
    height: float
    """Height of the leg then, as a share of the rep's range."""


@dataclass(frozen=True, slots=True)
class HeldPointed:
    """The share of the time with the toes pointed."""

    check = CheckKey.HOLD
    correction = Correction.POINT_TOES
    fault = Fault.TOES_SLIPPED
    percent: float
    """Share of the time."""
    last_third_percent: float
    """The same of the last third of the lowering."""
    after_switch: bool
    """Whether the time is that of the lowering after the switch, not of lift and lowering."""


@dataclass(frozen=True, slots=True)
class HeldUp:
    """The share of the time with the toes up."""

    check = CheckKey.HOLD
    correction = Correction.TOES_UP
    fault = Fault.TOES_SLIPPED
    percent: float
    """Share of the time of lift and lowering."""


@dataclass(frozen=True, slots=True)
class FastestPart:
    """The evenness of the lowering."""

    check = CheckKey.DROP
    correction = Correction.NO_DROP
    fault = Fault.DROPPED
    ratio: float
    """Speed of the fastest part over the mean speed."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """The duration of the lowering."""

    check = CheckKey.ECCENTRIC
    seconds: float
    """Measured duration, s."""
    target_s: float
    """Prescribed duration, s."""
    needlessly_slow: bool
    """Whether it was so slow that it is noted, without harm to the verdict."""

    @property
    def correction(self) -> Correction:
        """In which direction the tempo was off."""
        return Correction.SLOWER if self.seconds < self.target_s else Correction.FASTER

    @property
    def fault(self) -> Fault:
        """The same for the summary."""
        return Fault.TOO_FAST if self.seconds < self.target_s else Fault.TOO_SLOW


@dataclass(frozen=True, slots=True)
class Lifted:
    """The duration of the lift."""

    check = CheckKey.CONCENTRIC
    seconds: float
    """Measured duration, s."""
    target_s: float | None
    """Prescribed duration, s; None: as fast as possible."""

    @property
    def correction(self) -> Correction:
        """In which direction the tempo was off; nobody lifts too fast for an explosive lift."""
        fast = self.target_s is not None and self.seconds < self.target_s
        return Correction.LIFT_SLOWER if fast else Correction.LIFT_FASTER

    @property
    def fault(self) -> Fault:
        """The same for the summary."""
        slower = self.correction is Correction.LIFT_SLOWER
        return Fault.LIFT_TOO_FAST if slower else Fault.LIFT_TOO_SLOW


@dataclass(frozen=True, slots=True)
class RestedAtTop:
    """The duration of the hold at the top."""

    check = CheckKey.TOP_PAUSE
    correction = Correction.REST_LESS
    fault = Fault.LONG_TOP
    seconds: float
    """Measured duration, s."""
    target_s: float
    """Prescribed duration, s."""


@dataclass(frozen=True, slots=True)
class RestedAtBottom:
    """The duration of the rest before the next lift."""

    check = CheckKey.BOTTOM_PAUSE
    correction = Correction.REST_LESS
    fault = Fault.LONG_BOTTOM
    seconds: float
    """Measured duration, s."""
    target_s: float
    """Prescribed duration, s."""


@dataclass(frozen=True, slots=True)
class LiftAnkle:
    """The ankle angle on the way up."""

    check = CheckKey.LIFT
    correction = Correction.TOES_UP
    fault = Fault.TOES_DOWN
    ankle_deg: float
    """Median of the lift, dorsiflexion positive."""


@dataclass(frozen=True, slots=True)
class PointedEarly:
    """The toes were pointed while the leg still rose, whatever their median."""

    check = CheckKey.LIFT
    correction = Correction.TOES_UP
    fault = Fault.TOES_DOWN
    seconds: float
    """Longest time for which they were pointed in the judged part of the lift, s."""


@dataclass(frozen=True, slots=True)
class BeforeLift:
    """The toes at the start of the lift."""

    check = CheckKey.RETURN
    correction = Correction.TOES_UP
    fault = Fault.TOES_DOWN
    pointed: bool
    """Whether they were still pointed."""


@dataclass(frozen=True, slots=True)
class KneeBent:
    """The change of the knee angle within a rep that another joint drives."""

    check = CheckKey.KNEE
    correction = Correction.KEEP_KNEE
    fault = None
    changed_deg: float
    """Largest change against the start of the rep, °."""


Reason: TypeAlias = (
    Incomplete
    | NotCalibrated
    | ZeroMoved
    | CalibrationNotUsable
    | FewSamples
    | BeyondReach
    | SmallRange
    | RangeReached
    | NeverPointed
    | Pointed
    | HeldPointed
    | HeldUp
    | FastestPart
    | Lowered
    | Lifted
    | RestedAtTop
    | RestedAtBottom
    | LiftAnkle
    | PointedEarly
    | BeforeLift
    | KneeBent
)

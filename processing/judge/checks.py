"""The checks of a rep: each compares a measured value with its limits."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from processing.calibration.grade import CalibrationGrade, Finding, Remark, worst
from processing.judge.bands import Band, Bands
from processing.judge.measures import RepMeasures
from processing.judge.pace import PaceRule
from processing.judge.reasons import (
    BeforeLift,
    BeyondReach,
    CalibrationNotUsable,
    CheckKey,
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
from processing.judge.tempo import Tempo
from processing.judge.thresholds import Thresholds
from processing.types import Dropout, Rep


class Grade(StrEnum):
    """The outcome of a check, or of a rep as a whole."""

    GOOD = "good"
    NOTE = "note"
    """Shown, without harm to the verdict."""
    NEAR = "near"
    MISS = "miss"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a rep: a measured value against the limits of green and near."""

    reason: Reason
    """The finding, with its numbers."""
    grade: Grade
    """The outcome."""
    value: float | None
    """The measured value in ``unit``; None where nothing was measured."""
    unit: str
    """The unit of value and limits; empty for a ratio."""
    good: tuple[float, float]
    """Least and most that is green, in ``unit``; infinite where open."""
    near: tuple[float, float]
    """Least and most that is near, in ``unit``; infinite where open."""

    @property
    def key(self) -> CheckKey:
        """Which check it is."""
        return self.reason.check


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a rep: all that it is judged against. It travels with the verdict."""

    bands: Bands
    """The person's bands."""
    lift: Band | None = None
    """The band that the lift asks for; None: any."""
    lower: Band | None = None
    """The band that the lowering asks for; None: any."""
    tempo: Tempo | None = None
    """The tempo that is asked for, None if none is."""
    reference_rom: float | None = None
    """Range of a whole rep of this set, rad; None while it is unknown."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    """The limits of green and near."""
    checks: frozenset[str] | None = None
    """The keys of the checks that the exercise has; None: all."""
    pace: PaceRule | None = None
    """The pace of a test, None if none is asked for."""

    @property
    def switches(self) -> bool:
        """Whether the foot changes at the top."""
        return None not in (self.lift, self.lower) and self.lift is not self.lower

    @property
    def asks_nothing(self) -> bool:
        """Whether it asks for nothing of foot and tempo, as free training does."""
        return self.lift is None and self.lower is None and self.tempo is None


@dataclass(frozen=True, slots=True)
class DataQuality:
    """The quality of the data: whether a rep may be judged at all, beside its own angles."""

    calibrated: bool = True
    """Whether a calibration was made since the sensors were strapped on."""
    zero_moved: float = 0.0
    """Angle by which the zero has moved since, rad."""
    usable: bool = True
    """Whether the calibration is good enough to judge by."""
    dropouts: tuple[Dropout, ...] = ()
    """The losses around the rep."""


def data_quality(remarks: Sequence[Remark] | None) -> DataQuality:
    """Return the quality under a calibration with ``remarks``; None: there is no calibration."""
    if remarks is None:
        return DataQuality(calibrated=False)
    slips = [r.value for r in remarks if r.finding is Finding.SLIPPED]
    return DataQuality(
        zero_moved=math.radians(max(slips, default=0.0)),
        usable=worst(remarks) is not CalibrationGrade.NOT_USABLE,
    )


_ANYTHING = (-math.inf, math.inf)
"""Limits of a check without a measured value."""


def checks_of(rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    """Yield every check of the execution of a rep that applies to ``target``."""
    for check in (
        _range, _switch, _hold, _drop, _eccentric, _concentric, _pauses, _lift, _return, _knee
    ):  # fmt: skip
        for found in check(rep, measures, target):
            if target.checks is None or found.key.value in target.checks:
                yield found


def data_check(
    rep: Rep, measures: RepMeasures, target: Target, quality: DataQuality
) -> Check | None:
    """Return the check that keeps a rep from being judged, None if it may be judged."""
    return next(iter(_faults(rep, measures, target, quality)), None)


def _faults(
    rep: Rep, measures: RepMeasures, target: Target, quality: DataQuality
) -> Iterable[Check]:
    """Yield what is wrong with the data, the worst first."""
    limits = target.thresholds
    if rep.withheld is not None:
        yield _withheld(Incomplete(rep.withheld))
    if not quality.calibrated:
        yield _withheld(NotCalibrated())
    moved = abs(math.degrees(quality.zero_moved))
    if moved > limits.slip_deg:
        yield _withheld(ZeroMoved(moved), moved, "deg", (0.0, limits.slip_deg))
    if not quality.usable:
        yield _withheld(CalibrationNotUsable())
    arrived = measures.rate_percent
    if arrived < limits.least_rate_percent:
        yield _withheld(FewSamples(arrived), arrived, "%", (limits.least_rate_percent, math.inf))
    beyond = math.degrees(measures.beyond_reach)
    most = limits.slip_deg + math.degrees(target.bands.hysteresis)
    if beyond > most:
        yield _withheld(BeyondReach(beyond), beyond, "deg", (0.0, most))


def _withheld(
    reason: Reason,
    value: float | None = None,
    unit: str = "",
    allowed: tuple[float, float] = _ANYTHING,
) -> Check:
    return Check(reason, Grade.NOT_JUDGED, value, unit, allowed, allowed)


def _range(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if target.reference_rom is None:
        return
    limits = target.thresholds
    percent = 100.0 * measures.rom / target.reference_rom
    least = limits.rom_good_percent, limits.rom_near_percent
    yield _at_least(RangeReached(percent), percent, "%", least)


def _switch(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if not target.switches or target.lower is not Band.PLANTARFLEXED:
        return
    limits = target.thresholds
    height, after_s = measures.switch_height, measures.switch_s
    reason = NeverPointed() if height is None or after_s is None else Pointed(after_s, height)
    least = limits.switch_good_height, limits.switch_near_height
    yield _unless_small(target, _at_least(reason, height, "of height", least))


def _hold(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    limits = target.thresholds
    if target.lower is None:
        return
    reason: HeldUp | HeldPointed
    if target.lower is Band.PLANTARFLEXED:
        # Without a switch one position is asked for throughout, in the lift as well.
        share = measures.hold_share if target.switches else measures.pf_rep_share
        last_third = 100.0 * measures.hold_last_third
        reason = HeldPointed(100.0 * share, last_third, target.switches)
    else:
        reason = HeldUp(100.0 * measures.df_share)
    least = limits.hold_good_percent, limits.hold_near_percent
    yield _unless_small(target, _at_least(reason, reason.percent, "%", least))


def _lift(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if not target.switches or target.lift is not Band.DORSIFLEXED:
        return
    early_s, most_s = measures.pointed_early_s, target.bands.dwell_s
    if early_s >= most_s:
        limits = (0.0, most_s)
        early = Check(PointedEarly(early_s), Grade.MISS, early_s, "s", limits, limits)
        yield _unless_small(target, early)
        return
    value = math.degrees(measures.lift_ankle)
    # Near reaches down to neutral: below it the toes are down.
    least = math.degrees(target.bands.dorsiflexed), 0.0
    yield _unless_small(target, _at_least(LiftAnkle(value), value, "deg", least))


def _return(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    asked = target.switches and target.lift is Band.DORSIFLEXED
    if not asked or target.bands.too_small:
        return
    grade = Grade.NOTE if measures.starts_pointed else Grade.GOOD
    reason = BeforeLift(measures.starts_pointed)
    yield Check(reason, grade, None, "", _ANYTHING, _ANYTHING)


def _drop(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if target.tempo is None:
        return
    limits = target.thresholds
    good, near = limits.drop_good_ratio, limits.drop_near_ratio
    value = measures.drop_ratio
    grade = Grade.GOOD if value <= good else Grade.NEAR if value <= near else Grade.MISS
    yield Check(FastestPart(value), grade, value, "", (0.0, good), (0.0, near))


def _eccentric(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if target.tempo is None:
        return
    limits, wanted, value = target.thresholds, target.tempo.eccentric_s, measures.eccentric_s
    least = 0.01 * limits.eccentric_least_percent * wanted
    # Below a target of 2 s the green margin reaches below "too fast", beyond 8 s above "slower than
    # needed": what is green stays green.
    green = (wanted - limits.eccentric_under_s, wanted + limits.eccentric_over_s)
    most = min(0.01 * limits.eccentric_most_percent * wanted, limits.eccentric_longest_s)
    if green[0] <= value <= green[1]:
        grade = Grade.GOOD
    elif value > most:
        # No fault: in studies, reps of 0.5 to 8 s have similar effects on growth.
        grade = Grade.NOTE
    else:
        grade = Grade.MISS if value < least else Grade.NEAR
    reason = Lowered(value, wanted, needlessly_slow=grade is Grade.NOTE)
    yield Check(reason, grade, value, "s", green, (least, most))


def _concentric(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if target.tempo is None:
        return
    limits, wanted, value = target.thresholds, target.tempo.concentric_s, measures.concentric_s
    if wanted is None:
        extra = limits.concentric_near_s - limits.concentric_good_s
        green, near = (0.0, limits.explosive_s), (0.0, limits.explosive_s + extra)
    else:
        green = (wanted - limits.concentric_good_s, wanted + limits.concentric_good_s)
        near = (wanted - limits.concentric_near_s, wanted + limits.concentric_near_s)
    yield _inside(Lifted(value, wanted), value, green, near)


def _knee(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    # Where the knee itself moves, nobody asks for it.
    asked = target.checks is not None and CheckKey.KNEE.value in target.checks
    if not asked or measures.knee_change is None:
        return
    changed, most = math.degrees(measures.knee_change), target.thresholds.knee_deg
    grade = Grade.GOOD if changed <= most else Grade.NOTE
    limits = (0.0, most)
    yield Check(KneeBent(changed), grade, changed, "deg", limits, limits)


def _pauses(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if target.tempo is None:
        return
    tempo = target.tempo
    top = RestedAtTop(measures.top_s, tempo.top_s)
    yield _pause(top, top.seconds, tempo.top_s, target.thresholds)
    # Live the rest has only begun; it is judged when it is known, not guessed and taken back.
    if measures.bottom_s is not None:
        bottom, most = RestedAtBottom(measures.bottom_s, tempo.bottom_s), tempo.bottom_s
        if target.switches:
            # The foot turns back up in this rest, which takes time and is not graded: only a note.
            green = (0.0, most + target.thresholds.return_s + target.thresholds.pause_good_s)
            yield _inside(bottom, bottom.seconds, green, green)
        else:
            yield _pause(bottom, bottom.seconds, most, target.thresholds)


def _pause(reason: Reason, value: float, most: float, limits: Thresholds) -> Check:
    return _inside(
        reason, value, (0.0, most + limits.pause_good_s), (0.0, most + limits.pause_near_s)
    )


def _inside(
    reason: Reason, value: float, green: tuple[float, float], near: tuple[float, float]
) -> Check:
    """Grade a check that never fails a rep: outside the near band it only adds a note."""
    if green[0] <= value <= green[1]:
        grade = Grade.GOOD
    else:
        grade = Grade.NEAR if near[0] <= value <= near[1] else Grade.NOTE
    return Check(reason, grade, value, "s", green, near)


def _at_least(reason: Reason, value: float | None, unit: str, least: tuple[float, float]) -> Check:
    """Grade a check that asks for at least ``least[0]``, or ``least[1]`` to be near."""
    good, near = least
    if value is None or value < near:
        grade = Grade.MISS
    else:
        grade = Grade.GOOD if value >= good else Grade.NEAR
    return Check(reason, grade, value, unit, (good, math.inf), (near, math.inf))


def _unless_small(target: Target, check: Check) -> Check:
    """Return the check, or that the ankle is not judged in a range too small for it."""
    if not target.bands.too_small:
        return check
    # Only this check: range and tempo do not depend on the ankle.
    return replace(check, grade=Grade.NOT_JUDGED, reason=SmallRange(check.key))

"""The checks of a rep, each with its value, its thresholds and its unit."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from processing.calibration.grade import Finding, Remark, worst
from processing.calibration.grade import Grade as CalibrationGrade
from processing.judge.bands import Bands, Zone
from processing.judge.measures import RepMeasures
from processing.judge.tempo import Tempo
from processing.judge.thresholds import Thresholds
from processing.types import Dropout, Rep


class Grade(StrEnum):
    """How a check, or a rep as a whole, came out."""

    GOOD = "good"
    NOTE = "note"
    """Worth a word on the screen; the verdict does not suffer."""
    NEAR = "near"
    MISS = "miss"
    NOT_JUDGED = "not judged"


class CheckKey(StrEnum):
    """What is checked."""

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


@dataclass(frozen=True, slots=True)
class Check:
    """One check: ``value`` against the thresholds of green and near, all in ``unit``.

    ``text`` is one plain sentence, ``word`` what is spoken after the number of the rep.
    ``good`` and ``near`` are the (least, most) that are green and near; infinite where open.
    """

    key: CheckKey
    grade: Grade
    value: float | None
    unit: str
    good: tuple[float, float]
    near: tuple[float, float]
    text: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a rep is judged against. It travels with the verdict.

    ``lift`` and ``lower`` say where the toes shall be in the two moving phases (None: anywhere);
    ``reference_rom`` in rad is what a whole rep of this set measures.
    """

    bands: Bands
    lift: Zone | None = None
    lower: Zone | None = None
    tempo: Tempo | None = None
    reference_rom: float | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def switches(self) -> bool:
        """Whether the foot changes at the top."""
        return None not in (self.lift, self.lower) and self.lift is not self.lower

    @property
    def asks_nothing(self) -> bool:
        """Whether neither the foot nor the tempo is asked for: free training."""
        return self.lift is None and self.lower is None and self.tempo is None


@dataclass(frozen=True, slots=True)
class DataQuality:
    """What decides whether a rep may be judged at all, beside its own angles.

    ``calibrated`` is False where no calibration was made since the sensors were strapped on,
    ``usable`` where it is too bad to judge anything by; ``zero_moved`` rad is by how much the zero
    is known to have moved since; ``dropouts`` are the losses around the rep.
    """

    calibrated: bool = True
    zero_moved: float = 0.0
    usable: bool = True
    dropouts: tuple[Dropout, ...] = ()


def data_quality(remarks: Sequence[Remark] | None) -> DataQuality:
    """Return what may be judged with a calibration of which ``remarks`` were made (None: none)."""
    if remarks is None:
        return DataQuality(calibrated=False)
    slips = [r.value for r in remarks if r.finding is Finding.SLIPPED]
    return DataQuality(
        zero_moved=math.radians(max(slips, default=0.0)),
        usable=worst(remarks) is not CalibrationGrade.NOT_USABLE,
    )


ANKLE_CHECKS = (CheckKey.SWITCH, CheckKey.HOLD, CheckKey.LIFT)
"""What hangs on where the ankle is."""


def checks_of(rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    """Yield every check of how a rep was done that applies to ``target``."""
    for check in (_range, _switch, _hold, _drop, _eccentric, _concentric, _pauses, _lift, _return):
        yield from check(rep, measures, target)


def data_check(
    rep: Rep, measures: RepMeasures, target: Target, quality: DataQuality, doubt: float
) -> Check | None:
    """Return why a rep may not be judged, None if it may.

    ``doubt`` rad is by how much lost samples leave the ankle in doubt.
    """
    return next(iter(_faults(rep, measures, target, quality, doubt)), None)


def _faults(
    rep: Rep, measures: RepMeasures, target: Target, quality: DataQuality, doubt: float
) -> Iterable[Check]:
    """Yield what is wrong with the data, the worst first."""
    limits, anything = target.thresholds, (-math.inf, math.inf)
    if not rep.judged:
        yield _withheld(rep.reason, None, "", anything)
    if not quality.calibrated:
        why = "not calibrated since the sensors were strapped on"
        yield _withheld(why, None, "", anything)
    moved = abs(math.degrees(quality.zero_moved))
    if moved > limits.slip_deg:
        yield _withheld("a sensor has slipped", moved, "deg", (0.0, limits.slip_deg))
    if not quality.usable:
        why = "the calibration is not usable; only the angles are shown"
        yield _withheld(why, None, "", anything)
    if measures.rate_percent < limits.least_rate_percent:
        good = (limits.least_rate_percent, math.inf)
        yield _withheld("too few samples arrive", measures.rate_percent, "%", good)
    beyond = math.degrees(measures.beyond_reach - doubt)
    most = limits.slip_deg + math.degrees(target.bands.hysteresis)
    if beyond > most:
        why = f"the ankle goes {beyond:.0f} deg beyond its range: a sensor has slipped"
        yield _withheld(why, beyond, "deg", (0.0, most))


def doubt_check(doubt: float) -> Check:
    """Return that the ankle cannot be judged, since it may be off by ``doubt`` rad."""
    off = math.degrees(doubt)
    why = f"lost samples leave the ankle in doubt by {off:.0f} deg"
    return _withheld(why, off, "deg", (0.0, 0.0))


def _withheld(why: str, value: float | None, unit: str, good: tuple[float, float]) -> Check:
    return Check(CheckKey.DATA, Grade.NOT_JUDGED, value, unit, good, good, why, "not judged")


def _range(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if target.reference_rom is None:
        return
    limits = target.thresholds
    percent = 100.0 * measures.rom / target.reference_rom
    good, near = limits.rom_good_percent, limits.rom_near_percent
    grade = _at_least(percent, good, near)
    text = f"{percent:.0f} % of the full range"
    yield _check(CheckKey.ROM, grade, percent, "%", (good, near), text, "higher")


def _switch(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if not target.switches or target.lower is not Zone.PLANTARFLEXED:
        return
    limits = target.thresholds
    height = measures.switch_height
    good, near = limits.switch_good_height, limits.switch_near_height
    grade = Grade.MISS if height is None else _at_least(height, good, near)
    text = (
        "the toes were never pointed"
        if height is None or measures.switch_s is None
        else f"toes pointed {measures.switch_s:.1f} s after the top, at {100 * height:.0f} % height"
    )
    word = "point earlier" if height is not None else "point toes"
    yield _unless_small(
        target, _check(CheckKey.SWITCH, grade, height, "of height", (good, near), text, word)
    )


def _hold(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    limits = target.thresholds
    if target.lower is None:
        return
    if target.switches and target.lower is Zone.PLANTARFLEXED:
        share, where = measures.hold_share, "of the lowering pointed, after the switch"
    elif target.lower is Zone.PLANTARFLEXED:
        share, where = measures.pf_rep_share, "of lift and lowering with toes pointed"
    else:
        share, where = measures.df_share, "of lift and lowering with toes up"
    percent = 100.0 * share
    good, near = limits.hold_good_percent, limits.hold_near_percent
    text = f"{percent:.0f} % {where}"
    if target.lower is Zone.PLANTARFLEXED:
        text += f" ({100.0 * measures.hold_last_third:.0f} % in the last third)"
    word = "point toes" if target.lower is Zone.PLANTARFLEXED else "toes up"
    grade = _at_least(percent, good, near)
    yield _unless_small(
        target, _check(CheckKey.HOLD, grade, percent, "%", (good, near), text, word)
    )


def _lift(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if not target.switches or target.lift is not Zone.DORSIFLEXED:
        return
    bands = target.bands
    up, slack = math.degrees(bands.dorsiflexed), math.degrees(bands.hysteresis)
    value = math.degrees(measures.lift_ankle)
    # Between neutral and pointed the specification is silent; within the angle's uncertainty of
    # neutral the toes get the benefit of the doubt.
    grade = _at_least(value, up, -slack)
    text = f"toes {'up' if value >= 0 else 'down'} {abs(value):.0f} deg on the way up"
    check = _check(CheckKey.LIFT, grade, value, "deg", (up, -slack), text, "toes up")
    yield _unless_small(target, check)


def _return(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    asked = target.switches and target.lift is Zone.DORSIFLEXED
    if not asked or target.bands.too_small:
        return
    anything = (-math.inf, math.inf)
    grade = Grade.NOTE if measures.starts_pointed else Grade.GOOD
    text = "the lift began with the toes pointed" if measures.starts_pointed else ""
    yield Check(CheckKey.RETURN, grade, None, "", anything, anything, text, "toes up")


def _drop(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if target.tempo is None:
        return
    limits = target.thresholds
    good, near = limits.drop_good_ratio, limits.drop_near_ratio
    value = measures.drop_ratio
    grade = Grade.GOOD if value <= good else Grade.NEAR if value <= near else Grade.MISS
    text = f"fastest part {value:.1f} times the mean speed of the lowering"
    yield Check(CheckKey.DROP, grade, value, "", (0.0, good), (0.0, near), text, "you let it drop")


def _eccentric(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if target.tempo is None:
        return
    limits, wanted, value = target.thresholds, target.tempo.eccentric_s, measures.eccentric_s
    least = 0.01 * limits.eccentric_least_percent * wanted
    # Below a target of 2 s the green margin would reach below "too fast": too fast wins.
    green = (max(wanted - limits.eccentric_under_s, least), wanted + limits.eccentric_over_s)
    longest = max(limits.eccentric_longest_s, wanted + limits.eccentric_under_s)
    most = min(max(0.01 * limits.eccentric_most_percent * wanted, green[1]), longest)
    text, word = f"lowered in {value:.1f} s, target {wanted:g} s", ""
    if value < least:
        grade, word = Grade.MISS, "slower"
    elif value > most:
        grade, text = Grade.NOTE, f"{text}: slower than needed"
    elif green[0] <= value <= green[1]:
        grade = Grade.GOOD
    else:
        grade, word = Grade.NEAR, "slower" if value < wanted else "faster"
    yield Check(CheckKey.ECCENTRIC, grade, value, "s", green, (least, most), text, word)


def _concentric(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if target.tempo is None:
        return
    limits, wanted, value = target.thresholds, target.tempo.concentric_s, measures.concentric_s
    if wanted is None:
        extra = limits.concentric_near_s
        green, near = (0.0, limits.explosive_s), (0.0, limits.explosive_s + extra)
        aim = "as fast as you can"
    else:
        green = (wanted - limits.concentric_good_s, wanted + limits.concentric_good_s)
        near = (wanted - limits.concentric_near_s, wanted + limits.concentric_near_s)
        aim = f"{wanted:g} s"
    grade = _inside(value, green, near)
    word = "lift faster" if value > green[1] else "lift slower"
    text = f"lifted in {value:.1f} s, target {aim}"
    yield Check(CheckKey.CONCENTRIC, grade, value, "s", green, near, text, word)


def _pauses(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if target.tempo is None:
        return
    limits, tempo = target.thresholds, target.tempo
    turning_s = limits.return_s if target.switches else 0.0
    for key, value, wanted, extra, where in (
        (CheckKey.TOP_PAUSE, measures.top_s, tempo.top_s, 0.0, "top"),
        (CheckKey.BOTTOM_PAUSE, measures.bottom_s, tempo.bottom_s, turning_s, "bottom"),
    ):
        if value is None:
            continue
        most = wanted + extra
        green, near = (0.0, most + limits.pause_good_s), (0.0, most + limits.pause_near_s)
        text = f"rested {value:.1f} s at the {where}, target {wanted:g} s"
        yield Check(key, _inside(value, green, near), value, "s", green, near, text, "rest less")


def _inside(value: float, green: tuple[float, float], near: tuple[float, float]) -> Grade:
    """Return the grade of what can never be missed: beyond near it is but noted."""
    if green[0] <= value <= green[1]:
        return Grade.GOOD
    return Grade.NEAR if near[0] <= value <= near[1] else Grade.NOTE


def _at_least(value: float, good: float, near: float) -> Grade:
    return Grade.GOOD if value >= good else Grade.NEAR if value >= near else Grade.MISS


def _check(
    key: CheckKey,
    grade: Grade,
    value: float | None,
    unit: str,
    least: tuple[float, float],
    text: str,
    word: str,
) -> Check:
    """Return a check that asks for at least ``least[0]``, or ``least[1]`` to be near."""
    good, near = (least[0], math.inf), (least[1], math.inf)
    return Check(key, grade, value, unit, good, near, text, word)


def _unless_small(target: Target, check: Check) -> Check:
    """Return the check, or why the ankle is not judged in a range too small for it."""
    if not target.bands.too_small:
        return check
    return Check(
        check.key,
        Grade.NOT_JUDGED,
        check.value,
        check.unit,
        check.good,
        check.near,
        target.bands.explanation,
    )

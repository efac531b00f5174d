"""Every fault gives its reason, and a near miss does not."""

import dataclasses

import numpy as np
import pytest

from processing.judge.bands import Band
from processing.judge.checks import Grade, Target, checks_of
from processing.judge.reasons import (
    CheckKey,
    Correction,
    Lowered,
)
from processing.judge.tempo import Tempo
from processing.judge.thresholds import Thresholds
from processing.judge.verdict import ENGINE_VERSION, Verdict, judge
from sensor.errors import SettingError
from tests.processing.coach.constructed_reps import (
    NEUTRAL,
    POINTED,
    UP,
    Foot,
    draw,
    held,
    switched,
    target,
)
from tests.processing.judge.constructed_verdict import GOOD_B, check_of, one
from tests.processing.reps.curves import Array, Curve, Stroke, TrueRep

TOES_UP = target(Band.DORSIFLEXED, Band.DORSIFLEXED, "3-0-1-0")
TOES_POINTED = target(Band.PLANTARFLEXED, Band.PLANTARFLEXED, "3-0-1-0")
FREE = target(None, None, None)


def test_a_good_rep_of_protocol_b_has_no_reason() -> None:
    verdict = one(GOOD_B)
    assert verdict.grade is Grade.GOOD
    assert verdict.reason is None
    assert {check.key for check in verdict.checks} == {
        CheckKey.ROM,
        CheckKey.SWITCH,
        CheckKey.HOLD,
        CheckKey.DROP,
        CheckKey.ECCENTRIC,
        CheckKey.CONCENTRIC,
        CheckKey.TOP_PAUSE,
        CheckKey.LIFT,
        CheckKey.RETURN,
    }
    assert all(check.grade is Grade.GOOD for check in verdict.checks)


@pytest.mark.parametrize(
    ("height", "grade"),
    [(0.84, Grade.GOOD), (0.76, Grade.NEAR), (0.68, Grade.NEAR), (0.60, Grade.MISS)],
)
def test_the_grade_follows_the_height_of_the_switch(height: float, grade: Grade) -> None:
    verdict = one(switched(height))
    switch = check_of(verdict, CheckKey.SWITCH)
    assert switch.grade is grade
    assert switch.value == pytest.approx(height, abs=0.01)
    if grade is not Grade.GOOD:
        assert verdict.reason is switch.reason


def test_toes_that_never_point_are_a_miss() -> None:
    verdict = one(held(UP))
    assert verdict.grade is Grade.MISS
    assert verdict.reason is check_of(verdict, CheckKey.SWITCH).reason
    assert verdict.reason.correction is Correction.POINT_TOES
    assert verdict.measures.switch_s is None
    assert verdict.measures.pf_share == 0.0


@pytest.mark.parametrize(
    ("share_pointed", "grade"),
    [(0.84, Grade.GOOD), (0.75, Grade.NEAR), (0.64, Grade.NEAR), (0.55, Grade.MISS)],
)
def test_the_grade_follows_how_long_the_toes_stay_pointed(
    share_pointed: float, grade: Grade
) -> None:
    # Pointed from the top on until this share of the time until a tenth of the height has passed.
    def foot(t: Array, rep: TrueRep, heights: Array) -> Array:
        judged = t[(t >= rep.t_top) & (t < rep.t_bottom) & (heights >= 0.1)]
        end = judged[0] + share_pointed * (judged[-1] - judged[0])
        ankle = held(UP)(t, rep, heights)
        ankle[(t >= rep.t_top) & (t < end)] = POINTED
        return np.asarray(ankle)

    verdict = one(foot)
    hold = check_of(verdict, CheckKey.HOLD)
    assert hold.grade is grade
    assert hold.value == pytest.approx(100 * share_pointed, abs=2.0)
    assert verdict.measures.hold_last_third < 0.9


@pytest.mark.parametrize(
    ("angle", "grade"),
    [(UP, Grade.GOOD), (3.0, Grade.NEAR), (-2.0, Grade.MISS), (-8.0, Grade.MISS)],
)
def test_the_grade_follows_the_ankle_in_the_lift(angle: float, grade: Grade) -> None:
    verdict = one(switched(0.95, up=angle))
    lift = check_of(verdict, CheckKey.LIFT)
    assert lift.grade is grade
    assert lift.value == pytest.approx(angle)


@pytest.mark.parametrize(
    ("seconds", "grade", "correction"),
    [
        (2.8, Grade.MISS, Correction.SLOWER),
        (3.2, Grade.NEAR, Correction.SLOWER),
        (3.6, Grade.GOOD, None),
        (5.4, Grade.GOOD, None),
        (5.7, Grade.NEAR, Correction.FASTER),
        (7.8, Grade.NEAR, Correction.FASTER),
        (8.1, Grade.NOTE, None),
    ],
)
def test_the_grade_follows_the_time_of_the_lowering(
    seconds: float, grade: Grade, correction: Correction | None
) -> None:
    # A tenth of the constructed lowering lies in the hold on either side.
    verdict = one(GOOD_B)
    rep = dataclasses.replace(verdict.rep, t_bottom=verdict.rep.t_ecc + seconds, t_end=99.0)
    measures = dataclasses.replace(verdict.measures, eccentric_s=seconds)

    check = next(c for c in checks_of(rep, measures, verdict.target) if c.key is CheckKey.ECCENTRIC)
    assert check.grade is grade
    assert correction in (None, check.reason.correction)
    assert check.reason == Lowered(seconds, 4.0, needlessly_slow=grade is Grade.NOTE)
    assert (check.value, check.unit) == (seconds, "s")


@pytest.mark.parametrize(("early_s", "grade"), [(-0.2, Grade.NOTE), (0.2, Grade.GOOD)])
def test_a_lift_that_begins_with_toes_pointed_is_noted(early_s: float, grade: Grade) -> None:
    def foot(t: Array, rep: TrueRep, heights: Array) -> Array:
        lowering = (t >= rep.t_top + 0.3) & (heights <= 0.95) & (t < rep.t_bottom + 0.2)
        return np.where((t < rep.t_start - early_s) | lowering, POINTED, UP)

    verdict = one(foot)
    assert check_of(verdict, CheckKey.RETURN).grade is grade
    assert verdict.grade is Grade.GOOD


def test_a_fast_lowering_is_a_miss_with_its_numbers() -> None:
    verdict = one(GOOD_B, down=2.0)
    assert verdict.grade is Grade.MISS
    assert verdict.reason is check_of(verdict, CheckKey.ECCENTRIC).reason
    assert verdict.reason.correction is Correction.SLOWER


@pytest.mark.parametrize(
    ("target_s", "seconds", "grade"),
    [
        (1.0, 0.4, Grade.MISS),
        (1.0, 0.6, Grade.GOOD),
        (12.0, 12.2, Grade.GOOD),
        (12.0, 11.0, Grade.NOTE),
    ],
)
def test_unusual_tempo_targets_are_graded_by_the_same_rules(
    target_s: float, seconds: float, grade: Grade
) -> None:
    verdict = one(held(0.0), target(None, None, Tempo(target_s, 0.0, None, 1.0)))

    measures = dataclasses.replace(verdict.measures, eccentric_s=seconds)
    checks = checks_of(verdict.rep, measures, verdict.target)
    assert next(c for c in checks if c.key is CheckKey.ECCENTRIC).grade is grade


def dropped(share: float, seconds: float) -> Verdict:
    """Return a rep lowered evenly whose last ``share`` of the range falls within ``seconds``."""
    curve = Curve().hold(1.5)
    even = Stroke(100 * share, 3.5, cruise=True)
    curve.odd_rep([Stroke(100, 1.3), Stroke(100, 0.7), even, Stroke(0, seconds)])
    curve.hold(1.0)
    (rep,), angles = draw(curve, GOOD_B)
    return judge(rep, angles, target())


def test_a_drop_is_a_miss_and_an_even_lowering_is_not() -> None:
    assert check_of(one(GOOD_B), CheckKey.DROP).value == pytest.approx(1.1, abs=0.2)
    assert check_of(dropped(0.5, 1.7), CheckKey.DROP).grade is Grade.NEAR
    verdict = dropped(0.5, 0.5)
    drop = check_of(verdict, CheckKey.DROP)
    assert drop.grade is Grade.MISS
    assert verdict.reason is drop.reason
    assert drop.reason.correction is Correction.NO_DROP
    assert check_of(dropped(0.5, 2.2), CheckKey.DROP).grade is Grade.GOOD


@pytest.mark.parametrize(
    ("rom", "grade"),
    [(86.0, Grade.GOOD), (80.0, Grade.NEAR), (72.0, Grade.NEAR), (66.0, Grade.MISS)],
)
def test_the_grade_follows_the_range(rom: float, grade: Grade) -> None:
    verdict = one(GOOD_B, rom=rom)
    check = check_of(verdict, CheckKey.ROM)
    assert check.grade is grade
    assert check.value == pytest.approx(rom, abs=0.5)


@pytest.mark.parametrize(
    ("seconds", "grade"),
    [(1.4, Grade.GOOD), (1.8, Grade.NEAR), (2.3, Grade.NOTE)],
)
def test_lift_and_pauses_are_never_a_miss(seconds: float, grade: Grade) -> None:
    verdict = one(GOOD_B)
    measures = dataclasses.replace(verdict.measures, concentric_s=seconds, top_s=seconds)
    checks = {c.key: c for c in checks_of(verdict.rep, measures, verdict.target)}
    for key in (CheckKey.CONCENTRIC, CheckKey.TOP_PAUSE):
        assert checks[key].grade is grade


@pytest.mark.parametrize(("seconds", "grade"), [(1.0, Grade.GOOD), (1.1, Grade.NOTE)])
def test_the_rest_in_which_the_foot_turns_back_is_only_noted(seconds: float, grade: Grade) -> None:
    verdict = one(GOOD_B)
    measures = dataclasses.replace(verdict.measures, bottom_s=seconds)
    checks = {c.key: c for c in checks_of(verdict.rep, measures, verdict.target)}
    assert checks[CheckKey.BOTTOM_PAUSE].grade is grade


def test_an_explosive_lift_has_its_own_limit() -> None:
    wanted = target(tempo="4-0-X-1")
    assert check_of(one(GOOD_B, wanted, up=1.4), CheckKey.CONCENTRIC).grade is Grade.GOOD
    assert check_of(one(GOOD_B, wanted, up=2.4), CheckKey.CONCENTRIC).grade is Grade.NEAR


@pytest.mark.parametrize(
    ("wanted", "foot", "grade"),
    [
        (TOES_UP, held(UP), Grade.GOOD),
        (TOES_UP, held(NEUTRAL), Grade.MISS),
        (TOES_UP, held(POINTED), Grade.MISS),
        (TOES_POINTED, held(POINTED), Grade.GOOD),
        (TOES_POINTED, held(-20.0), Grade.MISS),
        (FREE, held(-20.0), Grade.NOT_JUDGED),
    ],
)
def test_sets_with_one_band_are_graded_by_it(wanted: Target, foot: Foot, grade: Grade) -> None:
    verdict = one(foot, wanted, top=0.1, down=3.4)
    assert verdict.grade is grade
    if grade is Grade.MISS:
        assert verdict.reason is check_of(verdict, CheckKey.HOLD).reason


def test_the_reason_is_the_first_by_priority() -> None:
    # First everything is wrong; then the faults are removed one by one, in the order of priority.
    late_fast_low = one(switched(0.3, up=-10.0), rom=60.0, down=1.5)
    assert late_fast_low.reason is check_of(late_fast_low, CheckKey.ROM).reason
    late_fast = one(switched(0.3, up=-10.0), down=1.5)
    assert late_fast.reason is check_of(late_fast, CheckKey.SWITCH).reason
    fast = one(switched(0.95, up=-10.0), down=1.5)
    assert fast.reason is check_of(fast, CheckKey.ECCENTRIC).reason
    toes_down = one(switched(0.95, up=-10.0))
    assert toes_down.reason is check_of(toes_down, CheckKey.LIFT).reason


def test_a_miss_is_named_before_a_near_of_higher_priority() -> None:
    verdict = one(GOOD_B, rom=80.0, down=1.5)
    assert verdict.grade is Grade.MISS
    assert verdict.reason is check_of(verdict, CheckKey.ECCENTRIC).reason


def test_a_threshold_changes_only_what_depends_on_it() -> None:
    curve = Curve().hold(1.5).rep(top=0.7, up=1.3, down=4.6, cruise=True).hold(1.0)
    reps, angles = draw(curve, switched(0.76))
    lax = dataclasses.replace(target(), thresholds=Thresholds(switch_good_height=0.7))
    before, after = (judge(reps[0], angles, wanted) for wanted in (target(), lax))
    assert (before.grade, after.grade) == (Grade.NEAR, Grade.GOOD)
    assert before.measures == after.measures
    changed = [a.key for a, b in zip(before.checks, after.checks, strict=True) if a != b]
    assert changed == [CheckKey.SWITCH]


def test_the_verdict_holds_its_target_and_the_version_of_its_rules() -> None:
    verdict = one(GOOD_B)
    assert verdict.target.thresholds == Thresholds()
    assert verdict.engine_version == ENGINE_VERSION


def test_thresholds_are_read_from_a_table() -> None:
    assert Thresholds.from_table({"rom_good_percent": 90}).rom_good_percent == 90
    with pytest.raises(SettingError, match="no such threshold"):
        Thresholds.from_table({"rom_god_percent": 90})
    with pytest.raises(SettingError, match="from 10 to 150"):
        Thresholds.from_table({"rom_good_percent": "high"})
    with pytest.raises(SettingError, match="at most switch_good_height"):
        Thresholds(switch_near_height=0.9)

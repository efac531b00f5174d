"""The metrics of sets, sessions and weeks, against values from their formulas."""

import dataclasses
import math
from typing import Any

import pytest

from processing.coach.protocol import SetType
from processing.judge.checks import Grade
from processing.judge.set_metrics import one_rm_kg, set_metrics
from processing.judge.verdict import Verdict, judge
from processing.review.judged_sets import JudgedSet
from processing.review.session_numbers import (
    asymmetry_percent,
    best_percents_of,
    bests_before,
    density_percent,
    hard_sets,
    load_ratio,
    minimal_real_change,
    pointed_eccentric_s,
    rolling_median,
    session_load,
    strength_gap_percent,
)
from processing.review.training_sets import TrainingSet
from tests.processing.coach.constructed_reps import draw, held, switched, target
from tests.processing.reps.curves import Curve


def template() -> Verdict:
    (rep,), angles = draw(Curve().hold(1.5).rep(down=4.6).hold(1.0), held(0.0))
    return judge(rep, angles, target())


TEMPLATE = template()


def verdict(grade: Grade = Grade.GOOD, *, partial: bool = False, **measures: Any) -> Verdict:
    base = {
        "concentric_s": 1.0,
        "top_s": 1.0,
        "eccentric_s": 4.0,
        "bottom_s": 0.5,
        "rom": 1.7,
        "concentric_speed": 1.7,
        "ankle_ecc": -0.5,
        "pf_share": 0.75,
    }
    return dataclasses.replace(
        TEMPLATE,
        rep=dataclasses.replace(TEMPLATE.rep, partial=partial),
        grade=grade,
        measures=dataclasses.replace(TEMPLATE.measures, **{**base, **measures}),
    )


def test_counts_and_quality() -> None:
    grades = [Grade.GOOD, Grade.GOOD, Grade.NEAR, Grade.MISS, Grade.NOT_JUDGED]
    numbers = set_metrics([*map(verdict, grades), verdict(Grade.MISS, partial=True)])
    assert (numbers.reps, numbers.judged, numbers.good, numbers.partial) == (5, 4, 2, 1)
    assert numbers.quality_percent == 50.0


def test_time_under_tension_and_the_signature_number() -> None:
    reps = [verdict(pf_share=0.5), verdict(bottom_s=5.0), verdict(bottom_s=None, eccentric_s=3.0)]
    numbers = set_metrics(reps)
    assert numbers.pointed_eccentric_s == pytest.approx(0.5 * 4 + 0.75 * 4 + 0.75 * 3)
    assert numbers.eccentric_s == pytest.approx(11.0)
    assert numbers.tension_s == pytest.approx(3 * 2 + 11 + 0.5 + 2.0)


def test_the_signature_number_of_a_constructed_set() -> None:
    curve = Curve().hold(1.5)
    for _ in range(3):
        curve.rep(up=1.3, top=0.7, down=4.6, cruise=True)
    reps, angles = draw(curve.hold(1.0), switched(0.5))
    numbers = set_metrics([judge(rep, angles, target()) for rep in reps])
    lowered_s = sum(rep.t_bottom - rep.t_ecc for rep in reps)
    assert numbers.eccentric_s == pytest.approx(lowered_s)
    # The holds leave an even lowering from 90 to 10 %; the toes are pointed below 50 %.
    assert numbers.pointed_eccentric_s == pytest.approx(0.5 * lowered_s, rel=0.05)


def test_consistency_and_fatigue() -> None:
    reps = [
        verdict(eccentric_s=s, ankle_ecc=a, rom=r)
        for s, a, r in (
            (4.0, -0.6, 1.7),
            (4.0, -0.6, 1.8),
            (3.5, -0.5, 1.7),
            (3.0, -0.4, 1.6),
            (2.0, -0.3, 1.5),
        )
    ]
    numbers = set_metrics(reps)
    assert numbers.eccentric_mean_s == pytest.approx(3.3)
    assert numbers.eccentric_variation_percent == pytest.approx(100 * math.sqrt(0.7) / 3.3)
    assert numbers.control_loss_percent == pytest.approx(37.5)
    assert numbers.control_is_lost
    assert numbers.ankle_fade == pytest.approx(0.25)
    assert numbers.rom_loss_percent == pytest.approx(100 * 0.3 / 1.8)
    assert numbers.velocity_loss_percent is None


def test_height_times_reps_the_best_and_the_loss_at_the_end() -> None:
    heights = [math.radians(deg) for deg in (30.0, 34.0, 32.0, 28.0, 20.0)]
    numbers = set_metrics([*(verdict(rom=h) for h in heights), verdict(rom=0.9, partial=True)])
    assert numbers.work_index == pytest.approx(math.radians(144.0))
    assert numbers.rom_mean == pytest.approx(math.radians(28.8))
    assert numbers.rom_best == pytest.approx(math.radians(34.0))
    # 32 degrees at first, 24 at the end.
    assert numbers.rom_fade_percent == pytest.approx(25.0)
    assert set_metrics([]).work_index is None
    assert numbers.pace is None


def raised(*heights_deg: float, side: str) -> JudgedSet:
    one = judged(SetType.FREE)
    verdicts = []
    for deg in heights_deg:
        v = verdict(rom=math.radians(deg))
        verdicts.append(dataclasses.replace(v, rep=dataclasses.replace(v.rep, rom=v.measures.rom)))
    return dataclasses.replace(
        one,
        source=dataclasses.replace(one.source, side=side),
        verdicts=tuple(verdicts),
        metrics=set_metrics(verdicts),
    )


def test_each_height_is_compared_with_the_best_of_its_side_until_then() -> None:
    sets = [
        raised(30.0, 40.0, 20.0, side="L"),
        raised(25.0, 24.0, side="R"),
        raised(30.0, 50.0, side="L"),
    ]
    bests = bests_before(sets)
    assert bests[:2] == [None, None]
    assert bests[2] == pytest.approx(math.radians(40.0))
    found = [best_percents_of(*one) for one in zip(sets, bests, strict=True)]
    assert found[0] == pytest.approx([100.0, 100.0, 50.0])
    assert found[1] == pytest.approx([100.0, 96.0])
    assert found[2] == pytest.approx([75.0, 100.0])
    # The library knows a better one.
    assert best_percents_of(sets[1], math.radians(50.0)) == pytest.approx([50.0, 48.0])


def test_velocity_loss_only_where_the_lift_is_explosive() -> None:
    explosive = target(tempo="4-0-X-1")
    reps = [
        dataclasses.replace(verdict(concentric_speed=speed), target=explosive)
        for speed in (1.5, 2.0, 1.2)
    ]
    assert set_metrics(reps).velocity_loss_percent == pytest.approx(40.0)


def test_volume_and_1rm_follow_the_load() -> None:
    reps = [verdict() for _ in range(6)]
    numbers = set_metrics(reps, 40.0, reserve_known=True)
    assert numbers.volume_kg == 240.0
    assert numbers.eccentric_volume_kgs == pytest.approx(40.0 * 24.0)
    assert numbers.one_rm_kg == pytest.approx(48.0)
    assert set_metrics(reps, 40.0).one_rm_kg is None
    assert one_rm_kg(40.0, 12) == pytest.approx(56.0)
    assert one_rm_kg(40.0, 13) is None
    assert one_rm_kg(40.0, 0) is None


def test_too_few_reps_leave_metrics_unknown() -> None:
    nothing = set_metrics([])
    assert nothing.quality_percent is None
    assert nothing.eccentric_mean_s is None
    assert nothing.rom_loss_percent is None
    three = set_metrics([verdict() for _ in range(3)])
    assert three.control_loss_percent is None
    assert three.ankle_fade is None
    assert not three.control_is_lost


def judged(
    kind: SetType, reps: int = 8, load_kg: float | None = 40.0, reserve: float | None = None
) -> JudgedSet:
    verdicts = tuple(verdict() for _ in range(reps))
    found = TrainingSet(
        1, 0.0, 60.0, (), (), marked=True, prescription={}, type=kind, load_kg=load_kg
    )
    metrics = set_metrics(verdicts, load_kg)
    return JudgedSet(found, TEMPLATE.target, verdicts, metrics, reserve)


def test_hard_sets_by_type() -> None:
    sets = [
        judged(SetType.DF, reserve=3.0),
        judged(SetType.PF, reserve=3.5),
        judged(SetType.PF, reserve=0.0),
        judged(SetType.PF),
    ]
    assert dict(hard_sets(sets)) == {SetType.DF: 1, SetType.PF: 1}


def test_the_load_ratio_takes_matched_waves_only() -> None:
    sets = [
        judged(SetType.DF, 8, 40.0),
        judged(SetType.PF, 7, 34.0),
        judged(SetType.DF, 8, 40.0),
        judged(SetType.PF, 6, 39.0),
        judged(SetType.DF, 8, 40.0),
        judged(SetType.PF, 9, 36.0),
    ]
    assert load_ratio(sets) == pytest.approx(0.875)
    assert load_ratio(sets[:1]) is None


def test_session_numbers_are_sums_of_the_sets() -> None:
    sets = [judged(SetType.B), judged(SetType.B)]
    assert pointed_eccentric_s(sets) == pytest.approx(2 * 8 * 3.0)
    assert density_percent(sets, 1040.0) == pytest.approx(10.0)
    assert session_load(7.0, 1800.0) == 210.0
    assert strength_gap_percent(50.0, 45.0) == pytest.approx(10.0)


def test_the_difference_of_the_sides() -> None:
    assert asymmetry_percent(90.0, 100.0) == pytest.approx(-10.0)
    assert asymmetry_percent(100.0, 90.0) == pytest.approx(10.0)
    assert asymmetry_percent(0.0, 0.0) is None


def test_the_trend_is_a_median_over_six_sessions() -> None:
    assert rolling_median([1, 9, 2, 8, 3, 7, 100]) == [1, 5, 2, 5, 3, 5, 7.5]


def test_a_real_change_needs_five_sessions_and_exceeds_the_persons_own_spread() -> None:
    before = [10.0, 12.0, 11.0, 9.0, 13.0]
    assert minimal_real_change(before) == pytest.approx(1.96 * math.sqrt(2) * math.sqrt(2.5))
    assert minimal_real_change(before[:4]) is None

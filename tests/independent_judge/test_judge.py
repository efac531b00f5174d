"""The independent judge against curves of straight lines, whose boundaries and verdicts are arithmetic.

A straight lowering of 100° in 4 s falls by 25°/s, so that it is visible for 96° of it: 3.84 s.
"""

from dataclasses import replace

import numpy as np
import pytest

from tests.independent_judge.motions import Array
from tests.independent_judge.prescription import Prescription, SetKind
from tests.independent_judge.verdicts import (
    Grade,
    JudgedRep,
    evenness,
    judge_set,
    lift_grade,
    lowering_grade,
    pause_grade,
)
from tests.independent_judge.visible import visible_reps

B = Prescription(
    SetKind.UP_AND_DOWN,
    lower_s=4.0,
    dorsiflexion_max_deg=15.0,
    plantarflexion_max_deg=50.0,
    reference_deg=100.0,
    lift_s=2.0,
    top_s=1.0,
    bottom_s=2.0,
)
"""Toes up from 6°, pointed from -25°."""

Corner = tuple[float, float]
REP: tuple[Corner, ...] = ((2, 0), (4, 100), (5, 100), (9, 0), (11, 0))
"""A lift of 2 s, a hold of 1 s and a lowering of 4 s: the time and angle of each corner."""


def line(*corners: Corner) -> tuple[Array, Array]:
    """Return times and values at 1 kHz of straight lines between corners."""
    t = np.arange(0.0, corners[-1][0], 0.001)
    return t, np.interp(t, [at for at, _ in corners], [value for _, value in corners])


def judged(ankle: tuple[Corner, ...], *curl: Corner, asked: Prescription = B) -> JudgedRep:
    """Return the only judged rep of a curl with the ankle at straight lines between corners."""
    t, angle = line(*(curl or ((0, 0), *REP)))
    toes = line(*ankle, (100, ankle[-1][1]))[1][: t.size]
    (rep,) = judge_set(t, angle, toes, asked)
    return rep


@pytest.mark.parametrize(
    ("corners", "lift_s", "top_s", "lower_s"),
    [
        (REP, 1.92, 1.12, 3.84),
        (((2, 0), (4, 100), (8, 0), (10, 0)), 1.92, 0.12, 3.84),
        # A stall of 0.5 s at 95 % belongs to the top, one at 80 % or of 0.2 s to the lowering.
        (((2, 0), (4, 100), (5, 100), (5.2, 95), (5.7, 95), (9.5, 0), (11, 0)), 1.92, 1.82, 3.64),
        (((2, 0), (4, 100), (5, 100), (5.8, 80), (6.3, 80), (9.5, 0), (11, 0)), 1.92, 1.12, 4.34),
        (((2, 0), (4, 100), (5, 100), (5.2, 95), (5.4, 95), (9.2, 0), (11, 0)), 1.92, 1.12, 4.04),
        # The bottom sinks from 5° to 0° in 5 s: its median is 2.5°, so that it is reached at 4.5°.
        (((2, 0), (4, 100), (5, 100), (9, 5), (14, 0), (14.2, 50), (15, 0)), 1.92, 1.12, 4.42),
    ],
)
def test_boundaries_are_those_of_the_definition(
    corners: tuple[Corner, ...], lift_s: float, top_s: float, lower_s: float
) -> None:
    rep = visible_reps(*line((0, 0), *corners), 100.0)[0]
    assert rep.lift_s == pytest.approx(lift_s, abs=0.02)
    assert rep.top_s == pytest.approx(top_s, abs=0.02)
    assert rep.lower_s == pytest.approx(lower_s, abs=0.02)


def test_phases_of_two_reps_are_contiguous_and_a_small_turn_is_no_rep() -> None:
    again = [(t + 9.0, angle) for t, angle in REP]
    first, second = visible_reps(*line((0, 0), *REP, *again), 100.0)
    assert first.t_next == second.t_lift
    assert first.bottom_s == pytest.approx(2.0 + 0.04 + 0.08, abs=0.005)
    bounced = ((0, 0), (2, 0), (4, 100), (5, 80), (6, 90), (9, 0), (11, 0))
    assert len(visible_reps(*line(*bounced), 100.0)) == 1


def test_a_rep_of_half_the_range_is_partial() -> None:
    (rep,) = visible_reps(*line((0, 0), (2, 0), (3, 50), (4, 0), (6, 0)), 100.0)
    assert rep.partial(100.0)
    assert not rep.partial(80.0)


@pytest.mark.parametrize(
    ("switched_s", "grade"),
    # The lowering falls from 100° at 5 s by 25°/s: 0.82 at 5.72 s, 0.7 at 6.2 s, 0.5 at 7 s.
    [(4.5, Grade.GOOD), (5.72, Grade.GOOD), (6.2, Grade.NEAR), (7.0, Grade.MISS)],
)
def test_the_switch_is_judged_by_the_height_of_the_leg(switched_s: float, grade: Grade) -> None:
    rep = judged(((0, 10), (switched_s - 0.001, 10), (switched_s, -30), (20, -30)))
    assert rep.checks["switch"] is grade
    assert rep.reason == (None if grade is Grade.GOOD else "switch")


def test_toes_that_point_within_the_lift_are_a_miss_whatever_the_median() -> None:
    early = ((0, 10), (3.5, 10), (3.501, -30), (20, -30))
    rep = judged(early)
    assert (rep.grade, rep.reason) == (Grade.MISS, "up")
    brief = ((0, 10), (3.5, 10), (3.501, -30), (3.6, -30), (3.601, 10), (4.2, 10), (4.201, -30))
    assert judged((*brief, (20, -30))).checks["up"] is Grade.GOOD
    flat = ((0, 3), (4.5, 3), (4.501, -30), (20, -30))
    assert judged(flat).checks["up"] is Grade.NEAR


@pytest.mark.parametrize(
    ("slipped_s", "grade"), [(0.6, Grade.GOOD), (1.0, Grade.NEAR), (2.0, Grade.MISS)]
)
def test_pointed_toes_are_held_for_a_share_of_the_time_to_a_tenth(
    slipped_s: float, grade: Grade
) -> None:
    # Switched at 4.5 s, 0.10 is passed at 8.6 s: 4.1 s, of which 15, 24 and 49 % are lost.
    away = ((6.0, -30), (6.001, 0), (6.0 + slipped_s, 0), (6.001 + slipped_s, -30), (20, -30))
    rep = judged(((0, 10), (4.499, 10), (4.5, -30), *away))
    assert rep.checks["hold"] is grade
    # Five degrees below the threshold of 25° the zone is left, one degree below it is not.
    shallow = tuple((t, min(deg, -24.0)) for t, deg in away)
    assert judged(((0, 10), (4.499, 10), (4.5, -30), *shallow)).checks["hold"] is Grade.GOOD


@pytest.mark.parametrize(
    ("kind", "deg", "grade"),
    [
        (SetKind.DORSIFLEXED, 7.0, Grade.GOOD),
        (SetKind.DORSIFLEXED, 5.0, Grade.MISS),
        (SetKind.PLANTARFLEXED, -26.0, Grade.GOOD),
        (SetKind.PLANTARFLEXED, -24.0, Grade.MISS),
    ],
)
def test_sets_of_protocol_a_hold_one_zone(kind: SetKind, deg: float, grade: Grade) -> None:
    rep = judged(((0, deg), (20, deg)), asked=replace(B, kind=kind))
    assert (rep.grade, rep.reason) == (grade, None if grade is Grade.GOOD else "hold")


@pytest.mark.parametrize(
    ("seconds", "target_s", "grade"),
    [
        (2.9, 4.0, Grade.MISS),
        (3.2, 4.0, Grade.NEAR),
        (3.5, 4.0, Grade.GOOD),
        (5.5, 4.0, Grade.GOOD),
        (5.6, 4.0, Grade.NEAR),
        (9.0, 4.0, Grade.GOOD),
        (9.2, 10.0, Grade.NEAR),
        (0.6, 1.0, Grade.GOOD),
    ],
)
def test_a_lowering_has_a_green_band_and_is_never_too_slow_for_a_miss(
    seconds: float, target_s: float, grade: Grade
) -> None:
    assert lowering_grade(seconds, target_s) is grade


def test_lift_and_pauses_are_near_at_worst() -> None:
    assert [lift_grade(s, 1.0) for s in (1.4, 1.6, 2.1)] == [Grade.GOOD, Grade.NEAR, Grade.GOOD]
    assert [pause_grade(s, 1.0) for s in (0.0, 1.7, 9.0)] == [Grade.GOOD, Grade.NEAR, Grade.GOOD]


def test_a_drop_is_told_by_its_fastest_quarter_of_a_second() -> None:
    # From 60° to 35° in 0.25 s; 100° over 3.13 visible seconds are 31.9°/s.
    corners = ((0, 0), (2, 0), (4, 100), (5, 100), (6.6, 60), (6.85, 35), (8.25, 0), (11, 0))
    t, angle = line(*corners)
    (rep,) = visible_reps(t, angle, 100.0)
    assert evenness(t, angle, rep) == pytest.approx(100.0 / (100.0 / rep.lower_s), rel=0.01)
    assert rep.lower_s == pytest.approx(3.25 - 0.16, abs=0.02)
    dropped = judged(((0, 10), (4.5, 10), (4.501, -30), (20, -30)), *corners)
    assert (dropped.grade, dropped.reason) == (Grade.NEAR, "drop")


def test_one_reason_is_chosen_by_the_order() -> None:
    ankle = ((0, 10), (4.5, 10), (4.501, -30), (20, -30))
    short = ((0, 0), (2, 0), (4, 65), (5, 65), (7, 0), (9, 0))
    assert judged(ankle, *short).reason == "range"
    assert judged(((0, 10), (20, 10)), *short).checks["lowering"] is Grade.MISS
    t, angle = line((0, 0), *REP)
    (gap,) = judge_set(t, angle, np.full(t.size, 10.0), B, losses=((7.0, 7.2),))
    assert (gap.grade, gap.reason) == (Grade.NOT_JUDGED, "data")
    (rested,) = judge_set(t, angle, np.full(t.size, 10.0), B, losses=((4.3, 4.6),))
    assert rested.reason == "switch"


def test_the_reference_follows_the_first_two_reps() -> None:
    reps = [(t + 9.0 * n, 80.0 * (angle > 0)) for n in range(3) for t, angle in REP[:4]]
    t, angle = line((0, 0), *reps, (40, 0))
    found = judge_set(t, angle, np.full(t.size, 10.0), replace(B, kind=SetKind.DORSIFLEXED))
    assert [rep.checks["range"] for rep in found] == [Grade.NEAR, Grade.NEAR, Grade.GOOD]

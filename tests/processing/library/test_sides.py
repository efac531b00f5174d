"""The left leg against the right: which sets can be compared, and which difference is more than chance."""

import math
from dataclasses import replace

import pytest

from processing.coach.protocol import SetType
from processing.judge.break_point import BreakPoints
from processing.library import LibrarySession, LibrarySet
from processing.library.sides import LegDifference, LegMeasure, Sides, sides
from tests.processing.library.test_history import a_set, session


def leg(side: str, load_kg: float = 40.0, rom_deg: float = 100.0, good: int = 6) -> LibrarySet:
    one = a_set(SetType.B, load_kg, good=good)
    metrics = replace(
        one.metrics,
        rom_mean=math.radians(rom_deg),
        eccentric_mean_s=4.0,
        quality_percent=100.0 * good / 8,
    )
    return replace(one, side=side, metrics=metrics)


def of(found: tuple[Sides, ...], measure: LegMeasure) -> Sides:
    (one,) = [each for each in found if each.measure is measure]
    return one


def test_both_legs_of_one_session_are_compared() -> None:
    found = sides([session(0.0, leg("L", 40.0), leg("R", 50.0, rom_deg=80.0))])
    assert of(found, LegMeasure.LOAD).values == pytest.approx((-20.0,))
    assert of(found, LegMeasure.ROM).values == pytest.approx((20.0,))
    assert of(found, LegMeasure.ECCENTRIC).values == (0.0,)
    assert {one.verdict for one in found} == {LegDifference.TOO_EARLY}
    load, rom = of(found, LegMeasure.LOAD), of(found, LegMeasure.ROM)
    assert (load.left, load.right) == (40.0, 50.0)
    assert (math.degrees(rom.left), math.degrees(rom.right)) == pytest.approx((100.0, 80.0))


def test_two_sessions_within_a_week_are_compared_once() -> None:
    near = [session(0.0, leg("L", 40.0)), session(2.0, leg("R", 50.0)), session(4.0, leg("L"))]
    assert of(sides(near), LegMeasure.LOAD).values == pytest.approx((-20.0,))
    assert sides([session(0.0, leg("L")), session(8.0, leg("R"))]) == ()


@pytest.mark.parametrize(
    "sessions",
    [
        [session(0.0, leg("L")), session(1.0, leg("L"))],
        [session(0.0, leg("L")), session(1.0, leg("BOTH"))],
        [session(0.0, leg("L")), session(1.0, leg(""))],
        [session(0.0, leg("L")), session(1.0, replace(leg("R"), type=SetType.DF))],
        [session(0.0, leg("L"), replace(leg("R"), target_s=6.0))],
        [],
    ],
    ids=["one leg", "both at once", "side unknown", "other kind", "other tempo", "nothing"],
)
def test_sets_that_differ_in_more_than_the_side_are_not_compared(
    sessions: list[LibrarySession],
) -> None:
    assert sides(sessions) == ()


def weeks(lefts: list[float]) -> list[LibrarySession]:
    return [session(7.0 * n, leg("L", left), leg("R", 50.0)) for n, left in enumerate(lefts)]


@pytest.mark.parametrize(
    ("lefts", "verdict"),
    [
        ([40.0, 41.0, 40.0, 41.0], LegDifference.TOO_EARLY),
        ([40.0, 41.0, 40.0, 41.0, 40.0], LegDifference.RIGHT),
        ([40.0, 55.0, 48.0, 60.0, 44.0], LegDifference.NONE),
        ([50.0] * 5, LegDifference.NONE),
        ([60.0, 61.0, 60.0, 61.0, 60.0], LegDifference.LEFT),
    ],
)
def test_a_difference_is_compared_with_chance(lefts: list[float], verdict: LegDifference) -> None:
    assert of(sides(weeks(lefts)), LegMeasure.LOAD).verdict is verdict


def broken(side: str, points: BreakPoints) -> LibrarySet:
    one = leg(side)
    return replace(one, metrics=replace(one.metrics, break_points=points))


def test_the_legs_are_compared_by_where_they_lose_control() -> None:
    lost = broken("L", BreakPoints(8, 8, math.radians(60.0), 0.0))
    held, unknown = broken("R", BreakPoints(known=8)), broken("R", BreakPoints())
    sooner = broken("R", BreakPoints(8, 2, math.radians(45.0)))
    assert of(sides([session(0.0, lost, sooner)]), LegMeasure.BREAK_POINT).values == pytest.approx(
        (25.0,)
    )
    # Control held all the way down is a break point of 0.
    assert of(sides([session(0.0, lost, held)]), LegMeasure.BREAK_POINT).values == (100.0,)
    measures = {one.measure for one in sides([session(0.0, lost, unknown)])}
    assert LegMeasure.BREAK_POINT not in measures

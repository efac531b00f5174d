"""Break points of legs that are let go at a known height."""

import dataclasses
import math

import numpy as np
import pytest

from processing.judge.break_point import BreakPoint, BreakPoints, Control, find_break_point
from processing.judge.set_metrics import break_points
from processing.judge.thresholds import Thresholds
from processing.types import AngleBlock, Rep, Withheld, WithheldCause
from tests.independent_judge.control import FINE_HZ, Lowering, caught, controlled, falling
from tests.independent_judge.motions import LOWERINGS, Array, lasting, minimum_jerk
from tests.processing.reps.curves import block

PLANNED_S = 4.0
ROM_DEG = 100.0
LIFT_S = 2.0


def rep_of(
    height: Array, hz: int, *, noise_deg: float = 0.0, seed: int = 0
) -> tuple[Rep, AngleBlock]:
    """Return a rep whose lowering follows ``height`` from 1 to 0, with a tremor and noise."""
    seconds = height.size / hz
    t = np.arange(0.0, LIFT_S + seconds + 1.0, 0.01)
    lift = np.interp(t, [1.0, LIFT_S - 0.4], [0.0, 1.0])
    lowered = np.interp(t - LIFT_S, np.arange(height.size) / hz, height)
    curl = ROM_DEG * np.where(t < LIFT_S, lift, lowered)
    near = np.flatnonzero(curl[t >= LIFT_S] <= 2.0)
    t_bottom = LIFT_S + 0.01 * float(near[0])
    rng = np.random.default_rng(seed)
    tremor = 4.0 * noise_deg * np.sin(2.0 * np.pi * 8.3 * t)
    curl = curl + tremor + noise_deg * rng.standard_normal(t.size)
    angles = block(t, curl, np.gradient(curl, t), np.zeros(t.size))
    rom = math.radians(ROM_DEG)
    return Rep(1, 1.0, 1.6, LIFT_S, t_bottom, t_bottom, rom, 0.0, 0.0), angles


def found(lowering: Lowering, *, noise_deg: float = 0.05, seed: int = 0) -> BreakPoint:
    rep, angles = rep_of(lowering.height, FINE_HZ, noise_deg=noise_deg, seed=seed)
    return find_break_point(rep, angles, PLANNED_S, Thresholds())


@pytest.mark.parametrize("height", [0.3, 0.5, 0.8])
def test_a_leg_that_is_let_go_breaks_there(height: float) -> None:
    errors = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        point = found(falling(PLANNED_S, ROM_DEG, height, rng), seed=seed)
        assert point.control is Control.LOST
        assert point.angle is not None
        errors.append(math.degrees(point.angle) - 100.0 * height)
    assert max(map(abs, errors)) < 5.0
    assert np.std(errors) < 3.0


def test_a_leg_that_is_held_or_caught_does_not_break() -> None:
    for seed in range(6):
        rng = np.random.default_rng(seed)
        assert found(controlled(PLANNED_S, ROM_DEG, rng), seed=seed).control is Control.HELD
        slipped = caught(PLANNED_S, ROM_DEG, float(rng.uniform(0.4, 0.8)), rng)
        assert found(slipped, seed=seed) == BreakPoint(Control.HELD)


@pytest.mark.parametrize("kind", ["minimum jerk", "even", "soft landing", "creeping bottom"])
def test_smooth_lowerings_in_their_time_do_not_break(kind: str) -> None:
    rng = np.random.default_rng(7)
    height = 1.0 - lasting(LOWERINGS[kind], PLANNED_S, 0.02, rng)
    rep, angles = rep_of(height, 100, noise_deg=0.05)
    assert find_break_point(rep, angles, PLANNED_S, Thresholds()).control is Control.HELD


def test_a_leg_that_falls_at_once_breaks_at_the_top() -> None:
    height = 1.0 - minimum_jerk(0.8, np.random.default_rng(0))
    rep, angles = rep_of(height, 100)
    point = find_break_point(rep, angles, PLANNED_S, Thresholds())
    assert point.angle is not None
    assert math.degrees(point.angle) > 90.0


def hurried(height: float, waver_share: float, seed: int) -> Array:
    """Return a lowering at a pace that wavers about the limit, and a fall from ``height`` on."""
    rng = np.random.default_rng(seed)
    pace, pull = 1.5 / PLANNED_S, float(rng.uniform(1.5, 4.0))
    hz, phase = float(rng.uniform(0.3, 0.8)), float(rng.uniform(0.0, 6.0))
    heights, gone_s = [1.0], 0.0
    speed = pace
    while heights[-1] > 0.0:
        if heights[-1] > height:
            waver = np.sin(2.0 * np.pi * hz * gone_s + phase)
            speed = pace * (1.0 + waver_share * float(waver))
        else:
            speed += pull / FINE_HZ
        heights.append(heights[-1] - speed / FINE_HZ)
        gone_s += 1.0 / FINE_HZ
    return np.array([*heights[:-1], 0.0])


@pytest.mark.parametrize("waver_share", [0.02, 0.05])
def test_a_person_whose_own_pace_is_near_the_limit_breaks_where_they_let_go(
    waver_share: float,
) -> None:
    for seed in range(8):
        rep, angles = rep_of(hurried(0.3, waver_share, seed), FINE_HZ, noise_deg=0.05, seed=seed)
        point = find_break_point(rep, angles, PLANNED_S, Thresholds())
        assert point.angle is not None
        assert math.degrees(point.angle) == pytest.approx(30.0, abs=5.0)


def test_a_leg_that_is_clearly_too_fast_from_the_start_breaks_at_the_top() -> None:
    for ratio in (1.6, 1.8):
        height = np.linspace(1.0, 0.0, round(FINE_HZ * PLANNED_S / ratio))
        rep, angles = rep_of(height, FINE_HZ, noise_deg=0.05)
        point = find_break_point(rep, angles, PLANNED_S, Thresholds())
        assert point.angle is not None
        assert math.degrees(point.angle) > 90.0


def test_a_fall_that_is_caught_at_the_bottom_breaks_where_it_begins() -> None:
    # Hands brake the body over its last degrees, and the leg creeps on to its bottom.
    before = np.linspace(1.0, 0.15, round(FINE_HZ * 3.4))
    fall_t = np.arange(0.0, 0.28, 1.0 / FINE_HZ)
    fall = 0.15 - 0.25 * fall_t - 0.5 * 2.0 * fall_t**2
    creep = np.linspace(fall[-1], 0.0, round(FINE_HZ * 0.5))
    rep, angles = rep_of(np.concatenate([before, fall, creep]), FINE_HZ, noise_deg=0.05)
    point = find_break_point(rep, angles, PLANNED_S, Thresholds())
    assert point.angle is not None
    assert math.degrees(point.angle) == pytest.approx(15.0, abs=4.0)


def test_the_last_of_equal_steps_is_no_fall() -> None:
    step = minimum_jerk(0.45, np.random.default_rng(0))
    pieces = [1.0 - 0.25 * (n + np.append(step, np.ones(50))) for n in range(4)]
    rep, angles = rep_of(np.concatenate(pieces), 100)
    assert find_break_point(rep, angles, PLANNED_S, Thresholds()).control is Control.HELD


def test_the_limits_decide() -> None:
    height = 1.0 - minimum_jerk(3.0, np.random.default_rng(0))
    rep, angles = rep_of(height, 100)
    point = find_break_point(rep, angles, PLANNED_S, Thresholds())
    strict = find_break_point(rep, angles, PLANNED_S, Thresholds(break_pace_ratio=1.2))
    assert point.angle is not None
    assert strict.angle is not None
    assert strict.angle > point.angle
    assert (
        find_break_point(rep, angles, PLANNED_S, Thresholds(break_pace_ratio=3.0)).control
        is Control.HELD
    )


def test_without_tempo_or_samples_nothing_is_known() -> None:
    rep, angles = rep_of(falling(4.0, 100.0, 0.5, np.random.default_rng(1)).height, FINE_HZ)
    assert find_break_point(rep, angles, None, Thresholds()) == BreakPoint()
    withheld = Withheld(WithheldCause.GAP, 0.2)
    gap = dataclasses.replace(rep, withheld=withheld)
    assert find_break_point(gap, angles, PLANNED_S, Thresholds()).control is Control.UNKNOWN
    nothing = dataclasses.replace(angles, driving_valid=np.zeros_like(angles.valid))
    assert find_break_point(rep, nothing, PLANNED_S, Thresholds()).control is Control.UNKNOWN


def test_of_a_lowering_without_a_sample_nothing_is_known() -> None:
    rng = np.random.default_rng(2)
    rep, angles = rep_of(controlled(PLANNED_S, ROM_DEG, rng).height, FINE_HZ)
    # As where a damaged recording ends at the top of its last rep.
    lift = dataclasses.replace(angles, valid=angles.valid & (angles.t < rep.t_ecc))
    assert find_break_point(rep, lift, PLANNED_S, Thresholds()) == BreakPoint()


def test_the_height_does_not_depend_on_where_zero_is() -> None:
    rep, angles = rep_of(falling(4.0, 100.0, 0.5, np.random.default_rng(1)).height, FINE_HZ)
    moved = dataclasses.replace(angles, driving=angles.curl + math.radians(60.0))
    here, there = (find_break_point(rep, a, PLANNED_S, Thresholds()) for a in (angles, moved))
    assert here.angle == pytest.approx(there.angle, abs=math.radians(1.0))


def lost(deg: float) -> BreakPoint:
    return BreakPoint(Control.LOST, math.radians(deg), 1.0)


def test_a_set_has_the_median_and_its_change() -> None:
    held, unknown = BreakPoint(Control.HELD), BreakPoint()
    points = [held, lost(20.0), lost(30.0), unknown, lost(50.0), lost(60.0)]
    numbers = break_points(points)
    assert (numbers.known, numbers.lost) == (5, 4)
    assert numbers.median == pytest.approx(math.radians(40.0))
    # Held all the way counts as 0: from 10° on average to 55°.
    assert numbers.change == pytest.approx(math.radians(45.0))


def test_a_set_without_a_break_point_has_no_median() -> None:
    held = BreakPoint(Control.HELD)
    assert break_points([held] * 6) == BreakPoints(known=6)
    assert break_points([BreakPoint()] * 6) == BreakPoints()
    assert break_points([held, lost(30.0), held]).change is None

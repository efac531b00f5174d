"""Tests of the courses of movements and of the moments that a coach sees in them."""

import numpy as np
import pytest
from scipy.interpolate import CubicHermiteSpline, PchipInterpolator

from sensor.simulation.choices import MotionKind
from sensor.simulation.courses import Course, from_speeds, minimum_jerk
from sensor.simulation.drawn_courses import KINDS, drawn_course, fall, with_creep, with_stall
from sensor.simulation.paths import KeyPath
from sensor.simulation.script import PlannedRep, Script
from sensor.simulation.truth import TrueRep
from sensor.simulation.visible_phases import true_reps
from sensor.types import FloatArray
from tests.independent_judge.visible import visible_reps

WAY_DEG = 100.0


def shares(course: Course, t: FloatArray) -> FloatArray:
    return KeyPath(course.t, course.share, course.rate, course.acceleration).at(t).value


def rep_of(lift: Course, lowering: Course, *, top_s: float = 1.0, bottom_s: float = 1.5) -> TrueRep:
    """Return the truth of one rep over 100 degrees that starts at 2 s."""
    script = Script()
    script.start(knee=0.0)
    script.wait(2.0)
    times = [script.now]
    for target, course, hold_s in ((WAY_DEG, lift, top_s), (0.0, lowering, bottom_s)):
        script.follow("knee", float(np.deg2rad(target)), course)
        script.wait(course.seconds)
        times.append(script.now)
        script.wait(hold_s)
        times.append(script.now)
    lift_t, top_t, lower_t, bottom_t = times[:4]
    planned = PlannedRep(
        0, 1, "B", "", lift_t=lift_t, top_t=top_t, lower_t=lower_t, bottom_t=bottom_t
    )
    knee = script.path("knee")
    rep = true_reps([planned], knee)[0]
    # The judge of the drawn sets reads the same curve, apart from this code.
    t = np.arange(0.0, times[-1], 0.005)
    (seen,) = visible_reps(t, np.rad2deg(knee.at(t).value), WAY_DEG)
    judged = (seen.t_lift, seen.t_top, seen.t_lower, seen.t_bottom)
    assert (rep.t_start, rep.t_top, rep.t_ecc, rep.t_bottom) == pytest.approx(judged, abs=0.02)
    return rep


def test_minimum_jerk_is_seen_from_2_degrees_to_2_degrees() -> None:
    # The real root of 10 s³ - 15 s⁴ + 6 s⁵ = 0.02 between 0 and 1, solved on its own.
    roots = np.roots([6.0, -15.0, 10.0, 0.0, 0.0, -0.02])
    (edge,) = [r.real for r in roots if abs(r.imag) < 1e-9 and 0.0 < r.real < 1.0]
    assert edge == pytest.approx(0.1357, abs=1e-3)
    rep = rep_of(minimum_jerk(1.5), minimum_jerk(4.0))
    assert rep.t_start == pytest.approx(2.0 + 1.5 * edge, abs=0.002)
    assert rep.t_top == pytest.approx(3.5 - 1.5 * edge, abs=0.002)
    assert rep.t_ecc == pytest.approx(4.5 + 4.0 * edge, abs=0.002)
    assert rep.t_bottom == pytest.approx(8.5 - 4.0 * edge, abs=0.002)
    assert np.rad2deg(rep.rom) == pytest.approx(WAY_DEG)


def test_a_stall_half_way_belongs_to_the_lowering_and_one_near_the_bottom_to_the_hold() -> None:
    even = from_speeds([0.0, 0.2, 3.8, 4.0], [0.0, 1.0, 1.0, 0.0])
    plain = rep_of(minimum_jerk(1.0), even)
    half_way = rep_of(minimum_jerk(1.0), even.stalled(0.5, 1.0))
    assert half_way.t_bottom - plain.t_bottom == pytest.approx(1.0, abs=0.01)
    # At 94 % of the way the leg stands still for a second: a coach sees it landed there, 2° before.
    course = even.stalled(0.94, 1.0)
    t = np.arange(0.0, course.seconds, 1e-3)
    there_s = float(t[np.flatnonzero(shares(course, t) >= 0.92)[0]])
    near = rep_of(minimum_jerk(1.0), course)
    assert near.t_bottom == pytest.approx(4.0 + there_s, abs=0.02)
    # A stall of 0.2 s is no hold anywhere.
    short = rep_of(minimum_jerk(1.0), even.stalled(0.94, 0.15))
    assert short.t_bottom == pytest.approx(plain.t_bottom + 0.15, abs=0.1)


def test_a_creeping_bottom_is_reached_before_the_leg_rests() -> None:
    rng = np.random.default_rng(1)
    for _ in range(10):
        course, landing_s = with_creep(minimum_jerk(4.0), WAY_DEG, rng)
        rep = rep_of(minimum_jerk(1.0), course)
        assert landing_s == 4.0
        # The lowering starts at 4 s; minimum jerk is slow before its end. How much of the creep is a
        # hold decides whether the lowering ends before it or in it.
        assert 7.0 < rep.t_bottom < 4.0 + course.seconds - 0.2


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_goes_the_whole_way_without_a_jump_and_takes_the_visible_time(
    kind: MotionKind,
) -> None:
    rng = np.random.default_rng(3)
    for _ in range(5):
        course = drawn_course(kind, 3.0, WAY_DEG, rng)
        t = np.arange(0.0, course.seconds, 1e-3)
        share = shares(course, t)
        assert course.share[-1] == pytest.approx(1.0)
        assert np.diff(share).min() > -1e-9
        # Two degrees of 100 at each end.
        seen = (share > 0.02) & (share < 0.98)
        assert seen.sum() * 1e-3 == pytest.approx(3.0, abs=0.01)
        assert np.abs(np.diff(share, 2)).max() < 1e-3


def half_way_at(kind: MotionKind, seed: int) -> float:
    """Return the share of the time at which a course of a kind is half-way."""
    course = drawn_course(kind, 3.0, WAY_DEG, np.random.default_rng(seed))
    t = np.linspace(0.0, course.seconds, 1001)
    return float(np.interp(0.5, shares(course, t), t) / course.seconds)


def test_the_kinds_differ_as_their_names_say() -> None:
    for seed in range(5):
        assert half_way_at(MotionKind.EARLY, seed) < 0.4
        assert half_way_at(MotionKind.LATE, seed) > 0.6
        assert half_way_at(MotionKind.MINIMUM_JERK, seed) == pytest.approx(0.5, abs=0.002)
        assert half_way_at(MotionKind.SOFT, seed) < 0.45


def test_a_stall_is_as_long_as_it_is_drawn_and_a_fall_is_fast() -> None:
    course = with_stall(minimum_jerk(4.0), np.random.default_rng(2))
    t = np.arange(0.0, course.seconds, 1e-3)
    still = np.diff(shares(course, t)) < 1e-9
    assert 0.2 <= still[100:-100].sum() * 1e-3 <= 1.0
    quick = minimum_jerk(1.0).stalled(0.2, 0.5)
    assert quick.share[quick.rate == 0.0][1] == pytest.approx(0.2, abs=0.02)
    dropped = shares(fall(4.0, 1.0), np.arange(0.0, 4.0, 1e-3))
    assert (dropped[250:] - dropped[:-250]).max() / 0.25 > 3.5 / 4.0
    even = shares(fall(4.0, 0.0), np.arange(0.0, 4.0, 1e-3))
    assert (even[250:] - even[:-250]).max() / 0.25 < 2.5 / 4.0


def test_a_course_from_speeds_is_the_integral_of_the_curve_that_scipy_draws() -> None:
    rng = np.random.default_rng(5)
    for count in (2, 3, 9, 40):
        t = np.concatenate([[0.0], np.cumsum(rng.uniform(0.05, 0.5, count - 1))])
        speed = rng.uniform(0.0, 2.0, count)
        slopes = PchipInterpolator(t, speed).derivative()(t)
        slopes[[0, -1]] = 0.0
        curve = CubicHermiteSpline(t, speed, slopes)
        way = curve.antiderivative()
        course = from_speeds(t, speed)
        np.testing.assert_allclose(course.share, way(t) / way(t[-1]), rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(course.rate, curve(t) / way(t[-1]), rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(course.acceleration, slopes / way(t[-1]), rtol=1e-12)

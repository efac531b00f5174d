"""Trials of a range on angles that are drawn here: what was held, and what was not."""

import numpy as np
import pytest

from processing.ranges.trials import Trial, TrialFinder, counted
from sensor.types import BoolArray, FloatArray

RATE_HZ = 100.0


def course(*points: tuple[float, float]) -> FloatArray:
    """Return an angle (n,) ° through ``points`` of time (s) and angle, joined by straight lines."""
    t, angle = zip(*points, strict=True)
    out: FloatArray = np.interp(np.arange(0.0, t[-1], 1.0 / RATE_HZ), t, angle)
    return out


def trials(angle_deg: FloatArray, known: BoolArray | None = None, step: int = 0) -> list[Trial]:
    """Return the trials of an angle, given in blocks of ``step`` samples; 0 gives it whole."""
    t = np.arange(len(angle_deg)) / RATE_HZ
    known = np.ones(len(t), dtype=np.bool_) if known is None else known
    finder, found = TrialFinder(), []
    for start in range(0, len(t), step or len(t)):
        part = slice(start, start + (step or len(t)))
        found += finder.feed(t[part], np.radians(angle_deg[part]), known[part])
    return found + finder.finish()


def values(found: list[Trial]) -> list[float | None]:
    return [None if one.value is None else round(float(np.degrees(one.value)), 1) for one in found]


def held(top: float, since: float = 0.0) -> tuple[tuple[float, float], ...]:
    """Return a trial from -15° to ``top``, held for 2 s, that takes 6 s."""
    return (
        (since, -15.0), (since + 1.0, -15.0), (since + 2.0, top), (since + 4.0, top),
        (since + 5.0, -15.0), (since + 6.0, -15.0),
    )  # fmt: skip


def test_three_trials_are_found_with_their_holds() -> None:
    found = trials(course(*held(12.0), *held(14.0, 6.0), *held(13.0, 12.0)))
    assert values(found) == [12.0, 14.0, 13.0]
    assert [one.number for one in found] == [1, 2, 3]
    assert found[0].t_start == pytest.approx(2.0, abs=0.15)
    assert found[0].t_end == pytest.approx(4.0, abs=0.15)


def test_an_overshoot_that_is_not_kept_does_not_count() -> None:
    bounced = ((0.0, -15.0), (1.0, 20.0), (1.15, 12.0), (3.0, 12.0), (4.0, -15.0))
    assert values(trials(course(*bounced))) == [12.0]


def test_letting_go_a_little_and_pushing_again_is_one_trial_with_the_higher_hold() -> None:
    again = (
        (0.0, -15.0),
        (1.0, 10.0),
        (2.0, 10.0),
        (2.3, 5.0),
        (2.6, 13.0),
        (4.0, 13.0),
        (5.0, -15.0),
    )
    assert values(trials(course(*again))) == [13.0]


def test_a_swing_without_a_hold_has_no_value_and_does_not_count() -> None:
    t = np.arange(0.0, 6.0, 1.0 / RATE_HZ)
    swings = trials(20.0 * np.sin(2.0 * np.pi * 0.7 * t))
    assert swings
    assert all(one.value is None for one in swings)
    assert counted(swings) == ()


def test_a_relaxed_rest_on_the_way_is_no_trial_beside_those_that_reach_the_end() -> None:
    # The foot is pulled up before it hangs loose, as the toes are to be pointed.
    found = trials(course((0.0, 0.0), (0.5, -5.0), (1.0, 12.0), (3.0, 12.0), (3.5, -5.0),
                          (4.5, 45.0), (6.5, 45.0), (7.5, 12.0), (9.0, 12.0)))  # fmt: skip
    assert values(list(counted(found))) == [45.0]


def test_tremor_and_a_slow_give_of_the_tissue_are_within_a_hold() -> None:
    angle = course(*held(12.0))
    t = np.arange(len(angle)) / RATE_HZ
    shaken = angle + 0.7 * np.sin(2.0 * np.pi * 9.0 * t)
    (found,) = trials(shaken)
    assert found.value is not None
    assert np.degrees(found.value) == pytest.approx(12.0, abs=0.3)


def test_missing_samples_in_the_hold_are_no_hold() -> None:
    angle = course(*held(12.0))
    known = np.ones(len(angle), dtype=np.bool_)
    known[190:420:40] = False
    assert values(trials(angle, known)) == [None]
    known[:] = True
    known[200:230] = False
    assert values(trials(angle, known)) == [12.0]


def test_a_trial_that_the_end_cuts_short_counts_if_it_was_held() -> None:
    assert values(trials(course((0.0, -15.0), (1.0, 10.0), (2.5, 10.0)))) == [10.0]
    assert values(trials(course((0.0, -15.0), (1.0, 10.0), (1.2, 10.0)))) == []


@pytest.mark.parametrize("step", [1, 7, 250])
def test_any_split_gives_the_same_bits(step: int) -> None:
    angle = course(*held(12.0), *held(14.0, 6.0)) + np.random.default_rng(1).normal(0.0, 0.2, 1200)
    assert trials(angle, step=step) == trials(angle)

"""Reps of people who stand or kneel: sway, stumbles, and walking away with a knee that bends."""

import dataclasses

import numpy as np
import pytest

from processing.exercises.exercise_file import built_in
from processing.reps.rep_detector import RepDetector
from processing.reps.segmentation import segment
from processing.types import AngleBlock, Rep, counted
from sensor.types import frozen
from tests.processing.reps.curves import Curve, Stroke
from tests.processing.reps.detected import SET_START, reps_of

HEEL, GLUTE_HAM = built_in("heel_raise").reps, built_in("glute_ham_raise").reps


def with_shin(angles: AngleBlock, from_s: float, share: float) -> AngleBlock:
    """Return ``angles`` with a shin that is held, and turns by a ``share`` of the driving angle from ``from_s`` on.

    The driving angle of a heel raise is the ankle's.
    """
    ankle = frozen(-angles.driving)
    turn = np.where(angles.t >= from_s, share * angles.driving, 0.0)
    rate = frozen(np.gradient(turn, angles.t))
    return dataclasses.replace(angles, ankle=ankle, shin_turn=frozen(turn), shin_rate=rate)


def swaying(angles: AngleBlock, amplitude_deg: float, hz: float) -> AngleBlock:
    """Return ``angles`` of a person whose shin sways over a foot that does what it did before."""
    sway = np.radians(amplitude_deg) * np.sin(2.0 * np.pi * hz * angles.t + 1.0)
    rate = np.gradient(sway, angles.t)
    return dataclasses.replace(
        angles,
        driving=frozen(angles.driving - sway),
        driving_rate=frozen(angles.driving_rate - rate),
        ankle=frozen(-(angles.driving - sway)),
        shin_turn=frozen(sway),
        shin_rate=frozen(rate),
    )


def walked(curve: Curve) -> Curve:
    """Return ``curve`` with six steps after it, in which the knee bends by 60°."""
    for _ in range(6):
        curve.to(60.0, 0.35).to(0.0, 0.3)
    return curve.hold(3.0)


def three_reps(rest_s: float = 3.0) -> Curve:
    """Return three reps with a rest after each."""
    curve = Curve().hold(2.0)
    for _ in range(3):
        curve.rep(rom=85.0, up=2.0, top=1.0, down=4.0, bottom=rest_s)
    return curve


def both(angles: AngleBlock) -> tuple[list[Rep], list[Rep]]:
    """Return the whole reps of a set that nobody marked, live and offline."""
    live = reps_of(RepDetector(85.0, GLUTE_HAM).feed(angles))
    return counted(live), counted(segment(angles, 85.0, own=GLUTE_HAM))


def test_walking_away_from_a_bench_that_held_the_shin_is_no_rep() -> None:
    over_s = three_reps().angles().t[-1]
    for reps in both(with_shin(walked(three_reps()).angles(), over_s, 0.8)):
        assert len(reps) == 3
        assert reps[-1].t_bottom < over_s


def test_a_shin_that_turned_in_the_first_reps_is_not_taken_for_held() -> None:
    """As in a leg curl with a thigh sensor."""
    for reps in both(with_shin(three_reps().angles(), 0.0, 1.0)):
        assert len(reps) == 3


@pytest.mark.parametrize("marked", [True, False], ids=["marked", "not marked"])
def test_a_stumble_half_way_down_ends_no_heel_raise(marked: bool) -> None:
    curve = Curve().hold(2.0)
    for number in range(4):
        down = [Stroke(0.0, 3.0)]
        if number == 2:
            down = [Stroke(16.0, 1.5), Stroke(22.0, 0.4), Stroke(0.0, 1.6)]
        curve.odd_rep([Stroke(35.0, 1.5), Stroke(35.0, 1.0), *down]).hold(1.5)
    truth = curve.truth()
    angles = with_shin(curve.hold(3.0).angles(), 0.0, 0.0)
    detector = RepDetector(None, HEEL)
    live = [*(detector.feed(SET_START) if marked else []), *detector.feed(angles)]
    sets = [(0.5, float(angles.t[-1]))] if marked else None
    for reps in (reps_of(live), segment(angles, None, sets=sets, own=HEEL)):
        assert [rep.partial for rep in reps] == [False] * 4
        for rep, true in zip(reps, truth, strict=True):
            assert rep.t_bottom == pytest.approx(true.t_bottom, abs=0.3)


@pytest.mark.parametrize("hz", [0.3, 0.6, 1.2])
def test_the_sway_of_a_person_on_one_leg_moves_no_time_of_a_heel_raise(hz: float) -> None:
    curve = Curve().hold(2.0)
    for _ in range(4):
        curve.rep(rom=30.0, up=2.0, top=1.0, down=5.0, bottom=1.0)
    truth = curve.truth()
    angles = swaying(curve.hold(3.0).angles(), 2.5, hz)
    sets = [(0.5, float(angles.t[-1]))]
    detector = RepDetector(None, HEEL)
    live = reps_of([*detector.feed(SET_START), *detector.feed(angles)])
    for reps in (live, segment(angles, None, sets=sets, own=HEEL)):
        assert [rep.partial for rep in reps] == [False] * 4
        for rep, true in zip(reps, truth, strict=True):
            for found, seen in (
                (rep.t_ecc, true.t_ecc),
                (rep.t_bottom, true.t_bottom),
            ):
                assert found == pytest.approx(seen, abs=0.25)
            assert np.degrees(rep.rom) == pytest.approx(30.0, abs=2.5)


def test_getting_up_right_after_the_last_rep_leaves_its_times_alone() -> None:
    """The person gets up, stands still, and walks off while the set is still marked."""
    curve = three_reps(rest_s=1.2)
    truth = curve.truth()
    angles = curve.to(90.0, 0.8).hold(2.5).to(150.0, 0.5).to(85.0, 0.4).hold(2.0).angles()
    reps = counted(segment(angles, 85.0, sets=[(0.5, float(angles.t[-1]))]))
    assert len(reps) >= len(truth)
    for rep, true in zip(reps, truth, strict=False):
        assert rep.t_top == pytest.approx(true.t_top, abs=0.2)
        assert rep.t_bottom == pytest.approx(true.t_bottom, abs=0.2)

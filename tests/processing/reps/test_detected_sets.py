"""The live beginning and end of a set, and movements that are no reps of it."""

import math

import pytest

from processing.reps.rep_detector import RepDetector
from processing.reps.segmentation import segment, segment_sets
from processing.types import Lift, Phase
from sensor.types import Event, EventKind
from tests.processing.reps.curves import (
    Curve,
    lying,
    walking,
)
from tests.processing.reps.detected import SET_END, SET_START, changes_of, detect, reps_of, whole
from tests.processing.stage_contract import cut


def test_movements_before_the_set_are_no_reps() -> None:
    # Standing, lying down, finding the pad, shifting about; then two reps.
    curve = Curve(-90.0).hold(3.0).to(0.0, 1.2).hold(0.4).to(12.0, 0.5).to(2.0, 0.5).hold(1.5)
    curve.rep().rep().hold(1.0)
    reps = reps_of(detect(curve.angles(noise_deg=0.1)))
    assert whole(reps) == 2
    assert reps[0].t_start > 7.0


@pytest.mark.parametrize("pose_deg", [32.0, 50.0])
def test_reps_count_from_the_rest_after_some_quick_movements_into_place(pose_deg: float) -> None:
    curve = Curve().hold(2.0).to(65.0, 0.5).to(50.0, 0.3).to(66.0, 0.3).to(50.0, 0.3).to(80.0, 0.4)
    curve.to(pose_deg, 0.8).hold(5.0).rep(rom=80.0).rep(rom=80.0).hold(2.0)
    true = [rep.t_start for rep in curve.truth()]
    angles = curve.angles()
    for reps in (reps_of(detect(angles, 80.0)), segment(angles, 80.0)):
        assert [rep.t_start for rep in reps if not rep.partial] == pytest.approx(true, abs=0.05)


@pytest.mark.parametrize("start_deg", [0.0, -80.0])
def test_walking_gives_no_reps(start_deg: float) -> None:
    assert whole(reps_of(detect(walking(120.0, start_deg, 4), 110.0))) == 0


@pytest.mark.parametrize("ended", [True, False])
def test_a_set_without_a_mark_may_follow_a_marked_one(ended: bool) -> None:
    # The mark of the end may be forgotten: the person gets up.
    curve = Curve().hold(1.0).rep().rep().hold(1.0).to(-70.0, 1.5).hold(2.0)
    first = curve.angles()
    second = curve.to(0.0, 1.5).hold(40.0).rep().rep().rep().hold(2.0).angles()
    done = first.t.size
    detector = RepDetector(100.0)
    outputs = [*detector.feed(SET_START), *detector.feed(first)]
    outputs += detector.feed(SET_END) if ended else []
    outputs += detector.feed(cut(second, done, second.t.size))
    assert [rep.number for rep in reps_of(outputs)] == [1, 2, 1, 2, 3]
    # Until the second rep nobody knows that it is a set; then it began with the first.
    lifts = [change.lift for change in changes_of(outputs) if change.lift is not None]
    assert lifts[-3:] == [Lift.UNSURE, Lift.UNSURE, Lift.SAME]


def test_one_movement_after_a_marked_set_is_no_set() -> None:
    detector = RepDetector(100.0)
    outputs = [*detector.feed(SET_START), *detector.feed(lying(n=2).angles())]
    outputs += detector.feed(SET_END)
    after = detector.feed(lying(n=1).angles(t0=60.0))
    assert whole(reps_of(outputs)) == 2
    assert not reps_of(after)


def test_a_marked_set_needs_no_stillness_and_ends_by_its_mark() -> None:
    curve = Curve().hold(0.3).rep().rep().hold(0.5)
    angles = curve.angles()
    detector = RepDetector(100.0)
    outputs = [*detector.feed(SET_START), *detector.feed(angles), *detector.feed(SET_END)]
    assert whole(reps_of(outputs)) == 2
    assert changes_of(outputs)[-1].phase is Phase.IDLE


@pytest.mark.parametrize(
    ("marked", "rest_s", "numbers"),
    [
        (True, 28.0, [1, 2, 3, 4]),
        (True, 33.0, [1, 2, 1, 2]),
        (False, 23.0, [1, 2, 3, 4]),
        (False, 28.0, [1, 2, 1, 2]),
    ],
)
def test_numbers_continue_after_a_breath(marked: bool, rest_s: float, numbers: list[int]) -> None:
    curve = Curve().hold(2.0).rep().rep().hold(rest_s).rep().rep().hold(1.0)
    detector = RepDetector(100.0)
    if marked:
        detector.feed(SET_START)
    outputs = detector.feed(curve.angles())
    assert [rep.number for rep in reps_of(outputs)] == numbers


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("pose_deg", [90.0, -90.0, 180.0])
def test_reps_count_in_a_pose_that_is_not_that_of_the_calibration(
    pose_deg: float, marked: bool
) -> None:
    # Standing, then down to the pad; afterwards up again and away.
    curve = Curve().hold(3.0).to(pose_deg, 1.5).hold(2.5).rep().rep().rep().hold(2.0)
    curve.to(0.0, 1.5).hold(3.0)
    detector = RepDetector(100.0)
    if marked:
        detector.feed(SET_START)
    outputs = detector.feed(curve.angles(noise_deg=0.1))
    reps = [rep for rep in reps_of(outputs) if not rep.partial]
    assert [rep.number for rep in reps] == [1, 2, 3]
    assert [math.degrees(rep.rom) for rep in reps] == pytest.approx([100.0] * 3, abs=1.5)
    sets = None if not marked else [(0.0, 60.0)]
    (found,) = segment_sets(curve.angles(noise_deg=0.1), 100.0, sets=sets)
    assert whole([*found]) == 3


@pytest.mark.parametrize("marked", [True, False])
def test_a_person_who_shifts_on_the_pad_goes_on(marked: bool) -> None:
    curve = Curve().hold(2.0).rep().rep().rep().hold(1.0)
    curve.to(-11.0, 1.0).hold(2.0).rep().rep().hold(2.0)
    detector = RepDetector(100.0)
    if marked:
        detector.feed(SET_START)
    outputs = detector.feed(curve.angles(noise_deg=0.1))
    assert [rep.number for rep in reps_of(outputs) if not rep.partial] == [1, 2, 3, 4, 5]
    phases = [change.phase for change in changes_of(outputs)]
    assert phases.count(Phase.IDLE) == 1
    (found,) = segment_sets(curve.angles(), 100.0, sets=[(0.0, 60.0)] if marked else None)
    assert whole([*found]) == 5


def test_a_second_set_may_lie_lower_than_the_first() -> None:
    curve = Curve().hold(2.0).rep().rep().rep().hold(1.0)
    curve.to(-60.0, 1.5).hold(40.0).rep().rep().hold(2.0)
    reps = reps_of(detect(curve.angles(noise_deg=0.1)))
    assert [rep.number for rep in reps] == [1, 2, 3, 1, 2]


def test_one_movement_from_a_pose_without_reps_waits_for_a_second() -> None:
    curve = Curve(-80.0).hold(2.0).rep().hold(2.0)
    detector = RepDetector(100.0)
    assert not reps_of(detector.feed(curve.angles()))
    second = Curve(-80.0).hold(0.5).rep().hold(1.0).angles(t0=curve.angles().t[-1] + 0.01)
    reps = reps_of(detector.feed(second))
    assert [rep.number for rep in reps] == [1, 2]


@pytest.mark.parametrize("seated", [True, False])
def test_getting_off_is_no_rep(seated: bool) -> None:
    # Seated, the shin turns up from straight ahead to vertical and swings there; lying, it turns down.
    middle, swing = (95.0, 30.0) if seated else (-90.0, 35.0)
    curve = Curve().hold(2.0).rep().rep().rep().hold(1.5).to(middle, 1.5).hold(0.8)
    for _ in range(8):
        curve.to(middle + swing, 0.5).to(middle - swing, 0.5)
    angles = curve.to(middle, 0.4).hold(4.0).angles(noise_deg=0.1)
    detector = RepDetector(100.0)
    outputs = [*detector.feed(SET_START), *detector.feed(angles), *detector.feed(SET_END)]
    assert whole(reps_of(outputs)) == 3
    (found,) = segment_sets(angles, 100.0, sets=[(0.0, 60.0)])
    assert whole([*found]) == 3


@pytest.mark.parametrize("off", [[52.0], [95.0, 27.0, 95.0, -90.0]], ids=["sits up", "turns round"])
def test_without_a_mark_getting_off_upwards_is_no_rep(off: list[float]) -> None:
    # The shin rises by nearly a rep and comes back to near the start pose, but not into it.
    curve = Curve().hold(2.0).rep().rep().rep().hold(3.0).to(75.0, 1.2).hold(0.8).to(27.0, 1.0)
    for deg in off:
        curve.hold(0.5).to(deg, 1.0)
    # A recording may also stop before the person stands.
    angles = curve.hold(3.0).angles(noise_deg=0.1)
    for part in (angles, cut(angles, 0, round(23.0 * 100))):
        assert whole(reps_of(detect(part))) == 3
        assert whole(segment(part, 100.0)) == 3


def test_without_a_mark_a_rep_that_ends_high_counts_with_the_next_one() -> None:
    curve = Curve().hold(2.0).rep().rep().rep()
    curve.to(100.0, 1.5).to(22.0, 3.0).to(100.0, 1.2).to(0.0, 3.0).hold(3.0)
    angles = curve.angles(noise_deg=0.1)
    reps = reps_of(detect(angles))
    assert [rep.number for rep in reps if not rep.partial] == [1, 2, 3, 4, 5]
    assert reps[-2].noticed_t == reps[-1].noticed_t
    assert whole(segment(angles, 100.0)) == 5


def test_lying_down_after_steps_that_look_like_a_rep_hides_no_rep() -> None:
    curve = Curve(-90.0).hold(2.0).rep(60.0, 1.0, 0.0, 1.5, 1.0).hold(2.0)
    angles = curve.to(0.0, 1.5).hold(4.0).rep().rep().rep().hold(2.0).angles(noise_deg=0.1)
    reps = reps_of(detect(angles))
    assert [rep.number for rep in reps if not rep.partial] == [1, 2, 3]
    (found,) = segment_sets(angles, 100.0)
    assert whole([*found]) == 3


@pytest.mark.parametrize(("after_s", "counts"), [(1.0, False), (4.3, True)])
def test_the_last_rep_counts_if_most_of_its_lowering_is_done(after_s: float, counts: bool) -> None:
    # The lift starts at 2 s, the lowering at 3.8 s: little of it is done at 4.3 s, most at 6.3 s.
    angles = Curve().hold(2.0).rep(down=3.0).hold(1.0).angles()
    detector = RepDetector(100.0)
    detector.feed(SET_START)
    detector.feed(cut(angles, 0, round((2.0 + after_s) * 100)))
    (rep,) = reps_of(detector.feed(SET_END))
    assert rep.partial is not counts


def test_calibration_movements_are_no_set() -> None:
    detector = RepDetector(100.0)
    detector.feed(Event(0, EventKind.CALIBRATION_START, {"step": "curls"}))
    assert not reps_of(detector.feed(lying(n=3).angles()))
    detector.feed(Event(0, EventKind.CALIBRATION_END, {"step": "curls"}))
    assert whole(reps_of(detector.feed(lying(n=3).angles(t0=60.0)))) == 3

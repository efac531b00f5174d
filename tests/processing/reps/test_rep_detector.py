"""The live detector against curves whose reps are known by construction."""

import dataclasses
import math
from typing import Any

import numpy as np
import pytest

from processing.reps.rep_detector import RepDetector
from processing.reps.segmentation import segment, segment_sets
from processing.types import AngleBlock, Dropout, Lift, Phase, PhaseChange, Rep, WithheldCause
from sensor.errors import SettingError
from sensor.types import Event, EventKind, Segment
from tests.processing.reps.curves import (
    TEMPOS,
    Curve,
    Stroke,
    durations,
    lying,
    walking,
    with_gap,
)
from tests.processing.stage_contract import StageContract, cut

SET_START = Event(0, EventKind.SET_START)
SET_END = Event(0, EventKind.SET_END)


def detect(angles: AngleBlock, rom: float | None = 100.0) -> list[PhaseChange | Rep]:
    return RepDetector(rom).feed(angles)


def reps_of(outputs: list[PhaseChange | Rep]) -> list[Rep]:
    return [output for output in outputs if isinstance(output, Rep)]


def changes_of(outputs: list[PhaseChange | Rep]) -> list[PhaseChange]:
    return [output for output in outputs if isinstance(output, PhaseChange)]


def whole(reps: list[Rep]) -> int:
    return sum(not rep.partial for rep in reps)


@pytest.mark.parametrize("wobble", [0.0, 1.5, 4.0])
@pytest.mark.parametrize("name", TEMPOS)
@pytest.mark.parametrize("known", [True, False])
def test_every_rep_is_counted_once(name: str, wobble: float, known: bool) -> None:
    rep = TEMPOS[name]
    angles = lying(**rep).angles(noise_deg=0.1, wobble_deg=wobble, seed=3)
    reps = reps_of(detect(angles, rep.get("rom", 100.0) if known else None))
    assert [rep.number for rep in reps] == [1, 2, 3, 4, 5, 6]
    assert whole(reps) == 6


@pytest.mark.parametrize("name", TEMPOS)
def test_phase_times_are_near_the_truth(name: str) -> None:
    rep = TEMPOS[name]
    curve = lying(**rep)
    outputs = detect(curve.angles(noise_deg=0.02, seed=1), rep.get("rom", 100.0))
    errors = np.array(
        [
            np.subtract(durations(found), durations(true))
            for found, true in zip(reps_of(outputs), curve.truth(), strict=True)
        ]
    )
    assert np.abs(errors).max() < 0.08
    changes = changes_of(outputs)
    assert all(change.t <= change.noticed_t for change in changes)
    assert [c.t for c in changes] == sorted(c.t for c in changes)


def test_phases_come_in_the_order_of_a_rep() -> None:
    phases = [change.phase for change in changes_of(detect(lying(n=2).angles()))]
    rep = [Phase.CONCENTRIC, Phase.TOP, Phase.ECCENTRIC, Phase.BOTTOM]
    assert phases == [Phase.BOTTOM, *rep, *rep]


def test_a_phase_change_is_noticed_soon() -> None:
    curve = Curve().hold(2.0)
    for up, down in [(1.0, 2.0), (1.5, 3.0), (1.0, 4.0), (0.6, 3.0), (2.0, 4.0), (1.0, 1.0)]:
        curve.rep(up=up, top=0.5, down=down)
    curve.hold(2.0)
    changes = changes_of(detect(curve.angles(noise_deg=0.02)))[1:]
    true_times = [
        t for rep in curve.truth() for t in (rep.t_start, rep.t_top, rep.t_ecc, rep.t_bottom)
    ]
    delays = [c.noticed_t - t for c, t in zip(changes, true_times, strict=True)]
    # A bottom is known when its plateau is, half a second after the leg came to rest.
    landings = delays[3::4]
    assert max(landings) <= 1.0
    assert float(np.median([d for d in delays if d not in landings])) <= 0.2


def test_a_slow_lowering_that_stalls_low_down_goes_on() -> None:
    # The last of three steps of a lowering of 11 s, after 3.5 s at a fifth of the height.
    steps = [Stroke(100, 1.5), Stroke(60, 2.0), Stroke(60, 2.0), Stroke(20, 2.0), Stroke(20, 3.5)]
    curve = Curve().hold(2.0)
    for _ in range(3):
        curve.odd_rep([*steps, Stroke(0, 1.5)]).hold(1.0)
    reps = reps_of(detect(curve.hold(7.0).angles()))
    assert [durations(rep)[2] for rep in reps] == pytest.approx(
        [durations(rep)[2] for rep in curve.truth()], abs=0.05
    )


def test_a_stall_in_mid_lowering_does_not_split_the_rep() -> None:
    stalled = [Stroke(100, 1.5), Stroke(50, 1.5), Stroke(50, 3.0), Stroke(0, 1.5)]
    curve = lying(n=2)
    curve.strokes.pop()
    curve.odd_rep(stalled).hold(1.0).rep().hold(7.0)
    reps = reps_of(detect(curve.angles(noise_deg=0.1)))
    assert whole(reps) == len(reps) == 4
    assert reps[2].t_bottom - reps[2].t_ecc == pytest.approx(5.5, abs=0.2)


def test_a_sticking_point_in_the_lift_does_not_split_the_rep() -> None:
    stuck = [Stroke(60, 1), Stroke(60, 1.5), Stroke(100, 0.7), Stroke(100, 0.3), Stroke(0, 2)]
    curve = lying(n=1)
    curve.odd_rep(stuck).hold(1.0)
    reps = reps_of(detect(curve.angles(noise_deg=0.1)))
    assert whole(reps) == len(reps) == 2


def test_a_double_bounce_at_the_top_is_one_rep() -> None:
    bounced = [Stroke(100, 1.5), Stroke(75, 0.5), Stroke(98, 0.5), Stroke(0, 3)]
    curve = Curve().hold(2.0).rep().odd_rep(bounced).hold(1.0).rep().hold(7.0)
    assert whole(reps_of(detect(curve.angles(noise_deg=0.1)))) == 3


@pytest.mark.parametrize("height", [5.0, 20.0, 45.0])
def test_bounces_at_the_bottom_are_never_counted(height: float) -> None:
    bounces = [Stroke(height, 0.25), Stroke(0, 0.25), Stroke(height, 0.25), Stroke(0, 0.25)]
    curve = Curve().hold(2.0).rep(bottom=0.0)
    curve.strokes += bounces
    curve.rep().hold(7.0)
    reps = reps_of(detect(curve.angles(noise_deg=0.1)))
    assert whole(reps) == 2


def test_partial_reps_are_kept_marked_and_not_counted() -> None:
    curve = Curve().hold(2.0).rep().rep(45, whole=False).rep().rep(52, whole=False).rep().hold(7)
    reps = reps_of(detect(curve.angles(noise_deg=0.1)))
    assert [rep.partial for rep in reps] == [False, True, False, True, False]
    assert [rep.number for rep in reps] == [1, 1, 2, 2, 3]


def test_a_rep_just_above_the_valid_range_counts() -> None:
    curve = Curve().hold(2.0).rep().rep(63).rep().hold(7)
    assert whole(reps_of(detect(curve.angles()))) == 3


def test_the_first_two_reps_set_the_range_of_the_set() -> None:
    # 80 of 130 calibrated degrees are valid; then 60 % of 80, which is 48, so 50 is valid as well.
    curve = Curve().hold(2.0).rep(80).rep(80).rep(50).rep(44, whole=False).hold(7)
    reps = reps_of(detect(curve.angles(), 130.0))
    assert [rep.partial for rep in reps] == [False, False, False, True]


def test_a_rep_of_an_hour_is_partial() -> None:
    curve = Curve().hold(2.0).rep().to(100, 1.5).hold(40.0).to(0, 2.0).hold(3.0).rep().hold(7.0)
    reps = reps_of(detect(curve.angles(noise_deg=0.1)))
    assert [rep.partial for rep in reps] == [False, True, False]


def test_movements_before_the_set_are_no_reps() -> None:
    # Standing, lying down, finding the pad, shifting about; then two reps.
    curve = Curve(-90.0).hold(3.0).to(0.0, 1.2).hold(0.4).to(12.0, 0.5).to(2.0, 0.5).hold(1.5)
    curve.rep().rep().hold(1.0)
    reps = reps_of(detect(curve.angles(noise_deg=0.1)))
    assert whole(reps) == 2
    assert reps[0].t_start > 7.0


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


@pytest.mark.parametrize(
    ("start", "stop", "judged"),
    [
        (3.0, 3.08, True),  # short, in the lift
        (2.6, 2.9, False),  # in the lift
        (4.5, 5.5, False),  # in the lowering
        (0.3, 0.6, True),  # before the set
    ],
)
def test_a_gap_in_a_moving_phase_makes_the_rep_not_judged(
    start: float, stop: float, judged: bool
) -> None:
    curve = Curve().hold(2.0).rep().rep().hold(7.0)
    first, second = reps_of(detect(with_gap(curve.angles(), start, stop)))
    assert first.judged is judged
    assert second.judged
    assert first.partial is False
    if not judged:
        gap = first.withheld
        assert gap is not None
        assert (gap.cause, gap.segments) == (WithheldCause.GAP, ())
        assert gap.gap_s == pytest.approx(stop - start, abs=0.05)


@pytest.mark.parametrize(
    ("start", "stop"),
    [
        (6.0, 8.3),  # from the lowering of the first rep into the lift of the second
        (3.6, 8.3),  # from the top of the first rep
        (2.8, 10.0),  # from the lift of the first rep into the lowering of the second
    ],
)
def test_two_reps_are_never_glued_over_a_gap(start: float, stop: float) -> None:
    curve = Curve().hold(2.0).rep().rep().rep().hold(7.0)
    angles, last = with_gap(curve.angles(), start, stop), curve.truth()[-1]
    for found in (reps_of(detect(angles)), segment(angles, 100.0, sets=[(0.0, 30.0)])):
        assert all(rep.t_bottom - rep.t_start < 6.5 for rep in found)
        touched = [rep for rep in found if rep.t_start < stop and rep.t_bottom > start - 0.1]
        assert not any(rep.judged for rep in touched)
        assert found[-1].judged
        assert found[-1].t_top == pytest.approx(last.t_top, abs=0.1)


def test_a_gap_in_the_rest_leaves_the_rest_alone() -> None:
    curve = Curve().hold(2.0).rep().hold(8.0)
    bottom = curve.truth()[0].t_bottom
    whole, cut = (
        detect(angles)
        for angles in (curve.angles(), with_gap(curve.angles(), bottom + 1.5, bottom + 2.5))
    )
    assert [c for c in whole if isinstance(c, PhaseChange)] == [
        c for c in cut if isinstance(c, PhaseChange)
    ]


def test_a_dropout_in_a_rep_names_its_sensor() -> None:
    angles = with_gap(Curve().hold(2.0).rep().hold(7.0).angles(), 4.5, 4.9)
    detector = RepDetector(100.0)
    detector.feed(Dropout(Segment.FOOT, 4.5, 4.9, 40))
    (rep,) = reps_of(detector.feed(angles))
    gap = rep.withheld
    assert gap is not None
    assert (gap.cause, gap.segments) == (WithheldCause.GAP, (Segment.FOOT,))
    assert gap.gap_s == pytest.approx(0.4, abs=0.05)


def test_the_ankle_is_the_median_of_each_moving_phase() -> None:
    angles = Curve().hold(2.0).rep(top=1.0).hold(7.0).angles()
    ankle = np.deg2rad(np.where(angles.t < 4.0, 9.0, -28.0))
    (rep,) = reps_of(detect(dataclasses.replace(angles, ankle=ankle)))
    assert math.degrees(rep.ankle_con) == pytest.approx(9.0)
    assert math.degrees(rep.ankle_ecc) == pytest.approx(-28.0)
    assert math.degrees(rep.rom) == pytest.approx(100.0, abs=0.5)


@pytest.mark.parametrize("range_deg", [0.0, -1.0, math.nan, math.inf])
def test_a_reference_range_without_sense_is_refused(range_deg: float) -> None:
    with pytest.raises(SettingError, match="reference_rom_deg"):
        RepDetector(range_deg)


class TestRepDetectorContract(StageContract):
    """The contract of a stage."""

    def stage(self) -> RepDetector:
        return RepDetector(100.0)

    def signal(self) -> list[Any]:
        first = Curve().hold(1.5).rep(up=0.5, down=1.0).rep(40).rep(up=0.3, top=0, down=0.4)
        second = Curve().hold(0.3).rep(up=0.4, down=0.9, bottom=0.0).rep(up=0.4, down=0.9)
        return [
            first.angles(noise_deg=0.3, wobble_deg=2.0),
            SET_START,
            second.angles(noise_deg=0.3, wobble_deg=2.0, t0=30.0),
            SET_END,
        ]

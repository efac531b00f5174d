"""The live detector against curves whose reps are known by construction."""

import dataclasses
import math
from typing import Any

import numpy as np
import pytest

from processing.reps.rep_detector import RepDetector
from processing.reps.segmentation import segment
from processing.types import Dropout, Phase, PhaseChange, WithheldCause
from sensor.errors import SettingError
from sensor.types import Segment
from tests.processing.reps.curves import (
    TEMPOS,
    Curve,
    Stroke,
    durations,
    lying,
    with_gap,
    without_ankle,
)
from tests.processing.reps.detected import SET_END, SET_START, changes_of, detect, reps_of, whole
from tests.processing.stage_contract import StageContract


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


def test_without_the_foot_reps_are_counted_and_not_judged() -> None:
    angles = without_ankle(lying(n=4).angles(), 7.0, 16.0)
    for reps in (reps_of(detect(angles)), segment(angles, 100.0, sets=[(0.0, 40.0)])):
        assert [rep.number for rep in reps] == [1, 2, 3, 4]
        for rep in reps:
            assert math.isfinite(rep.ankle_con)
            assert rep.judged == (rep.t_bottom < 7.0 or rep.t_start > 16.0)


@pytest.mark.parametrize("stop", [3.4, 4.4, 6.0])
def test_a_gap_may_hide_the_start_of_a_marked_set(stop: float) -> None:
    # The top of the first rep is held for long enough to be taken for a start pose.
    curve = Curve().hold(2.0).rep(top=2.0, bottom=0.0).rep(top=2.0, bottom=0.0).rep().hold(3.0)
    angles, later = with_gap(curve.angles(), 0.5, stop), curve.truth()[1:]
    detector = RepDetector(100.0)
    detector.feed(SET_START)
    for reps in (reps_of(detector.feed(angles)), segment(angles, 100.0, sets=[(0.0, 40.0)])):
        found = [rep for rep in reps if not rep.partial][-2:]
        assert [rep.t_top for rep in found] == pytest.approx([r.t_top for r in later], abs=0.1)


def test_a_gap_does_not_end_a_marked_set() -> None:
    curve = lying(n=12)
    truth = curve.truth()
    start, stop = truth[1].t_bottom - 1.0, truth[-2].t_bottom - 1.0
    assert stop - start > 30.0
    detector = RepDetector(100.0)
    detector.feed(SET_START)
    reps = reps_of(detector.feed(with_gap(curve.angles(), start, stop)))
    assert reps[-1].t_top == pytest.approx(truth[-1].t_top, abs=0.1)
    assert reps[-1].judged


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

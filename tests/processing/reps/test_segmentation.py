"""The offline segmentation against curves whose reps are known by construction."""

import dataclasses
import itertools
from typing import Any

import numpy as np
import pytest

from processing.reps.rep_detector import RepDetector
from processing.reps.segmentation import phase_labels, segment, segment_sets
from processing.types import Dropout, Phase, Rep, WithheldCause
from sensor.types import Segment
from tests.independent_judge.visible import visible_reps
from tests.processing.reps.curves import TEMPOS, Curve, block, durations, lying, walking, with_gap
from tests.processing.reps.detected import detect, reps_of

REFERENCE_DEG = 100.0


def reference_of(rep: dict[str, Any]) -> float:
    return float(rep.get("rom", REFERENCE_DEG))


@pytest.mark.parametrize("name", TEMPOS)
def test_phase_times_are_those_of_the_curve(name: str) -> None:
    rep = TEMPOS[name]
    curve = lying(**rep)
    reps = segment(curve.angles(noise_deg=0.03, seed=2), reference_of(rep))
    truth = curve.truth()
    assert [r.number for r in reps] == [1, 2, 3, 4, 5, 6]
    assert all(r.noticed_t is None and not r.partial for r in reps)
    t, curl, _ = curve.fine()
    # The judge of the drawn sets, since short holds have slow ends that belong to their plateaus.
    seen = visible_reps(t[::5], curl[::5], reference_of(rep))
    visible = [(each.lift_s, each.top_s, each.lower_s) for each in seen]
    errors = np.subtract([durations(each) for each in reps], visible)
    assert np.abs(errors.mean(axis=0)).max() <= 0.025
    assert errors.std(axis=0).max() <= 0.05
    rom = np.rad2deg([r.rom for r in reps])
    assert rom == pytest.approx([t.rom_deg for t in truth], rel=0.02)


def test_at_normal_tempo_durations_have_no_bias_and_little_spread() -> None:
    errors = []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        curve = Curve().hold(2.0)
        for _ in range(8):
            curve.rep(
                float(rng.uniform(80, 120)),
                up=float(rng.uniform(0.8, 2.0)),
                top=float(rng.uniform(0.2, 1.2)),
                down=float(rng.uniform(2.0, 4.5)),
                bottom=float(rng.uniform(0.2, 1.0)),
            )
        curve.hold(3.0)
        reps = segment(curve.angles(noise_deg=0.05, wobble_deg=0.5, seed=seed), REFERENCE_DEG)
        pairs = zip(reps, curve.truth(), strict=True)
        errors += [np.subtract(durations(a), durations(b)) for a, b in pairs]
    mean, spread = np.mean(errors, axis=0), np.std(errors, axis=0)
    assert np.abs(mean).max() <= 0.02
    assert spread.max() <= 0.05


@pytest.mark.parametrize("name", TEMPOS)
def test_live_and_offline_count_agree(name: str) -> None:
    rep = TEMPOS[name]
    rom = rep.get("rom", 100.0)
    curve = Curve().hold(2.0).rep(**rep).rep(**rep).rep(0.45 * rom).rep(**rep).rep(0.5 * rom)
    angles = curve.hold(7).angles(noise_deg=0.1)
    live = [o for o in RepDetector(reference_of(rep)).feed(angles) if isinstance(o, Rep)]
    offline = segment(angles, reference_of(rep))
    expected = [False, False, True, False, True]
    assert [r.partial for r in live] == [r.partial for r in offline] == expected


def test_phases_are_contiguous_and_the_last_rep_has_no_rest() -> None:
    reps = segment(lying(n=4, bottom=1.0).angles(noise_deg=0.05), REFERENCE_DEG)
    for rep, following in itertools.pairwise(reps):
        assert rep.t_end == following.t_start
        assert rep.t_end - rep.t_bottom == pytest.approx(1.6, abs=0.1)
    assert reps[-1].t_end == reps[-1].t_bottom
    for rep in reps:
        assert rep.t_start < rep.t_top <= rep.t_ecc < rep.t_bottom <= rep.t_end


def test_sets_are_found_from_the_movement_alone() -> None:
    curve = Curve().hold(2.0)
    for n in (3, 4):
        for _ in range(n):
            curve.rep()
        curve.hold(15.0).to(-80.0, 1.0).hold(10.0).to(0.0, 1.0).hold(3.0)
    found = segment_sets(curve.angles(noise_deg=0.05), REFERENCE_DEG)
    assert [len(reps) for reps in found] == [3, 4]


def test_marked_sets_have_only_the_reps_within_them() -> None:
    curve = Curve().hold(2.0).rep().rep().rep().hold(10.0).rep().rep().hold(10.0)
    first_three = curve.truth()[2].t_bottom + 0.2
    found = segment_sets(curve.angles(), REFERENCE_DEG, sets=[(0.5, first_three), (90.0, 95.0)])
    assert [len(reps) for reps in found] == [3, 0]


def test_one_movement_is_no_set_unless_it_is_marked() -> None:
    angles = Curve().hold(3.0).rep().hold(9.0).angles()
    assert segment(angles, REFERENCE_DEG) == []
    assert len(segment(angles, REFERENCE_DEG, sets=[(0.0, 20.0)])) == 1


@pytest.mark.parametrize("start_deg", [0.0, -80.0])
@pytest.mark.parametrize("reference", [110.0, None])
def test_walking_gives_no_reps(start_deg: float, reference: float | None) -> None:
    angles = walking(300.0, start_deg, 4)
    assert segment(angles, reference) == []


@pytest.mark.parametrize(("missing_s", "judged"), [(0.11, True), (0.13, False)])
def test_parts_of_a_sample_are_no_part_of_a_gap(missing_s: float, judged: bool) -> None:
    # Eight samples that are lost one after the other are parts of up to eleven intervals of the grid.
    for reps in (
        segment(with_gap(lying(n=3).angles(), 4.5, 4.5 + missing_s), REFERENCE_DEG),
        reps_of(detect(with_gap(lying(n=3).angles(), 4.5, 4.5 + missing_s), REFERENCE_DEG)),
    ):
        assert [rep.withheld is None for rep in reps] == [judged, True, True]


def test_a_gap_names_the_sensor_that_was_silent() -> None:
    angles = with_gap(lying(n=3).angles(), 4.5, 4.9)
    first, *others = segment(angles, REFERENCE_DEG, dropouts=[Dropout(Segment.SHIN, 4.5, 4.9, 40)])
    gap = first.withheld
    assert gap is not None
    assert (gap.cause, gap.segments) == (WithheldCause.GAP, (Segment.SHIN,))
    assert gap.gap_s == pytest.approx(0.4, abs=0.05)
    assert all(rep.judged for rep in others)


def test_every_sample_has_a_phase() -> None:
    curve = lying(n=2, bottom=1.0)
    angles = curve.angles()
    reps = segment(angles, REFERENCE_DEG)
    labels = np.array([str(label) for label in phase_labels(angles.t, reps)])
    middle = {
        Phase.CONCENTRIC: 0.5 * (reps[0].t_start + reps[0].t_top),
        Phase.TOP: 0.5 * (reps[0].t_top + reps[0].t_ecc),
        Phase.ECCENTRIC: 0.5 * (reps[0].t_ecc + reps[0].t_bottom),
        Phase.BOTTOM: 0.5 * (reps[0].t_bottom + reps[0].t_end),
        Phase.IDLE: 0.5,
    }
    for phase, t in middle.items():
        assert labels[np.searchsorted(angles.t, t)] == phase


@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_very_few_samples_give_no_reps(n: int) -> None:
    t = np.arange(n, dtype=np.float64) * 0.01
    assert segment(block(t, np.zeros(n), np.zeros(n), np.zeros(n)), REFERENCE_DEG) == []


def test_angles_that_are_never_valid_give_no_reps() -> None:
    angles = lying(n=2).angles()
    never = np.zeros_like(angles.valid)
    assert segment(dataclasses.replace(angles, driving_valid=never), REFERENCE_DEG) == []


def test_reps_without_an_ankle_angle_are_counted_and_not_judged() -> None:
    angles = lying(n=2).angles()
    reps = segment(dataclasses.replace(angles, valid=np.zeros_like(angles.valid)), REFERENCE_DEG)
    assert [rep.number for rep in reps] == [1, 2]
    assert all(rep.withheld is not None for rep in reps)


def test_a_rest_in_which_the_leg_creeps_belongs_to_the_movements_on_both_sides_of_it() -> None:
    curve = Curve().hold(2.0)
    for _ in range(3):
        curve.to(100.0, 2.5).hold(0.5).to(5.0, 2.5).to(0.0, 1.2)
    curve.hold(2.0)
    t, curl, _ = curve.fine()
    seen = visible_reps(t[::10], curl[::10], REFERENCE_DEG)
    angles = curve.angles()
    live, final = reps_of(detect(angles)), segment(angles, REFERENCE_DEG)
    for reps in (live, final):
        assert [r.t_start for r in reps] == pytest.approx([r.t_lift for r in seen], abs=0.01)
    bottoms = [rep.t_bottom for rep in seen[:-1]]
    assert [rep.t_bottom for rep in final[:-1]] == pytest.approx(bottoms, abs=0.01)
    # Live it is known only with the next rep.
    assert [rep.rested_t for rep in live[1:]] == pytest.approx(bottoms, abs=0.01)

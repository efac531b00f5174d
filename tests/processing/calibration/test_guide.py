"""The guided calibration of simulated legs, with and without mistakes."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from processing.calibration.calibration_steps import (
    WITH_BENCH,
    CalibrationStep,
    GuideUpdate,
    StepEnded,
    StepProgress,
    StepStarted,
)
from processing.calibration.fit import calibrate, rezero
from processing.calibration.grade import (
    CalibrationGrade,
    Finding,
    grade,
    slipped,
    turned_round,
    worst,
)
from processing.calibration.guide import CalibrationGuide
from processing.calibration.troubles import (
    FewMovements,
    LookSwapped,
    MoveAsOne,
    SendsNothing,
    SensorMoves,
    ThighLooksSwapped,
)
from processing.calibration.worn_links import worn_links
from processing.motion.axes import principal_axis
from processing.motion.calibrated import Calibration
from processing.types import LinkSamples, PairedBlock, join_blocks, slice_block
from sensor.simulation import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Segment, frozen, frozen_bool
from tests.processing.motion.legs import leg_of, simulated_leg

CALIBRATION_ENDS_S = 26.5


def beginning(seed: int) -> PairedBlock:
    """Return the calibration part of a session."""
    block = simulated_leg(seed).block
    return slice_block(block, 0, int(np.searchsorted(block.t, CALIBRATION_ENDS_S)))


def run(guide: CalibrationGuide, block: PairedBlock, size: int = 7) -> list[GuideUpdate]:
    """Return the updates of ``guide`` on ``block``, given in pieces of ``size``."""
    updates: list[GuideUpdate] = []
    for start in range(0, len(block.t), size):
        updates += guide.feed(slice_block(block, start, min(start + size, len(block.t))))
    return updates


def calibrated(updates: Sequence[GuideUpdate], block: PairedBlock) -> Calibration:
    """Return the calibration from the samples of the accepted steps."""
    starts: dict[CalibrationStep, float] = {}
    steps: dict[CalibrationStep, PairedBlock] = {}
    for update in updates:
        if isinstance(update, StepStarted):
            starts[update.step] = update.t
        elif isinstance(update, StepEnded) and update.accepted:
            first, last = np.searchsorted(block.t, (starts[update.step], update.t), side="right")
            steps[update.step] = slice_block(block, int(first), int(last))
    return calibrate(
        steps[CalibrationStep.STILL],
        steps[CalibrationStep.PUMPS],
        steps[CalibrationStep.CURLS],
        bench=steps.get(CalibrationStep.BENCH),
    )


def ended(updates: Sequence[GuideUpdate]) -> list[tuple[str, bool]]:
    """Return the steps that ended, and whether they were accepted."""
    return [(u.step, u.accepted) for u in updates if isinstance(u, StepEnded)]


def swapped(block: PairedBlock) -> PairedBlock:
    """Return ``block`` with the sensors exchanged."""
    return PairedBlock(
        block.t, block.foot_acc, block.foot_gyr, block.shin_acc, block.shin_gyr,
        block.foot_valid, block.shin_valid, block.foot_clipped, block.shin_clipped,
    )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_correct_movements_give_a_calibration(seed: int) -> None:
    block = beginning(seed)
    updates = run(CalibrationGuide(), block)
    assert ended(updates) == [("still", True), ("pumps", True), ("curls", True)]
    calibration = calibrated(updates, block)
    assert worst(grade(calibration)) is CalibrationGrade.GOOD
    assert calibration.dorsiflexion_max is not None
    assert calibration.plantarflexion_max is not None
    assert calibration.reference_rom is not None
    # The simulated person reaches 15 and 45 degrees with the ankle and 105 with the knee.
    assert np.degrees(calibration.dorsiflexion_max) == pytest.approx(15.0, abs=3.0)
    assert np.degrees(calibration.plantarflexion_max) == pytest.approx(45.0, abs=4.0)
    assert np.degrees(calibration.reference_rom) == pytest.approx(105.0, abs=5.0)


def test_the_cutting_of_samples_into_blocks_changes_nothing() -> None:
    block = beginning(1)
    assert run(CalibrationGuide(), block, 7) == run(CalibrationGuide(), block, 400)


def test_every_step_ends_and_its_progress_never_falls_in_a_hold() -> None:
    updates = run(CalibrationGuide(), beginning(2))
    starts = [u.t for u in updates if isinstance(u, StepStarted)]
    ends = [u.t for u in updates if isinstance(u, StepEnded)]
    assert len(starts) == len(ends)
    assert all(a < b for a, b in zip(starts, ends, strict=True))
    hold = [
        u.progress
        for u in updates
        if isinstance(u, StepProgress) and u.step is CalibrationStep.STILL
    ]
    assert hold == sorted(hold)
    assert hold[-1] == 1.0


def test_a_foot_that_moves_in_the_pose_is_named() -> None:
    block = beginning(1)
    shaken = block.foot_gyr.copy()
    shaken[100:150] += np.radians(30.0) * np.sin(np.arange(50))[:, None]
    updates = run(CalibrationGuide(), replace(block, foot_gyr=frozen(shaken)))
    troubles = {u.trouble for u in updates if isinstance(u, StepProgress) and u.trouble}
    assert troubles == {SensorMoves(Segment.FOOT, on_bench=False)}
    assert ended(updates)[:2] == [("still", False), ("still", True)]


def test_swapped_sensors_are_named() -> None:
    leg = simulated_leg(1)
    pumps = leg.steps["pumps"]
    still = leg.steps["still"]
    # A rest after the pumps shows that the person has stopped.
    rest = [slice_block(still, 0, 250)] * 2
    pieces = [slice_block(still, 0, 280), pumps, *rest]
    times = np.arange(1, sum(len(p.t) for p in pieces) + 1) / 100.0
    block = swapped(replace(join_blocks(pieces), t=frozen(times)))
    updates = run(CalibrationGuide(), block)
    troubles = [u.trouble for u in updates if isinstance(u, StepEnded) and not u.accepted]
    assert troubles
    assert all(isinstance(trouble, LookSwapped) for trouble in troubles)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_two_sensors_on_the_foot_are_named(seed: int) -> None:
    block = beginning(seed)
    # Mounted another way on the same foot: the same turns about other axes of the sensor.
    turned = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))[0]
    rng = np.random.default_rng(seed + 100)
    noise = rng.normal(scale=np.radians(0.3), size=block.foot_gyr.shape)
    both = replace(
        block,
        shin_gyr=frozen(block.foot_gyr @ turned + noise),
        shin_acc=frozen(block.foot_acc @ turned),
    )
    still = slice_block(both, 0, 250)
    rest = replace(still, t=frozen(both.t[-1] + np.arange(1, len(still.t) + 1) / 100.0))
    updates = run(CalibrationGuide(), join_blocks([both, rest]))
    pumps = [u for u in updates if isinstance(u, StepEnded) and u.step is CalibrationStep.PUMPS]
    assert pumps
    assert not any(u.accepted for u in pumps)
    assert any(isinstance(u.trouble, MoveAsOne) for u in pumps)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_swapped_sensors_are_named_while_the_foot_still_pumps(seed: int) -> None:
    updates = run(CalibrationGuide(), swapped(beginning(seed)))
    pumps = [u for u in updates if isinstance(u, StepEnded) and u.step is CalibrationStep.PUMPS]
    assert not any(u.accepted for u in pumps)
    assert isinstance(pumps[0].trouble, LookSwapped)
    # The third pump of the session ends at 17.7 s.
    assert pumps[0].t < 17.0


@cache
def with_thigh(more: str) -> PairedBlock:
    """Return the calibration part of a session with a sensor on the thigh."""
    text = f"sim:protocol=B,sets=1,reps=1,thigh=yes,seed=1{more}"
    block = leg_of(simulate(parse_simulation(text))).block
    return slice_block(block, 0, int(np.searchsorted(block.t, CALIBRATION_ENDS_S)))


def exchanged(block: PairedBlock, other: Segment) -> PairedBlock:
    """Return ``block`` with the thigh's sensor in the place of another one, and that on the thigh."""
    thigh = block.thigh
    assert thigh is not None
    own = (
        LinkSamples(block.shin_acc, block.shin_gyr, block.shin_valid, block.shin_clipped)
        if other is Segment.SHIN
        else LinkSamples(block.foot_acc, block.foot_gyr, block.foot_valid, block.foot_clipped)
    )
    parts = {f"{other}_{part}": getattr(thigh, part) for part in ("acc", "gyr", "valid", "clipped")}
    return replace(block, thigh=own, **parts)


@pytest.mark.parametrize("more", ["", ",shin_held=yes"])
def test_a_thigh_in_its_place_is_no_trouble(more: str) -> None:
    updates = run(CalibrationGuide(), with_thigh(more))
    assert ended(updates) == [("still", True), ("pumps", True), ("curls", True)]


@pytest.mark.parametrize(("other", "step"), [(Segment.SHIN, "curls"), (Segment.FOOT, "pumps")])
def test_a_thigh_that_changed_places_is_named(other: Segment, step: str) -> None:
    updates = run(CalibrationGuide(), exchanged(with_thigh(""), other))
    found = [u for u in updates if isinstance(u, StepEnded) and not u.accepted]
    assert found[0].step == step
    assert isinstance(found[0].trouble, ThighLooksSwapped)
    assert found[0].trouble.other is other


def test_a_thigh_that_moves_in_the_pose_is_named() -> None:
    block = with_thigh("")
    assert block.thigh is not None
    shaken = block.thigh.gyr.copy()
    shaken[100:150] += np.radians(30.0) * np.sin(np.arange(50))[:, None]
    moved = replace(block, thigh=replace(block.thigh, gyr=frozen(shaken)))
    updates = run(CalibrationGuide(), slice_block(moved, 0, 1000))
    troubles = {u.trouble for u in updates if isinstance(u, StepProgress) and u.trouble}
    assert troubles == {SensorMoves(Segment.THIGH, on_bench=False)}


def test_a_silent_thigh_does_not_keep_the_ankle_from_a_new_zero() -> None:
    block = slice_block(with_thigh(""), 0, 250)
    thigh = block.thigh
    assert thigh is not None
    silent = replace(block, thigh=replace(thigh, valid=np.zeros_like(thigh.valid)))
    assert ended(run(CalibrationGuide((CalibrationStep.REZERO,)), silent)) == [("rezero", True)]


def test_a_missing_pump_is_asked_for() -> None:
    leg = simulated_leg(1)
    still, pumps = leg.steps["still"], leg.steps["pumps"]
    rest = slice_block(still, 0, 250)
    pieces = [slice_block(still, 0, 280), slice_block(pumps, 0, 400), rest, rest]
    times = np.arange(1, sum(len(p.t) for p in pieces) + 1) / 100.0
    updates = run(CalibrationGuide(), replace(join_blocks(pieces), t=frozen(times)))
    refused = [u for u in updates if isinstance(u, StepEnded) and u.step is CalibrationStep.PUMPS]
    assert [u.accepted for u in refused] == [False]
    assert isinstance(refused[0].trouble, FewMovements)
    assert refused[0].trouble.wanted == 3
    assert refused[0].trouble.seen < 3


def test_a_silent_sensor_is_named() -> None:
    block = beginning(1)
    quiet = np.zeros(len(block.t), dtype=np.bool_)
    updates = run(CalibrationGuide(), replace(block, foot_valid=quiet))
    assert updates
    silent = SendsNothing(Segment.FOOT)
    assert all(isinstance(u, StepProgress) and u.trouble == silent for u in updates)


@pytest.mark.parametrize(
    ("turn_deg", "expected"), [(3.0, CalibrationGrade.GOOD), (12.0, CalibrationGrade.NOT_USABLE)]
)
def test_a_slipped_strap_is_named_at_the_next_zero(
    turn_deg: float, expected: CalibrationGrade
) -> None:
    leg = simulated_leg(2)
    calibration = calibrate(leg.steps["still"], leg.steps["pumps"], leg.steps["curls"])
    axis = np.array(calibration.foot.joint_axis)
    slip = Rotation.from_rotvec(np.radians(turn_deg) * axis)
    still = leg.steps["still"]
    turned = replace(still, foot_acc=frozen(still.foot_acc @ slip.as_matrix().T))
    updates = run(CalibrationGuide((CalibrationStep.REZERO,)), turned)
    assert ended(updates) == [("rezero", True)]
    remarks = slipped(rezero(calibration, turned), calibration)
    assert worst(remarks) is expected
    if expected is not CalibrationGrade.GOOD:
        (remark,) = remarks
        assert remark.finding is Finding.SLIPPED
        assert remark.segment is Segment.FOOT
        assert remark.value == pytest.approx(turn_deg, abs=1.0)


def test_a_sensor_strapped_on_upside_down_is_named() -> None:
    leg = simulated_leg(3)
    calibration = calibrate(leg.steps["still"], leg.steps["pumps"], leg.steps["curls"])
    x, y, z = calibration.shin.neutral_acc
    other = replace(calibration, shin=replace(calibration.shin, neutral_acc=(-x, -y, -z)))
    assert [r.segment for r in turned_round(other, calibration)] == [Segment.SHIN]
    assert turned_round(calibration, calibration) == []


def test_a_side_lying_axis_is_named() -> None:
    leg = simulated_leg(4, axis_incline_deg=60.0)
    block = slice_block(leg.block, 0, 2650)
    remarks = grade(calibrated(run(CalibrationGuide(), block), block))
    assert Finding.SIDE_LYING in {remark.finding for remark in remarks}


def benched(seed: int, source: str = "sim:protocol=B,sets=0,table=bench,marks=no") -> PairedBlock:
    """Return a session that begins with both sensors on the bench."""
    return leg_of(simulate(replace(parse_simulation(source), seed=seed))).block


@pytest.mark.parametrize("seed", [1, 2])
def test_the_guide_waits_after_the_bench_until_both_sensors_are_worn(seed: int) -> None:
    block = benched(seed)
    updates = run(CalibrationGuide(steps=WITH_BENCH), block)
    assert ended(updates) == [(step, True) for step in WITH_BENCH]
    starts = {u.step: u.t for u in updates if isinstance(u, StepStarted)}
    ends = {u.step: u.t for u in updates if isinstance(u, StepEnded)}
    assert ends[CalibrationStep.BENCH] - starts[CalibrationStep.BENCH] == pytest.approx(
        3.0, abs=0.1
    )
    # The shin's sensor is picked up at 5 s; the foot's, the last one, is worn at 13 s.
    assert ends[CalibrationStep.BENCH] < 5.0
    assert starts[CalibrationStep.STILL] > 11.0
    assert worst(grade(calibrated(updates, block))) is CalibrationGrade.GOOD


def test_a_sensor_that_is_touched_on_the_bench_is_named() -> None:
    block = benched(1)
    pushed = block.foot_gyr.copy()
    pushed[150:160] += np.radians(6.0)
    updates = run(CalibrationGuide(steps=WITH_BENCH), replace(block, foot_gyr=frozen(pushed)))
    refused = [u for u in updates if isinstance(u, StepEnded) and not u.accepted]
    assert [(u.step, u.trouble) for u in refused] == [
        (CalibrationStep.BENCH, SensorMoves(Segment.FOOT, on_bench=True))
    ]


def test_sensors_that_stay_on_the_bench_are_no_still_leg() -> None:
    block = benched(2)
    lying = slice_block(block, 0, int(np.searchsorted(block.t, 4.5)))
    times = np.arange(1, 4 * len(lying.t) + 1) / 100.0
    updates = run(
        CalibrationGuide(steps=WITH_BENCH), replace(join_blocks([lying] * 4), t=frozen(times))
    )
    assert ended(updates) == [(CalibrationStep.BENCH, True)]
    assert not any(isinstance(u, StepStarted) and u.step is CalibrationStep.STILL for u in updates)


def waiting(block: PairedBlock, at_s: float, seconds: float) -> PairedBlock:
    """Return ``block`` with a rest of some ``seconds`` at ``at_s``, in which every sensor is held as it is there."""
    at = int(np.searchsorted(block.t, at_s))
    step = float(np.median(np.diff(block.t)))
    count = round(seconds / step)
    one = slice_block(block, at, at + 1)

    def held(samples: LinkSamples) -> LinkSamples:
        acc = np.repeat(samples.acc, count, axis=0)
        return LinkSamples(
            frozen(acc),
            frozen(np.zeros_like(acc)),
            frozen_bool(np.ones(count, np.bool_)),
            frozen_bool(np.zeros(count, np.bool_)),
        )

    links = {name: held(link) for name, link in worn_links(one).items()}
    shin, foot = links[Segment.SHIN], links[Segment.FOOT]
    rest = PairedBlock(
        frozen(block.t[at] + step * np.arange(count)),
        shin.acc, shin.gyr, foot.acc, foot.gyr,
        shin.valid, foot.valid, shin.clipped, foot.clipped,
        thigh=links.get(Segment.THIGH), pelvis=links.get(Segment.PELVIS),
    )  # fmt: skip
    after = slice_block(block, at, len(block.t))
    later = replace(after, t=frozen(after.t + seconds))
    return join_blocks([slice_block(block, 0, at), rest, later])


@pytest.mark.parametrize("seed", [1, 2])
def test_curls_that_are_held_at_the_top_are_done_when_the_leg_is_back(seed: int) -> None:
    leg = simulated_leg(seed)
    part = beginning(seed)
    curls = (part.t >= leg.steps["curls"].t[0]) & (part.t <= leg.steps["curls"].t[-1])
    top_s = float(
        part.t[np.flatnonzero(curls)[-1] - int(np.argmax(leg.curl[: len(part.t)][curls][::-1]))]
    )
    block = waiting(part, top_s, 2.0)
    updates = run(CalibrationGuide(), block)
    assert ended(updates)[-1] == ("curls", True)
    assert updates[-1].t > top_s + 2.0
    marked = calibrate(leg.steps["still"], leg.steps["pumps"], leg.steps["curls"])
    calibration = calibrated(updates, block)
    assert np.dot(calibration.curl_axis, marked.curl_axis) > 0.95
    assert calibration.reference_rom == pytest.approx(marked.reference_rom, abs=0.05)


@pytest.mark.parametrize("exercise", ["nordic_curl", "glute_ham_raise"])
def test_the_way_to_the_machine_is_no_curl(exercise: str) -> None:
    """The person has done the pumps, waits, gets down on the knees, and only then bends them twice."""
    leg = leg_of(
        simulate(parse_simulation(f"sim:exercise={exercise},thigh=yes,sets=1,reps=1,seed=7"))
    )
    pumped_s = float(leg.steps["pumps"].t[-1])
    done_s = float(leg.steps["curls"].t[-1]) + 1.5
    part = slice_block(leg.block, 0, int(np.searchsorted(leg.block.t, done_s)))
    block = waiting(part, pumped_s, 2.0)
    updates = run(CalibrationGuide(), block)
    assert ended(updates) == [("still", True), ("pumps", True), ("curls", True)]
    marked = calibrate(leg.steps["still"], leg.steps["pumps"], leg.steps["curls"])
    calibration = calibrated(updates, block)
    assert calibration.knee is not None
    assert marked.knee is not None
    for name in ("shin", "thigh"):
        found, right = getattr(calibration.knee, name), getattr(marked.knee, name)
        assert np.dot(found.joint_axis, right.joint_axis) > 0.95
    assert calibration.reference_rom == pytest.approx(marked.reference_rom, abs=0.05)


def test_bends_at_the_hips_that_are_held_at_the_bottom_are_done_when_the_person_stands() -> None:
    """With a sensor on the thigh alone the smallest of the movements: it turns by 15°."""
    text = "sim:exercise=stiff_legged_deadlift,thigh=yes,hips_back_deg=16,sets=1,reps=1,seed=7"
    leg = leg_of(simulate(parse_simulation(text)))
    hinges = leg.steps["hinges"]
    part = slice_block(leg.block, 0, int(np.searchsorted(leg.block.t, hinges.t[-1] + 1.5)))
    assert hinges.thigh is not None
    turned = np.cumsum(hinges.thigh.gyr @ principal_axis(hinges.thigh.gyr).axis)
    second = turned.size // 2
    bottom_s = float(hinges.t[second + int(np.argmax(np.abs(turned[second:])))])
    block = waiting(part, bottom_s, 2.0)
    steps = [CalibrationStep(step) for step in leg.steps]
    updates = run(CalibrationGuide(steps), block)
    assert ended(updates)[-1] == ("hinges", True)
    assert updates[-1].t > bottom_s + 2.0

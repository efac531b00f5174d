"""Trouble with a calibration, through the whole path: named if it is there, and only then.

Every seed mounts the sensors in another way and draws other offsets.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from processing.calibration.changes import Calibrated, CalibrationFailed
from processing.calibration.grade import Finding, Remark
from processing.judge.checks import data_quality
from processing.motion.calibrated import Calibration, CalibrationFault
from processing.pipeline.pipeline import Pipeline
from processing.pipeline.update_kinds import Update
from sensor.simulation import (
    PersonParameters,
    SensorParameters,
    SimulatedExercise,
    SimulatedSession,
    SimulatedSide,
    SimulationParameters,
    TableActivity,
    simulate,
)
from sensor.types import Event, EventKind, ImuBlock, Segment, frozen
from tests.processing.pipeline_run import items_of

SEEDS = (1, 2)
PEOPLE = (
    (1, SimulatedExercise.LYING, SimulatedSide.RIGHT),
    (1, SimulatedExercise.LYING, SimulatedSide.LEFT),
    (2, SimulatedExercise.SEATED, SimulatedSide.LEFT),
    (3, SimulatedExercise.STANDING, SimulatedSide.RIGHT),
)
SHIN_M, FOOT_M = (0.04, 0.01, -0.25), (0.09, 0.0, -0.03)


def session_of(seed: int, person: PersonParameters, slip_deg: float = 0.0) -> SimulatedSession:
    """Return a session with a calibration and one short set; the default sensors are rather bad."""
    return simulate(
        SimulationParameters(
            seed=seed,
            sets=1,
            reps=1,
            lower_s=1.0,
            person=person,
            shin=SensorParameters(position_m=SHIN_M, acc_offset_mg=(20.0, 10.0, -20.0)),
            foot=SensorParameters(
                position_m=FOOT_M,
                acc_offset_mg=(-20.0, 20.0, 10.0),
                slip_deg=slip_deg,
                slip_at_s=27.0,
            ),
        )
    )


@cache
def strapped_on(seed: int) -> tuple[SimulatedSession, list[ImuBlock | Event], Calibration]:
    """Return a session, its items and the calibration that it makes."""
    session = session_of(seed, PersonParameters())
    items = items_of(session)
    (made,) = calibrated(run(session, items))
    return session, items, made.calibration


def run(session: SimulatedSession, items: Sequence[ImuBlock | Event]) -> list[Update]:
    pipeline = Pipeline(session.header)
    return [*pipeline.feed(items), *pipeline.finish()]


def calibrated(updates: Sequence[Update]) -> list[Calibrated]:
    return [u for u in updates if isinstance(u, Calibrated)]


def findings(remarks: Sequence[Remark]) -> set[Finding]:
    return {remark.finding for remark in remarks}


def with_data(items: Sequence[ImuBlock | Event], **data: str | float) -> list[ImuBlock | Event]:
    """Return ``items`` with ``data`` in the event that begins the still pose."""
    return [
        item._replace() if not isinstance(item, Event)
        else replace(item, data={**item.data, **data})
        if item.kind == EventKind.CALIBRATION_START and item.data["step"] == "still"
        else item
        for item in items
    ]  # fmt: skip


@pytest.mark.parametrize(("seed", "exercise", "side"), PEOPLE)
def test_swapped_sensors_are_named(
    seed: int, exercise: SimulatedExercise, side: SimulatedSide
) -> None:
    session = session_of(seed, PersonParameters(exercise=exercise, side=side))
    other = {Segment.SHIN: Segment.FOOT, Segment.FOOT: Segment.SHIN}
    sensors = tuple(replace(s, segment=other[s.segment]) for s in session.header.sensors)
    session = replace(session, header=replace(session.header, sensors=sensors))
    updates = run(session, items_of(session))
    assert not calibrated(updates)
    (failed,) = [u for u in updates if isinstance(u, CalibrationFailed)]
    assert failed.error.fault is CalibrationFault.SWAPPED
    assert "swap them" in str(failed.error)


@pytest.mark.parametrize(("seed", "exercise", "side"), PEOPLE)
def test_only_a_wrong_leg_is_questioned(
    seed: int, exercise: SimulatedExercise, side: SimulatedSide
) -> None:
    session = session_of(seed, PersonParameters(exercise=exercise, side=side))
    items = items_of(session)
    other = SimulatedSide.LEFT if side is SimulatedSide.RIGHT else SimulatedSide.RIGHT
    (made,) = calibrated(run(session, with_data(items, side=other.value)))
    (remark,) = made.remarks
    assert remark.finding is Finding.WRONG_SIDE
    assert remark.side == other.value
    assert data_quality(made.remarks).usable
    (made,) = calibrated(run(session, with_data(items, side=side.value)))
    assert made.remarks == ()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("tilt_deg", [-1.0, 1.0])
def test_the_leg_is_not_guessed_from_a_level_ankle_axis(seed: int, tilt_deg: float) -> None:
    session = session_of(seed, PersonParameters(ankle_tilt_deg=tilt_deg))
    items = items_of(session)
    for side in SimulatedSide:
        (made,) = calibrated(run(session, with_data(items, side=side.value)))
        assert Finding.WRONG_SIDE not in findings(made.remarks)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("incline_deg", "named"), [(22.0, False), (38.0, True), (-50.0, True)])
def test_an_axis_far_from_level_is_named(seed: int, incline_deg: float, named: bool) -> None:
    session = session_of(seed, PersonParameters(axis_incline_deg=incline_deg))
    (made,) = calibrated(run(session, items_of(session)))
    assert (Finding.SIDE_LYING in findings(made.remarks)) is named
    if named:
        (remark,) = made.remarks
        assert remark.value == pytest.approx(abs(incline_deg), abs=5.0)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("slip_deg", "named"), [(4.0, False), (-4.0, False), (13.0, True)])
def test_a_strap_that_slipped_is_named_at_the_next_zero(
    seed: int, slip_deg: float, named: bool
) -> None:
    session = session_of(seed, PersonParameters(), slip_deg=slip_deg)
    items = items_of(session)
    (end,) = [i for i in items if isinstance(i, Event) and i.kind == EventKind.SET_END]
    pose = [
        Event(end.t_ns - 1_000_000_000, EventKind.CALIBRATION_START, {"step": "rezero"}),
        Event(end.t_ns - 10_000_000, EventKind.CALIBRATION_END, {"step": "rezero"}),
    ]
    pipeline = Pipeline(session.header)
    updates = [*pipeline.feed(pose), *pipeline.feed(items), *pipeline.finish()]
    first, again = calibrated(updates)
    assert first.remarks == ()
    assert (Finding.SLIPPED in findings(again.remarks)) is named
    if named:
        (remark,) = again.remarks
        assert remark.segment is Segment.FOOT
        assert remark.value == pytest.approx(slip_deg, abs=3.0)
        assert data_quality(again.remarks).zero_moved == pytest.approx(np.radians(remark.value))


@pytest.mark.parametrize(("seed", "segment"), [(4, Segment.SHIN), (5, Segment.FOOT)])
@pytest.mark.parametrize(("turn_deg", "named"), [(60.0, False), (180.0, True)])
def test_a_sensor_that_is_upside_down_next_time_is_named(
    seed: int, segment: Segment, turn_deg: float, named: bool
) -> None:
    session, items, neutral = strapped_on(seed)
    force = np.array((neutral.shin if segment is Segment.SHIN else neutral.foot).neutral_acc)
    across = np.cross(force, np.eye(3)[np.argmin(np.abs(force))])
    across *= np.radians(turn_deg) / np.linalg.norm(across)
    turn = Rotation.from_rotvec(across).as_matrix()
    later_s = 60.0
    second: list[ImuBlock | Event] = []
    for item in items:
        if isinstance(item, Event):
            second.append(replace(item, t_ns=item.t_ns + round(later_s * 1e9)))
            continue
        turned = item._replace(t=frozen(item.t + later_s))
        if item.segment is segment:
            turned = turned._replace(acc=frozen(item.acc @ turn.T), gyr=frozen(item.gyr @ turn.T))
        second.append(turned)
    first, again = calibrated(run(session, [*items, *second]))
    assert Finding.UPSIDE_DOWN not in findings(first.remarks)
    remarked = [r.segment for r in again.remarks if r.finding is Finding.UPSIDE_DOWN]
    assert remarked == ([segment] if named else [])
    # The angles are the same, so the grade is too.
    assert data_quality(again.remarks).usable


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gyros_offsets_come_from_the_bench(seed: int) -> None:
    table = SimulationParameters(seed=seed, sets=0, table=TableActivity.BENCH)
    session = simulate(table)
    (made,) = calibrated(run(session, items_of(session)))
    for sensor, truth in zip(
        (made.calibration.shin, made.calibration.foot), session.truth.sensors, strict=True
    ):
        error = np.degrees(np.array(sensor.gyr_offset) - truth.gyr_offset)
        assert float(np.abs(error).max()) < 0.03


def test_a_sensor_that_moved_on_the_bench_is_named() -> None:
    session = simulate(SimulationParameters(seed=1, sets=0, table=TableActivity.BENCH))
    items = items_of(session)
    moved = [
        item._replace(gyr=frozen(item.gyr + np.radians(5.0)))
        if isinstance(item, ImuBlock) and item.segment is Segment.FOOT and 2.0 < item.t[0] < 2.2
        else item
        for item in items
    ]
    (failed,) = [u for u in run(session, moved) if isinstance(u, CalibrationFailed)]
    assert failed.error.where == "foot sensor, bench"
    assert failed.error.fault is CalibrationFault.NOT_STILL

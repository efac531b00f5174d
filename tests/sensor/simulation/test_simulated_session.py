"""Whole simulated sessions have the reps, marks and rests that their parameters ask for."""

import dataclasses
import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from sensor.simulation import (
    PersonParameters,
    RadioParameters,
    RestActivity,
    SensorParameters,
    SimulatedExercise,
    SimulatedFault,
    SimulatedProtocol,
    SimulatedSide,
    SimulationParameters,
    from_json,
    simulate,
    to_json,
)
from sensor.types import EventKind, Notification
from tests.sensor.simulation.short_session import SHORT, ankle_deg, events


@pytest.mark.parametrize("protocol", list(SimulatedProtocol))
def test_a_session_of_each_protocol_has_the_requested_reps(
    protocol: SimulatedProtocol,
) -> None:
    session = simulate(SimulationParameters(protocol=protocol, sets=3, reps=2, rest_s=5.0))
    types = {"A": ["DF", "PF", "DF"], "FREE": []}.get(protocol, [protocol.value] * 3)
    assert [rep.set_type for rep in session.truth.reps] == [t for t in types for _ in range(2)]
    assert [rep.number for rep in session.truth.reps] == [1, 2] * len(types)
    starts = [e for e in events(session) if e.kind == EventKind.SET_START]
    assert [e.data["set_type"] for e in starts] == types
    times = [item.t_ns for item in session.items]
    assert times == sorted(times)
    for rep in session.truth.reps:
        assert rep.t_start < rep.t_top <= rep.t_ecc < rep.t_bottom <= rep.t_end
        assert np.rad2deg(rep.rom) == pytest.approx(105.0, rel=0.1)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_bytes() -> None:
    first, again = simulate(SHORT), simulate(SHORT)
    assert first.items == again.items
    assert first.header == again.header
    other = simulate(replace(SHORT, seed=2))
    payloads = [
        [item.payload for item in session.items if isinstance(item, Notification)]
        for session in (first, other)
    ]
    assert payloads[0][:50] != payloads[1][:50]


def test_the_header_reproduces_the_session_and_marks_it_as_simulated() -> None:
    parameters = replace(
        SHORT,
        faults=(SimulatedFault.FAST, SimulatedFault.LATE),
        person=PersonParameters(side=SimulatedSide.LEFT, exercise=SimulatedExercise.SEATED),
        foot=SensorParameters(
            acc_offset_mg=(1.0, 2.0, 3.0), radio=RadioParameters(dropouts_s=((5.0, 2.0),))
        ),
        thigh=SensorParameters(),
    )
    session = simulate(parameters)
    assert session.header.simulated
    assert all(sensor.simulated for sensor in session.header.sensors)
    assert all("Simulated" in sensor.name for sensor in session.header.sensors)
    stored = json.loads(json.dumps(session.header.metadata["simulation"]))
    assert from_json(stored) == parameters
    assert simulate(from_json(stored)).items == session.items
    assert to_json(from_json(stored)) == stored


def test_without_marks_there_are_only_link_events() -> None:
    session = simulate(replace(SHORT, calibration=True, marks=False))
    assert {event.kind for event in events(session)} == {EventKind.LINK}
    assert len(session.truth.reps) == 3


def test_marked_calibration_has_its_three_steps_and_pumps_begin_with_the_toes_up() -> None:
    session = simulate(replace(SHORT, sets=0, calibration=True))
    steps = [(e.kind, e.data["step"]) for e in events(session) if e.kind != EventKind.LINK]
    assert steps == [
        (kind, step)
        for step in ("still", "pumps", "curls")
        for kind in (EventKind.CALIBRATION_START, EventKind.CALIBRATION_END)
    ]
    start, end = (
        (e.t_ns - session.header.start_ns) / 1e9
        for e in events(session)
        if e.data.get("step") == "pumps"
    )
    foot = ankle_deg(session, start, end)
    assert foot[np.flatnonzero(np.abs(foot) > 5.0)[0]] > 0.0
    assert foot.max() == pytest.approx(15.0, abs=0.5)
    assert foot.min() == pytest.approx(-45.0, abs=0.5)


@pytest.mark.parametrize("edge", ["low", "high"])
@pytest.mark.parametrize(
    "fault",
    [SimulatedFault.FAST, SimulatedFault.DROP, SimulatedFault.PARTIAL, SimulatedFault.BOUNCE],
)
def test_parameters_at_the_limits_of_their_ranges_give_whole_sessions(
    edge: str, fault: SimulatedFault
) -> None:
    extreme = {
        item.name: item.metadata[edge]
        for item in dataclasses.fields(PersonParameters)
        if edge in item.metadata
    }
    quick = replace(SHORT, lower_s=0.3, lift_s=0.3, top_s=0.0, faults=(fault,))
    session = simulate(replace(quick, person=PersonParameters(**extreme)))
    assert len(session.truth.reps) == 3
    for rep in session.truth.reps:
        assert rep.t_start < rep.t_top <= rep.t_ecc < rep.t_bottom <= rep.t_end
    assert np.isfinite(session.truth.ankle).all()
    assert np.abs(session.truth.ankle).max() < np.pi / 2


@pytest.mark.parametrize("rest", [RestActivity.STILL, RestActivity.FIDGET, RestActivity.WALK])
def test_the_leg_rests_as_requested_and_returns_to_its_start_pose(rest: RestActivity) -> None:
    session = simulate(replace(SHORT, sets=2, reps=2, rest=rest, rest_s=20.0))
    ended = next(e for e in events(session) if e.kind == EventKind.SET_END)
    started = [e for e in events(session) if e.kind == EventKind.SET_START][1]
    t = session.truth.t + session.header.start_ns / 1e9
    resting = (t > ended.t_ns / 1e9) & (t < started.t_ns / 1e9)
    curl = np.rad2deg(session.truth.shin_turn[resting])
    assert resting.sum() >= 1990
    assert abs(curl[-1]) < 1.0
    widest = {
        RestActivity.STILL: (0.0, 1.0),
        RestActivity.FIDGET: (8.0, 45.0),
        RestActivity.WALK: (60.0, 140.0),
    }
    low, high = widest[rest]
    assert low <= np.abs(curl).max() <= high


def test_free_movement_moves_the_leg_without_any_rep() -> None:
    session = simulate(SimulationParameters(protocol=SimulatedProtocol.FREE, free_s=60.0))
    assert session.truth.reps == ()
    assert session.truth.t[-1] > 80.0
    assert np.ptp(session.truth.ankle) > np.deg2rad(20.0)


def test_a_leg_is_simulated_without_scipy() -> None:
    # It takes as long to load as the rest of what moves the leg of the demonstration.
    code = (
        "import sys; from sensor.simulation.simulated_session import simulate;"
        "simulate('sim:sets=1,reps=2,seed=1'); print('scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

"""Tests of whole simulated sessions: bytes decode to the samples, and reps are as asked for."""

import dataclasses
import json
from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from sensor.families import family_named
from sensor.simulation import (
    PersonParameters,
    RadioParameters,
    RestActivity,
    SensorParameters,
    SimulatedExercise,
    SimulatedFault,
    SimulatedProtocol,
    SimulatedSession,
    SimulatedSide,
    SimulationParameters,
    TrueRep,
    from_json,
    simulate,
    to_json,
)
from sensor.simulation.device import run_sensor, sensor_frame, sensor_info
from sensor.simulation.leg_kinematics import Anatomy, Coordinate
from sensor.simulation.movement import movement_of
from sensor.simulation.session_script import write_script
from sensor.types import STANDARD_GRAVITY_MPS2, Event, EventKind, FloatArray, Notification, Segment

G = STANDARD_GRAVITY_MPS2
SHORT = SimulationParameters(sets=1, reps=3, calibration=False)


def decoded(session: SimulatedSession, segment: Segment) -> tuple[FloatArray, FloatArray]:
    """Return all acc and gyr samples in the bytes of a sensor."""
    (info,) = (sensor for sensor in session.header.sensors if sensor.segment is segment)
    decoder = family_named(info.family).decoder(info.settings)
    packets = [
        packet
        for item in session.items
        if isinstance(item, Notification) and item.source == info.source
        for packet in decoder(item.characteristic, item.payload)
    ]
    return (
        np.concatenate([packet.acc for packet in packets]),
        np.concatenate([packet.gyr for packet in packets]),
    )


def events(session: SimulatedSession) -> list[Event]:
    return [item for item in session.items if isinstance(item, Event)]


def ankle_deg(session: SimulatedSession, start: float, end: float) -> FloatArray:
    """Return the true ankle angle between two times."""
    inside = (session.truth.t >= start) & (session.truth.t <= end)
    return np.rad2deg(session.truth.ankle[inside])


def with_both(parameters: SimulationParameters, sensor: SensorParameters) -> SimulationParameters:
    """Return ``parameters`` with ``sensor`` on shin and foot, each at its default position."""
    return replace(
        parameters,
        shin=replace(sensor, position_m=parameters.shin.position_m),
        foot=replace(sensor, position_m=parameters.foot.position_m),
    )


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


@pytest.mark.parametrize("exercise", list(SimulatedExercise))
def test_a_still_leg_shows_gravity_and_nothing_else(exercise: SimulatedExercise) -> None:
    parameters = replace(
        with_both(SimulationParameters(sets=0), SensorParameters(part="ideal")),
        person=PersonParameters(exercise=exercise, tremor_deg=0.0),
    )
    session = simulate(parameters)
    marks = {e.kind: e for e in events(session) if e.data.get("step") == "still"}
    start, end = (
        (marks[kind].t_ns - session.header.start_ns) / 1e9
        for kind in (EventKind.CALIBRATION_START, EventKind.CALIBRATION_END)
    )
    for sensor in session.truth.sensors:
        acc, gyr = decoded(session, sensor.segment)
        t = sensor.sample_t[sensor.delivered]
        still = (t > start) & (t < end)
        assert still.sum() > 250
        assert np.linalg.norm(acc[still], axis=1) == pytest.approx(G, abs=0.01)
        # A relaxed leg has no tremor here, and an ideal part no offset.
        assert np.rad2deg(np.abs(gyr[still]).max()) < 1.0
        up = {
            SimulatedExercise.LYING: [-1, 0, 0],
            SimulatedExercise.SEATED: [1, 0, 0],
            SimulatedExercise.STANDING: [0, 0, 1],
        }
        in_segment = acc[still].mean(axis=0) @ sensor.rotation.T / G
        np.testing.assert_allclose(in_segment, up[exercise], atol=0.18)  # 10 degrees off level


@pytest.mark.parametrize("side", list(SimulatedSide))
def test_the_sensor_frames_give_the_true_ankle_angle(side: SimulatedSide) -> None:
    """Undo the mountings: the relative orientation of the two sensor frames is the truth."""
    parameters = replace(
        SHORT, person=PersonParameters(side=side, out_of_plane_deg=0.0, tremor_deg=0.0)
    )
    script = write_script(parameters, np.random.default_rng(1))
    movement = movement_of(script, parameters.person, np.random.default_rng(2))
    anatomy = Anatomy(left=side is SimulatedSide.LEFT)
    t: FloatArray = np.linspace(0.0, script.now, 2000)
    rotations = []
    for segment, sensor in ((Segment.SHIN, parameters.shin), (Segment.FOOT, parameters.foot)):
        firm = replace(sensor, soft_tissue_deg=0.0)
        rng = np.random.default_rng(3)
        run = run_sensor(sensor_info(segment, firm), firm, anatomy, movement, 1.0, 0, rng)
        frame = sensor_frame(segment, anatomy, run.mounting, movement, t)
        bone = frame.orientation @ run.mounting.rotation.T
        rotations.append(Rotation.from_matrix(bone))
    turn = (rotations[0].inv() * rotations[1]).as_rotvec()
    motions = movement.at(t)
    ankle = turn @ anatomy.dorsiflexion_axis
    np.testing.assert_allclose(ankle, motions[Coordinate.ANKLE].value, atol=1e-9)
    up = rotations[0].as_matrix()[:, :, 2]
    pitch: FloatArray = np.unwrap(np.arctan2(up[:, 0], up[:, 2]))
    np.testing.assert_allclose(pitch - pitch[0], movement.shin_turn(motions), atol=1e-9)


@pytest.mark.parametrize("family", ["witmotion", "movella_dot", "metamotion", "movesense", "polar"])
def test_the_bytes_decode_to_the_samples(family: str) -> None:
    """Compare within one step of 16 bits, or of 1 mg: a family may have units of its own."""
    radio = RadioParameters(loss_percent=2.0, dropouts_s=((4.0, 1.5),))
    sensor = SensorParameters(family=family, radio=radio)
    script = write_script(SHORT, np.random.default_rng(1))
    movement = movement_of(script, SHORT.person, np.random.default_rng(2))
    info = sensor_info(Segment.FOOT, sensor)
    run = run_sensor(info, sensor, Anatomy(), movement, 12.0, 0, np.random.default_rng(3))
    decoder = family_named(family).decoder(info.settings)
    packets = [
        packet
        for item in run.items
        if isinstance(item, Notification)
        for packet in decoder(item.characteristic, item.payload)
    ]
    acc = np.concatenate([packet.acc for packet in packets])
    gyr = np.concatenate([packet.gyr for packet in packets])
    acc_step = max(info.settings.acc_range_g * G / 32768, 0.001 * G)
    gyr_step = np.deg2rad(info.settings.gyr_range_dps) / 32768
    assert 0.02 < 1.0 - run.delivered.mean() < 0.3
    np.testing.assert_allclose(acc, run.samples.acc[run.delivered], atol=1.01 * acc_step)
    np.testing.assert_allclose(gyr, run.samples.gyr[run.delivered], atol=1.01 * gyr_step)


def test_lost_samples_are_missing_and_the_others_arrive_in_time() -> None:
    radio = RadioParameters(loss_percent=5.0, rate_error_percent=-0.9, latency_ms=0.0)
    session = simulate(with_both(SHORT, SensorParameters(radio=radio)))
    for sensor in session.truth.sensors:
        acc, _ = decoded(session, sensor.segment)
        assert acc.shape[0] == sensor.delivered.sum() < sensor.sample_t.size
        assert np.diff(sensor.sample_t).mean() == pytest.approx(1.0 / 99.1)
        arrivals = [
            (item.t_ns - session.header.start_ns) / 1e9
            for item in session.items
            if isinstance(item, Notification) and item.source == sensor.source
        ]
        last = sensor.sample_t[sensor.delivered][3::4]  # four samples a notification
        delay = np.array(arrivals) - last
        assert 0.0 < delay.min() < 0.005
        assert np.median(delay) < 0.03


def test_a_drop_out_gives_the_events_of_a_live_link() -> None:
    radio = RadioParameters(dropouts_s=((5.0, 3.0),))
    session = simulate(replace(SHORT, foot=SensorParameters(radio=radio)))
    reported = [
        ((e.t_ns - session.header.start_ns) / 1e9, e.data["state"])
        for e in events(session)
        if e.kind == EventKind.LINK and e.data["source"] == "sim-foot"
    ]
    assert reported[1:] == [(5.3, "stalled"), (6.0, "lost"), (8.0, "streaming")]
    assert reported[0][1] == "streaming"
    foot = next(s for s in session.truth.sensors if s.segment is Segment.FOOT)
    gap = foot.sample_t[~foot.delivered]
    inside = gap[gap < session.truth.t[-1] - 0.5]
    assert 4.9 < inside.min() < 5.1
    assert 7.9 < inside.max() < 8.1


def test_three_sensors_of_different_families_stream_together() -> None:
    parameters = replace(
        SHORT, foot=SensorParameters(family="movella_dot"), thigh=SensorParameters(family="polar")
    )
    session = simulate(parameters)
    families = {sensor.segment: sensor.family for sensor in session.header.sensors}
    assert families == {"shin": "witmotion", "foot": "movella_dot", "thigh": "polar"}
    rates = {s.segment: 1.0 / np.diff(s.sample_t).mean() for s in session.truth.sensors}
    assert rates[Segment.FOOT] == pytest.approx(60.0, rel=0.011)
    assert rates[Segment.SHIN] == pytest.approx(100.0, rel=0.013)


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


def faulty(
    fault: SimulatedFault, protocol: SimulatedProtocol = SimulatedProtocol.B, seed: int = 7
) -> SimulatedSession:
    """Return a set whose second and fourth reps have the fault."""
    return simulate(
        SimulationParameters(
            seed=seed, protocol=protocol, sets=1, reps=4, faults=(fault,), calibration=False
        )
    )


def lowering_s(rep: TrueRep) -> float:
    return rep.t_bottom - rep.t_ecc


def test_a_clean_rep_of_protocol_b_follows_the_protocol() -> None:
    session = simulate(replace(SHORT, reps=6))
    for rep in session.truth.reps:
        assert rep.fault == ""
        # Of a gliding lowering of 4 s, a coach sees 0.3 s less.
        assert lowering_s(rep) == pytest.approx(3.7, abs=0.5)
        assert np.median(ankle_deg(session, rep.t_start + 0.15, rep.t_top)) > 6.0
        lowering = ankle_deg(session, rep.t_ecc + 0.2, rep.t_bottom - 0.4)
        assert lowering.max() < -22.5


def test_each_fault_is_in_the_requested_reps() -> None:
    for fault in SimulatedFault:
        assert [rep.fault for rep in faulty(fault).truth.reps] == ["", fault, "", fault]


def test_fast_reps_are_lowered_in_less_than_three_quarters_of_the_time() -> None:
    clean, fast, *_ = faulty(SimulatedFault.FAST).truth.reps
    assert lowering_s(fast) < 0.75 * 4.0 * 0.75
    assert lowering_s(clean) > 3.5


def fastest_share(session: SimulatedSession, rep: TrueRep) -> float:
    """Return the fastest 250 ms of a lowering relative to its average, from 0.9 to 0.15 of it."""
    t, curl = session.truth.t, session.truth.shin_turn
    inside = (t >= rep.t_ecc) & (t <= rep.t_bottom)
    share = curl[inside] / rep.rom
    part = curl[inside][(share < 0.9) & (share > 0.15)]
    return float((part[:-25] - part[25:]).max() / 0.25 / (rep.rom / lowering_s(rep)))


def test_a_drop_is_uneven_and_a_clean_lowering_is_not() -> None:
    session = faulty(SimulatedFault.DROP)
    clean, dropped, *_ = session.truth.reps
    assert fastest_share(session, dropped) > 3.5
    assert fastest_share(session, clean) < 1.5


def first_pointed_share(session: SimulatedSession, rep: TrueRep) -> float:
    """Return the height (1 is the top) at which the foot first reaches its band on the way down."""
    t, ankle = session.truth.t, np.rad2deg(session.truth.ankle)
    pointed = np.flatnonzero((t >= rep.t_top) & (t <= rep.t_bottom) & (ankle < -22.5))
    return float(session.truth.shin_turn[pointed[0]] / rep.rom) if pointed.size else 0.0


def test_a_late_switch_happens_on_the_way_down() -> None:
    session = faulty(SimulatedFault.LATE)
    clean, late, *_ = session.truth.reps
    assert first_pointed_share(session, clean) > 0.9
    assert 0.1 < first_pointed_share(session, late) < 0.6


def lift_angles_deg(session: SimulatedSession, rep: TrueRep) -> FloatArray:
    """Return the ankle angles of a lift between 15 and 85 % of its height."""
    t, height = session.truth.t, session.truth.shin_turn / rep.rom
    rising = (t > rep.t_start) & (t < rep.t_top) & (height > 0.15) & (height < 0.85)
    return np.rad2deg(session.truth.ankle[rising])


def test_toes_that_point_early_or_stay_pointed_are_seen_in_the_lift() -> None:
    session = faulty(SimulatedFault.EARLY)
    clean, early, *_ = session.truth.reps
    assert lift_angles_deg(session, clean).min() > 6.0
    # Not pointed at first, but before 85 % of the height.
    assert lift_angles_deg(session, early)[0] > -15.0
    assert (lift_angles_deg(session, early) < -22.5).sum() > 12
    session = faulty(SimulatedFault.POINTED)
    clean, pointed, *_ = session.truth.reps
    assert np.median(lift_angles_deg(session, pointed)) < -22.5
    assert np.median(lift_angles_deg(session, clean)) > 6.0


def test_a_short_rep_is_no_partial_one() -> None:
    clean, short, *_ = faulty(SimulatedFault.SHORT).truth.reps
    assert 0.62 < np.rad2deg(short.rom) / 105.0 < 0.69
    assert not short.partial
    assert np.rad2deg(clean.rom) > 90.0


def test_toes_that_are_never_pointed_stay_near_neutral() -> None:
    session = faulty(SimulatedFault.NEVER)
    never = session.truth.reps[1]
    assert first_pointed_share(session, never) == 0.0
    assert np.median(ankle_deg(session, never.t_start + 0.15, never.t_top)) > 6.0


@pytest.mark.parametrize(
    ("protocol", "held"), [(SimulatedProtocol.PF, -22.5), (SimulatedProtocol.DF, 6.0)]
)
def test_in_protocol_a_the_foot_is_held_except_with_a_fault(
    protocol: SimulatedProtocol, held: float
) -> None:
    for fault in (SimulatedFault.NEVER, SimulatedFault.SLIP):
        session = faulty(fault, protocol)
        clean, bad, *_ = session.truth.reps
        good = ankle_deg(session, clean.t_start, clean.t_bottom) * np.sign(held)
        assert (good > abs(held)).mean() > 0.95
        lost = ankle_deg(session, bad.t_start, bad.t_bottom) * np.sign(held)
        assert (lost > abs(held)).mean() < 0.8


def test_toes_that_slip_are_pointed_at_first() -> None:
    session = faulty(SimulatedFault.SLIP)
    slipped = session.truth.reps[1]
    assert first_pointed_share(session, slipped) > 0.9
    assert ankle_deg(session, slipped.t_bottom - 1.0, slipped.t_bottom - 0.5).min() > -15.0


def test_a_partial_rep_has_less_than_six_tenths_of_the_range() -> None:
    reps = faulty(SimulatedFault.PARTIAL).truth.reps
    assert [rep.partial for rep in reps] == [False, True, False, True]
    assert reps[1].rom < 0.6 * reps[0].rom


def test_pauses_and_stalls_take_time_but_add_no_rep() -> None:
    paused, stalled = faulty(SimulatedFault.PAUSE), faulty(SimulatedFault.STALL)
    assert len(paused.truth.reps) == len(stalled.truth.reps) == 4
    rep = paused.truth.reps[1]
    assert 3.8 < rep.t_end - rep.t_bottom < 6.0
    assert lowering_s(stalled.truth.reps[1]) > lowering_s(stalled.truth.reps[0]) + 1.2


def test_a_bounce_stays_below_the_threshold_of_a_rep() -> None:
    session = faulty(SimulatedFault.BOUNCE)
    rep = session.truth.reps[1]
    t = session.truth.t
    rebound = session.truth.shin_turn[(t > rep.t_bottom + 0.1) & (t < rep.t_end - 0.1)] / rep.rom
    rises = ((rebound[1:] > 0.045) & (rebound[:-1] <= 0.045)).sum()
    assert rises == 2
    assert rebound.max() < 0.1


@pytest.mark.parametrize(
    "fault",
    [
        SimulatedFault.FAST,
        SimulatedFault.DROP,
        SimulatedFault.LATE,
        SimulatedFault.NEVER,
        SimulatedFault.SLIP,
        SimulatedFault.EARLY,
    ],
)
def test_a_weak_fault_stays_within_the_limits_of_a_good_rep(fault: SimulatedFault) -> None:
    """Compare with the rules of the verdict: tempo, drop, switch and hold, each just within."""
    weak = SimulationParameters(
        seed=7,
        sets=1,
        reps=4,
        faults=(fault,),
        fault_strength_percent=10.0,
        calibration=False,
        person=PersonParameters(spread_percent=0.0),
    )
    session = simulate(weak)
    rep = session.truth.reps[1]
    assert rep.fault == fault
    assert lowering_s(rep) > 0.93 * lowering_s(session.truth.reps[0])
    assert fastest_share(session, rep) < 2.5
    assert first_pointed_share(session, rep) > 0.8
    assert ankle_deg(session, rep.t_ecc + 0.4, rep.t_bottom - 0.4).max() < -22.5


@pytest.mark.parametrize("lower_s", [0.6, 12.0])
def test_the_tempo_can_be_very_fast_and_very_slow(lower_s: float) -> None:
    session = simulate(replace(SHORT, protocol=SimulatedProtocol.DF, lower_s=lower_s, top_s=0.0))
    for rep in session.truth.reps:
        assert 0.7 * lower_s < lowering_s(rep) < 1.15 * lower_s


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

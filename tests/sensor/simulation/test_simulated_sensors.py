"""The simulated sensors: their bytes decode to the motion of the leg, and radios lose some of them."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from sensor.families import family_named
from sensor.simulation import (
    PersonParameters,
    RadioParameters,
    SensorParameters,
    SimulatedExercise,
    SimulatedSide,
    SimulationParameters,
    simulate,
)
from sensor.simulation.device import run_sensor, sensor_frame, sensor_info
from sensor.simulation.leg_kinematics import Anatomy, Coordinate
from sensor.simulation.movement import movement_of
from sensor.simulation.session_script import write_script
from sensor.types import STANDARD_GRAVITY_MPS2, EventKind, FloatArray, Notification, Segment
from tests.sensor.simulation.short_session import SHORT, decoded, events, with_both

G = STANDARD_GRAVITY_MPS2


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
        for packet in decoder(item.characteristic, [item.payload])
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

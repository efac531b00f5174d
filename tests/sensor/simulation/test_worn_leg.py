"""The ankle angle that exact sensors on a simulated leg show."""

from itertools import pairwise

import numpy as np
from scipy.integrate import trapezoid
from scipy.spatial.transform import Rotation

from sensor.simulation import SensorParameters, SimulatedSession, simulate
from sensor.types import FloatArray, Segment
from tests.sensor.simulation.short_session import SHORT, decoded, with_both

NEUTRAL_S = 2.0
START_S = 1.0


def test_sensors_on_the_bone_show_the_true_angle() -> None:
    session = simulate(with_both(SHORT, SensorParameters(soft_tissue_deg=0.0)))
    truth = session.truth
    shown = session.leg.shown_ankle(truth.t, NEUTRAL_S)
    assert truth.sagittal is not None
    np.testing.assert_allclose(shown.sagittal, truth.sagittal, atol=1e-9)
    # The foot also turns a little about other axes, so the whole turn is not the coordinate's alone.
    np.testing.assert_allclose(shown.ankle, truth.ankle, atol=np.deg2rad(0.5))


def test_soft_tissue_shows_in_the_angle_as_it_shows_in_the_gyros() -> None:
    sensor = SensorParameters(
        part="ideal", soft_tissue_deg=6.0, acc_offset_mg=(0.0,) * 3, gyr_offset_dps=(0.0,) * 3
    )
    session = simulate(with_both(SHORT, sensor))
    truth, leg = session.truth, session.leg
    shown = leg.shown_ankle(truth.t, NEUTRAL_S)
    assert truth.sagittal is not None
    wrong = np.rad2deg(shown.sagittal - truth.sagittal)
    assert 0.3 < np.abs(wrong).max() < 12.0
    # The same from the rates alone: the turn of each sensor since the start, and of the foot against the shin.
    start = np.interp(START_S, truth.t, shown.ankle)
    at = np.arange(START_S, truth.t[-1] - 0.5, 0.05)
    shin, foot = (turns(session, segment, at) for segment in (Segment.SHIN, Segment.FOOT))
    both = shin.inv() * Rotation.from_rotvec(start * leg.anatomy.dorsiflexion_axis) * foot
    sole = both.as_matrix()[:, :, 2]
    by_gyros = np.arctan2(-sole[:, 0], sole[:, 2])
    by_angle = np.interp(at, truth.t, shown.sagittal)
    assert np.ptp(by_angle) > np.deg2rad(10.0)
    np.testing.assert_allclose(by_gyros, by_angle, atol=np.deg2rad(0.6))


def turns(session: SimulatedSession, segment: Segment, at: FloatArray) -> Rotation:
    """Return the turns of a sensor since the first of the times ``at`` (n,) s, along the bone's axes."""
    (sensor,) = (one for one in session.truth.sensors if one.segment is segment)
    _, rate = decoded(session, segment)
    t = sensor.sample_t[sensor.delivered]
    onto_bone = Rotation.from_matrix(sensor.rotation)
    turn, out = Rotation.identity(), []
    for begin, end in pairwise([at[0], *at]):
        times = np.linspace(begin, end, 6)
        rates = np.stack([np.interp(times, t, rate[:, k]) for k in range(3)], axis=1)
        turn *= Rotation.from_rotvec(onto_bone.apply(trapezoid(rates, times, axis=0)))
        out.append(turn)
    return Rotation.concatenate(out)

"""A strap that slips is detected; moving toes and other poses are no slips."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from processing.calibration.changes import Calibrated
from processing.judge.zero_watch import ZeroWatch, zero_moves
from processing.types import AngleBlock, join_blocks
from sensor.simulation import SimulatedProtocol, SimulationParameters, simulate
from tests.processing.pipeline_run import updates_of
from tests.processing.reps.curves import Array, block
from tests.processing.stage_contract import StageContract

REST_S = 4.0


def rests(poses: Sequence[tuple[float, float]]) -> AngleBlock:
    """Return rests of the leg, each with its shin turn and ankle angle in deg, and a curl between them."""
    curl: list[Array] = []
    ankle: list[Array] = []
    n = round(100 * REST_S)
    for low, foot in poses:
        lift = 50.0 - 50.0 * np.cos(np.linspace(0.0, 2.0 * np.pi, n))
        curl += [np.full(n, low), low + lift]
        ankle += [np.full(n, foot), np.linspace(foot, -20.0, n)]
    all_curl = np.concatenate(curl)
    t = np.arange(all_curl.size) / 100.0
    rate = np.asarray(np.gradient(all_curl, t), dtype=np.float64)
    return block(t, all_curl, rate, np.concatenate(ankle))


@pytest.mark.parametrize(
    ("later", "moved_deg"),
    [
        ((12.0, 6.0), 12.0),
        ((-15.0, -21.0), -15.0),
        ((0.0, -40.0), 0.0),
        ((10.0, -6.0), 0.0),
        ((12.0, -30.0), 0.0),
        ((80.0, 74.0), 0.0),
    ],
    ids=["slip", "slip back", "toes pointed", "another pose", "both", "sitting"],
)
def test_only_a_shin_that_turns_without_its_foot_is_a_slip(
    later: tuple[float, float], moved_deg: float
) -> None:
    watch = ZeroWatch()
    watch.feed(rests([(0.0, -6.0), (1.0, -25.0), later, later]))
    assert np.degrees(watch.moved) == pytest.approx(moved_deg, abs=0.1)


def test_a_leg_that_returns_to_its_pose_is_no_slip() -> None:
    watch = ZeroWatch()
    watch.feed(rests([(0.0, -6.0), (10.0, 4.0)]))
    assert watch.moved
    watch.reset()
    watch.feed(rests([(0.0, -6.0), (10.0, 4.0), (0.0, -20.0)]))
    assert not watch.moved


def test_the_rests_between_reps_clear_a_suspected_slip() -> None:
    # A person stood with the foot flat between two sets, and then does reps with short rests.
    rep = 50.0 - 50.0 * np.cos(np.linspace(0.0, 2.0 * np.pi, 430))
    curl = np.tile(np.concatenate([np.full(70, 0.5), rep]), 4)
    ankle = np.tile(np.concatenate([np.linspace(-30.0, 10.0, 70), np.full(430, -30.0)]), 4)
    t = np.arange(curl.size) / 100.0
    reps = block(t, curl, np.asarray(np.gradient(curl, t), dtype=np.float64), ankle)
    stood = rests([(0.0, -6.0), (11.0, 5.0)])
    watch = ZeroWatch()
    watch.feed(stood)
    assert watch.moved
    watch.feed(replace(reps, t=reps.t + stood.t[-1] + 0.01))
    assert not watch.moved


def angles_with(slip_deg: float, sensor: str) -> tuple[AngleBlock, list[Calibrated]]:
    """Return the angles of a simulated session in which a strap slips between two sets."""
    parameters = SimulationParameters(protocol=SimulatedProtocol.B, sets=2, reps=3, rest_s=8.0)
    plain = simulate(parameters)
    end_of_first = [r for r in plain.truth.reps if r.set_index == 0][-1].t_bottom
    at_s = end_of_first + 4.0
    if sensor == "shin":
        shin = replace(parameters.shin, slip_deg=slip_deg, slip_at_s=at_s)
        parameters = replace(parameters, shin=shin)
    else:
        foot = replace(parameters.foot, slip_deg=slip_deg, slip_at_s=at_s)
        parameters = replace(parameters, foot=foot)
    updates = updates_of(simulate(parameters))
    angles = join_blocks([u for u in updates if isinstance(u, AngleBlock)])
    return angles, [u for u in updates if isinstance(u, Calibrated)]


@pytest.mark.parametrize("slip_deg", [15.0, -15.0])
def test_a_simulated_slip_on_the_shin_is_detected(slip_deg: float) -> None:
    angles, changes = angles_with(slip_deg, "shin")
    (move,) = zero_moves(angles, changes)
    assert abs(np.degrees(move.moved)) == pytest.approx(15.0, abs=3.0)


def test_movements_of_the_foot_are_no_slip_of_the_shin() -> None:
    angles, changes = angles_with(15.0, "foot")
    assert zero_moves(angles, changes) == []


class TestZeroWatch(StageContract):
    def stage(self) -> ZeroWatch:
        return ZeroWatch()

    def signal(self) -> list[AngleBlock]:
        return [rests([(0.0, -6.0), (12.0, 6.0), (14.0, 8.0)])]

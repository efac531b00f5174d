"""A family that is registered at run time: found, simulated and assembled like a built-in one."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from sensor.assembler import Assembler
from sensor.errors import FamilyClashError, SettingError
from sensor.families import (
    BUILT_IN,
    families,
    family_named,
    recognise,
    register_family,
    unregister_family,
)
from sensor.simulation import SensorParameters, SimulationParameters, simulate
from sensor.types import Segment
from tests.sensor.families.own_family import FAMILY


@pytest.fixture
def registered() -> Iterator[None]:
    register_family(FAMILY)
    yield
    unregister_family(FAMILY.name)


@pytest.mark.usefixtures("registered")
def test_a_registered_family_is_found_by_name_and_advertisement() -> None:
    assert family_named("otter") is FAMILY
    assert recognise(FAMILY.advertisement) is FAMILY
    assert list(families()) == [*BUILT_IN, "otter"]


@pytest.mark.usefixtures("registered")
def test_a_simulated_leg_wears_it_and_its_bytes_become_samples() -> None:
    sensor = SensorParameters(family="otter", rate_hz=50.0)
    session = simulate(SimulationParameters(sets=1, reps=2, calibration=False, foot=sensor))
    assembler = Assembler(session.header.sensors, session.header.start_ns)
    blocks = [block for item in session.items for block in assembler.feed(item)]
    foot = [block for block in blocks if block.segment is Segment.FOOT]
    (info,) = (one for one in session.header.sensors if one.segment is Segment.FOOT)
    statistics = assembler.statistics[info.source]
    assert info.family == "otter"
    assert statistics.malformed == statistics.lost == 0
    assert statistics.received > 50 * 4
    # The curl turns the foot with the shin; gravity is the mean of what the accelerometer feels.
    assert np.ptp(np.concatenate([block.gyr for block in foot])) > 1.0
    forces = np.concatenate([np.linalg.norm(block.acc, axis=1) for block in foot])
    assert np.median(forces) == pytest.approx(9.8, abs=1.0)


@pytest.mark.usefixtures("registered")
def test_the_same_family_may_be_registered_again_and_another_of_its_name_not() -> None:
    register_family(FAMILY)
    with pytest.raises(FamilyClashError, match="Otter") as caught:
        register_family(replace(FAMILY, title="Another otter"))
    assert (caught.value.name, caught.value.title) == ("otter", "Otter")
    assert family_named("otter") is FAMILY


def test_the_name_of_a_built_in_family_cannot_be_taken() -> None:
    with pytest.raises(FamilyClashError, match="Polar Verity Sense"):
        register_family(replace(FAMILY, name="polar"))
    assert family_named("polar") is BUILT_IN["polar"]


@pytest.mark.parametrize("name", ["", "My sensor", "a,b", "a=b", "Otter", "2nd", "ötter"])
def test_a_name_that_cannot_stand_in_a_source_string_is_refused(name: str) -> None:
    with pytest.raises(SettingError, match="lower-case"):
        register_family(replace(FAMILY, name=name))
    assert families() == dict(BUILT_IN)


def test_a_built_in_family_that_is_as_sure_is_chosen_first() -> None:
    board = BUILT_IN["board"]
    register_family(replace(FAMILY, recognise=board.recognise))
    try:
        assert recognise(board.advertisement) is board
    finally:
        unregister_family("otter")


def test_after_unregistering_the_family_is_gone_and_built_in_ones_stay() -> None:
    register_family(FAMILY)
    unregister_family("otter")
    assert recognise(FAMILY.advertisement) is None
    for name in ("otter", "polar"):
        with pytest.raises(SettingError, match="registered"):
            unregister_family(name)
    assert "polar" in families()

"""Tests of the synchronisation of DOT sensors over Bluetooth."""

import asyncio

import pytest

from sensor.ble.link import LinkConfig
from sensor.ble.link_errors import LinkError
from sensor.ble.remedies import LinkFault
from sensor.ble.synchronise import SyncResult, synchronise_dots
from sensor.errors import SettingError
from tests.patience import PATIENCE_S
from tests.rig.client import Rig

pytestmark = pytest.mark.bluetooth

FIRST = "00:00:5E:00:53:51"
SECOND = "00:00:5E:00:53:52"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sensor.families.movella_dot_sync.ALONE_S", 0.05)


def released(rig: Rig) -> bool:
    return not any(rig.do("state", address=one)["connected"] for one in (FIRST, SECOND))


def test_two_sensors_are_synchronised_and_released(rig: Rig, loop: asyncio.Runner) -> None:
    for address in (FIRST, SECOND):
        rig.do("add", address=address, family="movella_dot")
    results = loop.run(synchronise_dots([FIRST, SECOND], 60.0))
    assert results == dict.fromkeys((FIRST, SECOND), SyncResult.SUCCESS)
    assert released(rig)


def test_a_sensor_that_is_missing_or_no_dot_is_an_error_and_the_others_are_released(
    rig: Rig, loop: asyncio.Runner
) -> None:
    hasty = LinkConfig(search_s=0.6)
    rig.do("add", address=FIRST, family="movella_dot")
    with pytest.raises(LinkError) as caught:
        loop.run(synchronise_dots([FIRST, SECOND], 60.0, hasty))
    assert caught.value.fault is LinkFault.NOT_FOUND
    rig.do("add", address=SECOND, family="witmotion")
    with pytest.raises(LinkError) as caught:
        loop.run(synchronise_dots([FIRST, SECOND], 60.0, LinkConfig(search_s=PATIENCE_S)))
    assert caught.value.fault is LinkFault.WRONG_SERVICES
    assert released(rig)


def test_one_sensor_alone_is_refused(rig: Rig, loop: asyncio.Runner) -> None:
    rig.do("add", address=FIRST, family="movella_dot")
    rig.do("add", address=SECOND, family="movella_dot")
    with pytest.raises(SettingError):
        loop.run(synchronise_dots([FIRST], 60.0))
    assert released(rig)

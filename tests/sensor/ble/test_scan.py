"""A scan shows what is near, nearest first, and knows what it sees."""

import asyncio

import pytest

from sensor.ble.errors import LinkError
from sensor.ble.remedies import LinkFault
from sensor.ble.scan import Found, scan
from sensor.families import families
from tests.rig.client import Rig
from tests.rig.session import eventually

pytestmark = pytest.mark.bluetooth

LIVE = [name for name, family in families().items() if family.services]


def test_sensors_come_nearest_first_and_strangers_only_when_asked_for(
    rig: Rig, loop: asyncio.Runner
) -> None:
    rig.do("add", address="00:00:5E:00:53:31", family="witmotion", rssi=-80)
    rig.do("add", address="00:00:5E:00:53:32", family="witmotion", rssi=-50)
    rig.do("add", address="00:00:5E:00:53:33", family="board", name="TV", anonymous=True, rssi=-20)
    strangers = ["33", "32", "31"]
    eventually(lambda: [f.address[-2:] for f in loop.run(scan(0.4))], ["32", "31"])
    eventually(lambda: [f.address[-2:] for f in loop.run(scan(0.4, unknown=True))], strangers)
    eventually(lambda: loop.run(scan(0.4, unknown=True))[0].family, None)


def test_every_family_is_recognised_by_what_bleak_hands_over(
    rig: Rig, loop: asyncio.Runner
) -> None:
    for number, name in enumerate(LIVE):
        rig.do("add", address=f"00:00:5E:00:53:{0x40 + number:02X}", family=name)
    usable = {name: families()[name].capabilities.refused is None for name in LIVE}
    eventually(lambda: {f.family: f.connectable for f in loop.run(scan(0.5))}, usable)


def test_a_sensor_that_another_program_holds_is_shown_as_connected(
    rig: Rig, loop: asyncio.Runner
) -> None:
    rig.do("add", address="00:00:5E:00:53:34", family="witmotion")
    rig.do("hold", address="00:00:5E:00:53:34")
    held = Found("00:00:5E:00:53:34", "WT901BLE67", "witmotion", rssi=None, connected=True)
    eventually(lambda: loop.run(scan(0.2)), [held])


def test_an_adapter_that_is_off_is_an_error_with_a_remedy(rig: Rig, loop: asyncio.Runner) -> None:
    rig.do("power", on=False)
    with pytest.raises(LinkError) as caught:
        loop.run(scan(0.3))
    assert caught.value.fault is LinkFault.ADAPTER_OFF

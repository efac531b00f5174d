"""Tests of the scan: nearest devices first, each with its family."""

import asyncio

import pytest

from sensor.ble.discovery import FoundDevice, known_rssi, nearness, printable, scan
from sensor.ble.link_errors import LinkError
from sensor.ble.remedies import LinkFault
from sensor.families import families, recognise
from sensor.families.base import Advertisement
from tests.rig.client import Rig
from tests.rig.session import eventually

pytestmark = pytest.mark.bluetooth

LIVE = [name for name, family in families().items() if family.services]


def test_sensors_are_listed_nearest_first_and_unknown_devices_only_on_request(
    rig: Rig, loop: asyncio.Runner
) -> None:
    rig.do("add", address="00:00:5E:00:53:31", family="witmotion", rssi=-80)
    rig.do("add", address="00:00:5E:00:53:32", family="witmotion", rssi=-50)
    rig.do("add", address="00:00:5E:00:53:33", family="board", name="TV", anonymous=True, rssi=-20)
    everything = ["33", "32", "31"]
    eventually(lambda: [f.address[-2:] for f in loop.run(scan(0.4))], ["32", "31"])
    eventually(lambda: [f.address[-2:] for f in loop.run(scan(0.4, unknown=True))], everything)
    eventually(lambda: loop.run(scan(0.4, unknown=True))[0].family, None)


def test_every_family_is_recognised_by_its_advertisement(rig: Rig, loop: asyncio.Runner) -> None:
    for number, name in enumerate(LIVE):
        rig.do("add", address=f"00:00:5E:00:53:{0x40 + number:02X}", family=name)
    usable = {name: families()[name].capabilities.refused is None for name in LIVE}
    eventually(lambda: {f.family: f.connectable for f in loop.run(scan(0.5))}, usable)


def test_a_sensor_that_another_program_holds_is_shown_as_connected(
    rig: Rig, loop: asyncio.Runner
) -> None:
    rig.do("add", address="00:00:5E:00:53:34", family="witmotion")
    rig.do("hold", address="00:00:5E:00:53:34")
    held = FoundDevice("00:00:5E:00:53:34", "WT901BLE67", "witmotion", rssi=None, connected=True)
    eventually(lambda: loop.run(scan(0.2)), [held])


def test_an_adapter_that_is_off_is_an_error_with_a_remedy(rig: Rig, loop: asyncio.Runner) -> None:
    rig.do("power", on=False)
    with pytest.raises(LinkError) as caught:
        loop.run(scan(0.3))
    assert caught.value.fault is LinkFault.ADAPTER_OFF


def test_control_characters_are_removed_from_names() -> None:
    assert printable("WT901\x1b[31m\nred\u202e") == "WT901\ufffd[31m\ufffdred\ufffd"
    assert printable("Bein links, 🦵") == "Bein links, 🦵"
    assert printable(None) == ""


def test_a_device_of_unknown_strength_is_not_the_nearest() -> None:
    # 127 is "RSSI is not available" (Bluetooth Core Specification, HCI); Bleak has -127.
    assert [known_rssi(dbm) for dbm in (127, -127, -90, 4)] == [None, None, -90, 4]
    far, unknown = FoundDevice("a", "", "board", -90), FoundDevice("b", "", "board", None)
    held = FoundDevice("c", "", "board", None, connected=True)
    assert sorted([unknown, far, held], key=nearness, reverse=True) == [held, far, unknown]


def test_witmotions_vibration_meter_is_not_taken_for_an_imu() -> None:
    service = "0000ffe5-0000-1000-8000-00805f9a34fb"
    assert recognise(Advertisement(name="WTVB01-BT50", service_uuids=(service,))) is None
    found = recognise(Advertisement(name="WT901BLE67", service_uuids=(service,)))
    assert found is not None
    assert found.name == "witmotion"

"""Tests of the shared scan with a fake scanner."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from sensor.ble import radio as radio_module
from sensor.ble.discovery import merged, scanning
from sensor.ble.link_errors import LinkError
from sensor.ble.radio import Radio
from sensor.ble.remedies import LinkFault
from sensor.families import recognise
from sensor.families.base import Advertisement

ADDRESS = "C7:36:4A:1B:E2:0D"
SERVICE = "0000ffe5-0000-1000-8000-00805f9a34fb"


class Air:
    """A fake of Bleak's scanner, which reports its devices as soon as a scan starts."""

    def __init__(self, *heard: tuple[str, str | None, list[str]]) -> None:
        self.heard = heard
        self.scans = 0

    def __call__(self, callback: Any) -> "Air":
        self.callback = callback
        return self

    async def start(self) -> None:
        self.scans += 1
        for address, name, uuids in self.heard:
            data = SimpleNamespace(local_name=name, service_uuids=uuids, manufacturer_data={})
            self.callback(SimpleNamespace(address=address, name=name), data)

    async def stop(self) -> None:
        pass


@pytest.fixture
def radio(monkeypatch: pytest.MonkeyPatch) -> Radio:
    async def nobody() -> list[Any]:
        return []

    monkeypatch.setattr(radio_module, "connected_devices", nobody)
    monkeypatch.setattr(radio_module, "LISTEN_ON_S", 0.05)
    return Radio()


def find(radio: Radio, air: Air, monkeypatch: pytest.MonkeyPatch) -> Advertisement:
    monkeypatch.setattr(radio_module, "BleakScanner", air)
    _, found = asyncio.run(radio.find(ADDRESS, 0.5, "shin", lambda a: recognise(a) is not None))
    return found


def test_the_search_waits_for_a_name_in_the_scan_response(
    radio: Radio, monkeypatch: pytest.MonkeyPatch
) -> None:
    air = Air((ADDRESS, None, []), (ADDRESS.lower(), "WT901BLE67", []), (ADDRESS, None, [SERVICE]))
    assert find(radio, air, monkeypatch) == Advertisement("WT901BLE67")


def test_a_device_that_advertises_nothing_more_is_returned(
    radio: Radio, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find(radio, Air((ADDRESS, None, [])), monkeypatch) == Advertisement()


def test_another_device_is_not_returned(radio: Radio, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LinkError) as caught:
        find(radio, Air(("C7:36:4A:1B:E2:0E", "WT901BLE67", [SERVICE])), monkeypatch)
    assert caught.value.fault is LinkFault.NOT_FOUND


def test_one_scan_serves_all_searches(radio: Radio, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "C7:36:4A:1B:E2:0E"
    air = Air((ADDRESS, "WT901BLE67", []), (other, "WT901BLE67", []))
    monkeypatch.setattr(radio_module, "BleakScanner", air)

    async def both() -> list[Any]:
        searches = (radio.find(one, 0.5, "shin", lambda _: True) for one in (ADDRESS, other))
        return await asyncio.gather(*searches)

    assert [device.address for device, _ in asyncio.run(both())] == [ADDRESS, other]
    assert air.scans == 1


def test_the_parts_of_an_advertisement_are_merged() -> None:
    first = Advertisement("", (SERVICE,), {1: b"a"})
    second = Advertisement("WT901", (SERVICE, "x"), {2: b"b"})
    assert merged(None, first) == first
    assert merged(first, second) == Advertisement("WT901", (SERVICE, "x"), {1: b"a", 2: b"b"})
    assert merged(second, first).name == "WT901"


class SlowScanner:
    """A scanner whose start takes a while, as a call to the system's service does."""

    def __init__(self) -> None:
        self.began = asyncio.Event()
        self.go_on = asyncio.Event()
        self.stopped = asyncio.Event()

    async def start(self) -> None:
        self.began.set()
        await self.go_on.wait()

    async def stop(self) -> None:
        assert self.go_on.is_set(), "stopped before it had started"
        self.stopped.set()


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_scan_that_is_cancelled_while_it_starts_is_stopped(times: int) -> None:
    async def give_up() -> None:
        scanner = SlowScanner()

        async def scan() -> None:
            async with scanning(scanner):  # type: ignore[arg-type]  # the used part of a scanner
                await asyncio.Event().wait()

        task = asyncio.create_task(scan())
        await scanner.began.wait()
        for _ in range(times):
            task.cancel()
            await asyncio.sleep(0)
        scanner.go_on.set()
        await asyncio.wait({task})
        assert task.cancelled()
        await scanner.stopped.wait()

    asyncio.run(give_up())

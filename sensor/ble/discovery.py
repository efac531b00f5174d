"""Discovery of sensors: which devices are near, of which family, and how strong their signal is."""

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bleak import BleakAdapter, BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from sensor.ble.link_errors import RADIO_ERRORS, link_error
from sensor.families import families, recognise
from sensor.families.base import Advertisement

BLUETOOTH = "Bluetooth"
"""The subject of errors that concern this computer and no single sensor."""
LEAST_DBM, MOST_DBM = -126, 20
"""Range of a signal strength (Bluetooth Core Specification, HCI); other values mean unknown."""


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """A device in sight."""

    address: str
    """Its Bluetooth address; on macOS a UUID that this computer made up."""
    name: str
    """Its advertised name; empty if it has none."""
    family: str | None
    """Name of its family; None if no known family recognises it."""
    rssi: int | None
    """Strength of its signal in dBm; None if it is unknown, as for a connected device."""
    refused: str | None = None
    """Reason why its family cannot be used; None if it can."""
    connected: bool = False
    """Whether it is connected to this computer already, by another program or by one that did not
    end cleanly."""

    @property
    def connectable(self) -> bool:
        """Whether Toepoint can stream from it."""
        return self.family is not None and self.refused is None


async def scan(seconds: float = 5.0, *, unknown: bool = False) -> list[FoundDevice]:
    """Return the devices in sight, nearest first.

    Parameters
    ----------
    seconds
        Length of the scan.
    unknown
        Whether to return devices of no known family too.

    Raises
    ------
    LinkError
        If this computer cannot scan.
    """
    # The newest sighting counts: strength and name change from message to message.
    seen: dict[str, FoundDevice] = {}
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            async for found in sightings():
                seen[found.address] = found
    wanted = [found for found in seen.values() if unknown or found.family is not None]
    return sorted(wanted, key=nearness, reverse=True)


def nearness(found: FoundDevice) -> float:
    """Return a sort key that grows with nearness; it is largest for connected devices."""
    # A connected device has no signal strength, but it is certainly in reach.
    if found.connected:
        return 0.0
    return -math.inf if found.rssi is None else found.rssi


async def sightings() -> AsyncIterator[FoundDevice]:
    """Yield a device for every advertisement that arrives, until the iteration ends.

    Raises
    ------
    LinkError
        If this computer cannot scan.
    """
    heard: dict[str, Advertisement] = {}
    try:
        for device, known in await connected_devices():
            yield _found(device, known, None, connected=True)
        async with scanning(BleakScanner()) as scanner:
            async for device, data in scanner.advertisement_data():
                together = merged(heard.get(device.address), advertisement(data))
                heard[device.address] = together
                yield _found(device, together, known_rssi(data.rssi))
    except RADIO_ERRORS as error:
        raise link_error(error, BLUETOOTH) from error


@contextlib.asynccontextmanager
async def scanning(scanner: BleakScanner) -> AsyncIterator[BleakScanner]:
    """Run ``scanner`` within the block, however often the task is cancelled."""
    # Neither start nor stop is cancelled: BlueZ would keep searching and refuse every other scan.
    starting = asyncio.create_task(scanner.start())
    try:
        await asyncio.shield(starting)
        yield scanner
    finally:
        await asyncio.shield(asyncio.create_task(_stop(scanner, starting)))


async def _stop(scanner: BleakScanner, starting: asyncio.Task[None]) -> None:
    """Stop ``scanner`` once its start is over."""
    await asyncio.wait({starting})
    if starting.exception() is None:
        await scanner.stop()


async def connected_devices() -> list[tuple[BLEDevice, Advertisement]]:
    """Return the sensors that are connected to this computer already.

    They do not advertise, so a scan never finds them. On Linux a program that was killed leaves its
    sensors connected.
    """
    devices: dict[str, BLEDevice] = {}
    services: dict[str, list[str]] = {}
    try:
        adapter = await BleakAdapter.get()
        # Systems list connected devices by service only.
        for uuid in sorted({s.uuid for family in families().values() for s in family.services}):
            for device in await adapter.get_connected_devices([uuid]):
                devices[device.address] = device
                services.setdefault(device.address, []).append(uuid)
    except NotImplementedError:
        return []  # not every system can list connected devices
    return [
        (device, Advertisement(name=printable(device.name), service_uuids=tuple(services[address])))
        for address, device in devices.items()
    ]


def advertisement(data: AdvertisementData) -> Advertisement:
    """Return Bleak's advertisement as the families expect it."""
    return Advertisement(
        name=printable(data.local_name),
        service_uuids=tuple(uuid.lower() for uuid in data.service_uuids),
        manufacturer_data=data.manufacturer_data,
    )


def merged(before: Advertisement | None, now: Advertisement) -> Advertisement:
    """Return two messages of a device as one: its name is often only in the scan response."""
    if before is None:
        return now
    return Advertisement(
        name=now.name or before.name,
        service_uuids=tuple(dict.fromkeys([*before.service_uuids, *now.service_uuids])),
        manufacturer_data={**before.manufacturer_data, **now.manufacturer_data},
    )


def printable(name: str | None) -> str:
    """Return an advertised name without control characters.

    Any stranger nearby can choose a name; a terminal would obey its control characters.
    """
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name or "")


def known_rssi(dbm: int) -> int | None:
    """Return ``dbm``, or None if the value means that the strength is unknown.

    That is 127 in Bluetooth (Core Specification, HCI) and -127 in Bleak.
    """
    return dbm if LEAST_DBM <= dbm <= MOST_DBM else None


def _found(
    device: BLEDevice, advertised: Advertisement, rssi: int | None, *, connected: bool = False
) -> FoundDevice:
    family = recognise(advertised)
    return FoundDevice(
        address=device.address,
        name=advertised.name or printable(device.name),
        family=family.name if family else None,
        rssi=rssi,
        refused=family.capabilities.refused if family else None,
        connected=connected,
    )

"""Look for sensors: who is near, of which family, how strong."""

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
LEAST_DBM, MOST_DBM = -126, 20


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """A device in sight.

    ``address`` is its Bluetooth address (a UUID of this host on macOS). ``rssi`` is the strength of
    its signal in dBm; None where it is not known, as of one that is ``connected`` to this computer
    already, by another program or by one that did not end cleanly. ``refused`` says why its family
    cannot be used.
    """

    address: str
    name: str
    family: str | None
    rssi: int | None
    refused: str | None = None
    connected: bool = False

    @property
    def connectable(self) -> bool:
        """Whether Toepoint can stream from it."""
        return self.family is not None and self.refused is None


async def scan(seconds: float = 5.0, *, unknown: bool = False) -> list[FoundDevice]:
    """Return what is in sight, nearest first; with ``unknown`` also devices of no known family.

    Raises
    ------
    LinkError
        If this computer cannot scan.
    """
    seen: dict[str, FoundDevice] = {}
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            async for found in sightings():
                seen[found.address] = found
    wanted = [found for found in seen.values() if unknown or found.family is not None]
    return sorted(wanted, key=nearness, reverse=True)


def nearness(found: FoundDevice) -> float:
    """Return a key that is larger the nearer a device is; connected ones come first."""
    if found.connected:
        return 0.0
    return -math.inf if found.rssi is None else found.rssi


async def sightings() -> AsyncIterator[FoundDevice]:
    """Yield every advertisement that is received, until the iteration is ended.

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
            async for device, said in scanner.advertisement_data():
                together = merged(heard.get(device.address), advertisement(said))
                heard[device.address] = together
                yield _found(device, together, known_rssi(said.rssi))
    except RADIO_ERRORS as error:
        raise link_error(error, BLUETOOTH) from error


@contextlib.asynccontextmanager
async def scanning(scanner: BleakScanner) -> AsyncIterator[BleakScanner]:
    """Let ``scanner`` run within the block.

    Its start is never broken off: BlueZ would go on searching, and refuse the next scan as busy.
    """
    starting = asyncio.create_task(scanner.start())
    try:
        await asyncio.shield(starting)
        yield scanner
    finally:
        await asyncio.wait({starting})
        if starting.exception() is None:
            await scanner.stop()


async def connected_devices() -> list[tuple[BLEDevice, Advertisement]]:
    """Return the sensors that are connected to this computer already: they do not advertise.

    A program that was killed leaves its sensors connected on Linux.
    """
    devices: dict[str, BLEDevice] = {}
    services: dict[str, list[str]] = {}
    try:
        adapter = await BleakAdapter.get()
        for uuid in sorted({s.uuid for family in families().values() for s in family.services}):
            for device in await adapter.get_connected_devices([uuid]):
                devices[device.address] = device
                services.setdefault(device.address, []).append(uuid)
    except NotImplementedError:
        return []
    return [
        (device, Advertisement(name=printable(device.name), service_uuids=tuple(services[address])))
        for address, device in devices.items()
    ]


def advertisement(said: AdvertisementData) -> Advertisement:
    """Return what Bleak received as the families know it."""
    return Advertisement(
        name=printable(said.local_name),
        service_uuids=tuple(uuid.lower() for uuid in said.service_uuids),
        manufacturer_data=said.manufacturer_data,
    )


def merged(before: Advertisement | None, now: Advertisement) -> Advertisement:
    """Return all that a device said: its name often comes apart, in the scan response."""
    if before is None:
        return now
    return Advertisement(
        name=now.name or before.name,
        service_uuids=tuple(dict.fromkeys([*before.service_uuids, *now.service_uuids])),
        manufacturer_data={**before.manufacturer_data, **now.manufacturer_data},
    )


def printable(name: str | None) -> str:
    """Return a name that a stranger chose without what a terminal would obey or break a line at."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name or "")


def known_rssi(dbm: int) -> int | None:
    """Return ``dbm``, or None where it only says that the strength is not known.

    Bluetooth says 127 then (Core Specification, HCI), Bleak -127.
    """
    return dbm if LEAST_DBM <= dbm <= MOST_DBM else None


def _found(
    device: BLEDevice, said: Advertisement, rssi: int | None, *, connected: bool = False
) -> FoundDevice:
    family = recognise(said)
    return FoundDevice(
        address=device.address,
        name=said.name or printable(device.name),
        family=family.name if family else None,
        rssi=rssi,
        refused=family.capabilities.refused if family else None,
        connected=connected,
    )

"""The adapter, shared by the links of a session: one scan, and one connection attempt at a time.

Many adapters cannot scan while they connect, and connect to one device only at a time. So one scan
serves every link that searches, and it rests while a link connects.
"""

import asyncio
from contextlib import AbstractAsyncContextManager, suppress
from typing import TypeAlias

from bleak import BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from sensor.ble.errors import RADIO_ERRORS, LinkError, link_error
from sensor.ble.remedies import LinkFault
from sensor.ble.scan import advertisement, connected_devices
from sensor.families.base import Advertisement

SCAN_S = 4.0
"""A scan is begun anew after this: one that an adapter dropped without a word finds nothing."""


Sighting: TypeAlias = tuple[BLEDevice, Advertisement]


class Radio:
    """Finds devices for several links at once; to be used in one event loop."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._searches: dict[str, asyncio.Future[Sighting]] = {}
        self._scan: asyncio.Task[None] | None = None
        self._hit = asyncio.Event()

    def turn_to_connect(self) -> AbstractAsyncContextManager[None]:
        """Return what is held while a link connects."""
        return self._turn

    async def find(self, address: str, timeout_s: float, subject: str) -> Sighting:
        """Return the device at ``address`` and what it says, from an advertisement received now.

        ``subject`` is what the sensor is called in errors.

        Raises
        ------
        LinkError
            If it is not seen within ``timeout_s``, or if this computer cannot scan.
        """
        search: asyncio.Future[Sighting] = asyncio.get_running_loop().create_future()
        self._searches[address.lower()] = search
        if self._scan is None or self._scan.done():
            self._scan = asyncio.create_task(self._serve_searches())
        try:
            async with asyncio.timeout(timeout_s):
                return await search
        except TimeoutError:
            raise LinkError(LinkFault.NOT_FOUND, subject) from None
        except RADIO_ERRORS as error:
            raise link_error(error, subject) from error
        finally:
            del self._searches[address.lower()]
            if not self._searches:
                await self._end_scan()

    async def _end_scan(self) -> None:
        scan, self._scan = self._scan, None
        if scan is not None:
            scan.cancel()
            await asyncio.wait({scan})

    async def _serve_searches(self) -> None:
        try:
            for device, known in await connected_devices():
                self._see(device, known)
            while self._searches:
                self._hit.clear()
                async with self._turn, BleakScanner(self._on_advertisement):
                    with suppress(TimeoutError):
                        async with asyncio.timeout(SCAN_S):
                            await self._hit.wait()
        except RADIO_ERRORS as error:
            for search in self._searches.values():
                if not search.done():
                    search.set_exception(error)

    def _on_advertisement(self, device: BLEDevice, said: AdvertisementData) -> None:
        self._see(device, advertisement(said))

    def _see(self, device: BLEDevice, said: Advertisement) -> None:
        search = self._searches.get(device.address.lower())
        if search is not None and not search.done():
            search.set_result((device, said))
            self._hit.set()

"""The adapter, shared by the links of a session: one scan, and one connection attempt at a time.

Many adapters cannot scan while they connect, and can connect to only one device at a time. So one
scan serves all links that search, and it pauses while a link connects.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from typing import TypeAlias

from bleak import BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from sensor.ble.discovery import advertisement, connected_devices, merged, scanning
from sensor.ble.link_errors import RADIO_ERRORS, LinkError, link_error
from sensor.ble.remedies import LinkFault
from sensor.families.base import Advertisement

SCAN_S = 4.0
"""A scan is restarted after this time: an adapter may drop a scan without any error."""

LISTEN_ON_S = 2.0
"""A device that was seen has this long to send the rest of its advertisement."""

Sighting: TypeAlias = tuple[BLEDevice, Advertisement]
"""A device, and all that it has advertised so far."""


@dataclass(slots=True)
class _Search:
    """The search of one link; ``enough`` decides whether an advertisement suffices for it."""

    enough: Callable[[Advertisement], bool]
    found: asyncio.Future[Sighting]
    seen: Sighting | None = None
    last_call: asyncio.TimerHandle | None = None


class Radio:
    """The adapter, which finds devices for several links at once. Use it in one event loop."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._searches: dict[str, _Search] = {}
        self._scan: asyncio.Task[None] | None = None
        self._hit = asyncio.Event()

    def turn_to_connect(self) -> AbstractAsyncContextManager[None]:
        """Return the lock that a link holds while it connects."""
        return self._turn

    async def find(
        self,
        address: str,
        timeout_s: float,
        subject: str,
        enough: Callable[[Advertisement], bool],
    ) -> Sighting:
        """Return the device at ``address`` with its advertisement, from messages received now.

        Parameters
        ----------
        address
            Address of the device.
        timeout_s
            Longest search.
        subject
            The sensor's name in errors.
        enough
            Decides whether an advertisement suffices: a scan response may follow it.

        Raises
        ------
        LinkError
            If the device is not seen in time, or if this computer cannot scan.
        """
        # Systems differ in the case of addresses, hence the lower case.
        search = _Search(enough, asyncio.get_running_loop().create_future())
        self._searches[address.lower()] = search
        if self._scan is None or self._scan.done():
            self._scan = asyncio.create_task(self._serve_searches())
        try:
            async with asyncio.timeout(timeout_s):
                return await search.found
        except TimeoutError:
            # It was seen, though not all of its advertisement: the link names what is missing.
            if search.seen is not None:
                return search.seen
            raise LinkError(LinkFault.NOT_FOUND, subject) from None
        except RADIO_ERRORS as error:
            raise link_error(error, subject) from error
        finally:
            del self._searches[address.lower()]
            if search.last_call is not None:
                search.last_call.cancel()
            if not self._searches:
                await self._end_scan()

    async def _end_scan(self) -> None:
        scan, self._scan = self._scan, None
        if scan is not None:
            scan.cancel()
            await asyncio.wait({scan})

    async def _serve_searches(self) -> None:
        try:
            # A connected device does not advertise, so a scan alone would never find it.
            for device, known in await connected_devices():
                self._see(device, known)
            while any(not search.found.done() for search in self._searches.values()):
                self._hit.clear()
                async with self._turn, scanning(BleakScanner(self._on_advertisement)):
                    with suppress(TimeoutError):
                        async with asyncio.timeout(SCAN_S):
                            await self._hit.wait()
        except RADIO_ERRORS as error:
            for search in self._searches.values():
                if not search.found.done():
                    search.found.set_exception(error)

    def _on_advertisement(self, device: BLEDevice, data: AdvertisementData) -> None:
        self._see(device, advertisement(data))

    def _see(self, device: BLEDevice, advertised: Advertisement) -> None:
        search = self._searches.get(device.address.lower())
        if search is None:
            return
        before = None if search.seen is None else search.seen[1]
        search.seen = device, merged(before, advertised)
        if search.enough(search.seen[1]):
            self._hand_over(search)
        elif search.last_call is None:
            loop = asyncio.get_running_loop()
            search.last_call = loop.call_later(LISTEN_ON_S, self._hand_over, search)

    def _hand_over(self, search: _Search) -> None:
        if search.seen is not None and not search.found.done():
            search.found.set_result(search.seen)
            self._hit.set()

"""The search for sensors in the worker, after checks of this computer."""

import asyncio
from collections import deque
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from gui.models.worker import Worker
from sensor.ble.host_findings import HostCheck, HostCheckKey

if TYPE_CHECKING:
    from sensor.ble.discovery import FoundDevice

MAX_WAITING = 5_000
"""Sightings kept for a window that does not poll."""


class SensorSearch:
    """A search for sensors; the window polls :meth:`take`.

    The checks come as one list, the sightings one by one. A radio that fails later comes as a list
    of one failed check.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._news: deque[FoundDevice | list[HostCheck]] = deque(maxlen=MAX_WAITING)
        self._future: Future[None] | None = None

    @property
    def running(self) -> bool:
        """Whether the search still uses the radio."""
        return self._future is not None and not self._future.done()

    def start(self, folder: Path) -> None:
        """Check Bluetooth and the disk of ``folder``, then search until :meth:`stop`."""
        if not self.running:
            self._future = self._worker.submit_alone(lambda: self._search(folder))

    def stop(self) -> None:
        """End the search and release the radio, soon: see :attr:`running`."""
        if self._future is not None:
            self._future.cancel()

    def take(self) -> "list[FoundDevice | list[HostCheck]]":
        """Return checks and sightings since the last call, oldest first, without waiting."""
        taken: list[FoundDevice | list[HostCheck]] = []
        while self._news:
            taken.append(self._news.popleft())
        return taken

    async def _search(self, folder: Path) -> None:
        # Bleak is loaded here, after the first paint.
        from sensor.ble import host_checks  # noqa: PLC0415
        from sensor.ble.discovery import sightings  # noqa: PLC0415
        from sensor.ble.link_errors import LinkError  # noqa: PLC0415

        bluetooth = await host_checks.check_bluetooth()
        checks = [*bluetooth, await host_checks.check_held_sensors()]
        checks.append(await asyncio.to_thread(host_checks.check_conflicting_programs))
        checks.append(await asyncio.to_thread(host_checks.check_disk, folder))
        self._news.append(checks)
        # Without Bluetooth a search would only fail with a worse message.
        if any(check.ok is False for check in bluetooth):
            return
        try:
            async for found in sightings():
                self._news.append(found)
        except LinkError as error:
            self._news.append([host_checks.failed_check(HostCheckKey.BLUETOOTH, error)])

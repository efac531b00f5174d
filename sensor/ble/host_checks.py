"""Checks of this computer before a session: Bluetooth, programs that disturb it, the disk."""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from bleak import BleakScanner

from sensor.ble.discovery import BLUETOOTH, connected_devices, scanning
from sensor.ble.host_findings import ConflictingProgram, HostCheck, HostCheckKey
from sensor.ble.link_errors import RADIO_ERRORS, LinkError, link_error
from sensor.ble.remedies import LinkFault

LOW_DISK_BYTES = 500_000_000
"""Less free space than this, ten hours of recording, is a problem."""
RADIO_CHECKS = (
    (HostCheckKey.SERVICE, LinkFault.NO_BLUETOOTH_SERVICE),
    (HostCheckKey.PERMISSION, LinkFault.NO_PERMISSION),
    (HostCheckKey.ADAPTER, LinkFault.NO_ADAPTER),
    (HostCheckKey.SWITCH, LinkFault.ADAPTER_OFF),
)
"""The checks that a scan makes, each with its fault; each one depends on those before it."""


async def check_bluetooth() -> list[HostCheck]:
    """Check the Bluetooth service, permission, adapter and switch."""
    trouble = await _radio_trouble()
    if trouble is None:
        return [HostCheck(key, True) for key, _ in RADIO_CHECKS]
    checks: list[HostCheck] = []
    for key, fault in RADIO_CHECKS:
        if trouble.fault is fault:
            checks.append(failed_check(key, trouble))
            break
        checks.append(HostCheck(key, True))
    else:
        return [failed_check(HostCheckKey.BLUETOOTH, trouble)]
    return checks + [HostCheck(key, None) for key, _ in RADIO_CHECKS[len(checks) :]]


def failed_check(key: HostCheckKey, trouble: LinkError) -> HostCheck:
    """Return the check of ``key`` that found ``trouble``."""
    return HostCheck(key, False, trouble.fault, trouble.detail)


async def check_held_sensors() -> HostCheck:
    """Check whether sensors are connected to this computer already."""
    key = HostCheckKey.HELD_SENSORS
    try:
        held = [device.name or device.address for device, _ in await connected_devices()]
    except RADIO_ERRORS as error:
        trouble = link_error(error, BLUETOOTH)
        return HostCheck(key, None, trouble.fault, trouble.detail)
    return HostCheck(key, True, sensors=tuple(held))


def check_conflicting_programs(running: Iterable[str] | None = None) -> HostCheck:
    """Check whether a program runs that is known to hold adapters or sensors.

    Parameters
    ----------
    running
        Names of processes; None for those of this computer.
    """
    names = {_plain(one) for one in (_running_programs() if running is None else running)}
    found = tuple(
        program
        for program in ConflictingProgram
        if any(name.startswith(program.value) for name in names)
    )
    return HostCheck(HostCheckKey.PROGRAMS, not found, programs=found)


def check_disk(folder: Path) -> HostCheck:
    """Check whether there is room for recordings in ``folder``."""
    # The first recording creates the folder, so it may not exist yet.
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not os.access(existing, os.W_OK):
        return HostCheck(HostCheckKey.DISK, False, folder=existing)
    free = shutil.disk_usage(existing).free
    return HostCheck(HostCheckKey.DISK, free >= LOW_DISK_BYTES, folder=existing, free_bytes=free)


async def _radio_trouble() -> LinkError | None:
    try:
        async with scanning(BleakScanner()):
            return None
    except RADIO_ERRORS as error:
        return link_error(error, BLUETOOTH)


def _running_programs(platform: str = sys.platform) -> list[str]:
    """Return the names of all processes but this one and the one that started it."""
    # The parent may be a launcher with Toepoint in its name.
    own = {str(os.getpid()), str(os.getppid())}
    if platform == "linux":
        folders = (one for one in Path("/proc").iterdir() if one.name.isdecimal())
        return [_name_of(folder) for folder in folders if folder.name not in own]
    if platform == "win32":
        table = csv.reader(_output_of("tasklist", "/fo", "csv", "/nh"))
        return [row[0] for row in table if len(row) > 1 and row[1] not in own]
    rows = (line.strip().partition(" ") for line in _output_of("ps", "-A", "-o", "pid=,comm="))
    return [Path(command).name for pid, _, command in rows if pid not in own]


def _name_of(process: Path) -> str:
    try:
        return (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""  # The process has ended in the meantime.


def _output_of(*command: str) -> list[str]:
    # Programs of the system, found by its path, with fixed arguments: nothing comes from outside.
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return ran.stdout.splitlines()


def _plain(name: str) -> str:
    return name.lower().replace(" ", "")

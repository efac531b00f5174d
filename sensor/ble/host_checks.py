"""Checks of this computer before a session. Each is a value: the result, and a remedy."""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bleak import BleakScanner

from sensor.ble.discovery import BLUETOOTH, connected_devices
from sensor.ble.link_errors import RADIO_ERRORS, LinkError, link_error
from sensor.ble.remedies import LinkFault

LOW_DISK_BYTES = 500_000_000
"""Less free space than this, ten hours of recording, is a problem."""
BYTES_AN_HOUR = 50_000_000
"""More than an hour of two sensors at 200 Hz needs."""

RADIO_CHECKS = (
    ("Bluetooth service", LinkFault.NO_BLUETOOTH_SERVICE, "it answers"),
    ("Bluetooth permission", LinkFault.NO_PERMISSION, "granted"),
    ("Bluetooth adapter", LinkFault.NO_ADAPTER, "present, with Bluetooth Low Energy"),
    ("Bluetooth switch", LinkFault.ADAPTER_OFF, "on"),
)
"""Name, fault and good result of what a scan shows; each one depends on those before it."""

CONFLICTING = {
    "bluetoothctl": "may hold the adapter or a sensor",
    "btmgmt": "may hold the adapter",
    "gatttool": "may hold a sensor",
    "hcitool": "may hold the adapter",
    "flowsync": "Polar's program, which connects to Polar sensors by itself",
    "metahub": "MbientLab's program, which may hold MetaMotion sensors",
    "movella": "Movella's program, which may hold DOT sensors",
    "nrfconnect": "may hold a sensor",
    "toepoint": "another Toepoint, which may hold the sensors",
    "witmotion": "WitMotion's program, which may hold its sensors",
}
"""Beginnings of the names of programs that disturb Bluetooth, each with the reason."""


@dataclass(frozen=True, slots=True)
class HostCheck:
    """The result of one check of this computer."""

    name: str
    """The thing that was checked."""
    ok: bool | None
    """Whether it is fine; None if that could not be found out."""
    what: str
    """The finding in words."""
    remedy: str = ""
    """What to do about it; empty if nothing."""
    found: tuple[tuple[str, str], ...] = ()
    """Names of the things found, each with the reason why it matters; ``what`` contains them too."""


async def check_bluetooth() -> list[HostCheck]:
    """Check the Bluetooth service, permission, adapter and switch."""
    trouble = await _radio_trouble()
    if trouble is None:
        return [HostCheck(name, True, fine) for name, _, fine in RADIO_CHECKS]
    checks: list[HostCheck] = []
    for name, fault, fine in RADIO_CHECKS:
        if trouble.fault is fault:
            checks.append(HostCheck(name, False, trouble.what, trouble.remedy))
            break
        checks.append(HostCheck(name, True, fine))
    else:
        return [HostCheck("Bluetooth", False, trouble.what, trouble.remedy)]
    rest = RADIO_CHECKS[len(checks) :]
    return checks + [HostCheck(name, None, "shows when the above is mended") for name, _, _ in rest]


async def check_held_sensors() -> HostCheck:
    """Check whether sensors are connected to this computer already."""
    name = "sensors held by this computer"
    try:
        held = [device.name or device.address for device, _ in await connected_devices()]
    except RADIO_ERRORS as error:
        return HostCheck(name, None, link_error(error, BLUETOOTH).what)
    if not held:
        return HostCheck(name, True, "none")
    return HostCheck(
        name,
        True,
        ", ".join(held),
        "Toepoint takes them over. If another program still needs them, end it first.",
    )


def check_conflicting_programs(running: Iterable[str] | None = None) -> HostCheck:
    """Check whether a program runs that is known to hold adapters or sensors.

    Parameters
    ----------
    running
        Names of processes; None for those of this computer.
    """
    name = "conflicting programs"
    names = {_plain(one) for one in (_running_programs() if running is None else running)}
    found = {
        known: why
        for known, why in CONFLICTING.items()
        if any(one.startswith(known) for one in names)
    }
    if not found:
        return HostCheck(name, True, "none of the known ones")
    what = "; ".join(f"{known} ({why})" for known, why in found.items())
    remedy = "End it if a sensor is not found or refuses the connection."
    return HostCheck(name, False, what, remedy, tuple(found.items()))


def check_disk(folder: Path) -> HostCheck:
    """Check whether there is room for recordings in ``folder``."""
    # The first recording creates the folder, so it may not exist yet.
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not os.access(existing, os.W_OK):
        return HostCheck("disk", False, f"{existing} cannot be written", "Choose another folder.")
    free = shutil.disk_usage(existing).free
    what = f"{free / 1e9:.1f} GB free in {existing}: {free // BYTES_AN_HOUR} hours or more"
    if free < LOW_DISK_BYTES:
        return HostCheck("disk", False, what, "Delete or move what is not needed.")
    return HostCheck("disk", True, what)


async def _radio_trouble() -> LinkError | None:
    try:
        async with BleakScanner():
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

"""The results of the checks of this computer, as data; their words are in ``gui.texts``."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sensor.ble.remedies import LinkFault

BYTES_AN_HOUR = 50_000_000
"""More than an hour of two sensors at 200 Hz needs."""


class HostCheckKey(StrEnum):
    """The things that are checked."""

    SERVICE = "Bluetooth service"
    PERMISSION = "Bluetooth permission"
    ADAPTER = "Bluetooth adapter"
    SWITCH = "Bluetooth switch"
    BLUETOOTH = "Bluetooth"
    """Bluetooth as a whole, with a fault that none of the checks above explains."""
    HELD_SENSORS = "sensors held by this computer"
    PROGRAMS = "conflicting programs"
    DISK = "disk"


class ConflictingProgram(StrEnum):
    """A program that disturbs Bluetooth, named by the beginning of its process name."""

    BLUETOOTHCTL = "bluetoothctl"
    BTMGMT = "btmgmt"
    GATTTOOL = "gatttool"
    HCITOOL = "hcitool"
    FLOWSYNC = "flowsync"
    """Polar's program, which connects to Polar sensors by itself."""
    METAHUB = "metahub"
    """MbientLab's program."""
    MOVELLA = "movella"
    NRF_CONNECT = "nrfconnect"
    TOEPOINT = "toepoint"
    """Another process of this program."""
    WITMOTION = "witmotion"


@dataclass(frozen=True, slots=True)
class HostCheck:
    """The result of one check of this computer."""

    key: HostCheckKey
    """The thing that was checked."""
    ok: bool | None
    """Whether it is fine; None if that could not be found out."""
    fault: LinkFault | None = None
    """The fault of Bluetooth that it found."""
    detail: str = ""
    """The fault in the words of the system, if its kind alone does not explain it."""
    sensors: tuple[str, ...] = ()
    """Names of the sensors that are connected to this computer."""
    programs: tuple[ConflictingProgram, ...] = ()
    """The programs that were found running."""
    folder: Path | None = None
    """The folder for recordings, or the nearest one above it that exists."""
    free_bytes: int | None = None
    """Free space in ``folder``; None if it cannot be written."""

    @property
    def hours(self) -> int:
        """The hours of recordings for which there is room, at least."""
        return (self.free_bytes or 0) // BYTES_AN_HOUR

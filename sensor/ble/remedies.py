"""The faults of a link, each with its meaning and what a person can do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class LinkFault(StrEnum):
    """The fault of a link."""

    NO_ADAPTER = "no adapter"
    ADAPTER_OFF = "adapter off"
    NO_PERMISSION = "no permission"
    NO_BLUETOOTH_SERVICE = "no Bluetooth service"
    NOT_FOUND = "not found"
    BUSY = "busy"
    IN_USE = "in use"
    NOT_PAIRED = "not paired"
    TIMEOUT = "time-out"
    DISCONNECTED = "disconnected"
    WRONG_SERVICES = "wrong services"
    UNKNOWN_FAMILY = "unknown family"
    UNSUPPORTED = "unsupported"
    SETTINGS = "impossible settings"
    CONFIGURATION = "configuration failed"
    SILENT = "silent"
    MESSAGES_CUT = "messages cut"
    RATE_FELL = "rate fell back"
    CLOCK_JUMPED = "clock jumped"
    CHANGED = "another device"
    OTHER = "other"


PERMANENT = frozenset(
    {
        LinkFault.NO_PERMISSION,
        LinkFault.WRONG_SERVICES,
        LinkFault.UNKNOWN_FAMILY,
        LinkFault.UNSUPPORTED,
        LinkFault.SETTINGS,
        LinkFault.CHANGED,
        LinkFault.IN_USE,
    }
)
"""The faults that another attempt cannot remove."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """The meaning of a fault, and what to do about it."""

    what: str
    """The fault in a few words."""
    do: str = ""
    """The remedy on every system."""
    linux: str = ""
    """A further remedy on Linux."""
    macos: str = ""
    """A further remedy on macOS."""
    windows: str = ""
    """A further remedy on Windows."""

    def to_do(self, platform: str) -> str:
        """Return what to do on ``platform`` (as in ``sys.platform``)."""
        own = {"linux": self.linux, "darwin": self.macos, "win32": self.windows}
        return " ".join(part for part in (self.do, own.get(platform, "")) if part)


REMEDIES: Mapping[LinkFault, Remedy] = {
    LinkFault.NO_ADAPTER: Remedy(
        "this computer has no Bluetooth Low Energy adapter",
        "Plug in a Bluetooth 4.0 (or later) adapter.",
        linux="If it has one: `rfkill list bluetooth` and `bluetoothctl list` show whether the "
        "system sees it.",
        windows="If it has one: look for it, and for its driver, in the Device Manager.",
    ),
    LinkFault.ADAPTER_OFF: Remedy(
        "Bluetooth is switched off",
        "Switch it on.",
        linux="`bluetoothctl power on`; if that is refused, `rfkill unblock bluetooth`.",
        macos="Control Centre > Bluetooth.",
        windows="Settings > Bluetooth & devices; check that aeroplane mode is off.",
    ),
    LinkFault.NO_PERMISSION: Remedy(
        "the system does not let this program use Bluetooth",
        linux="Add yourself to the group `bluetooth` (`sudo usermod -aG bluetooth $USER`) and log "
        "in again; in a container, pass /run/dbus/system_bus_socket into it.",
        macos="System Settings > Privacy & Security > Bluetooth: allow the terminal or Toepoint, "
        "then start it again.",
        windows="Settings > Privacy & security > Radios: allow desktop apps.",
    ),
    LinkFault.NO_BLUETOOTH_SERVICE: Remedy(
        "the Bluetooth service of the system cannot be reached",
        linux="`sudo systemctl start bluetooth`; where BlueZ is missing, `sudo apt install bluez`.",
        macos="Restart the computer.",
        windows="Start the Bluetooth Support Service (services.msc).",
    ),
    LinkFault.NOT_FOUND: Remedy(
        "it is not in sight",
        "Switch the sensor on and move it to push it awake, bring it nearer, charge it. End other "
        "apps and phones that may hold it: a connected sensor is invisible.",
    ),
    LinkFault.BUSY: Remedy(
        "the connection was refused",
        "Another app, phone or computer may hold the sensor: end it there, or switch the sensor "
        "off and on.",
    ),
    LinkFault.IN_USE: Remedy(
        "another Toepoint uses it",
        "End its session there, or close it, then start again.",
    ),
    LinkFault.NOT_PAIRED: Remedy(
        "the sensor asks to be paired",
        "Remove it in the system's Bluetooth settings and connect again; confirm the request.",
    ),
    LinkFault.TIMEOUT: Remedy(
        "it did not answer in time",
        "Bring it nearer and charge it; if it stays so, switch the sensor and Bluetooth off and "
        "on.",
    ),
    LinkFault.DISCONNECTED: Remedy(
        "the connection was lost",
        "It is tried again. Keep the computer in the same room and in front of the person; check "
        "the sensor's battery.",
    ),
    LinkFault.WRONG_SERVICES: Remedy(
        "it is not the kind of sensor that it was taken for",
        "`toepoint scan` shows what each device is; choose another, or name its family.",
    ),
    LinkFault.UNKNOWN_FAMILY: Remedy(
        "it is no sensor that Toepoint knows",
        "`toepoint sensors` lists the families. If it is one of them, name it: `family=…`.",
    ),
    LinkFault.UNSUPPORTED: Remedy(
        "this sensor cannot be used", "`toepoint sensors` lists those that can."
    ),
    LinkFault.SETTINGS: Remedy(
        "it cannot stream like this", "`toepoint sensors` lists what each family can do."
    ),
    LinkFault.CONFIGURATION: Remedy(
        "it could not be set up",
        "Switch the sensor off and on; if it stays so, set it up once with its maker's app (see "
        "its page in firmware_notes).",
    ),
    LinkFault.SILENT: Remedy(
        "it is connected but sends nothing",
        "Switch the sensor off and on; charge it.",
    ),
    LinkFault.MESSAGES_CUT: Remedy(
        "the connection cuts its messages short",
        "Connect again; if it stays so, use another Bluetooth adapter or a lower rate.",
    ),
    LinkFault.RATE_FELL: Remedy(
        "it sends far fewer samples than it was asked for",
        "It is configured again. If it stays so, switch the sensor off and on, or come nearer.",
    ),
    LinkFault.CLOCK_JUMPED: Remedy(
        "its clock jumped, as after a restart",
        "It is configured again. If it happens often, charge the sensor.",
    ),
    LinkFault.CHANGED: Remedy(
        "another device answers at this address",
        "Check which sensor you hold; if it was replaced, choose the sensors again.",
    ),
    LinkFault.OTHER: Remedy(
        "Bluetooth failed in a way that is not known here",
        "Switch Bluetooth off and on; `toepoint doctor` may tell more.",
    ),
}

"""Places on the leg, links to sensors and the checks of this computer, in English."""

from typing import assert_never

from sensor.ble.host_findings import ConflictingProgram, HostCheck, HostCheckKey
from sensor.ble.remedies import REMEDIES, LinkFault, Remedy
from sensor.ble.states import LinkState
from sensor.types import Segment

_STATES: dict[str, str] = {
    LinkState.SEARCHING: "searching",
    LinkState.FOUND: "found",
    LinkState.CONNECTING: "connecting",
    LinkState.DISCOVERING: "recognising",
    LinkState.CONFIGURING: "setting up",
    LinkState.STREAMING: "streaming",
    LinkState.STALLED: "silent",
    LinkState.LOST: "lost",
    LinkState.RETRYING: "connecting again",
    LinkState.REFUSED: "refused",
    LinkState.STOPPED: "stopped",
}


def place(where: Segment) -> str:
    """Return the name of a place on the leg: the keys are the English names."""
    return where.value


def worn_on(where: Segment) -> str:
    """Return where a sensor is worn."""
    return f"on the {where.value}"


def sensor_of(where: Segment) -> str:
    """Return the name of the sensor of a place, with which a sentence begins."""
    return f"{where.value.capitalize()} sensor"


def place_use(where: Segment, *, needed: bool) -> str:
    """Return what a sensor on a place is good for; empty where every session needs one."""
    uses = {
        Segment.THIGH: "shows the true knee angle",
        Segment.PELVIS: "shows the hip in deadlifts",
    }
    if where not in uses:
        return ""
    return "needed by this exercise" if needed else f"optional: {uses[where]}"


def link_state(state: str) -> str:
    """Return a state of a link that does not stream, in a word or two."""
    return _STATES.get(state, state)


def seen(days: int) -> str:
    """Return how long ago a sensor was worn."""
    if days <= 0:
        return "seen today"
    return "seen yesterday" if days == 1 else f"seen {days} days ago"


def remedy(fault: LinkFault) -> Remedy:
    """Return what a fault of a link means, and what to do: the words of the error itself."""
    # `sensor` has these words itself: its errors must say what to do without the catalogue.
    return REMEDIES[fault]


def check_name(key: HostCheckKey) -> str:
    """Return what was checked: the keys are the English names."""
    return key.value


def check_passed(key: HostCheckKey) -> str:
    """Return what a check found where all is well and there is nothing to name."""
    match key:
        case HostCheckKey.SERVICE:
            return "it answers"
        case HostCheckKey.PERMISSION:
            return "granted"
        case HostCheckKey.ADAPTER:
            return "present, with Bluetooth Low Energy"
        case HostCheckKey.SWITCH:
            return "on"
        case HostCheckKey.BLUETOOTH:
            return "ready"
        case HostCheckKey.HELD_SENSORS:
            return "none"
        case HostCheckKey.PROGRAMS:
            return "none of the known ones"
        case HostCheckKey.DISK:
            return "room for recordings"
        case _:
            assert_never(key)


def check_open() -> str:
    """Return that a check could not be made because one before it failed."""
    return "shows when the above is mended"


def disk_room(check: HostCheck) -> str:
    """Return how much room there is for recordings."""
    if check.free_bytes is None:
        return f"{check.folder} cannot be written"
    free = f"{check.free_bytes / 1e9:.1f} GB free in {check.folder}"
    # At least: an hour is counted as more than two sensors need at 200 Hz.
    return f"{free}: {check.hours} hours or more"


def program(found: ConflictingProgram) -> str:
    """Return why a running program matters."""
    match found:
        case ConflictingProgram.BLUETOOTHCTL:
            return "may hold the adapter or a sensor"
        case ConflictingProgram.BTMGMT | ConflictingProgram.HCITOOL:
            return "may hold the adapter"
        case ConflictingProgram.GATTTOOL | ConflictingProgram.NRF_CONNECT:
            return "may hold a sensor"
        case ConflictingProgram.FLOWSYNC:
            return "Polar's program, which connects to Polar sensors by itself"
        case ConflictingProgram.METAHUB:
            return "MbientLab's program, which may hold MetaMotion sensors"
        case ConflictingProgram.MOVELLA:
            return "Movella's program, which may hold DOT sensors"
        case ConflictingProgram.TOEPOINT:
            return "another Toepoint, which may hold the sensors"
        case ConflictingProgram.WITMOTION:
            return "WitMotion's program, which may hold its sensors"
        case _:
            assert_never(found)


def take_over() -> str:
    """Return what becomes of sensors that this computer holds already."""
    return "Toepoint takes them over. If another program still needs them, end it first."


def end_program() -> str:
    """Return what to do about a program that disturbs Bluetooth."""
    return "End it if a sensor is not found or refuses the connection."


def make_room(check: HostCheck) -> str:
    """Return what to do about a disk without room."""
    if check.free_bytes is None:
        return "Choose another folder."
    return "Delete or move what is not needed."

"""The trims of this user's devices, remembered on this computer."""

from dataclasses import dataclass
from pathlib import Path

from sensor.accelerometer.trim import AccTrim, same_device
from sensor.store.known_devices import KnownDevices
from sensor.types import Segment, SensorInfo


@dataclass(frozen=True, slots=True)
class TrimmedDevice:
    """A device and its trim, as the file has them."""

    family: str
    """Name of its family."""
    identity: str | None
    """The identity that it reports; None if it reports none."""
    address: str
    """Its Bluetooth address; on macOS a UUID that is valid on this computer only."""
    name: str
    """The name that it advertises."""
    trim: AccTrim
    """Its accelerometer's own offset and scale."""


TRIMS = KnownDevices("a list of trims", "trims", "devices", TrimmedDevice)


def load_trims(path: Path | None = None) -> list[tuple[SensorInfo, AccTrim]]:
    """Return the devices whose trim is known; none if nothing was remembered.

    The segment of a device is not remembered, since it may be worn anywhere.

    Raises
    ------
    DocumentError
        If the file cannot be read, is another one, is damaged or of a newer version.
    """
    return [
        # Any segment would do: devices are compared by family and identity or address.
        (SensorInfo(d.address, Segment.SHIN, d.family, name=d.name, identity=d.identity), d.trim)
        for d in TRIMS.load(path)
    ]


def remember_trim(sensor: SensorInfo, trim: AccTrim, path: Path | None = None) -> None:
    """Remember ``trim`` for the device ``sensor``, in place of an older one.

    Raises
    ------
    DocumentError
        If the file cannot be read or written.
    """
    known = [*_others(sensor, path), (sensor, trim)]
    TRIMS.save([TrimmedDevice(s.family, s.identity, s.source, s.name, t) for s, t in known], path)


def _others(sensor: SensorInfo, path: Path | None) -> list[tuple[SensorInfo, AccTrim]]:
    return [(known, trim) for known, trim in load_trims(path) if not same_device(known, sensor)]

"""The trims of this user's devices, remembered on this computer."""

from pathlib import Path

from sensor.accelerometer.trim import AccTrim, same_device, trim_from_json
from sensor.store.known_devices import Remembered, fields_of, text_of
from sensor.types import JsonValue, Segment, SensorInfo


def load_trims(path: Path | None = None) -> list[tuple[SensorInfo, AccTrim]]:
    """Return the devices whose trim is known; none if nothing was remembered.

    Raises
    ------
    RememberedError
        If the file cannot be read, is none of trims, is damaged or of a newer version.
    """
    return TRIMS.load(path)


def remember_trim(sensor: SensorInfo, trim: AccTrim, path: Path | None = None) -> None:
    """Keep ``trim`` of the device ``sensor`` in place of an older one.

    Raises
    ------
    RememberedError
        If the file cannot be read or written.
    """
    others = [(known, own) for known, own in load_trims(path) if not same_device(known, sensor)]
    TRIMS.save([*others, (sensor, trim)], path)


def _write(known: tuple[SensorInfo, AccTrim]) -> JsonValue:
    sensor, trim = known
    return {
        "family": sensor.family,
        "identity": sensor.identity,
        "address": sensor.source,
        "name": sensor.name,
        "trim": trim.to_json(),
    }


def _read(entry: object) -> tuple[SensorInfo, AccTrim]:
    fields = fields_of(entry)
    identity = fields["identity"]
    sensor = SensorInfo(
        text_of(fields["address"]),
        Segment.SHIN,
        text_of(fields["family"]),
        name=text_of(fields["name"]),
        identity=None if identity is None else text_of(identity),
    )
    return sensor, trim_from_json(fields["trim"])


TRIMS = Remembered("trims", "devices", _read, _write)

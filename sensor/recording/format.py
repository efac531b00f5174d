"""The format of a recording: names, limits, and the JSON of its head and its events.

Encoding and decoding are side by side. ``docs/recording_format.md`` describes the same for people.
"""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from sensor.types import Event, JsonValue, Segment, SensorInfo, SessionHeader, StreamSettings

FORMAT_NAME = "toepoint.recording"
FORMAT_VERSION = 1
"""Raised by a change that a reader of this version would misread."""

PROFILE = "toepoint"
"""The profile in the MCAP header."""
SESSION_RECORD = "toepoint.session"
"""Name of the metadata record that holds the head of the session."""
CHANNEL_RECORD = "toepoint.channel"
"""Name of the metadata records that repeat a channel outside the chunks."""

SESSION_KEY = ("", "session")
EVENT_KEY = ("", "event")
"""Keys of the two channels that belong to no sensor; the others have (source, characteristic)."""
JSON_ENCODING = "json"
NOTIFICATION_ENCODING = "x-toepoint-notification"
COMPRESSION = "zstd"

MAX_FILE_BYTES = 4 * 2**30
"""Largest recording that is opened: it is checked in memory. An hour takes below 50 MB."""
MAX_CHUNK_BYTES = 8 * 2**20
"""Largest chunk that is unpacked. The writer's chunks are below a quarter of a megabyte."""
MAX_JSON_BYTES = 2**20
"""Largest head or event."""
MAX_NOTIFICATION_BYTES = 2**16
"""Largest payload; Bluetooth allows 512 bytes, and imported tables have less than 600."""
MAX_TIME_NS = 2**63 - 1
"""Largest time, so that readers can use signed 64-bit integers."""


class FormatError(ValueError):
    """Content that breaks the format; the reader adds the file and the position."""


class NewerVersionError(ValueError):
    """A head that a later version of the format wrote: it is sound but cannot be read."""


def channel_facts(key: tuple[str, str]) -> tuple[str, str, dict[str, str]]:
    """Return topic, message encoding and metadata of a channel.

    Raises
    ------
    ValueError
        If the source or characteristic cannot be encoded as UTF-8.
    """
    source, characteristic = key
    if key in {SESSION_KEY, EVENT_KEY}:
        return f"/{characteristic}", JSON_ENCODING, {}
    topic = f"/sensor/{source}/{characteristic}"
    topic.encode()  # a lone surrogate could not be written
    return topic, NOTIFICATION_ENCODING, {"source": source, "characteristic": characteristic}


def encode_channel(number: int, key: tuple[str, str]) -> bytes:
    """Return the description of a channel, which is stored outside the chunks."""
    return encode_json({"id": number, "source": key[0], "characteristic": key[1]})


def decode_channel(data: bytes) -> tuple[int, tuple[str, str]]:
    """Return the number and the key of a described channel.

    Raises
    ------
    FormatError
        If ``data`` is not the description of a channel.
    """
    value = decode_json(data)
    return _take(value, "id", int), (
        _take(value, "source", str),
        _take(value, "characteristic", str),
    )


def encode_json(value: Mapping[str, JsonValue]) -> bytes:
    """Return ``value`` as compact UTF-8 JSON.

    Raises
    ------
    ValueError
        If it contains nan or infinity, which JSON does not have, or is too large to be read back.
    TypeError
        If it contains anything other than JSON values.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    data = text.encode()
    if len(data) > MAX_JSON_BYTES:
        raise ValueError(f"{len(data)} bytes of JSON: a recording takes {MAX_JSON_BYTES}")
    return data


def decode_json(data: bytes) -> dict[str, Any]:
    """Return the JSON object in ``data``.

    Raises
    ------
    FormatError
        If it is no object, too large, nested too deeply, or not strict JSON.
    """
    if len(data) > MAX_JSON_BYTES:
        raise FormatError(f"{len(data)} bytes of JSON: at most {MAX_JSON_BYTES} are read")
    try:
        value = json.loads(data.decode(), parse_constant=_refuse_constant, parse_float=_finite)
    except RecursionError:
        raise FormatError("JSON nested too deeply") from None
    except ValueError as error:
        raise FormatError(f"not JSON: {error}") from None
    if not isinstance(value, dict):
        raise FormatError("not a JSON object")
    return value


def encode_event(event: Event) -> bytes:
    """Return the message of an event; its time is the message's ``log_time``."""
    return encode_json({"kind": str(event.kind), "data": event.data})


def decode_event(t_ns: int, data: bytes) -> Event:
    """Return the event in a message.

    Raises
    ------
    FormatError
        If the message is not an event.
    """
    value = decode_json(data)
    return Event(t_ns, _take(value, "kind", str), _take(value, "data", dict, {}))


def encode_header(header: SessionHeader) -> bytes:
    """Return the head of a session as JSON, with the name and version of the format."""
    return encode_json(
        {
            "format": FORMAT_NAME,
            "format_version": FORMAT_VERSION,
            "start_ns": header.start_ns,
            "created_utc": header.created_utc,
            "software": header.software,
            "simulated": header.simulated,
            "metadata": header.metadata,
            "sensors": [
                {
                    "source": sensor.source,
                    "segment": str(sensor.segment),
                    "family": sensor.family,
                    "name": sensor.name,
                    "identity": sensor.identity,
                    "simulated": sensor.simulated,
                    "settings": {
                        "rate_hz": sensor.settings.rate_hz,
                        "acc_range_g": sensor.settings.acc_range_g,
                        "gyr_range_dps": sensor.settings.gyr_range_dps,
                        "extra": sensor.settings.extra,
                    },
                }
                for sensor in header.sensors
            ],
        }
    )


def decode_header(data: bytes) -> SessionHeader:
    """Return the head of a session.

    Raises
    ------
    NewerVersionError
        If a later version of the format wrote it.
    FormatError
        If ``data`` is not a head.
    """
    value = decode_json(data)
    if value.get("format") != FORMAT_NAME:
        raise FormatError(f"its format is {value.get('format')!r}, not {FORMAT_NAME!r}")
    version = _take(value, "format_version", int)
    if version > FORMAT_VERSION:
        raise NewerVersionError(
            f"it was written in format {version}; this version of Toepoint reads up to format "
            f"{FORMAT_VERSION}. Update Toepoint to open it"
        )
    if version < 1:
        raise FormatError(f"format version {version}")
    sensors = tuple(_decode_sensor(item) for item in _take(value, "sensors", list))
    start_ns = _take(value, "start_ns", int)
    if not 0 <= start_ns <= MAX_TIME_NS:
        raise FormatError(f"start_ns = {start_ns}")
    return SessionHeader(
        start_ns=start_ns,
        created_utc=_take(value, "created_utc", str),
        sensors=sensors,
        software=_take(value, "software", str, ""),
        simulated=_take(value, "simulated", bool, False),
        metadata=_take(value, "metadata", dict, {}),
    )


def _decode_sensor(value: Any) -> SensorInfo:
    if not isinstance(value, dict):
        raise FormatError("a sensor is not a JSON object")
    segment = _take(value, "segment", str)
    if segment not in set(Segment):
        raise FormatError(f"segment {segment!r}: it must be one of {', '.join(Segment)}")
    settings = _take(value, "settings", dict)
    identity = value.get("identity")
    if not isinstance(identity, str | None):
        raise FormatError("identity is neither text nor null")
    return SensorInfo(
        source=_take(value, "source", str),
        segment=Segment(segment),
        family=_take(value, "family", str),
        name=_take(value, "name", str, ""),
        settings=StreamSettings(
            rate_hz=_positive(settings, "rate_hz"),
            acc_range_g=_positive(settings, "acc_range_g"),
            gyr_range_dps=_positive(settings, "gyr_range_dps"),
            extra=_take(settings, "extra", dict, {}),
        ),
        identity=identity,
        simulated=_take(value, "simulated", bool, False),
    )


def _take(value: Mapping[str, Any], key: str, kind: type, default: Any = None) -> Any:
    """Return ``value[key]`` if it has exactly the type ``kind`` (a bool is no int)."""
    found = value.get(key, default)
    if type(found) is not kind:
        raise FormatError(f"{key} is {found!r:.60}: {kind.__name__} expected")
    return found


def _positive(value: Mapping[str, Any], key: str) -> float:
    found = value.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float) or not 1e-3 <= found <= 1e6:
        raise FormatError(f"{key} is {found!r:.60}: a number from 0.001 to 1000000 expected")
    return float(found)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise ValueError(f"{text} is beyond the range of a number")
    return number

"""The format of a recording: names, limits, and the JSON of its head and its events.

Encoding and decoding are side by side. ``docs/recording_format.md`` describes the same for people.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from sensor.documents.convert import convert
from sensor.documents.flaws import Keys
from sensor.documents.header import Format
from sensor.documents.origin import Origin
from sensor.documents.parse import parse_json
from sensor.errors import DocumentError, DocumentFault
from sensor.types import Event, JsonValue, SessionHeader

T = TypeVar("T")

FORMAT = Format("a recording", "toepoint.recording", 1, "format", "format_version")
_HERE = Origin("")
"""The reader adds file and place to an error."""

PROFILE = "toepoint"
"""The profile in the MCAP header."""
SESSION_RECORD = "toepoint.session"
"""Name of the metadata record with the head of the session."""
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


_Table: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Channel:
    """The description of a channel."""

    id: int
    source: str
    characteristic: str


@dataclass(frozen=True, slots=True)
class _Event:
    """The message of an event."""

    kind: str
    data: _Table = field(default_factory=dict)


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
    record = decode_json(data, _Channel)
    return record.id, (record.source, record.characteristic)


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


def decode_json(data: bytes, kind: type[T]) -> T:
    """Return the JSON object in ``data`` as a value of ``kind``.

    Raises
    ------
    FormatError
        If it is no such object, too large, nested too deeply, or not strict JSON.
    """
    try:
        return convert(_parse(data), kind, _HERE)
    except DocumentError as error:
        raise FormatError(str(error)) from None


def _parse(data: bytes) -> object:
    if len(data) > MAX_JSON_BYTES:
        raise FormatError(f"{len(data)} bytes of JSON: at most {MAX_JSON_BYTES} are read")
    return parse_json(data, _HERE)


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
    record = decode_json(data, _Event)
    return Event(t_ns, record.kind, record.data)


def encode_header(header: SessionHeader) -> bytes:
    """Return the head of a session as JSON, with the name and version of the format."""
    return encode_json(
        {
            **FORMAT.head(),
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
    try:
        _, fields = FORMAT.read_head(_parse(data), _HERE)
        # Every field is required: the default of a rate or a range would change every sample.
        return convert(fields, SessionHeader, _HERE, Keys(complete=True))
    except DocumentError as error:
        newer = error.fault is DocumentFault.NEWER_VERSION
        raise (NewerVersionError if newer else FormatError)(str(error)) from None

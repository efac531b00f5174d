"""The format of a recording: names, limits, and the JSON of its head and its events.

Encoding and decoding are side by side. ``docs/recording_format.md`` describes the same for people.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, TypeVar

from sensor.documents.convert import convert
from sensor.documents.flaws import Keys
from sensor.documents.header import Format
from sensor.documents.origin import Origin
from sensor.documents.parse import parse_json
from sensor.errors import DocumentError, DocumentFault
from sensor.types import Event, JsonValue, SessionHeader

T = TypeVar("T")

FORMAT = Format("a recording", "toepoint.recording", 2, "format", "format_version")
LIVE_VERSION = 1
"""Version that is written while a session runs: every notification is a message of its own, so that
a recording that is cut anywhere keeps all but its last moment."""
_HERE = Origin("")
"""The reader adds file and place to an error."""

PROFILE = "toepoint"
"""The profile in the MCAP header."""
SESSION_RECORD = "toepoint.session"
"""Name of the metadata record with the head of the session."""
CHANNEL_RECORD = "toepoint.channel"
"""Name of the metadata records that repeat a channel outside the chunks."""

JSON_ENCODING = "json"
NOTIFICATION_ENCODING = "x-toepoint-notification"
RUN_ENCODING = "x-toepoint-run"
"""Encoding of a channel of version 2, each message of which has many notifications."""
COMPRESSION = "zstd"

MAX_FILE_BYTES = 4 * 2**30
"""Largest recording that is opened: it is checked in memory. An hour takes some 16 MB while it is
written, and 4 MB afterwards."""
MAX_CHUNK_BYTES = 8 * 2**20
"""Largest chunk that is unpacked. The writer's chunks are below a quarter of a megabyte."""
MAX_JSON_BYTES = 2**20
"""Largest head or event."""
MAX_NOTIFICATION_BYTES = 2**16
"""Largest payload; Bluetooth allows 512 bytes, and imported tables have less than 600."""
MAX_TIME_NS = 2**63 - 1
"""Largest time, so that readers can use signed 64-bit integers."""


_Table: TypeAlias = dict[str, Any]


class ChannelKey(NamedTuple):
    """The key of a channel."""

    source: str
    """The sensor; empty for the two channels that belong to none."""
    characteristic: str
    """The characteristic, or the name of the channel without a sensor."""
    runs: bool = False
    """Whether a message is a run of notifications (version 2) and not a single one."""


SESSION_KEY = ChannelKey("", "session")
"""The channel with the head of the session."""
EVENT_KEY = ChannelKey("", "event")
"""The channel of the events."""


@dataclass(frozen=True, slots=True)
class _Channel:
    """The description of a channel."""

    id: int
    source: str
    characteristic: str
    encoding: str = NOTIFICATION_ENCODING


@dataclass(frozen=True, slots=True)
class _Event:
    """The message of an event."""

    kind: str
    data: _Table = field(default_factory=dict)


class FormatError(ValueError):
    """Content that breaks the format; the reader adds the file and the position."""


class NewerVersionError(ValueError):
    """A head that a later version of the format wrote: it is sound but cannot be read."""


def channel_facts(key: ChannelKey) -> tuple[str, str, dict[str, str]]:
    """Return topic, message encoding and metadata of a channel.

    Raises
    ------
    ValueError
        If the source or characteristic cannot be encoded as UTF-8.
    """
    source, characteristic, runs = key
    if key in {SESSION_KEY, EVENT_KEY}:
        return f"/{characteristic}", JSON_ENCODING, {}
    topic = f"/sensor/{source}/{characteristic}"
    topic.encode()  # a lone surrogate could not be written
    encoding = RUN_ENCODING if runs else NOTIFICATION_ENCODING
    return topic, encoding, {"source": source, "characteristic": characteristic}


def encode_channel(number: int, key: ChannelKey) -> bytes:
    """Return the description of a channel, which is stored outside the chunks."""
    facts: dict[str, JsonValue] = {
        "id": number,
        "source": key.source,
        "characteristic": key.characteristic,
    }
    if key.runs:
        facts["encoding"] = RUN_ENCODING
    return encode_json(facts)


def decode_channel(data: bytes) -> tuple[int, ChannelKey]:
    """Return the number and the key of a described channel.

    Raises
    ------
    FormatError
        If ``data`` is not the description of a channel.
    """
    record = decode_json(data, _Channel)
    key = ChannelKey(record.source, record.characteristic, record.encoding == RUN_ENCODING)
    return record.id, key


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
            FORMAT.version_key: LIVE_VERSION,
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


COMPACT_MARK = b'"format":"toepoint.recording","format_version":2,'
"""The first fields of a head of version 2."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums over a recording of version 2, which is written when everything is known."""

    items: int
    """Number of all items."""
    end_ns: int
    """Time of the last item."""


@dataclass(frozen=True, slots=True)
class _HeadTotals:
    """The part of a head that says what the recording contains."""

    compact: Totals | None = None


def compact_header(head: bytes, totals: Totals) -> bytes:
    """Return the head of version 2 of a session; every other field stays as it is.

    Raises
    ------
    FormatError
        If ``head`` is not an object.
    """
    fields = decode_json(head, _Table)
    # The kind and the version come first, as in COMPACT_MARK.
    fields = {**FORMAT.head(), **fields, FORMAT.version_key: FORMAT.version}
    return encode_json({**fields, "compact": {"items": totals.items, "end_ns": totals.end_ns}})


def totals_of(head: bytes) -> Totals | None:
    """Return what the recording contains; None for a head of version 1.

    Raises
    ------
    FormatError
        If ``head`` is not a head.
    """
    return decode_json(head, _HeadTotals).compact

"""The values that travel from a sensor to the processing: all frozen, all in SI units.

Arrays are C-contiguous, read-only ``float64`` unless a docstring says otherwise. ``n`` is a number
of samples; vectors of three are in the sensor's own frame. Values that are created for every
message are named tuples, which take a third of the time of a frozen dataclass.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec import Meta

FloatArray: TypeAlias = npt.NDArray[np.float64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]
IntArray: TypeAlias = npt.NDArray[np.int64]
if TYPE_CHECKING:
    JsonValue: TypeAlias = (
        "str | int | float | bool | list[JsonValue] | Mapping[str, JsonValue] | None"
    )
else:
    # msgspec reads annotations at run time, where an alias that names itself has no end.
    JsonValue = Any
Positive: TypeAlias = Annotated[float, Meta(ge=1e-3, le=1e6)]
"""A rate or range; the limits hold where it is read from a recording."""

STANDARD_GRAVITY_MPS2 = 9.80665
"""Standard acceleration of free fall (CGPM 1901)."""


class Segment(StrEnum):
    """The part of the body that a sensor is strapped to."""

    SHIN = "shin"
    FOOT = "foot"
    THIGH = "thigh"
    PELVIS = "pelvis"


@dataclass(frozen=True, slots=True)
class StreamSettings:
    """The settings of a sensor's stream: what it is asked for, and what its decoder needs."""

    rate_hz: Positive = 100.0
    """Nominal rate; the clock estimates the true one."""
    acc_range_g: Positive = 16.0
    """Full scale of the accelerometer, in g."""
    gyr_range_dps: Positive = 2000.0
    """Full scale of the gyroscope, in °/s."""
    extra: Mapping[str, JsonValue] = field(default_factory=dict)
    """Settings of a single family (for example a conversion factor that the sensor reported), and
    the trim of the device's accelerometer (:mod:`sensor.accelerometer.trim`)."""


@dataclass(frozen=True, slots=True)
class SensorInfo:
    """One sensor of a session: its identity, its place on the leg and its settings."""

    source: str
    """Key of the sensor in every notification: its Bluetooth address (on macOS the UUID that the
    host made up), or the name of a simulated or imported sensor."""
    segment: Segment
    """The part of the leg that it is strapped to."""
    family: str
    """Name of its family, as ``toepoint sensors`` lists them."""
    name: str = ""
    """The name that it advertises."""
    settings: StreamSettings = field(default_factory=StreamSettings)
    """The settings of its stream."""
    identity: str | None = None
    """Serial number or MAC that the device itself reports; None if it reports nothing."""
    simulated: bool = False
    """Whether it is simulated."""


@dataclass(frozen=True, slots=True)
class Notification:
    """One Bluetooth notification as it arrived: the only measured value that is recorded."""

    t_ns: int
    """Arrival on the host's monotonic clock, in ns."""
    source: str
    """The sensor, as in :attr:`SensorInfo.source`."""
    characteristic: str
    """Lower-case 128-bit UUID."""
    payload: bytes
    """The bytes, unchanged."""


@dataclass(frozen=True, slots=True, eq=False)
class NotificationRun:
    """Many notifications of one characteristic, in the order of their arrival."""

    source: str
    """The sensor, as in :attr:`SensorInfo.source`."""
    characteristic: str
    """Lower-case 128-bit UUID."""
    sequence: IntArray
    """(n,) number of each notification among all items of the session."""
    t_ns: IntArray
    """(n,) arrival of each on the host's monotonic clock, in ns."""
    payloads: bytes
    """The payloads, one behind the other."""
    offsets: IntArray
    """(n + 1,) where each begins in ``payloads``, and where the last ends."""


@dataclass(frozen=True, slots=True)
class SessionHeader:
    """The head of a session: everything that is known before its first item."""

    start_ns: Annotated[int, Meta(ge=0, le=2**63 - 1)]
    """Zero of the session's time base, on the clock of :attr:`Notification.t_ns`."""
    created_utc: str
    """ISO 8601 time of the start, for people."""
    sensors: tuple[SensorInfo, ...]
    """The sensors, in the order in which they were connected."""
    software: str = ""
    """Name and version of the program that made the session."""
    simulated: bool = False
    """Whether any part of the session is simulated."""
    metadata: Mapping[str, JsonValue] = field(default_factory=dict)
    """Facts about the session: athlete's alias, machine, protocol, simulation parameters."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event beside the samples: a key, a calibration step, a lost link."""

    t_ns: int
    """Time on the clock of :attr:`Notification.t_ns`."""
    kind: str
    """One of :class:`EventKind`, or a kind of another version."""
    data: Mapping[str, JsonValue] = field(default_factory=dict)
    """The facts of its kind, as JSON can hold them."""


class EventKind(StrEnum):
    """The kinds of event that this version writes. Readers keep unknown kinds and pass them on."""

    LINK = "link"
    """The connection of a sensor changed: ``source``, ``state`` and, if known, ``reason``."""
    CALIBRATION_START = "calibration.start"
    """A calibration movement begins: ``step`` is ``bench``, ``still``, ``pumps``, ``curls`` or
    ``rezero``.

    It may carry ``side`` (left or right) and ``neutral_deg``, the ankle angle of a still pose that
    was set against a goniometer or a box corner.
    """
    CALIBRATION_END = "calibration.end"
    """The movement of ``step`` ended; ``accepted`` says whether it may be used."""
    STRAPPED_ON = "strapped.on"
    """The sensors were strapped on again: the angles are unknown until a new calibration."""
    SET_START = "set.start"
    """A set begins: any of ``set_type``, ``load_kg``, ``side``, ``planned_reps``, ``tempo``."""
    SET_END = "set.end"
    """The person ended the set."""
    SET_BEGUN = "set.begun"
    """The coach's record of a set that began, or goes on: an output, which a replay produces again.

    ``set`` counts from 1, ``t_s`` is the start in session time, ``marked`` whether a person marked
    it; the other fields are those of ``set.start``, as far as they are known.
    """
    SET_OVER = "set.over"
    """The coach's record of the end of a set: an output, which a replay produces again.

    ``set``, ``t_s``, ``why``, ``reps``, and ``kept``: False if it was none. Without fields (versions
    before ``set.begun``) a marked set ended because the leg lay still.
    """
    KEY = "key"
    """A key or clicker was pressed: ``key``."""
    MARK = "mark"
    """The person marked this moment."""
    NOTE = "note"
    """The person wrote a note: ``text``."""
    CUE = "cue"
    """A cue was played: an output, never an input of a replay."""


OUTPUTS = frozenset({EventKind.CUE, EventKind.SET_BEGUN, EventKind.SET_OVER})
"""The kinds that the program itself produces: a replay leaves them out and produces them again."""

Item: TypeAlias = Notification | Event
"""One element of a session, as a source yields them and a recording holds them, in order of time."""


class Packet(NamedTuple):
    """The content of one message of a sensor, or of consecutive alike ones, with nothing inferred.

    A family that sends acceleration and angular rate together has n == m. A family that sends them
    as two streams leaves one of them empty, with shape (0, 3). Each of the messages holds the same
    number of samples.
    """

    acc: FloatArray
    """(n, 3) specific force, m/s²."""
    gyr: FloatArray
    """(m, 3) angular rate, rad/s."""
    clipped: BoolArray
    """(max(n, m),) whether a sample is at full scale."""
    ticks: Sequence[int] | None = None
    """The device's clock in its own ticks, possibly wrapped, one for each message: for the sample that
    the family's clock model names."""
    sequences: Sequence[int] | None = None
    """The device's counter, one for each message: of its first sample or of the message."""
    period_s: float | None = None
    """Spacing of the samples, if the message itself contains it."""
    battery_percent: float | None = None
    skipped_bytes: int = 0
    """Bytes that belonged to no message."""
    messages: int = 1
    """Number of messages."""


class ImuBlock(NamedTuple):
    """Consecutive samples of one sensor on the session's time base.

    The times of a stream increase from block to block. The exception is a block whose first time is
    not after the last one of the block before: time runs back, and the blocks before it were placed
    too late.
    """

    segment: Segment
    t: FloatArray
    """(n,) s since the start of the session, strictly increasing."""
    acc: FloatArray
    """(n, 3) specific force, m/s²."""
    gyr: FloatArray
    """(n, 3) angular rate, rad/s."""
    clipped: BoolArray
    """(n,) whether a sample is at full scale."""
    lost: int = 0
    """Samples missing before the block."""
    unnoticed_s: float = 0.0
    """A device without clock and counter shows a loss late: the samples of this long before the
    block are placed too early, by the time of what is missing."""
    found: int = 0
    """Samples that had been counted as lost, and have arrived after all."""
    jumped: bool = False
    """Whether the clock or counter of the device does not go on from the block before."""
    ends: IntArray | None = None
    """(k,) index after the last sample of each message of the block; None if it is one message."""
    places: IntArray | FloatArray | None = None
    """(k,) place of each message in the order of arrival among all sensors, increasing; None if the
    block is one message that comes when it arrives."""


def frozen(array: npt.ArrayLike) -> FloatArray:
    """Return ``array`` as a contiguous read-only float64 array (a copy unless it is one)."""
    out = np.ascontiguousarray(array, dtype=np.float64)
    if out.flags.writeable:
        out = out.copy() if out is array else out
        out.flags.writeable = False
    return out


def frozen_bool(array: npt.ArrayLike) -> BoolArray:
    """Return ``array`` as a contiguous read-only bool array (a copy unless it is one)."""
    out = np.ascontiguousarray(array, dtype=np.bool_)
    if out.flags.writeable:
        out = out.copy() if out is array else out
        out.flags.writeable = False
    return out

"""The values that travel from a sensor to the processing. All frozen, all SI units.

Arrays are C-contiguous, read-only ``float64`` unless said otherwise. ``n`` is a number of samples;
three-vectors are in the sensor's own frame. What is made for every message is a named tuple, which
takes a third of the time that a frozen dataclass takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

FloatArray: TypeAlias = npt.NDArray[np.float64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]
JsonValue: TypeAlias = "str | int | float | bool | list[JsonValue] | Mapping[str, JsonValue] | None"

STANDARD_GRAVITY_MPS2 = 9.80665


class Segment(StrEnum):
    """The part of the leg that a sensor is strapped to."""

    SHIN = "shin"
    FOOT = "foot"
    THIGH = "thigh"


@dataclass(frozen=True, slots=True)
class StreamSettings:
    """How a sensor is asked to stream, and what its decoder must know.

    ``rate_hz`` is nominal: the true rate is estimated by the clock. ``extra`` holds what only one
    family needs (for example a conversion factor that the sensor reported), and what is known of the
    device's accelerometer (:mod:`sensor.accelerometer`).
    """

    rate_hz: float = 100.0
    acc_range_g: float = 16.0
    gyr_range_dps: float = 2000.0
    extra: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SensorInfo:
    """One sensor of a session: who it is, where it is worn and how it was configured.

    ``source`` is its key in every notification: the Bluetooth address (the host's UUID on macOS)
    or the name of a simulated or imported sensor. ``identity`` is what the device says of itself.
    """

    source: str
    segment: Segment
    family: str
    name: str = ""
    settings: StreamSettings = field(default_factory=StreamSettings)
    identity: str | None = None
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Notification:
    """One Bluetooth notification as it arrived: the only measured thing that is recorded.

    ``t_ns`` is the arrival on the host's monotonic clock; ``characteristic`` is a lower-case
    128-bit UUID.
    """

    t_ns: int
    source: str
    characteristic: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class SessionHeader:
    """What stands at the head of a session, before its first item.

    ``start_ns`` is the zero of the session's time base on the same monotonic clock as
    ``Notification.t_ns``; ``created_utc`` an ISO 8601 time for people. ``metadata`` holds what the
    session was about (athlete's alias, machine, protocol, simulation parameters).
    """

    start_ns: int
    created_utc: str
    sensors: tuple[SensorInfo, ...]
    software: str = ""
    simulated: bool = False
    metadata: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened beside the samples: a key, a calibration step, a lost link.

    ``kind`` is one of :class:`EventKind`; ``data`` is what JSON can hold.
    """

    t_ns: int
    kind: str
    data: Mapping[str, JsonValue] = field(default_factory=dict)


class EventKind(StrEnum):
    """The events that this version writes. Readers keep unknown kinds and pass them on."""

    LINK = "link"
    """A sensor's connection changed: ``source``, ``state`` and, when known, ``reason``."""
    CALIBRATION_START = "calibration.start"
    """A calibration movement begins: ``step`` is ``bench``, ``still``, ``pumps``, ``curls`` or ``rezero``.

    ``side`` (left or right) and ``neutral_deg``, the ankle angle of a still pose that was set against
    a goniometer or a box corner, may be said with it.
    """
    CALIBRATION_END = "calibration.end"
    """The movement of ``step`` ended; ``accepted`` says whether it may be used."""
    STRAPPED_ON = "strapped.on"
    """The sensors were strapped on anew: until a new calibration nothing is known of the angles."""
    SET_START = "set.start"
    """A set begins: any of ``set_type``, ``load_kg``, ``side``, ``planned_reps``, ``tempo``."""
    SET_END = "set.end"
    SET_OVER = "set.over"
    """A marked set ended because the leg lay still: an output, made anew by a replay."""
    KEY = "key"
    """A key or clicker: ``key``."""
    MARK = "mark"
    NOTE = "note"
    """``text``."""
    CUE = "cue"
    """A cue that was played: an output, never an input of a replay."""


OUTPUTS = frozenset({EventKind.CUE, EventKind.SET_OVER})
"""What the program said, not what it heard: a replay leaves it out and says it anew."""

Item: TypeAlias = Notification | Event
"""What a source yields and a recording holds, in order of time."""


class Packet(NamedTuple):
    """What one decoded message of a sensor says, and nothing inferred.

    ``acc`` (n, 3) is specific force in m/s², ``gyr`` (m, 3) angular rate in rad/s. A family that
    sends both together has n == m; one that sends them as separate streams leaves one of them
    empty, with shape (0, 3). ``clipped`` (max(n, m),) marks samples at full scale.

    ``tick`` is the device's clock in its own ticks, possibly wrapped, for the sample that the
    family's clock model names; ``sequence`` a counter of the first sample (or of the packet).
    ``period_s`` is the spacing of its samples where the message itself says so. ``skipped_bytes``
    counts bytes that belonged to no message.
    """

    acc: FloatArray
    gyr: FloatArray
    clipped: BoolArray
    tick: int | None = None
    sequence: int | None = None
    period_s: float | None = None
    battery_percent: float | None = None
    skipped_bytes: int = 0


class ImuBlock(NamedTuple):
    """Consecutive samples of one sensor on the session's time base.

    ``t`` (n,) is in seconds since the start of the session, strictly increasing; ``acc`` (n, 3) in
    m/s²; ``gyr`` (n, 3) in rad/s; ``clipped`` (n,). ``lost`` samples are missing before the block.
    A device without clock and counter shows a loss only by and by: then those of the last
    ``unnoticed_s`` before the block were placed too early, by what is missing.
    """

    segment: Segment
    t: FloatArray
    acc: FloatArray
    gyr: FloatArray
    clipped: BoolArray
    lost: int = 0
    unnoticed_s: float = 0.0


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

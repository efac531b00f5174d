"""What a simulated session is made from: every number with its unit, and one seed."""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from sensor.errors import SettingError
from sensor.types import JsonValue


class Exercise(StrEnum):
    """The machine: how the thigh lies in it."""

    LYING = "lying"
    SEATED = "seated"
    STANDING = "standing"


class Side(StrEnum):
    """The leg that wears the sensors."""

    LEFT = "left"
    RIGHT = "right"


class Protocol(StrEnum):
    """What is trained. A set's type has the same name, except in ``A``, which alternates."""

    A = "A"
    """Alternating sets: toes up, toes pointed."""
    B = "B"
    """Toes up to lift, pointed to lower."""
    DF = "DF"
    """Toes up throughout (half of A)."""
    PF = "PF"
    """Toes pointed throughout (the other half)."""
    FREE = "FREE"
    """No sets: walking about, loading plates, fidgeting."""


class Rest(StrEnum):
    """What the person does between sets."""

    STILL = "still"
    FIDGET = "fidget"
    """Small movements of foot and knee, still on the machine."""
    WALK = "walk"
    """Gets up, walks about, lies down again."""


class Fault(StrEnum):
    """What can be wrong with a rep."""

    FAST = "fast"
    """Lowered in well under the target time."""
    DROP = "drop"
    """Lowered slowly at first, then let go."""
    LATE = "late"
    """Protocol B: the toes point only when half of the way down is done."""
    NEVER = "never"
    """The foot stays neutral where it should be pointed (or, in a toes-up set, up)."""
    SLIP = "slip"
    """The foot loses its position half-way down."""
    PARTIAL = "partial"
    """Less than half of the range."""
    BOUNCE = "bounce"
    """Two small rebounds at the bottom."""
    PAUSE = "pause"
    """A long rest at the bottom."""
    STALL = "stall"
    """The lowering stops half-way for two seconds."""


def _ranged(default: float, low: float, high: float) -> Any:
    """Return a field that takes numbers from ``low`` to ``high``."""
    return field(default=default, metadata={"low": low, "high": high})


def _check_ranges(
    parameters: "PersonParameters | RadioParameters | SensorParameters | SimulationParameters",
) -> None:
    for item in dataclasses.fields(parameters):
        if "low" not in item.metadata:
            continue
        low, high = item.metadata["low"], item.metadata["high"]
        value = getattr(parameters, item.name)
        whole = item.type is int
        kinds: tuple[type, ...] = (int,) if whole else (int, float)
        number = isinstance(value, kinds) and not isinstance(value, bool)
        if not (number and low <= value <= high):
            raise SettingError(
                item.name, value, f"a {'whole ' if whole else ''}number from {low:g} to {high:g}"
            )


def _check_choice(key: str, value: object, kind: type[StrEnum]) -> None:
    if not isinstance(value, kind):
        raise SettingError(key, value, "one of " + ", ".join(kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonParameters:
    """The person on the machine.

    ``axis_incline_deg`` tilts the knee axis out of the horizontal (90: side-lying). ``rom_deg`` is
    the full curl. A foot is held at ``held_percent`` of its active range. ``tremor_deg`` (rms, 7 to
    11 Hz) is always there; ``unsteady_deg`` (rms, below 1 Hz) is how far the foot wanders while the
    leg works, ``out_of_plane_deg`` the same for shin rotation and subtalar joint.
    ``spread_percent`` is the standard deviation of times and ranges from rep to rep.
    """

    exercise: Exercise = Exercise.LYING
    side: Side = Side.RIGHT
    thigh_length_m: float = _ranged(0.42, 0.2, 0.7)
    shin_length_m: float = _ranged(0.42, 0.2, 0.7)
    ankle_tilt_deg: float = _ranged(8.0, -30.0, 30.0)
    ankle_turn_deg: float = _ranged(6.0, -45.0, 45.0)
    axis_incline_deg: float = _ranged(0.0, -90.0, 90.0)
    rom_deg: float = _ranged(105.0, 20.0, 140.0)
    dorsiflexion_max_deg: float = _ranged(15.0, 2.0, 35.0)
    plantarflexion_max_deg: float = _ranged(45.0, 5.0, 75.0)
    held_percent: float = _ranged(80.0, 10.0, 100.0)
    tremor_deg: float = _ranged(0.05, 0.0, 2.0)
    unsteady_deg: float = _ranged(1.0, 0.0, 5.0)
    out_of_plane_deg: float = _ranged(1.5, 0.0, 10.0)
    spread_percent: float = _ranged(5.0, 0.0, 30.0)

    def __post_init__(self) -> None:
        _check_choice("exercise", self.exercise, Exercise)
        _check_choice("side", self.side, Side)
        _check_ranges(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RadioParameters:
    """The device's clock and the way to the host.

    ``rate_error_percent`` is how far the true rate is off the nominal one and
    ``clock_error_ppm`` how wrong the device's own clock runs (None: drawn); the rate drifts by
    ``rate_drift_ppm_per_min``. ``retransmission_percent`` of the connection events fail.
    ``jitter_ms`` is the mean delay in the host, ``latency_ms`` a constant one. During a stall
    nothing arrives, and then all of it at once. ``loss_percent`` of the notifications are
    discarded by the device. ``dropouts_s`` lists (start, duration) of times when the sensor is
    gone.
    """

    rate_error_percent: float | None = None
    clock_error_ppm: float | None = None
    rate_drift_ppm_per_min: float = _ranged(0.0, -100.0, 100.0)
    interval_ms: float = _ranged(15.0, 1.0, 4000.0)
    jitter_ms: float = _ranged(1.0, 0.0, 200.0)
    latency_ms: float = _ranged(0.0, 0.0, 2000.0)
    retransmission_percent: float = _ranged(5.0, 0.0, 90.0)
    stalls_per_min: float = _ranged(0.0, 0.0, 60.0)
    stall_ms: float = _ranged(239.0, 1.0, 5000.0)
    loss_percent: float = _ranged(0.0, 0.0, 90.0)
    dropouts_s: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        _check_ranges(self)
        for key, limit in (("rate_error_percent", 10.0), ("clock_error_ppm", 20000.0)):
            value = getattr(self, key)
            if value is not None and not abs(value) <= limit:
                raise SettingError(key, value, f"from {-limit:g} to {limit:g}")
        end = 0.0
        for dropout in self.dropouts_s:
            start, duration = dropout
            if not (end <= start and 1.0 <= duration < math.inf):
                allowed = "in order of time, not overlapping, each of 1 s or longer"
                raise SettingError("dropouts_s", self.dropouts_s, allowed)
            end = start + duration


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorParameters:
    """A sensor: its make, its part, where it sits and how it moves against the bone.

    ``rate_hz`` is one of the family's rates (None: its default).
    ``position_m`` is in the segment's frame (see :mod:`sensor.simulation.leg`) from its upper
    joint. The mounting is a random rotation. ``acc_offset_mg`` and ``gyr_offset_dps`` replace the
    part's drawn offsets. ``soft_tissue_deg`` turns the sensor against the bone with the movement
    of the leg; ``slip_deg`` turns it about the joint's axis, once, at ``slip_at_s``.
    """

    family: str = "witmotion"
    rate_hz: float | None = None
    part: str = "WT901BLE67"
    position_m: tuple[float, float, float] = (0.0, 0.0, 0.0)
    acc_offset_mg: tuple[float, float, float] | None = None
    gyr_offset_dps: tuple[float, float, float] | None = None
    soft_tissue_deg: float = _ranged(1.0, 0.0, 10.0)
    slip_deg: float = _ranged(0.0, -45.0, 45.0)
    slip_at_s: float = _ranged(30.0, 0.0, 36000.0)
    radio: RadioParameters = field(default_factory=RadioParameters)

    def __post_init__(self) -> None:
        _check_ranges(self)
        for key, limit in (
            ("position_m", 1.0),
            ("acc_offset_mg", 1000.0),
            ("gyr_offset_dps", 100.0),
        ):
            value = getattr(self, key)
            if value is not None and not (len(value) == 3 and all(abs(x) <= limit for x in value)):
                raise SettingError(key, value, f"three numbers from {-limit:g} to {limit:g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationParameters:
    """A simulated session: the same parameters always give the same bytes.

    The session has a calibration, ``free_s`` of free movement (None: 60 s in protocol ``FREE``,
    else none), then ``sets`` of ``reps`` with ``rest_s`` between them. Every ``fault_every_reps``-th
    rep has the next of ``faults``, in turn. The tempo is ``lower_s`` - ``bottom_s`` - ``lift_s`` -
    ``top_s``. Without ``marks`` no calibration step and no set is marked by events.
    ``created_utc`` is the session's date, for people.
    """

    seed: int = _ranged(1, 0, 2**63 - 1)
    protocol: Protocol = Protocol.B
    sets: int = _ranged(2, 0, 100)
    reps: int = _ranged(6, 1, 100)
    load_kg: float = _ranged(40.0, 0.0, 500.0)
    lower_s: float = _ranged(4.0, 0.3, 30.0)
    bottom_s: float = _ranged(0.0, 0.0, 10.0)
    lift_s: float = _ranged(1.0, 0.3, 10.0)
    top_s: float = _ranged(1.0, 0.0, 10.0)
    rest: Rest = Rest.STILL
    rest_s: float = _ranged(15.0, 4.0, 600.0)
    faults: tuple[Fault, ...] = ()
    fault_every_reps: int = _ranged(2, 1, 100)
    calibration: bool = True
    marks: bool = True
    free_s: float | None = None
    created_utc: str = "2026-01-01T12:00:00+00:00"
    person: PersonParameters = field(default_factory=PersonParameters)
    shin: SensorParameters = field(
        default_factory=lambda: SensorParameters(position_m=(0.04, 0.01, -0.25))
    )
    foot: SensorParameters = field(
        default_factory=lambda: SensorParameters(position_m=(0.09, 0.0, -0.03))
    )
    thigh: SensorParameters | None = None

    def __post_init__(self) -> None:
        _check_ranges(self)
        _check_choice("protocol", self.protocol, Protocol)
        _check_choice("rest", self.rest, Rest)
        for fault in self.faults:
            _check_choice("faults", fault, Fault)
        if Fault.LATE in self.faults and self.protocol is not Protocol.B:
            raise SettingError("faults", Fault.LATE.value, "left out: only protocol B has a switch")
        if self.free_s is not None and not 0.0 <= self.free_s <= 36000.0:
            raise SettingError("free_s", self.free_s, "a number from 0 to 36000")
        try:
            datetime.fromisoformat(self.created_utc)
        except ValueError:
            raise SettingError("created_utc", self.created_utc, "an ISO 8601 time") from None

    def to_json(self) -> dict[str, JsonValue]:
        """Return the parameters as JSON can hold them."""
        return dataclasses.asdict(self, dict_factory=_json_dict)

    @classmethod
    def from_json(cls, data: Mapping[str, JsonValue]) -> Self:
        """Return the parameters that :meth:`to_json` gave.

        Raises
        ------
        SettingError
            If a key is unknown or a value is not allowed.
        """
        built: Self = _built(cls, data)
        return built


def _json_dict(pairs: list[tuple[str, Any]]) -> dict[str, JsonValue]:
    return {key: _listed(value) for key, value in pairs}


def _listed(value: Any) -> JsonValue:
    return [_listed(x) for x in value] if isinstance(value, tuple) else value


_NESTED: dict[str, Any] = {
    "person": PersonParameters,
    "shin": SensorParameters,
    "foot": SensorParameters,
    "thigh": SensorParameters,
    "radio": RadioParameters,
}
_CHOICES: dict[str, type[StrEnum]] = {
    "exercise": Exercise,
    "side": Side,
    "protocol": Protocol,
    "rest": Rest,
}


def choice(key: str, value: object, kind: type[StrEnum]) -> StrEnum:
    """Return the member of ``kind`` called ``value``, whatever its case.

    Raises
    ------
    SettingError
        If there is none.
    """
    for member in kind:
        if str(value).lower() == member.value.lower():
            return member
    raise SettingError(key, value, "one of " + ", ".join(kind))


def _built(kind: Any, data: Any) -> Any:
    known = {item.name for item in dataclasses.fields(kind)}
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key not in known:
            raise SettingError(key, value, "left out: no such parameter")
        if key in _NESTED and value is not None:
            values[key] = _built(_NESTED[key], value)
        elif key in _CHOICES:
            values[key] = choice(key, value, _CHOICES[key])
        elif key == "faults":
            values[key] = tuple(choice(key, fault, Fault) for fault in value)
        else:
            values[key] = _tupled(value)
    return kind(**values)


def _tupled(value: Any) -> Any:
    return tuple(_tupled(x) for x in value) if isinstance(value, list) else value

"""What a simulated session is made from: every number with its unit, and one seed."""

import dataclasses
import math
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sensor.errors import SettingError
from sensor.families import family_named
from sensor.simulation.choices import (
    Fault,
    RestActivity,
    Side,
    SimulatedExercise,
    SimulatedProtocol,
    TableActivity,
)
from sensor.simulation.imu import part_named
from sensor.types import StreamSettings


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

    With ``shin_held`` the exercise is a glute-ham raise: the shin stays, and the thigh rises from it.
    ``axis_incline_deg`` tilts the knee axis out of the horizontal (90: side-lying). ``rom_deg`` is
    the full curl. A foot is held at ``held_percent`` of its active range. ``tremor_deg`` (rms, 7 to
    11 Hz) is that of the working leg, a fifth of it is left at rest; ``unsteady_deg`` (rms, below
    1 Hz) is how far the foot wanders while the leg works, ``out_of_plane_deg`` the same for shin
    rotation and subtalar joint.
    ``spread_percent`` is the standard deviation of times and ranges from rep to rep.
    """

    exercise: SimulatedExercise = SimulatedExercise.LYING
    shin_held: bool = False
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
        _check_choice("exercise", self.exercise, SimulatedExercise)
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
    ``position_m`` is in the segment's frame (see :mod:`sensor.simulation.leg_kinematics`) from its upper
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
        part_named(self.part)
        self.settings()
        for key, limit in (
            ("position_m", 1.0),
            ("acc_offset_mg", 1000.0),
            ("gyr_offset_dps", 100.0),
        ):
            value = getattr(self, key)
            if value is not None and not (len(value) == 3 and all(abs(x) <= limit for x in value)):
                raise SettingError(key, value, f"three numbers from {-limit:g} to {limit:g}")

    def settings(self) -> StreamSettings:
        """Return how the sensor streams.

        Raises
        ------
        SettingError
            If there is no such family, or it cannot stream at the rate.
        """
        family = family_named(self.family)
        capabilities = family.capabilities
        if capabilities.refused is not None:
            raise SettingError("family", self.family, f"another one: {capabilities.refused}")
        if self.rate_hz is None:
            return capabilities.default
        if self.rate_hz not in capabilities.rates_hz:
            rates = ", ".join(f"{rate:g}" for rate in capabilities.rates_hz)
            raise SettingError("rate_hz", self.rate_hz, f"one of {rates} for {family.title}")
        return dataclasses.replace(capabilities.default, rate_hz=self.rate_hz)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationParameters:
    """A simulated session: the same parameters always give the same bytes.

    The session has what is done at the ``table``, a calibration, ``free_s`` of free movement (None: 60 s in protocol ``FREE``,
    else none), then ``sets`` of ``reps`` with ``rest_s`` between them. Every ``fault_every_reps``-th
    rep has the next of ``faults``, in turn; at ``fault_strength_percent`` of 100 no one could
    overlook them, at 20 a coach would let them pass. The tempo is ``lower_s`` - ``bottom_s`` - ``lift_s`` -
    ``top_s``. Without ``marks`` no calibration step and no set is marked by events.
    ``created_utc`` is the session's date, for people.
    """

    seed: int = _ranged(1, 0, 2**63 - 1)
    protocol: SimulatedProtocol = SimulatedProtocol.B
    sets: int = _ranged(2, 0, 100)
    reps: int = _ranged(6, 1, 100)
    load_kg: float = _ranged(40.0, 0.0, 500.0)
    lower_s: float = _ranged(4.0, 0.3, 30.0)
    bottom_s: float = _ranged(0.0, 0.0, 10.0)
    lift_s: float = _ranged(1.0, 0.3, 10.0)
    top_s: float = _ranged(1.0, 0.0, 10.0)
    rest: RestActivity = RestActivity.STILL
    rest_s: float = _ranged(15.0, 4.0, 600.0)
    faults: tuple[Fault, ...] = ()
    fault_every_reps: int = _ranged(2, 1, 100)
    fault_strength_percent: float = _ranged(100.0, 0.0, 100.0)
    calibration: bool = True
    marks: bool = True
    free_s: float | None = None
    table: TableActivity = TableActivity.NOTHING
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
        _check_choice("protocol", self.protocol, SimulatedProtocol)
        _check_choice("rest", self.rest, RestActivity)
        _check_choice("table", self.table, TableActivity)
        for fault in self.faults:
            _check_choice("faults", fault, Fault)
        if Fault.LATE in self.faults and self.protocol is not SimulatedProtocol.B:
            raise SettingError("faults", Fault.LATE.value, "left out: only protocol B has a switch")
        walks = (
            self.rest is RestActivity.WALK or self.free_s or self.protocol is SimulatedProtocol.FREE
        )
        if self.person.shin_held and walks:
            raise SettingError("shin_held", True, "left out where the person walks about")
        if self.free_s is not None and not 0.0 <= self.free_s <= 36000.0:
            raise SettingError("free_s", self.free_s, "a number from 0 to 36000")
        try:
            datetime.fromisoformat(self.created_utc)
        except ValueError:
            raise SettingError("created_utc", self.created_utc, "an ISO 8601 time") from None

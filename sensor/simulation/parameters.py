"""The parameters of a simulated session: every number with its unit, and one seed.

``docs/simulation.md`` lists them by key; :mod:`sensor.simulation.simulation_text` reads them.
"""

import dataclasses
import math
from dataclasses import dataclass, field
from datetime import datetime

from sensor.errors import SettingError
from sensor.families import family_named
from sensor.simulation.choices import (
    RestActivity,
    SimulatedExercise,
    SimulatedFault,
    SimulatedProtocol,
    SimulatedSide,
    TableActivity,
)
from sensor.simulation.imu import part_named
from sensor.simulation.movement_parameters import MovementParameters
from sensor.simulation.ranges import ADDED, check_choice, check_ranges, ranged
from sensor.types import StreamSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonParameters:
    """The person on the machine."""

    exercise: SimulatedExercise = SimulatedExercise.LYING
    """The machine."""
    shin_held: bool = field(default=False, metadata=ADDED)
    """A glute-ham raise: the shin stays, and the thigh rises from it."""
    side: SimulatedSide = SimulatedSide.RIGHT
    """The leg that wears the sensors."""
    thigh_length_m: float = ranged(0.42, 0.2, 0.7)
    """From hip to knee."""
    shin_length_m: float = ranged(0.42, 0.2, 0.7)
    """From knee to ankle."""
    ankle_tilt_deg: float = ranged(8.0, -30.0, 30.0)
    """Rise of the talocrural axis, as in :class:`sensor.simulation.leg_kinematics.Anatomy`."""
    ankle_turn_deg: float = ranged(6.0, -45.0, 45.0)
    """Turn of that axis."""
    axis_incline_deg: float = ranged(0.0, -90.0, 90.0)
    """Tilt of the knee axis out of the horizontal; 90 is side-lying."""
    rom_deg: float = ranged(105.0, 20.0, 140.0)
    """Range of the knee in a full rep."""
    dorsiflexion_max_deg: float = ranged(15.0, 2.0, 35.0)
    """Active dorsiflexion from the neutral pose."""
    plantarflexion_max_deg: float = ranged(45.0, 5.0, 75.0)
    """Active plantarflexion from the neutral pose."""
    held_percent: float = ranged(80.0, 10.0, 100.0)
    """Share of the active range at which the foot is held."""
    tremor_deg: float = ranged(0.05, 0.0, 2.0)
    """Tremor of the working leg (rms, 7 to 11 Hz); a fifth of it is left at rest."""
    unsteady_deg: float = ranged(1.0, 0.0, 5.0)
    """Wander of the foot while the leg works (rms, below 1 Hz)."""
    out_of_plane_deg: float = ranged(1.5, 0.0, 10.0)
    """The same for shin rotation and subtalar joint."""
    spread_percent: float = ranged(5.0, 0.0, 30.0)
    """Standard deviation of times and ranges from rep to rep."""

    def __post_init__(self) -> None:
        check_choice("exercise", self.exercise, SimulatedExercise)
        check_choice("side", self.side, SimulatedSide)
        check_ranges(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RadioParameters:
    """The device's clock and the way to the host."""

    rate_error_percent: float | None = None
    """Error of the true rate, at most 10; None draws it."""
    clock_error_ppm: float | None = None
    """Error of the device's own clock, at most 20,000; None draws it."""
    rate_drift_ppm_per_min: float = ranged(0.0, -100.0, 100.0)
    """Drift of the rate, as by temperature."""
    interval_ms: float = ranged(15.0, 1.0, 4000.0)
    """Connection interval."""
    jitter_ms: float = ranged(1.0, 0.0, 200.0)
    """Mean of the random delay in the host."""
    latency_ms: float = ranged(0.0, 0.0, 2000.0)
    """Constant delay."""
    retransmission_percent: float = ranged(5.0, 0.0, 90.0)
    """Share of the connection events that fail."""
    stalls_per_min: float = ranged(0.0, 0.0, 60.0)
    """Mean number of stalls: nothing arrives, then all of it at once."""
    stall_ms: float = ranged(239.0, 1.0, 5000.0)
    """Length of a stall; the default was seen in a public WitMotion recording."""
    loss_percent: float = ranged(0.0, 0.0, 90.0)
    """Share of the notifications that the device discards."""
    dropouts_s: tuple[tuple[float, float], ...] = ()
    """(start, duration) of the times when the sensor is gone, each at least 1 s."""

    def __post_init__(self) -> None:
        check_ranges(self)
        for key, limit in (("rate_error_percent", 10.0), ("clock_error_ppm", 20000.0)):
            value = getattr(self, key)
            if value is not None and not abs(value) <= limit:
                raise SettingError(key, value, f"from {-limit:g} to {limit:g}")
        # Shorter drop-outs are stalls: a link reports a sensor as lost only after a second.
        end = 0.0
        for dropout in self.dropouts_s:
            start, duration = dropout
            if not (end <= start and 1.0 <= duration < math.inf):
                allowed = "in order of time, not overlapping, each of 1 s or longer"
                raise SettingError("dropouts_s", self.dropouts_s, allowed)
            end = start + duration


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorParameters:
    """A sensor: its make, its part, its place and its movement against the bone.

    Its mounting is a random rotation.
    """

    family: str = "witmotion"
    """Name of the family whose bytes it sends."""
    rate_hz: float | None = None
    """One of the family's rates; None for its default."""
    part: str = "WT901BLE67"
    """Name of the part whose errors it has, one of :data:`sensor.simulation.imu.PARTS`."""
    position_m: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Position from the upper joint, in the segment's frame
    (:mod:`sensor.simulation.leg_kinematics`)."""
    acc_offset_mg: tuple[float, float, float] | None = None
    """Offset of the accelerometer; None draws it from the part."""
    gyr_offset_dps: tuple[float, float, float] | None = None
    """Offset of the gyroscope; None draws it from the part."""
    soft_tissue_deg: float = ranged(1.0, 0.0, 10.0)
    """Turn of the sensor against the bone as the leg moves."""
    slip_deg: float = ranged(0.0, -45.0, 45.0)
    """Slip of the strap about the joint's axis, once."""
    slip_at_s: float = ranged(30.0, 0.0, 36000.0)
    """Time of that slip."""
    radio: RadioParameters = field(default_factory=RadioParameters)
    """Its clock, and its way to the host."""

    def __post_init__(self) -> None:
        check_ranges(self)
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
        """Return the settings of the sensor's stream.

        Raises
        ------
        SettingError
            If there is no such family, or it cannot stream at this rate.
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

    In order of time it has the activity at the ``table``, a calibration, free movement, and the
    sets with rests between them.
    """

    seed: int = ranged(1, 0, 2**63 - 1)
    """Seed of everything that is drawn at random."""
    protocol: SimulatedProtocol = SimulatedProtocol.B
    """The types of the sets."""
    sets: int = ranged(2, 0, 100)
    """Number of sets."""
    reps: int = ranged(6, 1, 100)
    """Reps of each set."""
    load_kg: float = ranged(40.0, 0.0, 500.0)
    """Load that the events name; it does not change the movement."""
    lower_s: float = ranged(4.0, 0.3, 30.0)
    """Tempo: time of the lowering."""
    bottom_s: float = ranged(0.0, 0.0, 10.0)
    """Tempo: rest at the bottom."""
    lift_s: float = ranged(1.0, 0.3, 10.0)
    """Tempo: time of the lift."""
    top_s: float = ranged(1.0, 0.0, 10.0)
    """Tempo: hold at the top."""
    rest: RestActivity = RestActivity.STILL
    """The activity between sets."""
    rest_s: float = ranged(15.0, 4.0, 600.0)
    """Time between sets."""
    faults: tuple[SimulatedFault, ...] = ()
    """Faults of the reps, in turn."""
    fault_every_reps: int = ranged(2, 1, 100)
    """Every so many reps one has the next fault."""
    fault_strength_percent: float = ranged(100.0, 0.0, 100.0)
    """Strength of the faults: 100 is obvious, 20 would pass a coach."""
    calibration: bool = True
    """Whether the session has calibration movements."""
    marks: bool = True
    """Whether events mark the calibration steps and the sets."""
    free_s: float | None = None
    """Free movement before the sets; None is 60 s in protocol ``FREE``, else none."""
    table: TableActivity = field(default=TableActivity.NOTHING, metadata=ADDED)
    """The use of a table before the sensors are strapped on."""
    created_utc: str = "2026-01-01T12:00:00+00:00"
    """ISO 8601 date of the session, for people."""
    person: PersonParameters = field(default_factory=PersonParameters)
    """The person on the machine."""
    movement: MovementParameters = field(default_factory=MovementParameters, metadata=ADDED)
    """The movement of that person."""
    shin: SensorParameters = field(
        default_factory=lambda: SensorParameters(position_m=(0.04, 0.01, -0.25))
    )
    """The sensor on the shin, by default on its front."""
    foot: SensorParameters = field(
        default_factory=lambda: SensorParameters(position_m=(0.09, 0.0, -0.03))
    )
    """The sensor on the foot, by default on the instep."""
    thigh: SensorParameters | None = None
    """The sensor on the thigh; None if there is none."""

    def __post_init__(self) -> None:
        check_ranges(self)
        check_choice("protocol", self.protocol, SimulatedProtocol)
        check_choice("rest", self.rest, RestActivity)
        check_choice("table", self.table, TableActivity)
        for fault in self.faults:
            check_choice("faults", fault, SimulatedFault)
        # A late switch in a set without a switch would have no effect, and nobody would notice.
        if SimulatedFault.LATE in self.faults and self.protocol is not SimulatedProtocol.B:
            raise SettingError(
                "faults", SimulatedFault.LATE.value, "left out: only protocol B has a switch"
            )
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

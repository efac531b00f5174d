"""The parameters of a sensor: its make and place, its clock, and its way to the host."""

import dataclasses
import math
from dataclasses import dataclass, field

from sensor.errors import SettingError
from sensor.families import family_named
from sensor.simulation.imu import part_named
from sensor.simulation.ranges import ADDED, check_ranges, ranged
from sensor.types import StreamSettings


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
    hold_ups_s: tuple[tuple[float, float], ...] = field(default=(), metadata=ADDED)
    """(start, duration) of the times when the host or the link is held up: nothing arrives, then all of
    it at once. Nothing is lost."""
    hold_ups_per_min: float = ranged(0.0, 0.0, 20.0, added=True)
    """Mean number of hold-ups at random times. Sensors with the same number and length have them at the
    same times, as on a host that is held up."""
    hold_up_s: float | None = field(default=None, metadata=ADDED)
    """Length of a hold-up at a random time; None draws it from 0 to 10 s."""

    def __post_init__(self) -> None:
        check_ranges(self)
        for key, limit in (("rate_error_percent", 10.0), ("clock_error_ppm", 20000.0)):
            value = getattr(self, key)
            if value is not None and not abs(value) <= limit:
                raise SettingError(key, value, f"from {-limit:g} to {limit:g}")
        if self.hold_up_s is not None and not 0.0 <= self.hold_up_s <= 60.0:
            raise SettingError("hold_up_s", self.hold_up_s, "a number from 0 to 60")
        # Shorter drop-outs are stalls: a link reports a sensor as lost only after a second.
        _check_times("dropouts_s", self.dropouts_s, 1.0)
        _check_times("hold_ups_s", self.hold_ups_s, 0.0)


def _check_times(key: str, times: tuple[tuple[float, float], ...], shortest_s: float) -> None:
    end = 0.0
    for start, duration in times:
        if not (end <= start and shortest_s <= duration < math.inf):
            allowed = f"in order of time, not overlapping, each of {shortest_s:g} s or longer"
            raise SettingError(key, times, allowed)
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
    tissue_give_deg: float = ranged(0.0, 0.0, 10.0, added=True)
    """Turn of the sensor against the bone under a force of 1 g; it rings after impacts."""
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

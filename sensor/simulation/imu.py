"""The errors of an inertial sensor: offsets, scale, noise, bandwidth, full scale."""

from dataclasses import dataclass

import numpy as np

from sensor.compiled import compiled
from sensor.errors import SettingError
from sensor.types import STANDARD_GRAVITY_MPS2, BoolArray, FloatArray

_MG_MPS2 = STANDARD_GRAVITY_MPS2 / 1000.0
_BITS = 16
"""Resolution of the converter, over the whole range from minus to plus full scale."""


@dataclass(frozen=True, slots=True)
class SensorPart:
    """The errors of a part. A ``sigma`` is the standard deviation from device to device."""

    name: str
    """The value of the key ``part``."""
    acc_noise_ug_per_sqrt_hz: float
    """Noise density of the accelerometer."""
    gyr_noise_mdps_per_sqrt_hz: float
    """Noise density of the gyroscope."""
    acc_offset_sigma_mg: float
    """Spread of the accelerometer's offset."""
    gyr_offset_sigma_dps: float
    """Spread of the gyroscope's offset."""
    acc_scale_sigma_percent: float
    """Spread of the accelerometer's scale."""
    gyr_scale_sigma_percent: float
    """Spread of the gyroscope's scale."""
    gyr_walk_dps_per_sqrt_min: float
    """Random walk of the gyroscope's offset: its spread after a minute."""
    bandwidth_hz: float
    """Corner of the first-order low-pass before the samples."""


PARTS = {
    part.name: part
    for part in (
        # Typical values of the makers' data sheets. WitMotion names no chip, so its values are
        # those of chips of that class, with offsets after its own calibration.
        SensorPart("WT901BLE67", 250.0, 10.0, 10.0, 0.5, 0.3, 0.3, 0.02, 98.0),
        SensorPart("MPU6050", 400.0, 5.0, 40.0, 5.0, 1.0, 1.0, 0.05, 98.0),
        SensorPart("BMI270", 160.0, 7.0, 12.0, 0.3, 0.2, 0.2, 0.01, 80.0),
        SensorPart("ideal", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, np.inf),
    )
}


def part_named(name: str) -> SensorPart:
    """Return the part called ``name``.

    Raises
    ------
    SettingError
        If there is none of that name.
    """
    if name not in PARTS:
        raise SettingError("part", name, "one of " + ", ".join(PARTS))
    return PARTS[name]


@dataclass(frozen=True, slots=True)
class Device:
    """One device of a part, with the errors that were drawn for it."""

    part: SensorPart
    """The part that it is one of."""
    acc_offset: FloatArray
    """(3,) m/s²."""
    gyr_offset: FloatArray
    """(3,) rad/s."""
    acc_scale: FloatArray
    """(3,) factors near 1."""
    gyr_scale: FloatArray
    """(3,) factors near 1."""
    acc_full_scale: float
    """m/s²."""
    gyr_full_scale: float
    """rad/s."""


def draw_device(
    part: SensorPart,
    rng: np.random.Generator,
    *,
    acc_range_g: float,
    gyr_range_dps: float,
    acc_offset_mg: tuple[float, float, float] | None = None,
    gyr_offset_dps: tuple[float, float, float] | None = None,
) -> Device:
    """Return a device of ``part`` with random errors.

    Parameters
    ----------
    part
        The part that it is one of.
    rng
        Source of chance.
    acc_range_g, gyr_range_dps
        Full scales, in g and °/s.
    acc_offset_mg, gyr_offset_dps
        Offsets in place of the random ones; None keeps those.
    """
    # Offsets are drawn even if they are given, so that the other draws do not depend on them.
    acc_offset = part.acc_offset_sigma_mg * rng.standard_normal(3)
    gyr_offset = part.gyr_offset_sigma_dps * rng.standard_normal(3)
    if acc_offset_mg is not None:
        acc_offset = np.array(acc_offset_mg)
    if gyr_offset_dps is not None:
        gyr_offset = np.array(gyr_offset_dps)
    return Device(
        part,
        acc_offset * _MG_MPS2,
        np.deg2rad(gyr_offset),
        1.0 + 0.01 * part.acc_scale_sigma_percent * rng.standard_normal(3),
        1.0 + 0.01 * part.gyr_scale_sigma_percent * rng.standard_normal(3),
        acc_range_g * STANDARD_GRAVITY_MPS2,
        float(np.deg2rad(gyr_range_dps)),
    )


@dataclass(frozen=True, slots=True)
class MeasuredSamples:
    """The samples of a device, in its own frame."""

    acc: FloatArray
    """(n, 3) specific force, m/s²."""
    gyr: FloatArray
    """(n, 3) angular rate, rad/s."""
    clipped: BoolArray
    """(n,) whether a sample is at full scale."""


def measure(
    device: Device, force: FloatArray, rate: FloatArray, rate_hz: float, rng: np.random.Generator
) -> MeasuredSamples:
    """Return the samples that ``device`` measures of the true motion.

    Parameters
    ----------
    device
        The device.
    force, rate
        (n, 3) true specific force in m/s² and angular rate in rad/s, in the sensor's frame.
    rate_hz
        Sampling rate.
    rng
        Source of chance.
    """
    part, n = device.part, force.shape[0]
    # A first-order low-pass passes noise up to π/2 of its corner, and samples hold half their rate.
    noise_hz = min(0.5 * np.pi * part.bandwidth_hz, 0.5 * rate_hz)
    acc_noise = part.acc_noise_ug_per_sqrt_hz * 1e-3 * _MG_MPS2 * np.sqrt(noise_hz)
    gyr_noise = np.deg2rad(part.gyr_noise_mdps_per_sqrt_hz * 1e-3) * np.sqrt(noise_hz)
    # A random walk grows with the root of the number of steps, here those of a minute.
    walk = np.deg2rad(part.gyr_walk_dps_per_sqrt_min) / np.sqrt(60.0 * rate_hz)
    drift = np.cumsum(walk * rng.standard_normal((n, 3)), axis=0)
    acc = _low_passed(force, part.bandwidth_hz, rate_hz) * device.acc_scale + device.acc_offset
    gyr = _low_passed(rate, part.bandwidth_hz, rate_hz) * device.gyr_scale + device.gyr_offset
    acc += acc_noise * rng.standard_normal((n, 3))
    gyr += gyr_noise * rng.standard_normal((n, 3)) + drift
    acc, acc_clipped = _quantised(acc, device.acc_full_scale)
    gyr, gyr_clipped = _quantised(gyr, device.gyr_full_scale)
    return MeasuredSamples(acc, gyr, acc_clipped | gyr_clipped)


def _low_passed(signal: FloatArray, bandwidth_hz: float, rate_hz: float) -> FloatArray:
    """Return ``signal`` (n, 3) after a first-order low-pass that starts settled."""
    keep = float(np.exp(-2.0 * np.pi * bandwidth_hz / rate_hz))
    out = np.array(signal, order="C")
    _smooth(out, keep)
    return out


# Not by scipy.signal, which takes as long to load as everything else before a simulated leg moves.
@compiled("void(f8[:, ::1], f8)")
def _smooth(signal: FloatArray, keep: float) -> None:
    """Smooth ``signal`` (n, m) in place: of each value the share ``keep`` of the one before stays."""
    for column in range(signal.shape[1]):
        # A filter that started at zero would show a movement that never happened.
        kept = keep * signal[0, column]
        for row in range(signal.shape[0]):
            value = kept + (1.0 - keep) * signal[row, column]
            signal[row, column] = value
            kept = keep * value


def _quantised(signal: FloatArray, full_scale: float) -> tuple[FloatArray, BoolArray]:
    """Return ``signal`` in whole steps of a 16-bit converter, and whether it met full scale."""
    steps = 1 << (_BITS - 1)
    step = full_scale / steps
    counts = np.clip(np.rint(signal / step), -steps, steps - 1)
    clipped: BoolArray = ((counts == -steps) | (counts == steps - 1)).any(axis=1)
    return counts * step, clipped

"""What an inertial sensor makes of the true motion: offsets, scale, noise, bandwidth, full scale."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter, lfiltic

from sensor.errors import SettingError
from sensor.types import STANDARD_GRAVITY_MPS2, BoolArray, FloatArray

_MG_MPS2 = STANDARD_GRAVITY_MPS2 / 1000.0
_BITS = 16


@dataclass(frozen=True, slots=True)
class Part:
    """The errors of a make of sensor. ``*_sigma`` values are drawn anew for every device.

    ``bandwidth_hz`` is the corner of the first-order low-pass before the samples;
    ``gyr_walk_dps_per_sqrt_min`` the random walk of the gyro's offset: its spread after a minute.
    """

    name: str
    acc_noise_ug_per_sqrt_hz: float
    gyr_noise_mdps_per_sqrt_hz: float
    acc_offset_sigma_mg: float
    gyr_offset_sigma_dps: float
    acc_scale_sigma_percent: float
    gyr_scale_sigma_percent: float
    gyr_walk_dps_per_sqrt_min: float
    bandwidth_hz: float


PARTS = {
    part.name: part
    for part in (
        # Noise and offsets as the makers' data sheets give them, typical values. WitMotion names
        # no chip: its figures are those of the chips of that class, offsets after its calibration.
        Part("WT901BLE67", 250.0, 10.0, 10.0, 0.5, 0.3, 0.3, 0.02, 98.0),
        Part("MPU6050", 400.0, 5.0, 40.0, 5.0, 1.0, 1.0, 0.05, 98.0),
        Part("BMI270", 160.0, 7.0, 12.0, 0.3, 0.2, 0.2, 0.01, 80.0),
        Part("ideal", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, np.inf),
    )
}


def part_named(name: str) -> Part:
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
    """One device of a part: what was drawn for it.

    ``acc_offset`` (3,) m/s² and ``gyr_offset`` (3,) rad/s; ``acc_scale`` and ``gyr_scale`` (3,)
    factors near 1; ``acc_full_scale`` m/s² and ``gyr_full_scale`` rad/s.
    """

    part: Part
    acc_offset: FloatArray
    gyr_offset: FloatArray
    acc_scale: FloatArray
    gyr_scale: FloatArray
    acc_full_scale: float
    gyr_full_scale: float


def draw_device(
    part: Part,
    rng: np.random.Generator,
    *,
    acc_range_g: float,
    gyr_range_dps: float,
    acc_offset_mg: tuple[float, float, float] | None = None,
    gyr_offset_dps: tuple[float, float, float] | None = None,
) -> Device:
    """Return a device of ``part``; given offsets replace the drawn ones."""
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
    """What a device measured: ``acc`` (n, 3) m/s², ``gyr`` (n, 3) rad/s, ``clipped`` (n,)."""

    acc: FloatArray
    gyr: FloatArray
    clipped: BoolArray


def measure(
    device: Device, force: FloatArray, rate: FloatArray, rate_hz: float, rng: np.random.Generator
) -> MeasuredSamples:
    """Return what ``device`` measures of the true ``force`` and ``rate`` at its samples.

    Parameters
    ----------
    force, rate
        (n, 3) specific force in m/s² and angular rate in rad/s in the sensor's frame.
    rate_hz
        Sampling rate.
    """
    part, n = device.part, force.shape[0]
    noise_hz = min(0.5 * np.pi * part.bandwidth_hz, 0.5 * rate_hz)
    acc_noise = part.acc_noise_ug_per_sqrt_hz * 1e-3 * _MG_MPS2 * np.sqrt(noise_hz)
    gyr_noise = np.deg2rad(part.gyr_noise_mdps_per_sqrt_hz * 1e-3) * np.sqrt(noise_hz)
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
    start = np.array([lfiltic([1.0 - keep], [1.0, -keep], [first]) for first in signal[0]]).T
    filtered: FloatArray = lfilter([1.0 - keep], [1.0, -keep], signal, axis=0, zi=start)[0]
    return filtered


def _quantised(signal: FloatArray, full_scale: float) -> tuple[FloatArray, BoolArray]:
    """Return ``signal`` in whole steps of a 16-bit converter, and where it met full scale."""
    steps = 1 << (_BITS - 1)
    step = full_scale / steps
    counts = np.clip(np.rint(signal / step), -steps, steps - 1)
    clipped: BoolArray = ((counts == -steps) | (counts == steps - 1)).any(axis=1)
    return counts * step, clipped

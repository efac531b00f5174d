"""One simulated sensor from the bone to the bytes: mounting, part, clock, encoder and radio."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from sensor.families import family_named
from sensor.families.base import ClockKind, DeviceSamples
from sensor.simulation.choices import TableActivity
from sensor.simulation.imu import Device, MeasuredSamples, draw_device, measure, part_named
from sensor.simulation.leg_kinematics import Anatomy, LinkedFrame
from sensor.simulation.leg_movement import LegMovement
from sensor.simulation.mounting import Mounting, draw_mounting
from sensor.simulation.sensor_parameters import SensorParameters
from sensor.simulation.simulated_radio import LOST_AFTER_S, STALLED_AFTER_S, deliver, draw_clock
from sensor.simulation.tissue import GRID_HZ, draw_give
from sensor.simulation.unworn_sensor import (
    BENCH_S,
    FACE_S,
    STRAP_S,
    UnwornSensor,
    laid_on_six_faces,
    lying_on_bench,
)
from sensor.types import (
    BoolArray,
    Event,
    EventKind,
    FloatArray,
    Item,
    Notification,
    Segment,
    SensorInfo,
)

_CHUNK = 8192
"""Samples at a time: then the arrays of the kinematics stay in the processor's cache."""
_READY_S = 0.001
"""Time from the last sample of a notification until the device has it ready."""
_CLOCKED_RATE_TOLERANCE = 0.01
"""Largest error of the rate of devices with a clock: 1 %, as in their data sheets."""


@dataclass(frozen=True, slots=True)
class SensorRun:
    """One sensor in a session: its true samples and its bytes."""

    info: SensorInfo
    """The sensor, as in the head of the session."""
    t: FloatArray
    """(n,) true times of the movement in all its samples, in s on the session's time base."""
    samples: MeasuredSamples
    """The n samples that it measured."""
    delivered: BoolArray
    """(n,) whether a sample reached the host."""
    device: Device
    """Its drawn errors."""
    mounting: Mounting
    """Its drawn mounting."""
    items: list[Item]
    """Its notifications and link events, in order of time."""


def sensor_info(segment: Segment, sensor: SensorParameters) -> SensorInfo:
    """Return the facts about a simulated sensor, for the head of the session."""
    family = family_named(sensor.family)
    return SensorInfo(
        source=f"sim-{segment}",
        segment=segment,
        family=family.name,
        name=f"Simulated {family.title} ({segment})",
        settings=sensor.settings(),
        identity=f"simulated-{segment}",
        simulated=True,
    )


def run_sensor(
    info: SensorInfo,
    sensor: SensorParameters,
    anatomy: Anatomy,
    movement: LegMovement,
    end_s: float,
    start_ns: int,
    rng: np.random.Generator,
    table: TableActivity = TableActivity.NOTHING,
) -> SensorRun:
    """Simulate one sensor for a whole session.

    Parameters
    ----------
    info, sensor
        The sensor, and its parameters.
    anatomy, movement
        The leg, and its movement.
    end_s
        End of the session, in s.
    start_ns
        Start of the session on the host's monotonic clock.
    rng
        Source of chance.
    table
        The use of a table before the sensor is strapped on.
    """
    family = family_named(info.family)
    settings = info.settings
    model = family.capabilities.clock_of(settings)
    tolerance = model.rate_tolerance if model.kind is ClockKind.NONE else _CLOCKED_RATE_TOLERANCE
    mounting = draw_mounting(sensor, rng)
    if sensor.tissue_give_deg > 0.0:
        (tissue_rng,) = rng.spawn(1)
        grid_s = np.arange(0.0, end_s + 1.0, 1.0 / GRID_HZ)
        # The force on the bone under the sensor, in the bone's own frame.
        firm = Mounting.firm(mounting.position)
        force, _ = _force_and_rate(info.segment, anatomy, firm, movement, grid_s)
        give = draw_give(force, float(np.deg2rad(sensor.tissue_give_deg)), tissue_rng)
        mounting = dataclasses.replace(mounting, give=give)
    device = draw_device(
        part_named(sensor.part),
        rng,
        acc_range_g=settings.acc_range_g,
        gyr_range_dps=settings.gyr_range_dps,
        acc_offset_mg=sensor.acc_offset_mg,
        gyr_offset_dps=sensor.gyr_offset_dps,
    )
    clock = draw_clock(sensor.radio, settings.rate_hz, tolerance, rng)
    # Sensors do not start together.
    t = clock.sample_times(float(rng.uniform(0.05, 0.3)), end_s)
    # The low-pass delays what a sample shows; its own time and that of its message stay.
    moved_t = t - family.capabilities.delay_s(settings)
    force, rate = _force_and_rate(info.segment, anatomy, mounting, movement, moved_t)
    unworn = _unworn_sensor(info.segment, anatomy, mounting, movement, table, rng)
    if unworn is not None:
        end_unworn_s = unworn.end_s + (FACE_S if table is TableActivity.FACES else 0.0)
        before = int(np.searchsorted(t, end_unworn_s))
        force[:before], rate[:before] = unworn.force_and_rate(t[:before])
    samples = measure(device, force, rate, clock.rate_hz, rng)

    encoder = family.encoder(settings)
    size = encoder.samples_per_notification
    first = np.arange(0, t.size - size + 1, size)
    delivery = deliver(sensor.radio, t[first + size - 1] + _READY_S, rng)
    arrival_ns = start_ns + np.rint(delivery.arrival_s * 1e9).astype(np.int64)
    device_s = clock.shown(t)
    index = int(rng.integers(0, 5000))  # a device counts samples since it was switched on
    items: list[Item] = _link_events(info, sensor, float(t[0]), start_ns)
    delivered = np.zeros(t.size, dtype=np.bool_)
    for k in np.flatnonzero(delivery.delivered).tolist():
        low, high = k * size, (k + 1) * size
        delivered[low:high] = True
        arrived = int(arrival_ns[k])
        items.extend(
            Notification(arrived, info.source, characteristic, payload)
            for characteristic, payload in encoder.encode(
                DeviceSamples(
                    samples.acc[low:high], samples.gyr[low:high], index + low, float(device_s[low])
                )
            )
        )
    items.sort(key=lambda item: item.t_ns)
    return SensorRun(info, moved_t, samples, delivered, device, mounting, items)


def _force_and_rate(
    segment: Segment, anatomy: Anatomy, mounting: Mounting, movement: LegMovement, t: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the true specific force in m/s² and rate in rad/s, (n, 3), in the sensor's frame."""
    force, rate = np.empty((t.size, 3)), np.empty((t.size, 3))
    for low in range(0, t.size, _CHUNK):
        part = slice(low, low + _CHUNK)
        frame = sensor_frame(segment, anatomy, mounting, movement, t[part])
        force[part], rate[part] = frame.force, frame.rate
    return force, rate


def _unworn_sensor(
    segment: Segment,
    anatomy: Anatomy,
    mounting: Mounting,
    movement: LegMovement,
    table: TableActivity,
    rng: np.random.Generator,
) -> UnwornSensor | None:
    """Return the sensor before it is worn; the sensors are strapped on one after the other."""
    if table is TableActivity.NOTHING:
        return None
    # It has a generator of its own, so that the table does not change the rest of the session.
    (own,) = rng.spawn(1)
    if table is TableActivity.FACES:
        return laid_on_six_faces(own)
    pick_up_s = BENCH_S + STRAP_S * tuple(Segment).index(segment)
    worn = sensor_frame(segment, anatomy, mounting, movement, np.array([pick_up_s + STRAP_S]))
    return lying_on_bench(worn.orientation[0], pick_up_s, own)


def sensor_frame(
    segment: Segment, anatomy: Anatomy, mounting: Mounting, movement: LegMovement, t: FloatArray
) -> LinkedFrame:
    """Return the moving frame of a sensor.

    Parameters
    ----------
    segment
        The part of the leg that wears it.
    anatomy, mounting, movement
        The leg, the sensor's mounting, and the leg's movement.
    t
        (n,) times in s on the session's time base.
    """
    motions = movement.at(t)
    bone = movement.bone(segment, anatomy, motions)
    return mounting.frame(bone, motions, movement.effort.at(t), t)


def _link_events(
    info: SensorInfo, sensor: SensorParameters, first_s: float, start_ns: int
) -> list[Item]:
    """Return the events of a live link: the first stream, and the drop-outs."""
    reports = [(first_s, "streaming", "")]
    for start, duration in sensor.radio.dropouts_s:
        reports += [
            (start + STALLED_AFTER_S, "stalled", "no data for 0.3 s"),
            (start + LOST_AFTER_S, "lost", "no data for 1 s"),
            (start + duration, "streaming", ""),
        ]
    return [
        Event(
            start_ns + round(t * 1e9),
            EventKind.LINK,
            {"source": info.source, "state": state} | ({"reason": reason} if reason else {}),
        )
        for t, state, reason in reports
    ]

"""A short simulated session, and what is in its bytes, events and truth."""

from dataclasses import replace

import numpy as np

from sensor.families import family_named
from sensor.simulation import (
    SensorParameters,
    SimulatedSession,
    SimulationParameters,
)
from sensor.types import Event, FloatArray, Notification, Segment

SHORT = SimulationParameters(sets=1, reps=3, calibration=False)


def decoded(session: SimulatedSession, segment: Segment) -> tuple[FloatArray, FloatArray]:
    """Return all acc and gyr samples in the bytes of a sensor."""
    (info,) = (sensor for sensor in session.header.sensors if sensor.segment is segment)
    decoder = family_named(info.family).decoder(info.settings)
    packets = [
        packet
        for item in session.items
        if isinstance(item, Notification) and item.source == info.source
        for packet in decoder(item.characteristic, [item.payload])
    ]
    return (
        np.concatenate([packet.acc for packet in packets]),
        np.concatenate([packet.gyr for packet in packets]),
    )


def events(session: SimulatedSession) -> list[Event]:
    return [item for item in session.items if isinstance(item, Event)]


def ankle_deg(session: SimulatedSession, start: float, end: float) -> FloatArray:
    """Return the true ankle angle between two times."""
    inside = (session.truth.t >= start) & (session.truth.t <= end)
    return np.rad2deg(session.truth.ankle[inside])


def with_both(parameters: SimulationParameters, sensor: SensorParameters) -> SimulationParameters:
    """Return ``parameters`` with ``sensor`` on shin and foot, each at its default position."""
    return replace(
        parameters,
        shin=replace(sensor, position_m=parameters.shin.position_m),
        foot=replace(sensor, position_m=parameters.foot.position_m),
    )

"""A loss that was noticed late is moved to where it was; compared with the true sample times."""

import numpy as np
import pytest

from processing.pipeline.late_losses import place_late_losses
from sensor.assembler import Assembler
from sensor.simulation import (
    RadioParameters,
    SensorParameters,
    SimulatedSession,
    SimulationParameters,
    simulate,
)
from sensor.types import Event, FloatArray, ImuBlock, Segment


def session(
    loss_percent: float, family: str = "witmotion", stalls: float = 0.0
) -> SimulatedSession:
    radio = RadioParameters(loss_percent=loss_percent, stalls_per_min=stalls)
    sensor = SensorParameters(family=family, radio=radio)
    return simulate(SimulationParameters(seed=3, sets=1, reps=2, shin=sensor, foot=sensor))


def assembled(simulated: SimulatedSession) -> list[ImuBlock | Event]:
    assembler = Assembler(simulated.header.sensors, simulated.header.start_ns)
    return [block for item in simulated.items for block in assembler.feed(item)]


def errors_s(simulated: SimulatedSession, items: list[ImuBlock | Event]) -> FloatArray:
    """Return by how much (s) the shin's samples are too late, without the constant part."""
    (true,) = (s for s in simulated.truth.sensors if s.segment is Segment.SHIN)
    shin_blocks = [i for i in items if isinstance(i, ImuBlock) and i.segment is Segment.SHIN]
    t = np.concatenate([block.t for block in shin_blocks])
    assert (np.diff(t) > 0.0).all()
    error = t - true.sample_t[true.delivered]
    return np.asarray(error - np.median(error), dtype=np.float64)


def test_samples_are_moved_to_where_they_were_taken() -> None:
    simulated = session(0.5)
    live = assembled(simulated)
    better = place_late_losses(live)
    misplaced, left = (np.mean(np.abs(errors_s(simulated, i)) > 0.02) for i in (live, better))
    assert misplaced > 0.05
    assert left < 0.25 * misplaced
    lost = [sum(i.lost for i in items if isinstance(i, ImuBlock)) for items in (live, better)]
    assert lost[0] == lost[1] > 0
    assert all(i.unnoticed_s == 0.0 for i in better if isinstance(i, ImuBlock))


@pytest.mark.parametrize(
    ("family", "loss_percent", "stalls"),
    [("witmotion", 0.0, 6.0), ("movella_dot", 2.0, 0.0)],
    ids=["stalls only", "a sensor with a clock"],
)
def test_no_sample_moves_without_a_late_loss(
    family: str, loss_percent: float, stalls: float
) -> None:
    items = assembled(session(loss_percent, family, stalls))
    assert all(new is old for new, old in zip(place_late_losses(items), items, strict=True))

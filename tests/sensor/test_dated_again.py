"""Blocks that are dated again from a whole session, against the true times of the simulation."""

import numpy as np
import pytest

from sensor.assembler import Assembler
from sensor.dated_again import SettledCount, dated_again
from sensor.simulation import (
    RadioParameters,
    SensorParameters,
    SimulatedSession,
    SimulationParameters,
    simulate,
)
from sensor.types import ImuBlock


def session(family: str) -> SimulatedSession:
    radio = RadioParameters(loss_percent=0.5, stalls_per_min=6.0)
    sensor = SensorParameters(family=family, radio=radio)
    return simulate(SimulationParameters(seed=3, sets=1, reps=2, shin=sensor, foot=sensor))


@pytest.mark.parametrize("family", ["witmotion", "metamotion", "movella_dot"])
def test_the_samples_are_where_they_were_taken(family: str) -> None:
    simulated = session(family)
    assembler = Assembler(simulated.header.sensors, simulated.header.start_ns, keep=True)
    live: list[ImuBlock] = [b for item in simulated.items for b in assembler.feed(item)]
    assert len(assembler.logs) == 2
    for log in assembler.logs:
        statistics = assembler.statistics[log.info.source]
        found, rate_hz = dated_again(log, statistics.rate_hz or 100.0)
        blocks = list(found)
        (true,) = (s for s in simulated.truth.sensors if s.segment is log.info.segment)
        t = np.concatenate([block.t for block in blocks])
        assert (np.diff(t) > 0.0).all()
        count = SettledCount()
        for block in blocks:
            count.add(block)
        settled = count.settled(statistics, rate_hz)
        assert rate_hz == pytest.approx(1.0 / np.diff(true.sample_t).mean(), rel=2e-3)
        gyr = np.concatenate([block.gyr for block in blocks])
        same = np.concatenate([b.gyr for b in live if b.segment is log.info.segment])
        # Live, the two halves of a sample may miss each other while a late loss is not noticed.
        assert len(gyr) >= len(same)
        if family != "metamotion":
            error_s = t - true.sample_t[true.delivered]
            assert np.abs(error_s - np.median(error_s)).max() < 0.02
            last = int(np.flatnonzero(true.delivered)[-1])
            assert settled.lost == (~true.delivered[:last]).sum()

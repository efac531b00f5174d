"""The line below the arrivals, which gives the rate and the start of a stream."""

import numpy as np
import pytest

from sensor.clock.envelope import (
    FIRST,
    LINE_PLACES,
    SLOPE,
    STOP,
    add_arrival,
    begin_line,
    host_s,
    make_room,
)
from sensor.types import FloatArray


def line_after(arrivals: list[tuple[float, float]]) -> FloatArray:
    """Return the state of a line after arrivals: device time, host time."""
    line, points = np.empty(LINE_PLACES), np.empty((4, 2))
    begin_line(line, 0.015)
    for device_s, arrival_s in arrivals:
        if line[STOP] == len(points):
            points = make_room(line, points, 4)
        add_arrival(line, points, device_s, arrival_s)
    return line


def test_the_line_is_exact_on_exact_arrivals() -> None:
    line = line_after([(0.04 * k, 5.0 + 0.04 * k * 1.01) for k in range(3000)])
    assert line[SLOPE] == pytest.approx(1.01, abs=1e-7)
    assert host_s(line, 130.0) == pytest.approx(5.0 + 130.0 * 1.01, abs=1e-5)


def test_the_slope_stays_within_its_tolerance() -> None:
    line = line_after([(0.04 * k, 0.04 * k * 1.05) for k in range(3000)])
    assert line[SLOPE] == 1.015


def test_the_window_forgets_what_is_older_than_a_minute() -> None:
    made = [0.04 * k for k in range(6000)]
    line = line_after(
        [(t, t * (1.005 if t < 100.0 else 0.995) + (0.0 if t < 100.0 else 1.0)) for t in made]
    )
    assert line[SLOPE] == pytest.approx(0.995, abs=1e-4)
    assert line[STOP] - line[FIRST] < 70

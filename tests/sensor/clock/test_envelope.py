"""The line below the arrivals, which gives the rate and the start of a stream."""

import pytest

from sensor.clock.envelope import Envelope


def test_the_line_is_exact_on_exact_arrivals() -> None:
    line = Envelope(0.015)
    for k in range(3000):
        line.add(0.04 * k, 5.0 + 0.04 * k * 1.01)
    assert line.slope == pytest.approx(1.01, abs=1e-7)
    assert line.at(130.0) == pytest.approx(5.0 + 130.0 * 1.01, abs=1e-5)


def test_the_slope_stays_within_its_tolerance() -> None:
    line = Envelope(0.015)
    for k in range(3000):
        line.add(0.04 * k, 0.04 * k * 1.05)
    assert line.slope == 1.015


def test_the_window_forgets_what_is_older_than_a_minute() -> None:
    line = Envelope(0.015)
    for k in range(6000):
        t = 0.04 * k
        line.add(t, t * (1.005 if t < 100.0 else 0.995) + (0.0 if t < 100.0 else 1.0))
    assert line.slope == pytest.approx(0.995, abs=1e-4)
    assert len(line._device_s) < 70

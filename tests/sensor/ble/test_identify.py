"""Tests of the identification of a shaken sensor."""

import numpy as np
import pytest

from sensor.ble.identify import ShakeIdentifier
from sensor.types import ImuBlock, Segment, frozen, frozen_bool


def moving(segment: Segment, begin_s: float, seconds: float, peak_dps: float) -> list[ImuBlock]:
    """Return a sensor that is turned to and fro three times a second, in blocks of 40 ms."""
    t = begin_s + np.arange(0.0, seconds, 0.01)
    rate = np.deg2rad(peak_dps) * np.sin(2 * np.pi * 3.0 * t)
    return [
        ImuBlock(
            segment,
            frozen(t[i : i + 4]),
            frozen(np.zeros((4, 3))),
            frozen(np.outer(rate[i : i + 4], [0.0, 0.6, 0.8])),
            frozen_bool(np.zeros(4, np.bool_)),
        )
        for i in range(0, len(t) - 3, 4)
    ]


def watch(*blocks: list[ImuBlock]) -> ShakeIdentifier:
    identifier = ShakeIdentifier()
    for block in sorted((b for some in blocks for b in some), key=lambda b: b.t[0]):
        identifier.add(block)
    return identifier


def test_the_shaken_sensor_is_named_and_its_movement_measured() -> None:
    seen = watch(moving(Segment.SHIN, 0.0, 2.0, 5.0), moving(Segment.FOOT, 0.0, 2.0, 400.0))
    assert seen.shaken is Segment.FOOT
    # The root mean square of a sine is its peak over the square root of two.
    assert np.rad2deg(seen.movement_rad_s[Segment.FOOT]) == pytest.approx(283.0, rel=0.03)


def test_two_sensors_that_are_carried_about_are_not_distinguished() -> None:
    both = watch(moving(Segment.SHIN, 0.0, 2.0, 300.0), moving(Segment.FOOT, 0.0, 2.0, 400.0))
    assert both.shaken is None


def test_lying_still_is_no_shake_and_an_old_shake_is_over() -> None:
    assert ShakeIdentifier().shaken is None
    still = watch(moving(Segment.SHIN, 0.0, 2.0, 1.0), moving(Segment.FOOT, 0.0, 2.0, 2.0))
    assert still.shaken is None
    over = watch(moving(Segment.SHIN, 0.0, 1.0, 400.0), moving(Segment.SHIN, 1.0, 2.0, 2.0))
    assert over.shaken is None


def test_a_sensor_that_fell_silent_is_not_the_shaken_one() -> None:
    silent = watch(moving(Segment.SHIN, 0.0, 1.0, 400.0), moving(Segment.FOOT, 0.0, 3.0, 2.0))
    assert silent.shaken is None

"""Live angles that are estimated again once a loss is noticed, on a hinge whose true angle is known."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from processing.calibration.fit import self_calibrate
from processing.motion.calibrated import Calibration
from processing.motion.estimator import AngleEstimator
from processing.pipeline.live_angles import KEPT_S, LiveAngles
from processing.types import AngleBlock, Dropout, PairedBlock, join_blocks, slice_block
from sensor.types import FloatArray, Segment
from tests.processing.motion.hinge import Hinge, hinge_block
from tests.processing.stage_contract import Stage, StageContract

HINGE = Hinge(seconds=24.0, seed=3)
LOST, UNNOTICED = 4, 60
"""Samples that are lost, and those that come until this is known."""


@cache
def calibration() -> Calibration:
    return self_calibrate(hinge_block(HINGE)[0])


class LiveStage(LiveAngles):
    """Live angles with the contract of a stage."""

    def __init__(self) -> None:
        super().__init__(calibration())

    def reset(self) -> None:
        """Begin another session."""
        super().__init__(calibration())


class TestContract(StageContract):
    def stage(self) -> Stage:
        return LiveStage()

    def signal(self) -> list[Any]:
        return [hinge_block(HINGE)[0]]


def with_late_loss(block: PairedBlock, segment: Segment, start: int) -> PairedBlock:
    """Return ``block`` with samples lost from ``start`` on, as it is seen until the notice.

    Until then the samples after the loss have too early times; from there on their times are right, and
    the missing samples are bridged.
    """
    noticed = start + UNNOTICED
    changed: dict[str, Any] = {}
    for name in (f"{segment}_acc", f"{segment}_gyr"):
        true: FloatArray = getattr(block, name)
        seen = true.copy()
        seen[start:noticed] = true[start + LOST : noticed + LOST]
        seen[noticed : noticed + LOST] = true[noticed + LOST]
        changed[name] = seen
    return replace(block, **changed)


def loss_at(block: PairedBlock, segment: Segment, start: int) -> Dropout:
    noticed = start + UNNOTICED
    times = block.t[noticed - 1].item(), block.t[noticed + LOST].item()
    return Dropout(segment, *times, LOST, 0.01 * UNNOTICED)


def after_late_loss(
    segment: Segment, start: int, *, step: int = 4
) -> tuple[AngleBlock, AngleBlock]:
    """Return the angles again from the loss until its notice, and those after it."""
    block = with_late_loss(hinge_block(HINGE)[0], segment, start)
    live, known = LiveAngles(calibration()), start + UNNOTICED + LOST
    for at in range(0, known, step):
        live.feed(slice_block(block, at, min(at + step, known)))
    again = live.revise(loss_at(block, segment, start))
    assert again is not None
    return again, live.feed(slice_block(block, known, len(block.t)))


@pytest.mark.parametrize("segment", [Segment.SHIN, Segment.FOOT])
def test_the_angles_since_a_late_loss_are_as_good_as_without_it(segment: Segment) -> None:
    block, _ = hinge_block(HINGE)
    complete = AngleEstimator(calibration()).feed(block)
    worst_deg = 0.0
    for start in range(600, 2200, 100):
        again, after = after_late_loss(segment, start)
        np.testing.assert_array_equal(again.t, block.t[start : start + UNNOTICED + LOST])
        found = join_blocks([again, slice_block(after, 0, 100)])
        assert found.valid.all()
        own = slice_block(complete, start, start + len(found.t))
        for off in (found.ankle - own.ankle, found.curl - own.curl):
            worst_deg = max(worst_deg, float(np.degrees(np.abs(off)).max()))
    # Samples 40 ms too early are off by up to 6.7°.
    assert worst_deg < 0.2


def test_what_is_estimated_again_does_not_depend_on_the_blocks() -> None:
    whole, later = after_late_loss(Segment.FOOT, 1300, step=10_000)
    for step in (1, 7, 300):
        again, after = after_late_loss(Segment.FOOT, 1300, step=step)
        for one, other in ((again, whole), (after, later)):
            np.testing.assert_array_equal(one.ankle, other.ankle)
            np.testing.assert_array_equal(one.curl, other.curl)
            np.testing.assert_array_equal(one.valid, other.valid)


def test_losses_in_quick_succession_are_all_put_right() -> None:
    block, _ = hinge_block(HINGE)
    complete = AngleEstimator(calibration()).feed(block)
    # The second one happened before the first was known.
    twice = with_late_loss(with_late_loss(block, Segment.FOOT, 1200), Segment.SHIN, 1230)
    live = LiveAngles(calibration())
    done = 0
    for segment, start in ((Segment.FOOT, 1200), (Segment.SHIN, 1230)):
        known = start + UNNOTICED + LOST
        live.feed(slice_block(twice, done, known))
        again, done = live.revise(loss_at(block, segment, start)), known
    assert again is not None
    own = slice_block(complete, 1230, known)
    assert np.degrees(np.abs(again.ankle - own.ankle)).max() < 0.2


def test_a_loss_before_all_that_is_kept_changes_nothing() -> None:
    block, _ = hinge_block(HINGE)
    live = LiveAngles(calibration())
    first = live.feed(slice_block(block, 0, 1500))
    t = first.t[-1].item()
    assert live.revise(Dropout(Segment.FOOT, t - 0.05, t, 4, KEPT_S + 1.0)) is None
    assert LiveAngles(calibration()).revise(Dropout(Segment.FOOT, 1.0, 1.05, 4, 0.5)) is None
    rest = live.feed(slice_block(block, 1500, len(block.t)))
    complete = AngleEstimator(calibration()).feed(block)
    np.testing.assert_array_equal(join_blocks([first, rest]).ankle, complete.ankle)

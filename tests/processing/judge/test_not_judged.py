"""Reps that cannot be judged say why, and those that can are judged."""

import dataclasses
import math

import numpy as np
import pytest

from processing.judge.checks import DataQuality, Grade
from processing.judge.reasons import (
    BeyondReach,
    CalibrationNotUsable,
    CheckKey,
    FewSamples,
    Incomplete,
    LateLoss,
    NotCalibrated,
    SmallRange,
    ZeroMoved,
)
from processing.judge.verdict import judge
from processing.types import Dropout, Withheld, WithheldCause
from sensor.types import Segment
from tests.processing.coach.constructed_reps import (
    UP,
    draw,
    held,
    switched,
    target,
)
from tests.processing.judge.constructed_verdict import GOOD_B, check_of, one
from tests.processing.reps.curves import Curve


@pytest.mark.parametrize(
    ("quality", "kind"),
    [
        (DataQuality(dropouts=(Dropout(Segment.FOOT, 0.0, 20.0, 2),)), FewSamples),
        (DataQuality(calibrated=False), NotCalibrated),
        (DataQuality(zero_moved=math.radians(-8.5)), ZeroMoved),
        (DataQuality(usable=False), CalibrationNotUsable),
    ],
)
def test_bad_data_are_not_judged(quality: DataQuality, kind: type) -> None:
    verdict = one(held(UP), quality=quality)
    assert verdict.grade is Grade.NOT_JUDGED
    assert verdict.reason is verdict.checks[0].reason
    assert isinstance(verdict.reason, kind)


def test_data_just_good_enough_are_judged() -> None:
    every_other = Dropout(Segment.FOOT, 0.0, 20.0, 1)
    quality = DataQuality(zero_moved=math.radians(7.9), dropouts=(every_other,))
    assert one(GOOD_B, quality=quality).grade is Grade.GOOD


@pytest.mark.parametrize(("pointed", "grade"), [(-55.0, Grade.NOT_JUDGED), (-49.0, Grade.GOOD)])
def test_an_ankle_far_beyond_its_range_is_a_slip(pointed: float, grade: Grade) -> None:
    reach = math.radians(-40.0), math.radians(15.0)
    wanted = dataclasses.replace(target(), bands=dataclasses.replace(target().bands, reach=reach))
    verdict = one(switched(0.95, pointed=pointed), wanted)
    assert verdict.grade is grade
    if verdict.reason is not None:
        assert isinstance(verdict.reason, BeyondReach)
        assert verdict.reason.beyond_deg == pytest.approx(15.0, abs=0.5)


@pytest.mark.parametrize(
    ("up", "lost", "grade"),
    [
        (7.0, 4, Grade.NOT_JUDGED),
        (10.0, 4, Grade.GOOD),
        (7.0, 1, Grade.GOOD),
    ],
)
def test_a_late_loss_leaves_a_rep_judged_if_the_revised_angle_is_clear(
    up: float, lost: int, grade: Grade
) -> None:
    # In a lift of 100 deg in 1.3 s samples that are 40 ms too early are wrong by up to 4 deg; the band
    # begins at 5 deg.
    (rep,), true = draw(
        Curve().hold(1.5).rep(100.0, 1.3, 0.7, 4.6, 0.4, cruise=True), switched(0.95, up=up)
    )
    noticed = Dropout(Segment.SHIN, 2.8, 2.8 + 0.01 * (lost + 1), lost, unnoticed_s=1.3)
    lost_t, missing_s = noticed.lost_t, noticed.missing_s
    early = np.interp(true.t + missing_s, true.t, true.curl) - true.curl
    # The accelerometers slowly find the turn that the gyros missed.
    missed = np.interp(lost_t, true.t, early) * np.clip(1.0 - (true.t - lost_t) / 2.0, 0.0, 1.0)
    misplaced = (true.t >= lost_t) & (true.t < noticed.t_end)
    seen = dataclasses.replace(true, ankle=true.ankle + np.where(misplaced, early - missed, 0.0))
    verdict = judge(rep, seen, target(), DataQuality(dropouts=(noticed,)))
    assert verdict.grade is grade
    if grade is Grade.NOT_JUDGED:
        assert isinstance(verdict.reason, LateLoss)
    at_once = dataclasses.replace(noticed, unnoticed_s=0.0)
    assert one(GOOD_B, quality=DataQuality(dropouts=(at_once,))).grade is Grade.GOOD


def test_a_gap_makes_the_rep_not_judged() -> None:
    (rep,), angles = draw(Curve().hold(1.5).rep(60.0, down=1.0).hold(1.0), held(UP))
    why = Withheld(WithheldCause.GAP, 0.4, (Segment.FOOT,))
    gap = dataclasses.replace(rep, withheld=why)
    verdict = judge(gap, angles, target())
    assert verdict.grade is Grade.NOT_JUDGED
    assert verdict.reason == Incomplete(why)


def test_a_range_too_small_leaves_the_rest_to_be_judged() -> None:
    small = dataclasses.replace(target(), bands=dataclasses.replace(target().bands, too_small=True))
    verdict = one(held(UP), small)
    assert verdict.grade is Grade.GOOD
    switch = check_of(verdict, CheckKey.SWITCH)
    assert (switch.grade, switch.reason) == (Grade.NOT_JUDGED, SmallRange(CheckKey.SWITCH))
    assert one(held(UP), small, down=1.5).grade is Grade.MISS
    untold = one(held(UP), small, quality=DataQuality(calibrated=False))
    assert untold.reason is check_of(untold, CheckKey.DATA).reason

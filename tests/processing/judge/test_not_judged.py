"""Reps that cannot be judged say why, and those that can are judged."""

import dataclasses
import math

import pytest

from processing.judge.checks import DataQuality, Grade
from processing.judge.reasons import (
    BeyondReach,
    CalibrationNotUsable,
    CheckKey,
    FewSamples,
    Incomplete,
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

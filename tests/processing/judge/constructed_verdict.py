"""The verdict on one constructed rep."""

from processing.judge.checks import Check, DataQuality, Target
from processing.judge.reasons import (
    CheckKey,
)
from processing.judge.verdict import Verdict, judge
from tests.processing.coach.constructed_reps import (
    Foot,
    draw,
    switched,
    target,
)
from tests.processing.reps.curves import Curve


def one(
    foot: Foot,
    wanted: Target | None = None,
    *,
    up: float = 1.3,
    top: float = 0.7,
    down: float = 4.6,
    rom: float = 100.0,
    quality: DataQuality | None = None,
) -> Verdict:
    """Return the verdict on one rep; the default rep is good under protocol B."""
    curve = Curve().hold(1.5).rep(rom, up, top, down, 0.4, cruise=True).hold(1.0)
    (rep,), angles = draw(curve, foot)
    return judge(rep, angles, wanted or target(), quality)


def check_of(verdict: Verdict, key: CheckKey) -> Check:
    found = verdict.check(key)
    assert found is not None
    return found


GOOD_B = switched(0.95)

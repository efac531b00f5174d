"""Every reason comes in a simulated session with its fault, and not in a near miss."""

from pathlib import Path
from typing import get_args

import pytest

from processing.judge.checks import Grade
from processing.judge.reasons import (
    BeforeLift,
    BeyondReach,
    CalibrationNotUsable,
    CheckKey,
    FastestPart,
    FewSamples,
    HeldPointed,
    HeldUp,
    Incomplete,
    KneeBent,
    LiftAnkle,
    Lifted,
    Lowered,
    NeverPointed,
    NotCalibrated,
    Pointed,
    PointedEarly,
    RangeReached,
    Reason,
    RestedAtBottom,
    RestedAtTop,
    SmallRange,
    ZeroMoved,
)
from processing.judge.verdict import Verdict
from tests.processing.judge.simulated_cases import Case, coached, reviewed


def reasons(case: Case) -> list[tuple[type, Grade]]:
    """Return the kind and the grade of every reason."""
    verdicts = [one for one in coached(case) if isinstance(one, Verdict)]
    assert verdicts
    return [(type(v.reason), v.grade) for v in verdicts if v.reason is not None]


def noted(case: Case) -> set[CheckKey]:
    """Return the checks that were only noted, for any rep."""
    verdicts = [one for one in coached(case) if isinstance(one, Verdict)]
    return {c.key for v in verdicts for c in v.checks if c.grade is Grade.NOTE}


SPAN = "foot_dropouts_s=31+1.2"
"""Times in the lowering of the first rep, s; the set starts at about 27 s."""

REASONS: dict[str, tuple[type, Grade, Case, Case]] = {
    "a gap": (
        Incomplete,
        Grade.NOT_JUDGED,
        Case(SPAN),
        Case("foot_dropouts_s=22+1.2"),
    ),
    "few samples": (
        FewSamples,
        Grade.NOT_JUDGED,
        Case("family=movella_dot", kept=0.4),
        Case("family=movella_dot", kept=0.6),
    ),
    "a strap slips on the shin": (
        ZeroMoved,
        Grade.NOT_JUDGED,
        Case("sets=2,rest_s=8,shin_slip_deg=13,shin_slip_at_s=52"),
        Case("sets=2,rest_s=8,shin_slip_deg=5,shin_slip_at_s=52"),
    ),
    "a strap slips on the foot": (
        BeyondReach,
        Grade.NOT_JUDGED,
        Case("foot_slip_deg=22,foot_slip_at_s=27"),
        Case("held_percent=100"),
    ),
    "half a rep": (
        RangeReached,
        Grade.MISS,
        Case("faults=partial,fault_every_reps=3"),
        Case("faults=partial,fault_every_reps=3,fault_strength_percent=15"),
    ),
    "a late switch": (
        Pointed,
        Grade.MISS,
        Case("faults=late"),
        Case("faults=late,fault_strength_percent=15"),
    ),
    "no switch": (
        NeverPointed,
        Grade.MISS,
        Case("faults=never"),
        Case("faults=never,fault_strength_percent=15"),
    ),
    "toes that slip": (
        HeldPointed,
        Grade.MISS,
        Case("lower_s=8,top_s=0.5,faults=slip", {"tempo": "8-0-1-1"}),
        Case("lower_s=8,top_s=0.5,faults=slip,fault_strength_percent=20", {"tempo": "8-0-1-1"}),
    ),
    "toes that slip in a pointed set": (
        HeldPointed,
        Grade.MISS,
        Case("protocol=PF,top_s=0,lower_s=6,faults=slip", {"tempo": "6-0-1-0"}, protocol="A"),
        Case("protocol=PF,top_s=0,lower_s=3", {"tempo": "3-0-1-0"}, protocol="A"),
    ),
    "toes that sink in a toes-up set": (
        HeldUp,
        Grade.MISS,
        Case("protocol=DF,top_s=0,lower_s=3,faults=never", {"tempo": "3-0-1-0"}, protocol="A"),
        Case("protocol=DF,top_s=0,lower_s=3", {"tempo": "3-0-1-0"}, protocol="A"),
    ),
    "a drop": (
        FastestPart,
        Grade.MISS,
        Case("faults=drop"),
        Case("faults=drop,fault_strength_percent=25"),
    ),
    "too fast": (
        Lowered,
        Grade.MISS,
        Case("faults=fast"),
        Case("faults=fast,fault_strength_percent=15"),
    ),
    "a little fast": (
        Lowered,
        Grade.NEAR,
        Case("lower_s=3.5"),
        Case("lower_s=4"),
    ),
    "a little slow": (
        Lowered,
        Grade.NEAR,
        Case("lower_s=6.2"),
        Case("lower_s=5.2"),
    ),
    "a slow lift": (
        Lifted,
        Grade.NEAR,
        Case("lift_s=2.3,top_s=0.5"),
        Case("lift_s=1.3,top_s=0.5"),
    ),
    "a rest at the top": (
        RestedAtTop,
        Grade.NEAR,
        Case("top_s=1.4"),
        Case("top_s=0.9"),
    ),
    "toes down on the way up": (
        LiftAnkle,
        Grade.MISS,
        Case("foot_slip_deg=15,foot_slip_at_s=27"),
        Case("foot_slip_deg=5,foot_slip_at_s=27"),
    ),
    "toes pointed on the way up": (
        PointedEarly,
        Grade.MISS,
        Case("protocol=PF", {"set_type": "B"}),
        Case(""),
    ),
}


@pytest.mark.parametrize("name", REASONS)
def test_a_fault_gives_its_reason_and_a_near_miss_does_not(name: str) -> None:
    kind, grade, fires, near = REASONS[name]
    assert (kind, grade) in reasons(fires)
    assert (kind, grade) not in reasons(near)


@pytest.mark.parametrize(
    ("key", "fires", "near"),
    [
        (CheckKey.ECCENTRIC, Case("lower_s=11"), Case("lower_s=6.5")),
        (CheckKey.CONCENTRIC, Case("lift_s=3"), Case("lift_s=1.8")),
        (CheckKey.TOP_PAUSE, Case("top_s=3"), Case("top_s=1.4")),
    ],
)
def test_a_note_does_not_change_the_verdict(key: CheckKey, fires: Case, near: Case) -> None:
    assert key in noted(fires)
    assert key not in noted(near)
    assert all(grade is not Grade.MISS for _, grade in reasons(fires))


@pytest.mark.parametrize(
    ("keys", "grade"),
    [
        ("protocol=DF", Grade.GOOD),
        ("protocol=DF,bottom_s=0.4", Grade.NEAR),
        ("protocol=DF,faults=pause", Grade.NOTE),
    ],
)
def test_a_long_rest_at_the_bottom_is_graded(keys: str, grade: Grade, tmp_path: Path) -> None:
    verdicts = reviewed(Case(keys), tmp_path)
    checks = [c for v in verdicts if (c := v.check(CheckKey.BOTTOM_PAUSE)) is not None]
    # The last rest of a set has no known end, and only every second rep has the fault.
    worst = [c for c in checks if c.grade is grade]
    assert len(worst) == (1 if grade is Grade.NOTE else len(checks))
    assert all(v.grade is Grade.GOOD for v in verdicts) is (grade is not Grade.NEAR)
    if grade is Grade.NEAR:
        assert any(isinstance(v.reason, RestedAtBottom) for v in verdicts)


def test_toes_that_are_still_pointed_when_the_lift_begins_are_noted() -> None:
    pointed, back_in_time = Case("protocol=PF", {"set_type": "B"}), Case("")
    assert CheckKey.RETURN in noted(pointed)
    assert CheckKey.RETURN not in noted(back_in_time)
    assert all(kind is not BeforeLift for kind, _ in reasons(pointed))


def test_every_reason_has_a_case() -> None:
    shown = {kind for kind, *_ in REASONS.values()}
    # These have their own tests, above, in test_verdict.py or in test_hip.py.
    elsewhere = {
        RestedAtBottom,
        BeforeLift,
        KneeBent,
        NotCalibrated,
        CalibrationNotUsable,
        SmallRange,
    }
    assert shown | elsewhere == set(get_args(Reason))

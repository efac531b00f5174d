"""Every reason and every cue comes in a simulated session with its fault, and not in a near miss.

Each case is a session on the whole path, from its bytes on. A near miss is the same session with a
smaller fault.
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

import pytest

from processing.coach.coach import Coach, CoachOutput
from processing.coach.cues import Cue, CueConfig, CueKind, Level
from processing.coach.loads import Athlete
from processing.coach.protocol_file import built_in
from processing.coach.speech import written
from processing.judge.checks import Grade
from processing.judge.reasons import (
    BeforeLift,
    BeyondReach,
    CalibrationNotUsable,
    CheckKey,
    Correction,
    FastestPart,
    FewSamples,
    HeldPointed,
    HeldUp,
    Incomplete,
    LateLoss,
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
from processing.pipeline.update_kinds import Update
from processing.review.analysis import analyse
from processing.review.judged_sets import judge_sets
from sensor.recording import RecordingWriter
from sensor.simulation import SimulatedSession, simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, EventKind, Item, JsonValue, Segment
from tests.processing.pipeline_run import updates_of

ITEMS_AT_ONCE = 25
"""Half a second: no verdict and no cue depends on it, and small portions are slow."""
BASE = "sim:protocol=B,sets=1,reps=3,seed=5,spread_percent=0,tremor_deg=0"
SKILLED = Athlete(weeks_trained=10.0)


@dataclass(frozen=True)
class Case:
    """A simulated session and the settings of its coach.

    ``keys`` are added to :data:`BASE`; ``start`` replaces the data of each start of a set, so that the
    coach may ask for another set than the simulated one. ``kept`` is the share of the foot's messages
    that arrive in the sets.
    """

    keys: str
    start: Mapping[str, JsonValue] = field(default_factory=dict)
    config: CueConfig = field(default_factory=CueConfig)
    protocol: str = "B"
    kept: float = 1.0


def session(case: Case) -> SimulatedSession:
    simulated = simulate(parse_simulation(",".join(filter(None, [BASE, case.keys]))))
    start: dict[str, JsonValue] = {"tempo": "4-0-1-1", **case.start}

    def with_start(item: Event) -> Event:
        known = item.kind == EventKind.SET_START
        return replace(item, data={**item.data, **start}) if known else item

    (foot,) = (s.source for s in simulated.header.sensors if s.segment is Segment.FOOT)
    items: list[Item] = []
    in_set, count = False, 0
    for item in simulated.items:
        if isinstance(item, Event):
            in_set = item.kind == EventKind.SET_START
            items.append(with_start(item))
            continue
        count += item.source == foot
        if item.source != foot or not in_set or (count * case.kept) % 1.0 < case.kept:
            items.append(item)
    return replace(simulated, items=tuple(items))


@functools.cache
def _updates(keys: str, start: tuple[tuple[str, Any], ...], kept: float) -> tuple[Update, ...]:
    return tuple(updates_of(session(Case(keys, dict(start), kept=kept)), ITEMS_AT_ONCE))


def coached(case: Case) -> list[CoachOutput]:
    coach = Coach(built_in(case.protocol), SKILLED, case.config)
    outputs = coach.begin()
    for update in _updates(case.keys, tuple(sorted(case.start.items())), case.kept):
        outputs += coach.feed(update)
    return outputs


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
    "late losses": (
        LateLoss,
        Grade.NOT_JUDGED,
        Case("foot_loss_percent=3,held_percent=50,seed=3"),
        Case("foot_loss_percent=0,held_percent=50,seed=3"),
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


def reviewed(case: Case, folder: Path) -> list[Verdict]:
    """Return the verdicts of a review: only there the length of every rest at the bottom is known."""
    simulated, path = session(case), folder / "session.mcap"
    with RecordingWriter(path, simulated.header) as writer:
        for item in simulated.items:
            writer.write(item)
    (judged,) = judge_sets(analyse(path))
    return list(judged.verdicts)


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
    # These have their own tests, above or in test_verdict.py.
    elsewhere = {RestedAtBottom, BeforeLift, NotCalibrated, CalibrationNotUsable, SmallRange}
    assert shown | elsewhere == set(get_args(Reason))


TRAIN, TEST = CueConfig(level=Level.TRAIN), CueConfig(level=Level.TEST)
SKILLED_SWITCH = CueConfig(sessions_done=5)
CUES: dict[str, tuple[Callable[[Cue], bool], Case, Case]] = {
    "ready": (lambda c: c.kind is CueKind.READY, Case(""), Case("sets=0")),
    "switch": (lambda c: c.kind is CueKind.SWITCH, Case(""), Case("", config=SKILLED_SWITCH)),
    "switch after a miss": (
        lambda c: c.kind is CueKind.SWITCH,
        Case("faults=never", config=SKILLED_SWITCH),
        Case("faults=fast", config=SKILLED_SWITCH),
    ),
    "ticks": (lambda c: c.kind is CueKind.TICK, Case(""), Case("", config=TRAIN)),
    "toes left their band": (
        lambda c: c.kind is CueKind.LEFT_BAND and c.screen == (Correction.POINT_TOES,),
        Case("faults=slip"),
        Case(""),
    ),
    "toes down": (
        lambda c: c.kind is CueKind.LEFT_BAND and c.screen == (Correction.TOES_UP,),
        Case("protocol=PF", {"set_type": "B"}),
        Case(""),
    ),
    "too fast": (lambda c: c.kind is CueKind.TOO_FAST, Case("faults=drop"), Case("lower_s=3.1")),
    "a good count": (
        lambda c: c.kind is CueKind.COUNT and c.speech == (2,),
        Case(""),
        Case("faults=fast,fault_every_reps=2"),
    ),
    "a count with a reason": (
        lambda c: c.kind is CueKind.COUNT and written(c.speech) == "two, slower",
        Case("faults=fast,fault_every_reps=2"),
        Case("faults=fast,fault_every_reps=2", config=TEST),
    ),
    "the last reps": (
        lambda c: c.kind is CueKind.LAST_REPS and written(c.speech) == "last one",
        Case("", {"planned_reps": 3}),
        Case("", {"planned_reps": 9}),
    ),
    "the summary": (
        lambda c: (
            c.kind is CueKind.SUMMARY and written(c.speech).startswith("three reps, three good")
        ),
        Case(""),
        Case("faults=fast"),
    ),
    "the rest": (
        lambda c: c.kind is CueKind.REST and c.speech == (60,),
        Case("sets=2,rest_s=100"),
        Case("sets=2,rest_s=20"),
    ),
    "the next set": (
        lambda c: c.kind is CueKind.NEXT_SET and written(c.speech).endswith("kilo"),
        Case("sets=2,rest_s=140"),
        Case("sets=2,rest_s=100"),
    ),
    "a lost sensor": (
        lambda c: (
            c.kind is CueKind.SENSOR_LOST and written(c.speech).startswith("foot sensor lost")
        ),
        Case("foot_dropouts_s=31+1.5"),
        Case("foot_stalls_per_min=6"),
    ),
}


@pytest.mark.parametrize("name", CUES)
def test_a_cause_gives_its_cue_and_a_near_miss_does_not(name: str) -> None:
    is_it, fires, near = CUES[name]
    for case, comes in ((fires, True), (near, False)):
        cues = [one for one in coached(case) if isinstance(one, Cue)]
        assert any(map(is_it, cues)) is comes, [(c.kind.value, written(c.speech)) for c in cues]


def pitches(case: Case) -> list[float]:
    """Return the pitch of each tick."""
    return [one.pitch for one in coached(case) if isinstance(one, Cue) and one.kind is CueKind.TICK]


def test_ticks_fall_in_pitch_with_slipping_toes_if_set_so() -> None:
    glide = CueConfig(glide=True)
    sinking = pitches(Case("faults=slip,fault_every_reps=1", config=glide))[:4]
    assert sinking[0] == 1.0
    assert min(sinking) < 0.75
    assert set(pitches(Case("", config=glide))) == {1.0}
    assert set(pitches(Case("faults=slip"))) == {1.0}


def test_with_the_screen_in_sight_only_misses_are_heard() -> None:
    quiet = CueConfig(misses_only=True)
    good = [one for one in coached(Case("", config=quiet)) if isinstance(one, Cue)]
    assert {cue.kind for cue in good} >= {CueKind.READY, CueKind.COUNT, CueKind.SUMMARY}
    assert not any(cue.speech or cue.sound for cue in good)
    assert any(cue.screen == (3,) for cue in good)
    missed = [one for one in coached(Case("faults=fast", config=quiet)) if isinstance(one, Cue)]
    assert any(written(cue.speech) == "two, slower" for cue in missed)
    lost = coached(Case("foot_dropouts_s=31+1.5", config=quiet))
    assert any(isinstance(c, Cue) and c.kind is CueKind.SENSOR_LOST and c.speech for c in lost)


def test_every_cue_has_a_case() -> None:
    outputs = [one for _, fires, _ in CUES.values() for one in coached(fires)]
    kinds = {one.kind for one in outputs if isinstance(one, Cue)}
    # Why reps are not counted has its own tests: a simulated person lies still before a set.
    assert kinds == set(CueKind) - {CueKind.NOT_COUNTED}

"""Every cue comes in a simulated session with its cause, and not in a near miss."""

from collections.abc import Callable

import pytest

from processing.coach.cues import Cue, CueConfig, CueKind, Level
from processing.coach.speech import written
from processing.judge.reasons import (
    Correction,
)
from tests.processing.judge.simulated_cases import Case, coached

TRAIN, TEST = CueConfig(level=Level.TRAIN), CueConfig(level=Level.TEST)
SKILLED_SWITCH = CueConfig(sessions_done=5)
TIRING = "reps=6,faults=fast,fault_every_reps=4"
"""The fourth rep is lowered much faster."""
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
    "the stop rule": (
        lambda c: c.kind is CueKind.STOP and written(c.speech).endswith("percent: last one"),
        Case(TIRING, {"stop_control_loss_percent": 25}),
        Case(TIRING),
    ),
    "the stop rule of quality": (
        lambda c: c.kind is CueKind.STOP and written(c.speech) == "two reps missed: last one",
        Case("faults=fast,fault_every_reps=1", {"stop_missed_reps": 2, "planned_reps": 9}),
        Case("faults=fast,fault_every_reps=1", {"planned_reps": 9}),
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

"""The file of goals: what is written is read, it is private, and nonsense names its place."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from processing.coach.protocol import SetType
from processing.library.goal_file import Goals, load_goals, save_goals
from processing.library.goals import Goal
from processing.library.own_weeks import Aim, SetKind
from sensor.errors import DocumentError, DocumentFault

SAMPLE = Path(__file__).parents[2] / "data" / "goals_v1.json"
CURL = SetKind("leg_curl", SetType.B, "R")
GOALS = Goals(
    (Goal(CURL, 80.0, 45.0, 4.0), Goal(SetKind("heel_raise", SetType.FREE, ""), 75.0)),
    (Aim(CURL, 3.5, 98.0, 75.0),),
    2,
)


def test_the_sample_of_the_first_version_is_read() -> None:
    assert load_goals(SAMPLE) == GOALS


def test_goals_come_back_and_are_private(tmp_path: Path) -> None:
    path = tmp_path / "data" / "goals.json"
    assert load_goals(path) == Goals()
    save_goals(GOALS, path)
    assert load_goals(path) == GOALS
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"goals": [{"quality_percent": 180.0}]}, "goals[1].quality_percent"),
        ({"goals": [{"load_kg": 0.0}]}, "goals[1].load_kg"),
        ({"goals": [{"lowering_s": -4.0}]}, "goals[1].lowering_s"),
        ({"goals": [{"kind": {"side": "both"}}]}, "goals[1].kind.side"),
        ({"goals": [{"kind": {"exercise": "../x"}}]}, "goals[1].kind.exercise"),
        ({"aims": [{"lowering_s": 3.0}]}, "aims[1].kind"),
        ({"aims": [{"kind": {}, "lowering_s": 9.0}]}, "aims[1].lowering_s"),
        ({"sessions_a_week": 0}, "sessions_a_week"),
        ({"goals": [{}] * 21}, "goals"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(
    tmp_path: Path, change: dict[str, Any], where: str
) -> None:
    path = tmp_path / "goals.json"
    path.write_text(json.dumps({"type": "toepoint.goals", "version": 1} | change))
    with pytest.raises(DocumentError) as caught:
        load_goals(path)
    assert caught.value.where == where


def test_goals_of_a_newer_version_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "goals.json"
    path.write_text('{"type": "toepoint.goals", "version": 2}')
    with pytest.raises(DocumentError) as caught:
        load_goals(path)
    assert caught.value.fault is DocumentFault.NEWER_VERSION


def test_an_aim_replaces_the_one_of_its_kind() -> None:
    other = Aim(SetKind("leg_curl", SetType.B, "L"), 3.0)
    changed = GOALS.with_aim(other).with_aim(Aim(CURL, 4.0))
    assert changed.aim_for(CURL) == Aim(CURL, 4.0)
    assert changed.aim_for(other.kind) == other
    assert changed.without_aim(CURL).aims == (other,)
    assert changed.goals == GOALS.goals

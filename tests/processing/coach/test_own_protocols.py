"""A person's own protocols: files that every reader of TOML reads, and names that every system takes."""

import dataclasses
import stat
import tomllib
from pathlib import Path

import pytest

from processing.coach.own_protocols import (
    NameFlaw,
    free_name,
    has_comments,
    name_flaw,
    own_protocols,
    path_of,
    save_own,
)
from processing.coach.protocol import RampIn
from processing.coach.protocol_file import built_in, built_in_names, load_protocol
from processing.coach.stop_rule import StopRule
from processing.judge.thresholds import Thresholds
from sensor.errors import DocumentError

B = built_in("B")


@pytest.mark.parametrize("name", built_in_names())
def test_every_built_in_protocol_comes_back_as_it_was(tmp_path: Path, name: str) -> None:
    known = built_in(name)
    path = save_own(tmp_path / "own", f"{name}, mine", known)
    assert load_protocol(path) == dataclasses.replace(
        known, name=f"{name}, mine", title=f"{name}, mine"
    )


def test_what_the_window_cannot_show_is_kept(tmp_path: Path) -> None:
    rich = dataclasses.replace(
        B,
        bands="strict",
        hard_pf=True,
        warning="Not alone.",
        per_week=2,
        weeks=8,
        pace_per_minute=12.5,
        ramp_in=RampIn(weeks=3.0),
        thresholds=Thresholds(rom_good_percent=90.0),
        sets=(
            dataclasses.replace(
                B.sets[0], stop=StopRule(control_loss_percent=25.0), to_failure=True
            ),
        ),
    )
    path = save_own(tmp_path, "rich", rich)
    assert load_protocol(path) == dataclasses.replace(rich, name="rich", title="rich")
    read = tomllib.loads(path.read_text("utf-8"))
    assert read["thresholds"] == {"rom_good_percent": 90}
    assert read["set"] == [
        {
            "type": "B",
            "reps": [5, 8],
            "rest_s": 150,
            "lift": "DF",
            "lower": "PF",
            "load": "chosen",
            "tempo": "4-0-1-1",
            "intensity_percent": [70, 80],
            "stop": {"control_loss_percent": 25},
            "to_failure": True,
        }
    ]


def test_a_file_is_private_and_never_replaced_without_being_asked(tmp_path: Path) -> None:
    path = save_own(tmp_path / "own", "mine", B)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    fewer = dataclasses.replace(B, waves=2)
    with pytest.raises(DocumentError):
        save_own(tmp_path / "own", "MINE", fewer)
    assert path.read_bytes() == before
    assert save_own(tmp_path / "own", "MINE", fewer, over=True) == path
    assert load_protocol(path).waves == 2
    assert [one.name for one in (tmp_path / "own").iterdir()] == ["mine.toml"]


@pytest.mark.parametrize(
    ("name", "flaw"),
    [
        ("", NameFlaw.EMPTY),
        ("  ", NameFlaw.EMPTY),
        ("x" * 41, NameFlaw.TOO_LONG),
        ("../up", NameFlaw.SIGNS),
        ("a/b", NameFlaw.SIGNS),
        ("a\\b", NameFlaw.SIGNS),
        ("c:", NameFlaw.SIGNS),
        (".hidden", NameFlaw.SIGNS),
        ("end.", NameFlaw.SIGNS),
        ("tab\tin it", NameFlaw.SIGNS),
        ("\u202emine", NameFlaw.SIGNS),
        ("b", NameFlaw.BUILT_IN),
        ("Free", NameFlaw.BUILT_IN),
        ("CON", NameFlaw.DEVICE),
        ("lpt1.old", NameFlaw.DEVICE),
        ("B, yours", None),
        ("Übung für links", None),
        ("console", None),
    ],
)
def test_names_that_a_file_cannot_have_are_refused(name: str, flaw: NameFlaw | None) -> None:
    assert name_flaw(name) is flaw


def test_a_taken_name_gets_the_next_number(tmp_path: Path) -> None:
    assert free_name(tmp_path, "B, yours") == "B, yours"
    save_own(tmp_path, "B, yours", B)
    assert free_name(tmp_path, "b, Yours") == "b, Yours 2"
    long = "x" * 40
    save_own(tmp_path, long, B)
    assert free_name(tmp_path, long) == "x" * 38 + " 2"


def test_files_that_a_person_wrote_are_listed_with_their_troubles(tmp_path: Path) -> None:
    (tmp_path / "hand.toml").write_text(
        '# for my knee\nformat = 1\nname = "hand"\ntitle = "By hand"\nwaves = 1\n[[set]]\n'
        'type = "FREE"\nreps = [3, 3]\nrest_s = 60\n'
    )
    (tmp_path / "wrong.toml").write_text("format = 1\nwaves = 'many'\n")
    (tmp_path / "notes.txt").write_text("no protocol")
    hand, wrong = own_protocols(tmp_path)
    assert hand.protocol is not None
    assert hand.protocol.title == "By hand"
    assert has_comments(hand.path)
    assert wrong.protocol is None
    assert "wrong.toml" in wrong.trouble
    assert own_protocols(tmp_path / "none") == ()
    assert path_of(tmp_path, "HAND") == hand.path

"""Several athletes on one account: nothing of one is used, shown or deleted for another."""

import json
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest

from gui.models.athlete_files import AthleteFiles, delete_athlete, export_athlete, files_of
from gui.models.athletes import (
    FIRST,
    PERSONAL,
    AthleteEntry,
    add_athlete,
    athletes,
    athletes_folder,
    keep_athlete,
    personal_values,
)
from gui.models.end import SAVED
from gui.models.settings import Settings, analyses_folder, changed
from processing.coach.own_protocols import FOLDER as PLANS
from processing.coach.own_protocols import save_own
from processing.coach.protocol_file import built_in
from processing.library import KeptAnalyses, Library
from processing.library.goal_file import Goals, goals_path, load_goals, save_goals
from processing.review.edit_file import edits_path
from sensor.errors import DocumentError, SettingError
from sensor.recording.places import usual_folder

RECORDINGS = Path(__file__).parents[3] / "recordings"
MINE = Settings(athlete="M.", load=42.5, side="left", theme="light")


def entry(alias: str, settings: Settings) -> AthleteEntry:
    return next(one for one in athletes(settings) if one.alias == alias)


def put_session(folder: Path, name: str = "2026-11-01_10-00-00.mcap") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes((RECORDINGS / "b_good.mcap").read_bytes())
    edits_path(path).write_text('{"format": 1}\n')
    return path


def test_another_athlete_begins_with_the_usual_settings_on_the_same_machine() -> None:
    settings = changed(MINE, machine="curl 3", load_step=5.0)
    other = add_athlete(" J. ", settings)
    assert [one.alias for one in athletes(settings)] == ["J.", "M."]
    found = other.settings
    assert (found.athlete, found.load, found.side) == ("J.", Settings().load, Settings().side)
    assert (found.machine, found.load_step) == ("curl 3", 5.0)
    # The computer's own settings stay.
    assert found.theme == "light"
    assert found.recordings_folder.parent.parent == athletes_folder()
    assert found.recordings_folder != MINE.recordings_folder


def test_every_setting_belongs_to_the_athlete_or_to_the_computer() -> None:
    computer = {
        "first_run_done",
        "first_step",
        "language",
        "theme",
        "text_scale",
        "reduced_motion",
        "athlete_key",
        "mirrored",
        "sound",
        "volume",
        "sound_scheme",
        "audio_delays_s",
        "places",
    }
    assert {*PERSONAL} | computer == {one.name for one in fields(Settings)}
    assert not {*PERSONAL} & computer


def test_everybody_finds_their_own_settings_again() -> None:
    other = add_athlete("J.", MINE)
    keep_athlete(MINE)
    now = changed(MINE, **personal_values(other.settings))
    now = changed(now, load=20.0, theme="dark")
    keep_athlete(now)
    mine = entry("M.", now)
    assert mine.key == FIRST
    assert (mine.settings.load, mine.settings.side, mine.settings.theme) == (42.5, "left", "dark")
    assert mine.settings.recordings_folder == usual_folder()
    back = changed(now, **personal_values(mine.settings))
    assert entry("J.", back).settings.load == 20.0


@pytest.mark.parametrize("alias", ["", "  ", "m.", "x" * 41, "two\nlines"])
def test_an_alias_must_be_told_from_the_others(alias: str) -> None:
    with pytest.raises(SettingError) as caught:
        add_athlete(alias, MINE)
    assert caught.value.key == "athlete"
    assert len(athletes(MINE)) == 1


def test_a_damaged_file_is_told_and_hides_no_session() -> None:
    other = add_athlete("J.", MINE)
    put_session(other.settings.recordings_folder)
    (other.folder / "athlete.json").write_text(
        '{"type": "toepoint.athlete", "version": 1, "settings": 3}'
    )
    found = next(one for one in athletes(MINE) if one.key == other.key)
    assert "settings" in found.trouble
    assert len(files_of(found, athletes(MINE)).recordings) == 1


def test_a_folder_that_nobody_made_is_no_athlete() -> None:
    (athletes_folder() / "notes").mkdir(parents=True)
    (athletes_folder() / "notes" / "athlete.json").write_text("{}")
    assert [one.key for one in athletes(MINE)] == [FIRST]


def test_the_export_holds_every_byte_and_opens_elsewhere(tmp_path: Path) -> None:
    path = put_session(MINE.recordings_folder)
    save_goals(Goals(sessions_a_week=2))
    mine = entry("M.", MINE)
    shares: list[float] = []
    target = export_athlete(mine, files_of(mine, (mine,)), tmp_path / "m.zip", shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    with zipfile.ZipFile(target) as file:
        assert file.testzip() is None
        assert sorted(file.namelist()) == [
            "athlete.json",
            "goals.json",
            f"sessions/{path.stem}.edits.jsonl",
            f"sessions/{path.name}",
        ]
        assert file.read(f"sessions/{path.name}") == path.read_bytes()
        assert json.loads(file.read("athlete.json"))["settings"]["load"] == 42.5
        assert json.loads(file.read("goals.json"))["sessions_a_week"] == 2
    assert target.stat().st_mode & 0o077 == 0


def test_own_plans_are_exported_and_deleted_with_the_athlete(tmp_path: Path) -> None:
    other = add_athlete("J.", MINE)
    folder = other.settings.recordings_folder
    put_session(folder)
    path = save_own(folder / PLANS, "slow", built_in("B"))
    target = export_athlete(other, files_of(other, athletes(MINE)), tmp_path / "j.zip")
    with zipfile.ZipFile(target) as file:
        assert file.read("plans/slow.toml") == path.read_bytes()
    delete_athlete(other, files_of(other, athletes(MINE)), KeptAnalyses(analyses_folder()))
    assert not other.folder.exists()


def test_saved_pictures_and_pages_are_exported_and_deleted_with_the_athlete(tmp_path: Path) -> None:
    other = add_athlete("J.", MINE)
    folder = other.settings.recordings_folder
    put_session(folder)
    (folder / SAVED).mkdir()
    for name in ("one.png", "one.pdf"):
        (folder / SAVED / name).write_bytes(b"of J.")
    target = export_athlete(other, files_of(other, athletes(MINE)), tmp_path / "j.zip")
    with zipfile.ZipFile(target) as file:
        assert {"sessions/one.png", "sessions/one.pdf"} <= set(file.namelist())
    delete_athlete(other, files_of(other, athletes(MINE)), KeptAnalyses(analyses_folder()))
    assert not other.folder.exists()


def test_an_export_that_fails_leaves_no_half_file(tmp_path: Path) -> None:
    path = put_session(MINE.recordings_folder)
    mine = entry("M.", MINE)
    files = files_of(mine, (mine,))
    path.unlink()
    with pytest.raises(DocumentError):
        export_athlete(mine, files, tmp_path / "m.zip")
    assert not list(tmp_path.glob("*.zip"))
    assert not list(tmp_path.glob(".*.new"))


def test_a_deletion_leaves_nothing_of_one_and_everything_of_the_other() -> None:
    kept = KeptAnalyses(analyses_folder())
    other = add_athlete("J.", MINE)
    mine_path = put_session(MINE.recordings_folder)
    path = put_session(other.settings.recordings_folder)
    (path.parent / "someone.txt").write_text("put here by somebody else")
    # Other bytes, so that the kept analysis is its own.
    path.write_bytes((RECORDINGS / "a_toes_up.mcap").read_bytes())
    Library(mine_path.parent, kept).read(mine_path)
    Library(path.parent, kept).read(path)
    save_goals(Goals(sessions_a_week=2))
    save_goals(Goals(sessions_a_week=3), other.goals)
    before = {p.name for p in analyses_folder().iterdir()}
    assert delete_athlete(other, files_of(other, athletes(MINE)), kept) == 1
    assert [p.name for p in other.folder.rglob("*") if p.is_file()] == ["someone.txt"]
    assert len({p.name for p in analyses_folder().iterdir()}) == len(before) - 1
    assert mine_path.exists()
    assert [s.path for s in Library(mine_path.parent, kept).sessions()] == [mine_path]
    assert load_goals(goals_path()).sessions_a_week == 2


def test_the_folder_of_an_athlete_who_is_gone_is_gone() -> None:
    other = add_athlete("J.", MINE)
    put_session(other.settings.recordings_folder)
    delete_athlete(other, files_of(other, athletes(MINE)), KeptAnalyses(analyses_folder()))
    assert not other.folder.exists()
    assert [one.alias for one in athletes(MINE)] == ["M."]


def test_sessions_of_a_shared_folder_outlive_one_of_its_athletes() -> None:
    other = add_athlete("J.", MINE)
    path = put_session(MINE.recordings_folder)
    shares = AthleteEntry(
        other.key, changed(other.settings, storage_folder=str(path.parent)), other.folder
    )
    files = files_of(shares, (*athletes(MINE), shares))
    assert files.shared
    assert delete_athlete(shares, files, KeptAnalyses(analyses_folder())) == 0
    assert path.exists()
    assert edits_path(path).exists()


def test_no_file_has_no_size() -> None:
    assert files_of(entry("M.", MINE), ()) == AthleteFiles()

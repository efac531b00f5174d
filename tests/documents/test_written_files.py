"""Every file that is written for a person: private, whole, on the disk; and safe from any fault of the disk."""

import json
import random
import stat
from pathlib import Path

import pytest

from processing.review.edit_file import append_edit
from processing.review.edits import Edit, EditKind
from sensor.errors import DocumentError, RecordingError
from sensor.private_files import write_private
from tests.failing_disk import FailingDisk, every_fault
from tests.kept_files import WRITERS


@pytest.mark.parametrize("name", WRITERS)
def test_a_fault_leaves_the_old_file_or_the_new_one_and_is_told(name: str, tmp_path: Path) -> None:
    write, read = WRITERS[name]
    rng = random.Random(4)
    (tmp_path / "sound").mkdir()
    with FailingDisk(tmp_path / "sound") as sound:
        write(tmp_path / "sound" / "file", 1)
    for number, fault in zip(range(60), every_fault(sound.calls, rng), strict=False):
        path = tmp_path / f"{number}" / "file"
        path.parent.mkdir()
        write(path, 1)
        old = read(path)
        write(path.with_name("new"), 1)
        write(path.with_name("new"), 2)
        new = read(path.with_name("new"))
        text = ""
        with FailingDisk(path.parent, fault):
            try:
                write(path, 2)
            except (DocumentError, RecordingError) as error:
                text = str(error)
        assert not text or str(path) in text
        moved = path.parent.with_name(f"{number} elsewhere") / "file"
        there = read(path if path.exists() else moved)
        assert there == new or (text and there == old), fault


def test_files_are_private_even_where_an_open_one_was(tmp_path: Path) -> None:
    for name, (write, _) in WRITERS.items():
        path = tmp_path / "new folder" / name
        path.parent.mkdir(exist_ok=True)
        write(path, 1)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, name
    open_one = tmp_path / "open"
    open_one.write_text("old", encoding="utf-8")
    open_one.chmod(0o644)
    write_private(open_one, "new")
    assert stat.S_IMODE(open_one.stat().st_mode) == 0o600


def test_the_file_behind_a_link_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")
    write_private(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "new"


def test_an_existing_file_is_replaced_only_where_that_is_meant(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_private(tmp_path / "a", "new", replace=False)
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"


def test_an_edit_that_another_program_has_overtaken_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "a.edits.jsonl"
    append_edit(path, Edit(1, EditKind.LOAD, t=1.0, value=40.0))
    with pytest.raises(DocumentError, match="open the recording again"):
        append_edit(path, Edit(1, EditKind.LOAD, t=1.0, value=50.0))
    assert [json.loads(line)["value"] for line in path.read_bytes().splitlines()] == [40.0]

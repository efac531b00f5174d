"""A copy of the checkout that a recipe of CONTRIBUTING.md is carried out in."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).parents[2]
COPIED = ("sensor", "processing", "gui", "toepoint", "tests", "docs", "pyproject.toml")


@dataclass(frozen=True)
class Insertion:
    """Lines that a contributor adds to a file, or a whole new file."""

    path: str
    lines: str
    after: str = ""
    """Text that occurs once in the file: the lines go below the line where it ends.

    Empty for a new file.
    """


@dataclass(frozen=True)
class Replacement:
    """Text that a contributor changes in a file."""

    path: str
    old: str
    """It occurs once in the file."""
    new: str


Edit: TypeAlias = Insertion | Replacement


@dataclass(frozen=True)
class WorkingCopy:
    """A copy of what a recipe may need, with a record of the files that were edited by hand."""

    root: Path
    touched: set[str] = field(default_factory=set)

    @classmethod
    def make(cls, folder: Path) -> "WorkingCopy":
        """Copy the checkout into ``folder``; compiled modules come along and stay valid."""
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name)
            else:
                shutil.copy2(source, folder)
        return cls(folder)

    @property
    def files_by_hand(self) -> set[str]:
        """The files that the recipe edited, without tests."""
        return {path for path in self.touched if not path.startswith("tests/")}

    def edit(self, edits: Iterable[Edit]) -> None:
        """Carry out ``edits``, in order."""
        for edit in edits:
            path = self.root / edit.path
            self.touched.add(edit.path)
            if isinstance(edit, Insertion) and not edit.after:
                assert not path.exists(), f"{edit.path} exists; rename what the recipe adds"
                path.parent.mkdir(exist_ok=True)
                path.write_text(edit.lines, encoding="utf-8")
                continue
            text = path.read_text(encoding="utf-8")
            anchor = edit.after if isinstance(edit, Insertion) else edit.old
            found = text.count(anchor)
            assert found == 1, (
                f"the recipe edits {edit.path} at {anchor!r}, which is there {found}×"
            )
            if isinstance(edit, Replacement):
                text = text.replace(edit.old, edit.new)
            else:
                end = text.index("\n", text.index(anchor) + len(anchor) - 1) + 1
                text = text[:end] + edit.lines + text[end:]
            path.write_text(text, encoding="utf-8")

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy, on its modules and with folders of its own."""
        home = str(self.root / "home")
        kinds = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env={
                **os.environ,
                **dict.fromkeys((*kinds, "HOME", "APPDATA", "LOCALAPPDATA"), home),
                "PYTHONPATH": str(self.root),
                "QT_QPA_PLATFORM": "offscreen",
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def output(self, *arguments: str) -> str:
        """Return what Python prints in the copy; a failure there is one here."""
        done = self.python(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def failure(self, *arguments: str) -> str:
        """Return what Python prints in the copy when it fails, as it must."""
        done = self.python(*arguments)
        assert done.returncode != 0, done.stdout
        return done.stdout + done.stderr

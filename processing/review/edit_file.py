"""The file of edits beside a recording: one line of JSON for each, only ever appended to."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from processing.review.edits import Edit, EditKind
from sensor.errors import ToepointError

FORMAT = 1
SUFFIX = ".edits.jsonl"


class EditFileError(ToepointError):
    """A file of edits that cannot be read or written.

    Attributes
    ----------
    path, line
        Where; ``line`` counts from 1, None for the whole file.
    """

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        self.path = path
        self.line = line
        where = "" if line is None else f", line {line}"
        super().__init__(f"{path}{where}: {reason}")


def edits_path(recording: Path) -> Path:
    """Return where the edits of ``recording`` are kept."""
    return recording.with_suffix(SUFFIX)


def append_edit(path: Path, edit: Edit) -> None:
    """Write one more edit; it is on the disk when this returns.

    Raises
    ------
    EditFileError
        If the file cannot be written.
    """
    line = json.dumps({"format": FORMAT, **asdict(edit)}, allow_nan=False)
    try:
        with path.open("a+b") as file:
            file.seek(0)
            whole = file.read().rfind(b"\n") + 1
            # A line that was cut off was never confirmed; left in, it would spoil this one.
            file.truncate(whole)
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise EditFileError(path, f"the edit is not saved: {error.strerror}") from error


def read_edits(path: Path) -> list[Edit]:
    """Return the edits in a file, none if there is no file.

    A last line that was cut off when the program was killed is left out: its edit was never
    confirmed.

    Raises
    ------
    EditFileError
        If the file cannot be read or a line is no edit; it names the line.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise EditFileError(path, f"the edits cannot be read: {error.strerror}") from error
    edits: list[Edit] = []
    for number, line in enumerate(lines[:-1], start=1):
        if line.strip():
            edits += _edit(path, number, line, edits)
    return edits


def _edit(path: Path, number: int, line: bytes, before: Sequence[Edit]) -> list[Edit]:
    try:
        data: Any = json.loads(line)
    except ValueError:
        raise EditFileError(
            path, "this is no edit; delete the line to go on without it", number
        ) from None
    if not isinstance(data, dict) or data.pop("format", None) != FORMAT:
        raise EditFileError(path, f"its format is not {FORMAT}; update the program", number)
    try:
        edit = Edit(
            number=_of(int, data, "number"),
            kind=EditKind(data["kind"]),
            t=float(_of((int, float), data, "t")),
            key=_of(str, data, "key"),
            value=_of((str, int, float, type(None)), data, "value"),
            times=tuple(float(t) for t in _of(list, data, "times")),
            made_utc=_of(str, data, "made_utc"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise EditFileError(path, f"this is no edit: {error}", number) from None
    if edit.number != len(before) + 1:
        raise EditFileError(path, f"edit {edit.number} where {len(before) + 1} was due", number)
    return [edit]


def _of(kind: Any, data: dict[str, Any], key: str) -> Any:
    if not isinstance(data[key], kind) or isinstance(data[key], bool):
        raise TypeError(f"{key} = {data[key]!r}")
    return data[key]

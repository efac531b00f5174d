"""The file of edits beside a recording: one line of JSON for each edit, only ever appended to."""

import contextlib
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from processing.review.edits import Edit
from sensor.documents.convert import convert
from sensor.documents.header import read_version
from sensor.documents.origin import Origin
from sensor.documents.parse import parse_json, read_limited
from sensor.errors import DocumentError, DocumentFault
from sensor.private_files import O_BINARY, close_synced, create_private, sync_folder, write_all

FORMAT = 1
"""Version of the layout; each line has it, since a later version may append to the same file."""
SUFFIX = ".edits.jsonl"
"""Beside the recording, which itself never changes."""
MAX_BYTES = 10_000_000
"""An edit takes some 150 bytes."""


def edits_path(recording: Path) -> Path:
    """Return the file of the edits of ``recording``."""
    return recording.with_suffix(SUFFIX)


def append_edit(path: Path, edit: Edit) -> None:
    """Write one more edit; it is on the disk when this returns.

    Raises
    ------
    DocumentError
        If the file cannot be written.
    """
    line = json.dumps({"format": FORMAT, **asdict(edit)}, allow_nan=False).encode() + b"\n"
    data = read_limited(path, MAX_BYTES) or b""
    # A line that was cut off was never confirmed; left in, it would spoil this one.
    whole = data.rfind(b"\n") + 1
    if sum(1 for each in data[:whole].split(b"\n") if each.strip()) != edit.number - 1:
        # Its number would be wrong, and the file could not be read any more.
        detail = "the edit is not saved: the file has changed; open the recording again"
        raise DocumentError(path, DocumentFault.CONTENT, detail)
    try:
        _append(path, line, whole)
    except OSError as error:
        detail = f"the edit is not saved: {error.strerror}"
        raise DocumentError(path, DocumentFault.NOT_WRITABLE, detail) from error


def _append(path: Path, line: bytes, at: int) -> None:
    """Write ``line`` at the position ``at``, as a whole or not at all."""
    new = not path.exists()
    descriptor = create_private(path) if new else os.open(path, os.O_RDWR | O_BINARY)
    try:
        os.ftruncate(descriptor, at)
        os.lseek(descriptor, at, os.SEEK_SET)
        write_all(descriptor, line)
        # An edit is confirmed to the person when this returns.
        os.fsync(descriptor)
    except OSError:
        # Its edit is not confirmed, and must not come back later.
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, at)
        raise
    finally:
        close_synced(descriptor)
    if new:
        sync_folder(path.parent)


def read_edits(path: Path) -> list[Edit]:
    """Read the edits in a file; none if there is no file.

    A last line that was cut off when the program was killed is left out: its edit was never
    confirmed.

    Raises
    ------
    DocumentError
        If the file cannot be read or a line is no edit; it names the line.
    """
    data = read_limited(path, MAX_BYTES) or b""
    edits: list[Edit] = []
    for number, line in enumerate(data.split(b"\n")[:-1], start=1):
        if line.strip():
            edits.append(_read_edit(line, f"{path}, line {number}", len(edits) + 1))
    return edits


def _read_edit(line: bytes, name: str, due: int) -> Edit:
    """Read the edit that is number ``due`` of its recording; ``name`` says where it stands."""
    origin = Origin(name, "delete the line to continue without this edit")
    fields = convert(parse_json(line, origin), dict[str, Any], origin)
    read_version(fields, "format", FORMAT, origin)
    edit = convert(fields, Edit, origin)
    # An undo names a number, so none may be missing or stand twice.
    if edit.number != due:
        raise origin.error(
            DocumentFault.CONTENT,
            f"it is edit {edit.number} where {due} is due",
            where="number",
            value=edit.number,
            allowed=str(due),
        )
    return edit

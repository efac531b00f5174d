"""Files that only their owner may read, and that are replaced as a whole."""

import os
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write ``text`` to ``path``: a reader sees the old file or the new one, never half a file.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    # In the same folder: only within one file system does a file replace another at once.
    beside = path.with_suffix(".new")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A program that ended while it wrote may have left one, and O_EXCL writes over nothing.
    beside.unlink(missing_ok=True)
    # Private from the start: a later change of the mode would leave a moment in which all may read.
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    beside.replace(path)

"""Files that only their owner can read: every file that the program writes is written here.

Everything goes through the functions of :mod:`os`, one call for each thing that a disk does, so that
a test can make each of them fail.
"""

import contextlib
import errno
import glob
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700
"""Readable for their owner only: recordings and everything made of them are about a person's body."""
LEFT_S = 60.0
"""A file that is to replace another, and was not written to for so long, belongs to no running program."""
O_BINARY = getattr(os, "O_BINARY", 0)
"""Without it Windows would write two bytes for each end of a line."""
_FAILURES = {errno.EIO, errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""The errors of a disk that fails or is full; Windows has no quota error."""
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | O_BINARY
"""It never follows a link and never writes into an existing file."""


def make_private_folder(folder: Path) -> None:
    """Create ``folder`` and the missing folders above it, each for its owner only.

    Raises
    ------
    OSError
        If one cannot be created.
    """
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir(mode=FOLDER_MODE, exist_ok=True)
        sync_folder(path.parent)


def create_private(path: Path) -> int:
    """Create the new file ``path`` and return its descriptor, for reading and writing.

    Raises
    ------
    FileExistsError
        If there is a file of that name.
    OSError
        If it cannot be created.
    """
    # Private from the start: a later change of the mode would leave a moment in which all may read.
    return os.open(path, _CREATE, FILE_MODE)


def write_all(descriptor: int, data: bytes | bytearray) -> None:
    """Write all of ``data``, however little the system takes at once.

    Raises
    ------
    OSError
        If a part of it cannot be written.
    """
    done = 0
    with memoryview(data) as view:
        while done < len(view):
            done += os.write(descriptor, view[done:])


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in ``folder``: a power cut would otherwise lose a new file.

    Raises
    ------
    OSError
        If the disk fails.
    """
    # Windows keeps names in its journal and opens no folders.
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        # Some network and phone storage cannot do this for folders, which is no failure.
        if error.errno in _FAILURES:
            raise


def write_private(
    path: Path, content: str | bytes | Iterable[bytes], *, replace: bool = True
) -> None:
    """Write the whole file ``path``: a reader sees the old file or the new one, never half of one.

    The file is on the disk when this returns. A link is followed; something that is no file, such
    as ``/dev/stdout``, is written into.

    Parameters
    ----------
    path
        The file. Missing folders on the way to it are created for their owner only.
    content
        Its new content, whole or in parts; text is encoded as UTF-8.
    replace
        Whether an existing file is replaced.

    Raises
    ------
    FileExistsError
        If there is a file already and ``replace`` is False.
    OSError
        If the file cannot be written. The old file is still there, or else the new one as a whole.
    """
    whole = content.encode() if isinstance(content, str) else content
    parts = [whole] if isinstance(whole, bytes) else whole
    if not replace and os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, "there is a file of that name already", str(path))
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            stream.writelines(parts)
        return
    with private_replacement(path) as descriptor:
        for part in parts:
            write_all(descriptor, part)


@contextlib.contextmanager
def private_replacement(path: Path) -> Iterator[int]:
    """Give a descriptor to write the whole file ``path`` to, which replaces it in the end.

    If an error ends the writing, the old file stays as it was.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    # The file behind a link is replaced, and not the link.
    path = path.resolve()
    make_private_folder(path.parent)
    beside = free_beside(path)
    try:
        descriptor = create_private(beside)
        try:
            yield descriptor
            os.fsync(descriptor)
        finally:
            close_synced(descriptor)
        # Closed before: Windows renames no open file.
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def free_beside(path: Path) -> Path:
    """Return the name of the file that is to replace ``path``, in the same folder; there is none of that name.

    Those that killed programs left behind are deleted.

    Raises
    ------
    OSError
        If a file of that name cannot be deleted.
    """
    # In the same folder: only within one file system does a file replace another at once. With the
    # number of the process, since another Toepoint may write the same file.
    own = path.with_name(f".{path.name}.{os.getpid()}.new")
    own.unlink(missing_ok=True)
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.new"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_S:
                left.unlink()
    return own


def close_synced(descriptor: int) -> None:
    """Close a file that is on the disk already, so that an error of closing can lose nothing."""
    with contextlib.suppress(OSError):
        os.close(descriptor)

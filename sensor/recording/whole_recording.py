"""Recordings that are written as a whole: a table that is imported, a session that is simulated."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from sensor.errors import RecordingError, RecordingFault
from sensor.private_files import sync_folder
from sensor.recording.sink import fault_of, name_is_taken
from sensor.recording.writer import RecordingWriter
from sensor.types import SessionHeader


@contextlib.contextmanager
def whole_recording(
    path: Path, header: SessionHeader, *, overwrite: bool = False
) -> Iterator[RecordingWriter]:
    """Give a writer whose recording gets the name ``path`` once all of it is on the disk.

    Until then, and whenever it fails, an older file of that name stays as it is. Half of a table
    would look like a whole recording.

    Parameters
    ----------
    path
        The file. It and missing folders on the way to it are created for their owner only.
    header
        The head of the session.
    overwrite
        Whether to replace an existing file.

    Raises
    ------
    RecordingError
        If there is a file already and ``overwrite`` is False (EXISTS), or the recording cannot be
        written (NOT_WRITABLE, DISK_FULL); then no part of it is left.
    """
    if not overwrite and os.path.lexists(path):
        raise name_is_taken(path)
    # The file behind a link is replaced, and not the link.
    target = path.resolve()
    # In the same folder, since only within one file system does a file replace another at once.
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        # A program that was killed while it wrote may have left one.
        beside.unlink(missing_ok=True)
        with RecordingWriter(beside, header) as writer:
            yield writer
        beside.replace(target)
        sync_folder(target.parent)
    except BaseException as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        cause = error.__cause__ if isinstance(error, RecordingError) else error
        if not isinstance(cause, OSError):
            raise
        raise _not_written(path, cause) from error


def _not_written(path: Path, cause: OSError) -> RecordingError:
    fault, reason = fault_of(cause), cause.strerror or str(cause)
    if fault is RecordingFault.DISK_FULL:
        return RecordingError(
            path, fault, f"no room is left on the disk ({reason}). Free some space, then try again"
        )
    return RecordingError(
        path, fault, f"it cannot be written ({reason}). Check the folder and the disk"
    )

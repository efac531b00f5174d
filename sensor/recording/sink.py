"""The file below a recording that is being written: private, append-only, whole chunks only."""

import errno
import os
from io import FileIO
from pathlib import Path

from sensor.errors import RecordingError, RecordingFault

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""The errors of a full disk; Windows has no quota error."""


class Sink:
    """A new file that stores each flush as a whole or not at all.

    Bytes wait in memory until :meth:`flush`. If a flush fails, the file is cut back to the last
    successful flush (or removed, if there was none) and closed, and every later call raises the
    same error.

    Parameters
    ----------
    path
        The file. Missing folders on the way to it are created.
    overwrite
        Whether to replace an existing file.

    Raises
    ------
    RecordingError
        NOT_WRITABLE or DISK_FULL, from every method except :meth:`tell`.
    """

    def __init__(self, path: Path, *, overwrite: bool) -> None:
        self.path = path
        self.failure: RecordingError | None = None
        self._waiting = bytearray()
        self._flushed = 0
        try:
            _make_private_folder(path.parent)
            if overwrite:
                path.unlink(missing_ok=True)
            # "x" never follows a link and never writes into an existing file.
            self._file = FileIO(path, "xb", opener=_open_private)
        except FileExistsError:
            raise RecordingError(
                path,
                RecordingFault.EXISTS,
                "there is a file of that name already. Choose another name, or allow replacing it",
            ) from None
        except OSError as error:
            raise self._recording_error(error) from error

    def write(self, data: bytes) -> None:
        """Keep ``data`` for the next flush."""
        if self.failure is not None:
            raise self.failure
        self._waiting += data

    def tell(self) -> int:
        """Return the position of the next byte in the file."""
        return self._flushed + len(self._waiting)

    def flush(self) -> None:
        """Hand the waiting bytes to the operating system."""
        if self.failure is not None:
            raise self.failure
        try:
            done = 0
            with memoryview(self._waiting) as view:
                while done < len(view):
                    done += self._file.write(view[done:])
        except OSError as error:
            raise self._failed(error) from error
        self._flushed += done
        self._waiting = bytearray()

    def sync(self) -> None:
        """Wait until the disk has all flushed bytes."""
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._failed(error) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @property
    def closed(self) -> bool:
        """Whether the file is closed, by :meth:`close` or after a failure."""
        return self._file.closed

    def _failed(self, error: OSError) -> RecordingError:
        """Cut the file back to its last whole chunk, so that it has no damage, and close it."""
        self.failure = self._recording_error(error)
        try:
            # Cutting a file back needs no room, so it works on a full disk too.
            self._file.truncate(self._flushed)
            self._file.close()
            if self._flushed == 0:
                self.path.unlink()  # a file without a head is useless and in the way
        except OSError as second:
            # The reader tolerates half a chunk at the end; the first error is the important one.
            self.failure.add_note(f"and the file could not be cut back: {second}")
        return self.failure

    def _recording_error(self, error: OSError) -> RecordingError:
        reason = error.strerror or str(error)
        if error.errno in _FULL:
            return RecordingError(
                self.path,
                RecordingFault.DISK_FULL,
                f"the recording has stopped: no room is left on the disk ({reason}). Everything "
                "recorded until now is kept. Free some space, then start a new recording",
                offset=self._flushed,
            )
        return RecordingError(
            self.path,
            RecordingFault.NOT_WRITABLE,
            f"it cannot be written ({reason}). Check the folder and the disk, then start a new "
            "recording",
        )


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _make_private_folder(folder: Path) -> None:
    """Create ``folder`` and the missing folders above it, each for its owner only."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)

"""The file below a recording that is being written: private, append-only, whole chunks only.

If its place fails (the disk is full, the stick was pulled out, the folder was moved or deleted), the
file goes on in another folder, with everything that was written so far.
"""

import contextlib
import errno
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sensor.errors import RecordingError, RecordingFault
from sensor.private_files import (
    close_synced,
    create_private,
    make_private_folder,
    sync_folder,
    write_all,
)

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""The errors of a full disk; Windows has no quota error."""
_COPIED_BYTES = 1 << 20
"""Bytes that are copied at once; a recording has some 15 MB an hour."""


@dataclass(frozen=True, slots=True)
class RecordingMoved:
    """A recording that goes on in another file, because its place failed."""

    old: Path
    """The file in which it began."""
    new: Path
    """The file in which it goes on, with everything that could be read of the old one."""
    fault: RecordingFault
    """The failure: DISK_FULL, MISSING (moved, deleted or disconnected) or NOT_WRITABLE."""
    lost_bytes: int = 0
    """Size of the part of the old file that could not be read."""


def name_is_taken(path: Path) -> RecordingError:
    """Return the error of a file that would take the name of another."""
    return RecordingError(
        path,
        RecordingFault.EXISTS,
        "there is a file of that name already. Choose another name, or allow replacing it",
    )


class Sink:
    """A new file that stores each flush as a whole or not at all.

    Bytes wait in memory until :meth:`flush`. If a flush fails, the file goes on in one of the
    ``fallbacks``. If that fails too, the file is cut back to the last successful flush (or removed,
    if there was none) and closed, and every later call raises the same error.

    Parameters
    ----------
    path
        The file. Missing folders on the way to it are created.
    fallbacks
        Folders in which the file can go on, the best one first.
    on_move
        Called when it does.

    Raises
    ------
    RecordingError
        NOT_WRITABLE or DISK_FULL, from every method except :meth:`tell` and :meth:`sync`.
    """

    def __init__(
        self,
        path: Path,
        *,
        fallbacks: Sequence[Path] = (),
        on_move: Callable[[RecordingMoved], None] | None = None,
    ) -> None:
        self.path = path
        self.failure: RecordingError | None = None
        self.closed = False
        self._fallbacks = fallbacks
        self._on_move = on_move
        self._waiting = bytearray()
        self._flushed = 0
        self._essential: list[tuple[int, bytes]] = []
        self._is_essential = False
        # Held for moments only, never while a disk works: the thread that records must not wait.
        self._lock = threading.Lock()
        self._trouble: OSError | None = None
        try:
            make_private_folder(path.parent)
            self._file = create_private(path)
            try:
                sync_folder(path.parent)
            except OSError:
                self._discard()
                raise
        except FileExistsError:
            raise name_is_taken(path) from None
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

    @property
    def in_trouble(self) -> bool:
        """Whether :meth:`sync` has found that the place of the file fails."""
        return self._trouble is not None

    def mark_essential(self) -> None:
        """Keep the bytes of the next flush in memory: without them no later ones can be read."""
        self._is_essential = True

    def flush(self) -> None:
        """Hand the waiting bytes to the operating system."""
        if self.failure is not None:
            raise self.failure
        if self._is_essential:
            self._essential.append((self._flushed, bytes(self._waiting)))
            self._is_essential = False
        try:
            if self._trouble is not None:
                raise self._trouble
            write_all(self._file, self._waiting)
        except OSError as error:
            self._go_on_elsewhere(error)
        self._flushed += len(self._waiting)
        self._waiting = bytearray()

    def sync(self) -> None:
        """Wait until the disk has all flushed bytes, and look whether the file still has its name.

        Another thread may call it. What it finds is raised by the next :meth:`flush`, or leads to
        another folder there.
        """
        with self._lock:
            if self.closed:
                return
            # A copy, so that the file can be closed or moved while a slow disk holds up this thread.
            path, original = self.path, self._file
            descriptor = os.dup(original)
        trouble: OSError | None = None
        try:
            os.fsync(descriptor)
            _check_name(descriptor, path)
        except OSError as error:
            trouble = error
        finally:
            close_synced(descriptor)
        with self._lock:
            # Meanwhile the file may have gone on elsewhere.
            if (path, original) == (self.path, self._file) and not self.closed:
                # The first one stays: after a failure the system reports the next synchronisation
                # as successful, though it dropped what it could not write.
                self._trouble = self._trouble or trouble

    def close(self) -> None:
        """Put everything that was written on the disk, and close the file.

        After a failure, or when called again, it does nothing.
        """
        if self.closed or self.failure is not None:
            return
        self.flush()
        self.sync()
        if self._trouble is not None:
            # The move itself ends on the disk.
            self.flush()
        with self._lock:
            self.closed = True
            close_synced(self._file)

    def abandon(self) -> None:
        """Close the file as it is, unless it is closed: nobody wants the rest."""
        with self._lock:
            if not self.closed:
                self.closed = True
                close_synced(self._file)

    def _go_on_elsewhere(self, error: OSError) -> None:
        """Continue in one of the fallbacks, or raise the error of the recording."""
        notes = []
        for folder in self._fallbacks:
            try:
                self._move_to(folder, error)
            except OSError as second:
                notes.append(f"{folder}: {second.strerror}")
            else:
                return
        failed = self._failed(error)
        for note in notes:
            failed.add_note(note)
        raise failed from error

    def _move_to(self, folder: Path, reason: OSError) -> None:
        """Copy the file into ``folder``, with the waiting bytes, and continue there."""
        make_private_folder(folder)
        new, path = _create_free(folder, self.path.name)
        try:
            lost = self._copy_to(new)
            write_all(new, self._waiting)
            os.fsync(new)
            sync_folder(folder)
        except BaseException:
            close_synced(new)
            with contextlib.suppress(OSError):
                path.unlink()
            raise
        moved = RecordingMoved(self.path, path, fault_of(reason), lost)
        with self._lock:
            old, old_path = self._file, self.path
            self._file, self.path, self._trouble = new, path, None
        _forget(old, old_path, keep=lost > 0)
        if self._on_move is not None:
            self._on_move(moved)

    def _copy_to(self, new: int) -> int:
        """Copy what was flushed; return the number of bytes that could not be read.

        They become zeros, which the reader reports as damage. What no later item can be read
        without is written from memory.
        """
        lost = 0
        for at in range(0, self._flushed, _COPIED_BYTES):
            length = min(_COPIED_BYTES, self._flushed - at)
            part = self._read(at, length)
            lost += length - len(part)
            write_all(new, part + bytes(length - len(part)))
        if lost:
            for at, data in self._essential:
                os.lseek(new, at, os.SEEK_SET)
                write_all(new, data)
            os.lseek(new, 0, os.SEEK_END)
        return lost

    def _read(self, at: int, length: int) -> bytes:
        """Read as much of ``length`` bytes of the file as it still gives."""
        part = b""
        try:
            os.lseek(self._file, at, os.SEEK_SET)
            while len(part) < length and (data := os.read(self._file, length - len(part))):
                part += data
        except OSError:
            # A disk that is gone: what it gave before is kept.
            return part
        return part

    def _failed(self, error: OSError) -> RecordingError:
        """Cut the file back to its last whole chunk, so that it has no damage, and close it."""
        failure = self.failure = self._recording_error(error)
        with self._lock:
            self.closed = True
            try:
                # Cutting a file back needs no room, so it works on a full disk too.
                os.ftruncate(self._file, self._flushed)
                if self._flushed == 0:
                    self.path.unlink()  # a file without a head is useless and in the way
            except OSError as second:
                # The reader tolerates half a chunk at the end; the first error is the important one.
                failure.add_note(f"and the file could not be cut back: {second}")
            finally:
                close_synced(self._file)
        return failure

    def _discard(self) -> None:
        """Remove the new file, which nothing was written to."""
        self.closed = True
        close_synced(self._file)
        with contextlib.suppress(OSError):
            self.path.unlink()

    def _recording_error(self, error: OSError) -> RecordingError:
        fault, reason = fault_of(error), error.strerror or str(error)
        if fault is RecordingFault.DISK_FULL:
            return RecordingError(
                self.path,
                fault,
                f"the recording has stopped: no room is left on the disk ({reason}). Everything "
                "recorded until now is kept. Free some space, then start a new recording",
                offset=self._flushed,
            )
        if fault is RecordingFault.MISSING:
            return RecordingError(
                self.path,
                fault,
                f"the recording has stopped: {reason}, and no other folder can be written. Check "
                "the folder and the disk, then start a new recording",
            )
        return RecordingError(
            self.path,
            fault,
            f"it cannot be written ({reason}). Check the folder and the disk, then start a new "
            "recording",
        )


class _GoneError(OSError):
    """A file that no longer has its name: it was moved or deleted, or its disk is gone."""

    def __init__(self) -> None:
        super().__init__(errno.ENOENT, "its file or folder was moved, deleted or disconnected")


def _check_name(descriptor: int, path: Path) -> None:
    """Raise an error unless ``path`` is still the name of the open file."""
    try:
        named = os.stat(path)  # noqa: PTH116 - a disk is asked through os
    except (FileNotFoundError, NotADirectoryError):
        raise _GoneError from None
    if not os.path.samestat(named, os.fstat(descriptor)):
        raise _GoneError


def _create_free(folder: Path, name: str) -> tuple[int, Path]:
    """Create a file of that name in ``folder``, with a number if there is one already."""
    stem, suffix = Path(name).stem, Path(name).suffix
    number = 1
    while True:
        path = folder / (f"{stem}_{number}{suffix}" if number > 1 else name)
        try:
            return create_private(path), path
        except FileExistsError:
            number += 1


def _forget(descriptor: int, path: Path, *, keep: bool) -> None:
    """Close the old file, and remove it unless it holds more than its copy."""
    with contextlib.suppress(OSError):
        if not keep and os.path.samestat(os.stat(path), os.fstat(descriptor)):  # noqa: PTH116
            path.unlink()
    close_synced(descriptor)


def fault_of(error: OSError) -> RecordingFault:
    """Return the fault of a file that cannot be written because of ``error``."""
    if error.errno in _FULL:
        return RecordingFault.DISK_FULL
    return RecordingFault.MISSING if isinstance(error, _GoneError) else RecordingFault.NOT_WRITABLE

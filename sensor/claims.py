"""Things that one Toepoint has to itself: its sensors, and the folder of its recordings.

A claim is a lock of the operating system on a small file of this account. It ends with the process,
however that ends, so that no claim is left behind.
"""

import contextlib
import hashlib
import os
import sys
from pathlib import Path

import platformdirs

from sensor.private_files import O_BINARY, close_synced, make_private_folder, write_all

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PLACE_OF_NUMBER = 16
"""The number of the process stands here, behind the byte that Windows locks and lets nobody read."""


class ClaimedError(Exception):
    """A thing that another Toepoint has.

    Attributes
    ----------
    process
        The number of its process; None if not known.
    """

    def __init__(self, process: int | None) -> None:
        self.process = process
        super().__init__("another Toepoint has it" + (f" (process {process})" if process else ""))


class Claim:
    """A claim on something; :meth:`release` ends it, and so does the end of the process."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        """End the claim. Again it does nothing."""
        if self._descriptor is not None:
            close_synced(self._descriptor)
            self._descriptor = None


def claim(thing: str) -> Claim:
    """Claim ``thing``, such as the address of a sensor, for this process.

    Where no lock can be kept, such as in a home that is read-only, everything counts as free.

    Raises
    ------
    ClaimedError
        If another process has it, or this one already.
    """
    folder = platformdirs.user_cache_path("toepoint", appauthor=False) / "in_use"
    # A path or an address is no name of a file on every system.
    path = folder / hashlib.sha256(thing.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    try:
        make_private_folder(folder)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | O_BINARY, 0o600)
    except OSError:
        return Claim(None)
    try:
        _lock(descriptor)
    except OSError:
        number = _process(descriptor)
        close_synced(descriptor)
        raise ClaimedError(number) from None
    # Only for the message of the other one.
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, _PLACE_OF_NUMBER, os.SEEK_SET)
        write_all(descriptor, str(os.getpid()).encode())
    return Claim(descriptor)


def claim_folder(folder: Path) -> Claim:
    """Claim a folder, under whatever name it is reached.

    Raises
    ------
    ClaimedError
        If another process has it.
    """
    return claim(f"folder {folder.resolve()}")


def _process(descriptor: int) -> int | None:
    try:
        os.lseek(descriptor, _PLACE_OF_NUMBER, os.SEEK_SET)
        return int(os.read(descriptor, 20))
    except (OSError, ValueError):
        return None

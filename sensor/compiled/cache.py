"""The folder of the machine code, a file for each function and state of what it was made from."""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import platformdirs

_DIGEST_BYTES = 32
_OLD_S = 30 * 24 * 3600.0
"""Files of an earlier version of a function go after this time; another copy of the program may use them."""


def cache_folder() -> Path:
    """Return the folder of the machine code: that of NUMBA_CACHE_DIR, or in the person's cache folder."""
    asked = os.environ.get("NUMBA_CACHE_DIR")
    return Path(asked or platformdirs.user_cache_path("toepoint", appauthor=False) / "compiled")


def kept(name: str) -> bytes | None:
    """Return what was kept by that name; None if there is nothing, or it is damaged."""
    try:
        content = _path(name).read_bytes()
    except OSError:
        return None
    digest, rest = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    # Damaged machine code would end the process.
    return rest if sha256(rest).digest() == digest else None


def keep(name: str, content: bytes) -> None:
    """Keep ``content`` by that name, the function's and a digest after a hyphen, and forget what is old of it.

    Where no file can be written, each start compiles.
    """
    path = _path(name)
    part = path.with_suffix(f".{os.getpid()}.part")
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_bytes(sha256(content).digest() + content)
        # At once, since another process may read it.
        part.replace(path)
        _forget_old(path)


def _forget_old(path: Path) -> None:
    newest_s = path.stat().st_mtime
    function = path.stem.rpartition("-")[0]
    for other in path.parent.glob(f"{function}-*.o"):
        if other.stem.rpartition("-")[0] == function and newest_s - other.stat().st_mtime > _OLD_S:
            other.unlink()


def _path(name: str) -> Path:
    return cache_folder() / f"{name}.o"

"""A disk that fails on request, below the functions of :mod:`os` that the program writes with.

Everything that the program keeps for a person is written by ``os.open``, ``os.write``, ``os.fsync``,
``os.ftruncate``, ``os.close`` and their like. Here each call on a file below ``root`` is counted and can
fail, as SQLite tests itself. The disk also remembers what was synchronised: after a power cut nothing else
is there.
"""

import contextlib
import errno
import os
import random
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from unittest import mock

LOSE_THE_FOLDER = -1
"""In place of an error number: the folder is moved away, as if its stick was pulled out."""
KILL = -2
"""In place of an error number: the process is killed."""
BY_DESCRIPTOR = ("write", "fsync", "ftruncate", "close")
BY_PATH = ("open", "unlink", "replace", "rename", "mkdir")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the disk."""

    at: int
    """Number of the call that fails, from 0."""
    error: int
    """The error number, :data:`LOSE_THE_FOLDER` or :data:`KILL`."""
    lasting: bool = False
    """Whether every later call fails too."""
    partial: bool = False
    """Whether a write takes the first half of its data before it fails."""


@dataclass
class FailingDisk:
    """The disk below ``root``; a context manager that takes the place of the functions of ``os``."""

    root: Path
    """The folder on this disk; files elsewhere are on sound disks."""
    fault: Fault | None = None
    """The fault, None for a sound disk."""
    room: int | None = None
    """Bytes that the disk takes before it is full, the last of them only in part; None: any number."""
    full: int = errno.ENOSPC
    """The error number of the full disk."""
    calls: int = 0
    """The calls until now."""
    failed: bool = False
    """Whether the fault has happened."""
    _real: dict[str, Any] = field(default_factory=dict)
    _open: dict[int, Path] = field(default_factory=dict)
    _content: dict[Path, bytes] = field(default_factory=dict)
    _names: dict[Path, dict[str, bytes]] = field(default_factory=dict)
    _replaced: dict[Path, bytes] = field(default_factory=dict)
    """The synchronised content of the files that took the place of others since their folder was."""
    _patches: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def __enter__(self) -> Self:
        """Take the place of the functions of ``os``."""
        self._real = {name: getattr(os, name) for name in (*BY_DESCRIPTOR, *BY_PATH, "dup")}
        for name in BY_DESCRIPTOR:
            self._patches.enter_context(mock.patch.object(os, name, self._by_descriptor(name)))
        for name in BY_PATH:
            self._patches.enter_context(mock.patch.object(os, name, self._by_path(name)))
        self._patches.enter_context(mock.patch.object(os, "dup", self._dup))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Restore the functions of ``os``."""
        self._patches.close()

    def cut_power(self, into: Path, rng: random.Random) -> None:
        """Write into another folder what a power cut now would leave of the files below the root.

        A file whose name was not synchronised is gone. What was written to a file since its last
        synchronisation is there up to a random byte, and may end in zeros, as after a late allocation.
        A file that was replaced is the old one or the new one.
        """
        for folder, names in self._names.items():
            for name, synced in names.items():
                path = folder / name
                there = synced
                if path in self._replaced:
                    there = rng.choice((synced, self._replaced[path]))
                elif path.is_file():
                    there += _part(path.read_bytes()[len(synced) :], rng)
                left = into / path.relative_to(self.root)
                left.parent.mkdir(parents=True, exist_ok=True)
                left.write_bytes(there)

    def _by_descriptor(self, name: str) -> Callable[..., Any]:
        def call(descriptor: int, *args: Any) -> Any:
            path = self._open.get(descriptor)
            if path is None:
                return self._real[name](descriptor, *args)
            if name == "close":
                # A descriptor is gone even if closing it fails.
                self._open.pop(descriptor)
                self._real["close"](descriptor)
                return self._count(name)
            self._count(name, descriptor, *args)
            if name == "write" and self.room is not None:
                args = (self._taken(args[0]),)
            result = self._real[name](descriptor, *args)
            if name == "fsync":
                self._remember(path)
            return result

        return call

    def _taken(self, data: Any) -> bytes:
        """Return the part of ``data`` for which there is room."""
        if not self.room:
            raise OSError(self.full, os.strerror(self.full))
        taken = bytes(data)[: self.room]
        self.room -= len(taken)
        return taken

    def _by_path(self, name: str) -> Callable[..., Any]:
        def call(path: Any, *args: Any, **kwargs: Any) -> Any:
            below = self.root in Path(path).parents or Path(path) == self.root
            if below:
                self._count(name)
            result = self._real[name](path, *args, **kwargs)
            if below and name == "open":
                self._open[result] = Path(path)
                if args[0] & os.O_CREAT:
                    self._content[Path(path)] = b""
            if below and name in ("replace", "rename"):
                self._content[Path(args[0])] = self._content.pop(Path(path), b"")
                self._replaced[Path(args[0])] = self._content[Path(args[0])]
            return result

        return call

    def _dup(self, descriptor: int) -> int:
        copy: int = self._real["dup"](descriptor)
        if descriptor in self._open:
            self._open[copy] = self._open[descriptor]
        return copy

    def _remember(self, path: Path) -> None:
        """Note that the disk has ``path``: the content of a file, or the names in a folder."""
        if path.is_file():
            self._content[path] = path.read_bytes()
            if path.name in self._names.get(path.parent, {}):
                self._names[path.parent][path.name] = self._content[path]
        elif path.is_dir():
            files = (file for file in path.iterdir() if file.is_file())
            self._names[path] = {file.name: self._content.get(file, b"") for file in files}
            self._replaced = {
                file: data for file, data in self._replaced.items() if file.parent != path
            }

    def _count(self, name: str, *args: Any) -> None:
        """Count a call; fail if the fault is due."""
        number, self.calls = self.calls, self.calls + 1
        fault = self.fault
        due = fault is not None and (number == fault.at or (fault.lasting and number > fault.at))
        if fault is None or not due:
            return
        if fault.error == LOSE_THE_FOLDER:
            if not self.failed:
                self.failed = True
                self._real["rename"](self.root, self.root.with_name(f"{self.root.name} elsewhere"))
            return
        if fault.error == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        self.failed = True
        if name == "write" and fault.partial:
            descriptor, data = args
            self._real["write"](descriptor, bytes(data)[: len(data) // 2])
        raise OSError(fault.error, os.strerror(fault.error))


def _part(written: bytes, rng: random.Random) -> bytes:
    """Return what a power cut may leave of bytes that were not synchronised."""
    there = written[: rng.randint(0, len(written))]
    return there + bytes(rng.choice((0, len(written) - len(there))))


ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, LOSE_THE_FOLDER)


def every_fault(calls: int, rng: random.Random) -> Iterator[Fault]:
    """Yield faults at random calls of a run with ``calls`` calls, for ever."""
    while True:
        yield Fault(
            at=rng.randrange(calls),
            error=rng.choice(ERRORS),
            lasting=rng.random() < 0.5,
            partial=rng.random() < 0.5,
        )

"""A front end of the program in a process of its own, on the virtual Bluetooth, to be ended in some way."""

import contextlib
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE_S
from tests.rig.client import ROOT, Rig

LOOK_S = 0.02
"""Time between two looks at a recording that grows."""


@dataclass
class Program:
    """A front end that runs."""

    process: "subprocess.Popen[bytes]"
    """Its process, the leader of its own session."""
    terminal: int
    """Our end of its terminal."""
    folder: Path
    """The home of the person; its data, settings and errors are in it."""
    asked_ns: int = 0
    """Monotonic time of the first request to end."""
    ended_s: float = 0.0
    """Time from the request to end until it had ended, s."""

    @property
    def recordings(self) -> list[Path]:
        """The recordings in the home of the person."""
        return sorted(self.folder.rglob("*.mcap"))

    @property
    def printed(self) -> str:
        """Everything that it printed until now, errors too."""
        return (self.folder / "printed.txt").read_text(encoding="utf-8", errors="replace")

    def wait_for_items(self, size: int = 8000) -> Path:
        """Wait until a recording has ``size`` bytes; return it."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            for path in self.recordings:
                with contextlib.suppress(FileNotFoundError):
                    if path.stat().st_size >= size:
                        return path
            if self.process.poll() is not None:
                break
            time.sleep(LOOK_S)
        raise AssertionError(f"nothing is recorded: {self.printed}")

    def end(self, *requests: signal.Signals) -> int:
        """Send the signals, a tenth of a second apart; return the exit code."""
        self.asked_ns = time.monotonic_ns()
        for number, request in enumerate(requests):
            time.sleep(0.1 if number else 0.0)
            self.process.send_signal(request)
        return self.wait()

    def close_terminal(self) -> int:
        """Close its terminal, as when a person closes the window of a shell; return the exit code."""
        self.asked_ns = time.monotonic_ns()
        os.close(self.terminal)
        self.terminal = -1
        return self.wait()

    def wait(self) -> int:
        """Wait until it has ended; return the exit code."""
        self.asked_ns = self.asked_ns or time.monotonic_ns()
        code = self.process.wait(PATIENCE_S)
        self.ended_s = (time.monotonic_ns() - self.asked_ns) / 1e9
        return code


@contextmanager
def program(
    rig: Rig, home: Path, *arguments: str, to_terminal: bool = False, limits: Sequence[str] = ()
) -> Iterator[Program]:
    """Run ``toepoint`` with ``arguments``; what still runs at the end is killed.

    Parameters
    ----------
    rig
        The virtual Bluetooth.
    home
        The home of the person, in which all files of the account are.
    arguments
        The command and its arguments.
    to_terminal
        Whether it prints to its terminal instead of a file.
    limits
        A command that runs it, such as ``prlimit`` with its options.
    """
    home.mkdir(parents=True, exist_ok=True)
    environment = {
        **rig.environment(),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_RUNTIME_DIR": str(home / "runtime"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUNBUFFERED": "1",
    }
    ours, theirs = pty.openpty()
    command = [*limits, sys.executable, "-m", "tests.rig.on_terminal", os.ttyname(theirs)]
    with (home / "printed.txt").open("wb") as printed:
        output = theirs if to_terminal else printed
        process = subprocess.Popen(
            [*command, *arguments],
            cwd=home,
            env={**environment, "PYTHONPATH": str(ROOT)},
            stdin=theirs,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    os.close(theirs)
    running = Program(process, ours, home)
    try:
        yield running
    finally:
        process.kill()
        process.wait()
        if running.terminal >= 0:
            os.close(running.terminal)

"""Processor time and memory of other processes (Linux and macOS)."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from gui.cli.main import ONE_THREAD

KB_OF_RSS = 1 if sys.platform != "darwin" else 1 / 1024
"""Linux gives the memory in KB, macOS in bytes."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor time and memory of a process."""

    cpu_s: float
    peak_mb: float


def environment() -> dict[str, str]:
    """Return the environment of a measured process: one thread, and modules that are kept compiled."""
    variable, value = ONE_THREAD
    return {**os.environ, variable: value, "PYTHONDONTWRITEBYTECODE": ""}


def toepoint(*arguments: str) -> Spent:
    """Run the command line with ``arguments``."""
    return spent([sys.executable, "-m", "gui.cli.main", *arguments])


def spent(command: Sequence[str]) -> Spent:
    """Run ``command``, without its output.

    Raises
    ------
    subprocess.CalledProcessError
        If it fails.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment())
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Spent(used.ru_utime + used.ru_stime, used.ru_maxrss * KB_OF_RSS / 1024)

"""Processor time and memory of other processes (Linux and macOS)."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from gui.cli.main import ONE_THREAD

KB_OF_RSS = 1 if sys.platform != "darwin" else 1 / 1024
"""Linux gives the memory in KB, macOS in bytes."""
_RUN = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""Runs a command in a small process: on Linux the memory of one that starts another counts as the other's."""


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
    run = [sys.executable, "-I", "-S", "-c", _RUN, *command]
    done = subprocess.run(run, stdout=subprocess.PIPE, env=environment(), text=True, check=True)
    code, cpu_s, rss = done.stdout.split()
    if int(code):
        raise subprocess.CalledProcessError(int(code), command)
    return Spent(float(cpu_s), int(rss) * KB_OF_RSS / 1024)

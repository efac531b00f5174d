"""An X server without a monitor: Xvfb, whose windows are painted as on a desktop."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

SCREEN = (3840, 2160)
"""Size of the screen in pixels: room for every window at 200 %."""
MISSING = "Xvfb is missing or does not start here: apt-get install xvfb"


class NoDisplayError(Exception):
    """There is no X server to paint on."""


@contextmanager
def running_display(size: tuple[int, int] = SCREEN) -> Iterator[str]:
    """Run an X server; yield its name, as the variable DISPLAY has it.

    Raises
    ------
    NoDisplayError
        If Xvfb is not installed or does not start.
    """
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        raise NoDisplayError(MISSING)
    read, write = os.pipe()
    screen = "{}x{}x24".format(*size)
    command = [xvfb, "-displayfd", str(write), "-screen", "0", screen, "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as output:
            number = output.readline().strip()
        if not number:
            raise NoDisplayError(MISSING)
        try:
            yield f":{number}"
        finally:
            server.terminate()

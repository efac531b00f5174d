"""The window on a real X server, in its own process."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gui.models.settings import Settings, save_settings

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 180


@pytest.fixture
def display() -> Iterator[str]:
    """Start an X server without a screen; return its name."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        pytest.skip("Xvfb is missing: apt-get install xvfb")
    read, write = os.pipe()
    command = [xvfb, "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as output:
            number = output.readline().strip()
        if not number:
            pytest.skip("Xvfb does not start here")
        yield f":{number}"
        server.terminate()


@pytest.mark.slow
def test_the_window_paints_and_closes_under_x11(display: str) -> None:
    save_settings(Settings(first_run_done=True))
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-m", "tests.gui.window_on_display"]
    child = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    assert child.stdout.splitlines()[-1] == "xcb: painted"
    assert "Traceback" not in child.stderr

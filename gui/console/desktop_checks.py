"""Whether this computer can show the window and play sound.

Qt ends the whole process where it finds no platform, so each question is put to a child process.
"""

import subprocess
import sys
from dataclasses import dataclass

from gui.models.no_window import window_remedy
from gui.texts.catalogue import ENGLISH
from gui.texts.check_words import finding, remedy
from sensor.ble.host_findings import HostCheck

TIMEOUT_S = 20.0
"""A child that has not answered by then hangs."""

WINDOW = """
from PySide6.QtWidgets import QApplication
app = QApplication([])
print(app.platformName(), app.primaryScreen().name() if app.primaryScreen() else "without a screen")
"""

SOUND = """
from PySide6.QtCore import QCoreApplication
from PySide6.QtMultimedia import QMediaDevices
app = QCoreApplication([])
print(QMediaDevices.defaultAudioOutput().description())
"""

SOUND_REMEDY = {
    "linux": "`sudo apt install libpulse0`, and check that `pactl info` names a sink.",
    "darwin": "System Settings > Sound > Output: choose a device.",
    "win32": "Settings > System > Sound: choose an output device.",
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check in words, as ``toepoint doctor`` prints it."""

    name: str
    """The thing that was checked."""
    ok: bool | None
    """Whether it is fine; None if that could not be found out."""
    what: str
    """The finding."""
    remedy: str = ""
    """The remedy, empty if there is none."""


def host_line(check: HostCheck) -> CheckLine:
    """Return a check of :mod:`sensor.ble.host_checks` in words."""
    texts = ENGLISH.sensors
    name = texts.check_name(check.key)
    return CheckLine(name, check.ok, finding(check, texts), remedy(check, texts))


def check_window() -> CheckLine:
    """Return whether Qt can open a window here."""
    output, fine = _ask(WINDOW)
    if fine:
        return CheckLine("window", True, output)
    return CheckLine("window", False, output, window_remedy())


def check_sound() -> CheckLine:
    """Return whether there is something to play cues on."""
    output, fine = _ask(SOUND)
    if fine and output:
        return CheckLine("sound", True, output)
    to_do = "Cues are shown as well as played. " + SOUND_REMEDY.get(sys.platform, "")
    return CheckLine("sound", False, output or "no output device", to_do)


def _ask(program: str) -> tuple[str, bool]:
    """Run ``program`` in a child process; return its output in one line, and whether it succeeded."""
    try:
        # The program is one of the constants above.
        child = subprocess.run(  # noqa: S603
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"no answer within {TIMEOUT_S:g} s", False
    if child.returncode == 0:
        return child.stdout.strip(), True
    lines = child.stderr.strip().splitlines() or [f"exit code {child.returncode}"]
    # Python says at the end what went wrong, Qt at the beginning.
    return lines[-1 if lines[0].startswith("Traceback") else 0].strip(), False

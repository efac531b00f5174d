"""Count the tears in what is heard on a busy machine: ``python -m tests.benchmarks.torn [LOOPS]``.

A sound server of its own (PulseAudio, from the system's packages) plays into nothing and gives what it
played to a recorder. Beside it run LOOPS busy loops, 10 by default. Sentences are spoken; a tear is a
stretch of silence within a sentence that the mixed stream does not have.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from gui.models.settings import Settings
from gui.sound.player import SoundPlayer
from gui.sound.speech_plan import Priority
from sensor.types import FloatArray

LOOPS = 10
SENTENCES = 16
BETWEEN_S = 2.0
RATE_HZ = 48_000
QUIET = 1e-4
"""Below this amplitude the recording is silent: a tear is filled with zeros."""
SHORTEST_TEAR_S = 0.004
"""Shorter silences are within a voice, such as before a stop consonant of a clip at 8 bits."""
SPOKEN = 99
"""A number whose clip has no silence within."""
SERVER_PRIORITY = ("chrt", "--rr", "10")
"""A desktop gives its sound server this priority; what is measured is the program, not the server."""


def main() -> None:
    """Print how many sentences were torn, and the reserve at the end."""
    loops = int(sys.argv[1]) if len(sys.argv) > 1 else LOOPS
    if shutil.which("pulseaudio") is None or shutil.which("parec") is None:
        sys.exit("This needs PulseAudio: apt-get install pulseaudio pulseaudio-utils")
    with tempfile.TemporaryDirectory() as folder, _server(folder), _busy(loops):
        heard = _speak(Path(folder) / "heard.raw")
    halves = {"first half": heard[: len(heard) // 2], "second half": heard[len(heard) // 2 :]}
    print(f"{loops} busy loops, load {os.getloadavg()[0]:.1f}, {SENTENCES} sentences")
    for name, part in halves.items():
        torn, longest_s = tears(part)
        print(f"{name}: {torn} tears, the longest {1e3 * longest_s:.0f} ms")


def tears(heard: FloatArray) -> tuple[int, float]:
    """Return how many stretches of zeros lie within sentences, and the longest in s."""
    sounding = np.flatnonzero(np.abs(heard) > QUIET)
    gaps_s = np.diff(sounding) / RATE_HZ
    within = gaps_s[(gaps_s > SHORTEST_TEAR_S) & (gaps_s < 0.4 * BETWEEN_S)]
    return len(within), float(within.max(initial=0.0))


@contextmanager
def _server(folder: str) -> Iterator[None]:
    """Run a sound server whose only output is a null sink, as the one that programs here find."""
    os.environ["PULSE_RUNTIME_PATH"] = folder
    os.environ["PULSE_SERVER"] = f"unix:{folder}/native"
    modules = (
        f"module-null-sink rate={RATE_HZ} channels=1",
        f"module-native-protocol-unix auth-anonymous=1 socket={folder}/native",
    )
    loads = [part for module in modules for part in ("-L", module)]
    command = [
        *SERVER_PRIORITY,
        "pulseaudio",
        "-n",
        "--exit-idle-time=-1",
        "--use-pid-file=no",
        *loads,
    ]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        while not Path(folder, "native").exists():
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _busy(loops: int) -> Iterator[None]:
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _speak(file: Path) -> FloatArray:
    """Speak the sentences; return what the server played (n,)."""
    app = QCoreApplication.instance() or QCoreApplication([])
    with file.open("wb") as out:
        record = [
            *SERVER_PRIORITY,
            "parec",
            "--raw",
            "--format=float32le",
            f"--rate={RATE_HZ}",
            "--channels=1",
        ]
        recorder = subprocess.Popen([*record, "-d", "@DEFAULT_MONITOR@"], stdout=out)
        player = SoundPlayer(Settings(volume=1.0))
        player.start()
        loop, left = QEventLoop(), iter(range(SENTENCES + 1))
        timer = QTimer()

        def speak() -> None:
            if next(left, SENTENCES) == SENTENCES:
                loop.quit()
            else:
                player.say((SPOKEN,), Priority.COUNT)

        timer.timeout.connect(speak)
        timer.start(round(1e3 * BETWEEN_S))
        loop.exec()
        print(f"delay that the busy machine added: {1e3 * player.delay_s:.0f} ms")
        player.close()
        app.processEvents()
        recorder.terminate()
        recorder.wait()
    return np.fromfile(file, "<f4").astype(float)


if __name__ == "__main__":
    main()

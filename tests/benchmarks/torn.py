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
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from gui.models.settings import Settings
from gui.sound.clips import clips_of
from gui.sound.pack import load_pack
from gui.sound.player import SoundPlayer
from gui.sound.speech_plan import Priority
from sensor.types import FloatArray
from tests.benchmarks.busy_loops import busy_loops

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
PROMPT, PRIORITY = ("chrt", "--rr"), "10"
"""The sound server and the recorder run before all others: what is measured is the program alone."""


def main() -> None:
    """Print how often the sentences were torn, and how much later a busy machine made them."""
    loops = int(sys.argv[1]) if len(sys.argv) > 1 else LOOPS
    if shutil.which("pulseaudio") is None or shutil.which("parec") is None:
        sys.exit("This needs PulseAudio: apt-get install pulseaudio pulseaudio-utils")
    with tempfile.TemporaryDirectory() as folder, _server(folder), busy_loops(loops):
        heard = _speak(Path(folder) / "heard.raw")
    sentence = load_pack("en", RATE_HZ).sentence(clips_of((SPOKEN,)))
    torn, longest_s = tears(heard, sentence)
    print(f"{loops} busy loops, load {os.getloadavg()[0]:.1f}, {SENTENCES} sentences")
    print(f"{torn} tears, the longest {1e3 * longest_s:.0f} ms")


def tears(heard: FloatArray, sentence: FloatArray) -> tuple[int, float]:
    """Return how many silences lie within the sentences that were heard, and the longest in s.

    A silence after which the sentence is complete is the pause before the next one.
    """
    whole = _sounding(sentence)
    frames = _sounding(heard)
    if len(frames) == 0:
        return 0, 0.0
    length = whole[-1] - whole[0]
    ends = np.flatnonzero(np.diff(frames) > SHORTEST_TEAR_S * RATE_HZ)
    torn_s: list[float] = []
    spoken, first = 0, frames[0]
    for end in ends:
        spoken += frames[end] - first
        first = frames[end + 1]
        if spoken < length - SHORTEST_TEAR_S * RATE_HZ:
            torn_s.append((first - frames[end]) / RATE_HZ)
        else:
            spoken = 0
    return len(torn_s), max(torn_s, default=0.0)


def _sounding(samples: FloatArray) -> npt.NDArray[np.intp]:
    """Return the frames that are not silent."""
    return np.flatnonzero(np.abs(samples) > QUIET)


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
        # Once it runs, because at its start it gives its main thread an ordinary priority.
        subprocess.run([*PROMPT, "--all-tasks", "--pid", PRIORITY, str(process.pid)], check=True)
        yield
    finally:
        process.terminate()
        process.wait()


def _speak(file: Path) -> FloatArray:
    """Speak the sentences; return what the server played (n,)."""
    app = QCoreApplication.instance() or QCoreApplication([])
    with file.open("wb") as out:
        record = [
            *PROMPT,
            PRIORITY,
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

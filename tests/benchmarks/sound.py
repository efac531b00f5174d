"""Measure the delay of a cue: from the event in the session to the samples given to the device.

It is measured beside a window at rest, and beside one that computes for 12 ms of every 16 ms. The stream
goes to the default output or, without one, to a paced reader that takes 5 ms at a time, as PulseAudio
does. The buffer of the stream and the device itself are not in these figures.
"""

import math
import os
import random
import threading
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer

from gui.models.settings import Settings
from gui.shell.app import make_application
from gui.sound.backend import Failed, Started
from gui.sound.devices import OutputDevice
from gui.sound.mixer import Mixer
from gui.sound.pack import load_pack
from gui.sound.player import SoundPlayer
from gui.sound.reserve import SHORTEST_S
from gui.sound.session_voice import SessionVoice
from gui.sound.speech_plan import Priority
from gui.sound.stream_clock import StreamClock
from gui.sound.tones import Tone, make_tone
from processing.coach.set_cues import SetCues
from processing.judge.bands import personal_bands
from processing.judge.checks import Target
from processing.types import Phase, PhaseChange

RATE_HZ = 48_000
BLOCK = 256
EVENTS = 60
BETWEEN_S = 0.1
LONGEST_S = 3.0
BUSY_S, FRAME_MS = 0.012, 16


def main() -> None:
    """Print the cost of mixing and the delay from an event to the device."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_application()
    print(f"mixing 1 s of two tones and a sentence: {_mixing_ms():.1f} ms")
    player = SoundPlayer(Settings(volume=0.2))
    player.start()
    if player.device is None:
        print(f"no output here ({player.error}): a paced reader takes its place")
        player = SoundPlayer(Settings(volume=0.2), PacedReader)
        player.start()
    else:
        print(f"output: {player.device.name}")
    for name, busy_s in (("at rest", 0.0), ("busy", BUSY_S)):
        late_ms = _late_ms(player, busy_s)
        median, p95, most = np.percentile(late_ms, [50, 95, 100])
        print(
            f"phase event to samples handed over, window {name:7}: {median:5.1f} ms median, "
            f"{p95:5.1f} ms p95, {most:5.1f} ms most of {len(late_ms)}"
        )
    reserve_s = SHORTEST_S + player.delay_s
    print(f"behind it: {1e3 * reserve_s:.0f} ms of reserve, and the device")
    player.close()


def _late_ms(player: SoundPlayer, busy_s: float) -> list[float]:
    """Return the delay of each event while the window computes for ``busy_s`` of every frame."""
    late_ms: list[float] = []
    session = threading.Thread(target=_make_events, args=(player, late_ms))
    # The loop of the application would close the output at its end.
    loop, window = QEventLoop(), QTimer()
    window.timeout.connect(lambda: _compute(busy_s) if session.is_alive() else loop.quit())
    window.start(FRAME_MS)
    session.start()
    loop.exec()
    return late_ms


def _make_events(player: SoundPlayer, late_ms: list[float]) -> None:
    """Start a set repeatedly, and note the delay of its first sound."""
    voice = SessionVoice(player)
    target = Target(personal_bands(None, None))
    # An output needs some time to start.
    player.tone(Tone.CLICK)
    _wait_for(player, Tone.CLICK)
    for _ in range(EVENTS):
        time.sleep(BETWEEN_S * random.uniform(0.9, 1.1))
        player.played.clear()
        event_s = time.monotonic()
        voice.take(SetCues(target).feed(PhaseChange(0.0, Phase.BOTTOM, 0.0)))
        late_ms.append(1e3 * (_wait_for(player, Tone.ARMED) - event_s))
        player.silence()


def _wait_for(player: SoundPlayer, label: str) -> float:
    """Return when ``label`` was played; infinity if it was not played in time."""
    given_up_s = time.monotonic() + LONGEST_S
    while time.monotonic() < given_up_s:
        for played in tuple(player.played):
            if played.label == label:
                return played.handed_s
        time.sleep(0.001)
    return math.inf


def _compute(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def _mixing_ms() -> float:
    mixer = Mixer(RATE_HZ)
    mixer.hold(Tone.CAPTURE_STEADY, make_tone(Tone.CAPTURE_STEADY, "coach", RATE_HZ))
    mixer.play(Tone.SET_END, make_tone(Tone.SET_END, "coach", RATE_HZ))
    words = ("foot sensor lost", ",", "keep going")
    mixer.say("words", load_pack("en", RATE_HZ).sentence(words), Priority.ALERT)
    started = time.thread_time()
    for _ in range(RATE_HZ // BLOCK):
        mixer.render(BLOCK)
    return 1e3 * (time.thread_time() - started)


class PacedReader:
    """An output that takes its samples evenly and discards them, and the sound system that has it."""

    device = OutputDevice("paced", "Paced reader", is_default=True)

    def __init__(self) -> None:
        self.mixer = Mixer(RATE_HZ)
        self.clock = StreamClock(RATE_HZ)
        self.reserve_s = SHORTEST_S
        self._ended = threading.Event()

    def devices(self) -> list[OutputDevice]:
        """Return itself."""
        return [self.device]

    def watch(self, changed: Callable[[], None]) -> None:
        """Do nothing: the outputs never change."""

    def open(self, identity: str, started: Started, failed: Failed) -> "PacedReader":
        """Start to read."""
        threading.Thread(target=self._read, args=(started,)).start()
        return self

    def close(self) -> None:
        """Stop reading."""
        self._ended.set()

    def _read(self, started: Started) -> None:
        begin = time.monotonic()
        while not self._ended.wait(begin + self.mixer.position / RATE_HZ - time.monotonic()):
            self.clock.take(self.mixer.position, time.monotonic())
            block = self.mixer.render(BLOCK)
            if block.started:
                started(block.started, time.monotonic())


if __name__ == "__main__":
    main()

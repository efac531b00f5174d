"""A live step of 10 ms: the samples of two sensors at 100 Hz, from the notification to the coach."""

import time
from collections.abc import Iterator
from pathlib import Path

from gui.models.chosen_coach import coach_of
from gui.models.settings import Settings
from processing.pipeline.pipeline import Pipeline
from sensor.assembler import Assembler
from sensor.compiled import load_compiled
from sensor.recording import open_recording
from sensor.types import Event, ImuBlock
from tests.benchmarks.performance.figures import Figure
from tests.benchmarks.performance.peers import steps_us
from tests.benchmarks.sessions import recorded

SESSION = "sim:protocol=B,sets=4,reps=8,seed=7000301"
STEP_S = 0.01


def measure() -> Iterator[Figure]:
    """Feed one notification at a time, as from live sensors."""
    spent_us = step_us(recorded(SESSION))
    peers = ", ".join(f"{name} {value:.1f} µs" for name, value in steps_us().items())
    yield Figure(
        work="live step of 10 ms with the coach, mean",
        value=spent_us,
        unit="µs",
        reach=30,
        others=peers,
    )


def step_us(path: Path) -> float:
    """Return the mean processor time of a step, in µs, from the end of the calibration on."""
    recording = open_recording(path)
    items = list(recording.items())
    assembler = Assembler(recording.header.sensors, recording.header.start_ns)
    pipeline = Pipeline(recording.header)
    coach = coach_of(Settings())
    coach.begin()
    # As a session does before its sensors connect.
    load_compiled()
    spent, first_s, last_s = 0.0, 0.0, 0.0
    for item in items:
        calibrated = pipeline.calibration is not None
        started = time.thread_time()
        fed: list[ImuBlock | Event] = list(assembler.feed(item))
        if isinstance(item, Event):
            fed.append(item)
        for update in pipeline.feed(fed):
            coach.feed(update)
        last_s = item.t_ns / 1e9
        if calibrated:
            spent += time.thread_time() - started
        else:
            first_s = last_s
    return 1e6 * spent * STEP_S / (last_s - first_s)

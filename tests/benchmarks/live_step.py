"""Measure the cost of the live path per 10 ms of two sensors at 100 Hz, stage by stage.

The processor time of the thread is counted, which other work on the machine does not change.
"""

import time

import numpy as np

from processing.pipeline.pipeline import Pipeline
from sensor.assembler import Assembler
from sensor.recording import open_recording
from sensor.types import Event, ImuBlock
from tests.benchmarks.sessions import recorded

SESSION = "sim:protocol=B,sets=4,reps=8,seed=2"
SAMPLES_PER_STEP = 2


def main() -> None:
    """Feed one notification at a time, as from live sensors, and print the cost of each stage."""
    recording = open_recording(recorded(SESSION))
    assembler = Assembler(recording.header.sensors, recording.header.start_ns)
    pipeline = Pipeline(recording.header)
    decoding: list[float] = []
    processing: list[float] = []
    calibrating = 0.0
    for item in recording.items():
        started = time.thread_time()
        fed: list[ImuBlock | Event] = list(assembler.feed(item))
        decoded = time.thread_time()
        if isinstance(item, Event):
            fed.append(item)
        known = pipeline.calibration
        pipeline.feed(fed)
        done = time.thread_time()
        if pipeline.calibration is not known:
            calibrating = max(calibrating, done - decoded)
            continue
        samples = sum(len(b.t) for b in fed if isinstance(b, ImuBlock))
        if samples and pipeline.calibration is not None:
            share = SAMPLES_PER_STEP / samples
            decoding.append((decoded - started) * 1e6 * share)
            processing.append((done - decoded) * 1e6 * share)
    both = np.array(decoding) + np.array(processing)
    for name, costs in (("decoding", decoding), ("processing", processing), ("both", both)):
        median, p99 = np.percentile(costs, [50, 99])
        print(f"{name:10} {median:7.1f} µs median, {p99:7.1f} µs p99 for a step of 10 ms")
    print(f"calibration, once: {calibrating * 1e3:.0f} ms")


if __name__ == "__main__":
    main()

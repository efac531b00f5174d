"""Measure the cost of a notification, from bytes to block: ``python -m tests.benchmarks.assembler``.

An hour of two WitMotion sensors at 100 Hz is 180,000 notifications of four samples.
"""

import time

import numpy as np

from sensor.assembler import Assembler
from sensor.families import families
from sensor.types import Notification, Segment, SensorInfo
from tests.sensor.families.contract import encoded_stream

ROUNDS = 20
MESSAGES = 500


def main() -> None:
    """Print the processor time per notification and per sample for every family."""
    print("family            notification, us (median, p90)   sample, us")
    for family in families().values():
        stream = encoded_stream(family, MESSAGES)
        info = SensorInfo("s", Segment.SHIN, family.name, settings=stream.settings)
        message_ns = stream.per_message * 1e9 / stream.settings.rate_hz
        costs = []
        for _ in range(ROUNDS):
            items = [
                Notification(round(i * message_ns), "s", characteristic, payload)
                for i, message in enumerate(stream.messages)
                for characteristic, payload in message
            ]
            assembler = Assembler([info], 0)
            started = time.thread_time()
            for item in items:
                assembler.feed(item)
            costs.append((time.thread_time() - started) / len(items) * 1e6)
        per_sample = np.median(costs) * len(items) / (MESSAGES * stream.per_message)
        print(
            f"{family.name:17s} {np.median(costs):12.1f} {np.percentile(costs, 90):10.1f}"
            f" {per_sample:22.1f}"
        )


if __name__ == "__main__":
    main()

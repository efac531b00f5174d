"""The analysis of an hour: processor time beside VQF on as many samples, and memory."""

import sys
import time
from collections.abc import Iterator

from processing.review.analysis import analyse
from sensor.recording import open_recording
from tests.benchmarks.performance.children import spent
from tests.benchmarks.performance.figures import Figure
from tests.benchmarks.performance.peers import vqf_batch_s
from tests.benchmarks.sessions import recorded

HOUR = "sim:protocol=B,sets=50,reps=8,seed=7000300"
ANALYSE = "import sys; from pathlib import Path; from processing.review.analysis import analyse; "
ANALYSE += "analyse(Path(sys.argv[1]))"


def measure() -> Iterator[Figure]:
    """Analyse an hour in this process and in another, whose memory is measured."""
    path = recorded(HOUR)
    duration_s = open_recording(path).duration_s
    started = time.process_time()
    analyse(path)
    used_s = time.process_time() - started
    vqf_s = vqf_batch_s(duration_s)
    yield Figure(
        work="analysis of an hour",
        value=used_s,
        unit="s",
        reach=round(9 * vqf_s, 2),
        others=f"VQF on as many samples {vqf_s:.2f} s",
    )
    yield Figure(work="analysis of an hour / VQF", value=used_s / vqf_s, unit="times", reach=9)
    yield Figure(
        work="memory of the analysis of an hour",
        value=spent([sys.executable, "-c", ANALYSE, str(path)]).peak_mb,
        unit="MB",
        reach=250,
    )

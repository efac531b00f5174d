"""Measure the time and the memory of the analysis of a whole recording."""

import resource
import subprocess
import sys
import time
from pathlib import Path

from processing.review.analysis import analyse
from sensor.recording import open_recording
from tests.benchmarks.sessions import recorded

HOUR = "sim:protocol=B,sets=60,reps=8,seed=1"


def main() -> None:
    """Analyse about an hour in a separate process, whose memory is measured."""
    path = recorded(HOUR)
    duration_s = open_recording(path).duration_s
    print(f"session: {duration_s / 60:.1f} min, 2 × 100 Hz, {path.stat().st_size / 1e6:.1f} MB")
    subprocess.run([sys.executable, "-m", "tests.benchmarks.analysis", str(path)], check=True)


def measure(path: Path) -> None:
    """Print the time and the peak memory of analysing ``path``."""
    before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started, started_cpu = time.perf_counter(), time.process_time()
    analysis = analyse(path)
    took_s, cpu_s = time.perf_counter() - started, time.process_time() - started_cpu
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reps = sum(len(s.reps) for s in analysis.sets)
    print(
        f"offline analysis: {took_s:.2f} s, {analysis.duration_s / took_s:.0f} × real time; "
        f"{cpu_s:.2f} s of processor time, {analysis.duration_s / cpu_s:.0f} × real time"
    )
    print(
        f"{reps} reps in {len(analysis.sets)} sets; peak memory {peak_mb:.0f} MB "
        f"({before_mb:.0f} MB before)"
    )


if __name__ == "__main__":
    measure(Path(sys.argv[1]))

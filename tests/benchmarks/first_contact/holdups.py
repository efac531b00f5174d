"""Hold-ups that lose nothing: ``python -m tests.benchmarks.first_contact holdups``.

The arrival times of ``recordings/b_good.mcap`` are moved: every message that arrived in the held time
arrives at its end, of the shin, of the foot, or of both. The samples keep the times that the unmoved
recording gives them, so a moved time is an error.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from processing.review.analysis import Analysis, analyse
from processing.review.read_recording import assembled, settled_blocks
from sensor.assembler import Assembler
from sensor.recording import Recording, RecordingWriter, open_recording
from sensor.types import FloatArray, ImuBlock, Item, Notification, Segment
from tests.benchmarks.first_contact import REPORTED_FROM

RECORDING = Path(__file__).parents[3] / "recordings" / "b_good.mcap"
SETTLED_S = 0.5
"""From so long after the burst on the two sensors must be together."""
CASES = 10
"""Hold-ups of each kind: shin, foot, both."""
SEED = REPORTED_FROM
HELD: Sequence[frozenset[Segment]] = (
    frozenset({Segment.SHIN}),
    frozenset({Segment.FOOT}),
    frozenset({Segment.SHIN, Segment.FOOT}),
)


def held_up(
    whole: Recording, path: Path, segments: frozenset[Segment], start_s: float, held_s: float
) -> Recording:
    """Write ``whole`` to ``path`` with messages that arrive at the end of a hold-up; return it.

    Parameters
    ----------
    whole
        The recording.
    path
        The file that is written.
    segments
        The segments whose sensors are held up.
    start_s, held_s
        Start and length of the hold-up, s.
    """
    sources = {s.source for s in whole.header.sensors if s.segment in segments}
    start_ns = whole.header.start_ns + round(start_s * 1e9)
    end_ns = start_ns + round(held_s * 1e9)

    def moved(item: Item) -> Item:
        if not isinstance(item, Notification) or item.source not in sources:
            return item
        return replace(item, t_ns=end_ns) if start_ns <= item.t_ns < end_ns else item

    writer = RecordingWriter(path, whole.header)
    for item in sorted(map(moved, whole.items()), key=lambda item: item.t_ns):
        writer.write(item)
    writer.close()
    return open_recording(path)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one hold-up."""

    lost_live: int
    """Samples that the live path says are lost at the end."""
    lost: int
    """Samples that the analysis says are lost."""
    apart_live_ms: float
    """Largest distance of shin and foot from 0.5 s after the burst on, live."""
    apart_ms: float
    """The same over the whole recording, in the analysis."""
    judged: int
    """Reps that the analysis can judge."""


def times(blocks: Iterable[object]) -> dict[Segment, FloatArray]:
    """Return the times of the samples of each segment."""
    found: dict[Segment, list[FloatArray]] = {}
    for block in blocks:
        if isinstance(block, ImuBlock):
            found.setdefault(block.segment, []).append(block.t)
    return {segment: np.concatenate(parts) for segment, parts in found.items()}


def apart_ms(
    right: dict[Segment, FloatArray], moved: dict[Segment, FloatArray], from_s: float
) -> float:
    """Return how far apart shin and foot are at most, of samples taken from ``from_s`` on, in ms."""
    errors = []
    grid = np.arange(from_s, min(t[-1] for t in right.values()), 0.05)
    for segment, t in right.items():
        # Without losses the n-th sample is the same one in both.
        error = moved[segment] - t
        errors.append(np.interp(grid, t, error))
    return float(np.abs(errors[0] - errors[1]).max() * 1e3)


def judged(analysis: Analysis) -> int:
    """Return the number of whole reps that can be judged."""
    return sum(not r.partial and r.withheld is None for s in analysis.sets for r in s.reps)


def outcome(
    whole: Recording, segments: frozenset[Segment], start_s: float, held_s: float
) -> Outcome:
    """Hold ``whole`` up once, and compare it with itself."""
    with TemporaryDirectory() as folder:
        return _compared(
            whole,
            held_up(whole, Path(folder, "held.mcap"), segments, start_s, held_s),
            start_s + held_s + SETTLED_S,
        )


def _compared(whole: Recording, moved: Recording, settled_s: float) -> Outcome:
    assembler = Assembler(whole.header.sensors, whole.header.start_ns)
    live = [block for item in moved.items() for block in assembler.feed(item)]
    whole_read, moved_read = (assembled(r, np.inf, lambda _: None) for r in (whole, moved))
    analysis = analyse(moved)
    return Outcome(
        sum(s.lost for s in assembler.statistics.values()),
        sum(s.lost for s in analysis.statistics.values()),
        apart_ms(times(whole_read.live), times(live), settled_s),
        apart_ms(times(settled_blocks(whole_read)), times(settled_blocks(moved_read)), 0.0),
        judged(analysis),
    )


def main(arguments: Sequence[str] = ()) -> None:
    """Print losses, distance and judged reps."""
    ArgumentParser(description=__doc__).parse_args(arguments)
    rng = np.random.default_rng(SEED)
    whole = open_recording(RECORDING)
    print(f"{RECORDING.name}, {3 * CASES} hold-ups of 0 to 10 s at random places, seed {SEED}")
    print(
        "to reach: 0 lost, at most 10 ms apart from 0.5 s after the burst, at least 5 of 6 judged"
    )
    edges = np.arange(CASES + 1) * (whole.duration_s - 12.0) / CASES
    for segments in HELD:
        cases = [
            outcome(whole, segments, rng.uniform(start, end), rng.uniform(0.0, 10.0))
            for start, end in pairwise(edges)
        ]
        print(
            f"{' and '.join(sorted(segments)):14s} lost live {max(c.lost_live for c in cases)}, "
            f"in the end {max(c.lost for c in cases)}; apart live "
            f"{np.mean([c.apart_live_ms for c in cases]):.1f} ms, worst "
            f"{max(c.apart_live_ms for c in cases):.1f}; in the end "
            f"{np.mean([c.apart_ms for c in cases]):.1f}, worst {max(c.apart_ms for c in cases):.1f}; "
            f"judged at least {min(c.judged for c in cases)} of 6"
        )


if __name__ == "__main__":
    main(sys.argv[1:])

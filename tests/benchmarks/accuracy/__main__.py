"""Measure, print, write the page and the stored figures.

``--check`` compares a part with the stored figures; ``--ablation`` fills the page's other table.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.accuracy import ablation
from tests.benchmarks.accuracy.cases import real, real_names, simulated
from tests.benchmarks.accuracy.cost import cost
from tests.benchmarks.accuracy.page import draw, put, tables
from tests.benchmarks.accuracy.scores import Score, score_real, score_simulated

STORED = Path(__file__).with_name("stored.json")
SEEDS = 30
PEER_SEEDS = 2
CHECK_SEEDS = (1, 4)
"""Seeds with both protocols, one resting still and one walking between sets."""
WORSE_BY = 1.05


def measure(seeds: Sequence[int], *, peers: int) -> list[Score]:
    """Score every case; the peers run on the real ones and the first simulated seeds."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    jobs = [(seed, hard, not hard and i < peers) for hard in (False, True)
            for i, seed in enumerate(seeds)]  # fmt: skip
    scores: list[Score] = []
    with ProcessPoolExecutor() as pool:
        parts = (pool.map(score_real, real_names()), pool.map(score_simulated, jobs))
        for part in parts:
            for one in part:
                scores.append(one)
                print(
                    f"{one.group:16} {one.name:11} live {one.live:5.2f}°  offline "
                    f"{one.offline:5.2f}°  drift {one.drift:4.2f}°  within ± {one.coverage:.1%}",
                    flush=True,
                )
    return scores


def worse(scores: Sequence[Score], stored: Sequence[Score]) -> list[str]:
    """Return a complaint for each group whose mean error over the same cases has grown by more than 5 %.

    A case without a stored figure is a complaint too: it would be compared with nothing.
    """
    known = {(s.group, s.name): s for s in stored}
    complaints = [
        f"{s.group}, {s.name}: no figure is stored"
        for s in scores
        if (s.group, s.name) not in known
    ]
    for group in dict.fromkeys(s.group for s in scores):
        pairs = [(s, known[s.group, s.name]) for s in scores
                 if s.group == group and (s.group, s.name) in known]  # fmt: skip
        for what in ("live", "offline"):
            now = sum(getattr(s, what) for s, _ in pairs)
            then = sum(getattr(k, what) for _, k in pairs)
            if now > WORSE_BY * then:
                complaints.append(
                    f"{group}, {what}: mean error {now / len(pairs):.3f}°, "
                    f"was {then / len(pairs):.3f}°"
                )
    return complaints


def stored_scores() -> list[Score]:
    """Return the figures of the time when the page was written."""
    return [Score(**one) for one in json.loads(STORED.read_text(encoding="utf-8"))]


def main() -> int:
    """Run; return the exit code, 1 if a check finds the angle worse."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.accuracy")
    parser.add_argument("--check", action="store_true", help="compare with the stored figures")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="number of simulated sessions")
    parser.add_argument("--ablation", action="store_true", help="measure what each part is worth")
    options = parser.parse_args()
    if options.ablation:
        text = ablation.table()
        print(text)
        put("ablation", text)
        return 0
    if options.check:
        complaints = worse(measure(CHECK_SEEDS, peers=0), stored_scores())
        print("\n".join(complaints) or "no worse than stored")
        return 1 if complaints else 0
    scores = measure(range(1, options.seeds + 1), peers=PEER_SEEDS)
    names = real_names()
    text = tables(scores, cost(real(*names[0]) if names else simulated(1)))
    print("\n" + text)
    put("tables", text)
    draw(scores)
    STORED.write_text(
        json.dumps([asdict(s) for s in scores], indent=1) + "\n", encoding="utf-8", newline="\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

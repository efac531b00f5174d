"""Measure, print, write the page and the stored figures.

``--check`` compares a part with the stored figures; ``--ablation`` fills the page's last tables, and ``--shown``
that of what exact sensors would show.
With ``--only`` some groups are measured and nothing is written, for example
``--only people,simulated --sessions 4 --first-seed 0``; ``--json`` prints every figure as JSON.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.accuracy import ablation, limits, shown
from tests.benchmarks.accuracy.cases import PEOPLE, REAL, real, real_names
from tests.benchmarks.accuracy.cost import cost
from tests.benchmarks.accuracy.page import draw, put, tables
from tests.benchmarks.accuracy.scores import Found, Score, score_real, score_simulated
from tests.benchmarks.accuracy.simulated_cases import NO_HINGES, Kind, simulated
from tests.benchmarks.accuracy.summary import by_group, line, lines
from tests.benchmarks.first_contact import REPORTED_FROM

STORED = Path(__file__).with_name("stored.json")
SESSIONS = 10
"""Reported sessions of each kind of simulation: ten minutes each, about 12 s of processor time."""
FIRST_SEED = REPORTED_FROM + 100
ABLATION_SESSIONS, ABLATION_SEED = 4, 300
"""The same of the ablation, whose figures may choose something: development seeds."""
PEER_SEEDS = 2
CHECK_SEEDS = (1, 4)
"""Seeds of the check, with both protocols, one resting still and one walking between sets."""
WORSE_BY = 1.05
LATER_MS = 1.0
"""Change of a group's mean lateness that is a complaint."""
SIMULATED = "simulated"
"""Name for all kinds of simulation together."""


def measure(groups: Sequence[str], seeds: Sequence[int], *, peers: int) -> list[Score]:
    """Score every case; the peers run on the real ones and the first seeds of the plain hinge."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # The peers know no gaps, of which the recording of a person has one after each repetition.
    recordings = [(*names, peers > 0 and names[0] != PEOPLE) for names in real_names()
                  if names[0] in groups]  # fmt: skip
    sessions = [(kind, seed, kind is Kind.OWN and i < peers) for kind in Kind
                if kind in groups for i, seed in enumerate(seeds)]  # fmt: skip
    scores: list[Score] = []
    with ProcessPoolExecutor() as pool:
        for part in (pool.map(score_real, recordings), pool.map(score_simulated, sessions)):
            for found in part:
                scores += found
                for one in found:
                    print(line(one), file=sys.stderr, flush=True)
    return scores


def worse(scores: Sequence[Score], stored: Sequence[Score]) -> list[str]:
    """Return a complaint for each group that has become worse over the same cases.

    Its mean error may grow by 5 %, as it is for simulations, whose clock is the truth's, and with the
    reference's clock fitted for recordings; its mean lateness may change by a millisecond. A case
    without a stored figure is a complaint too: it would be compared with nothing.
    """
    known = {(s.group, s.name): s for s in stored}
    complaints = [
        f"{s.group}, {s.name}: no figure is stored"
        for s in scores
        if (s.group, s.name) not in known
    ]
    for group, members in by_group(scores).items():
        pairs = [(s, known[group, s.name]) for s in members if (group, s.name) in known]
        for what in ("live", "offline") if pairs else ():
            found: list[Found] = [getattr(s, what) for s, _ in pairs]
            was: list[Found] = [getattr(k, what) for _, k in pairs]
            kind = "timed" if group in REAL else "raw"
            now, then = (sum(getattr(f, kind) for f in side) / len(pairs) for side in (found, was))
            if now > WORSE_BY * then:
                complaints.append(f"{group}, {what}: mean error {now:.3f}°, was {then:.3f}°")
            now, then = (sum(f.late_ms for f in side) / len(pairs) for side in (found, was))
            if abs(now - then) > LATER_MS:
                complaints.append(f"{group}, {what}: {now:+.1f} ms late, was {then:+.1f} ms")
    return complaints


def stored_scores() -> list[Score]:
    """Return the figures of the check at the time when the page was written."""
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    return [
        Score(
            **(
                one
                | {side: Found(**one[side]) for side in ("live", "offline")}
                | {"both": tuple(one["both"])}
            )
        )
        for one in stored
    ]


def _json(scores: Sequence[Score]) -> str:
    # Four decimals: what follows them differs from processor to processor.
    figures = json.loads(
        json.dumps([asdict(s) for s in scores]), parse_float=lambda text: round(float(text), 4)
    )
    return json.dumps(figures, indent=1) + "\n"


def main() -> int:
    """Run; return the exit code, 1 if a check finds the angle worse."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.accuracy")
    parser.add_argument("--check", action="store_true", help="compare with the stored figures")
    parser.add_argument("--ablation", action="store_true", help="measure what each part is worth")
    parser.add_argument("--shown", action="store_true", help="compare with exact sensors")
    parser.add_argument(
        "--only", help=f"groups, with commas: {', '.join([*REAL, *Kind])}, or {SIMULATED}"
    )
    parser.add_argument("--sessions", type=int, help="of each simulated kind")
    parser.add_argument("--first-seed", type=int)
    parser.add_argument("--json", action="store_true", help="print every figure as JSON")
    options = parser.parse_args()
    first = (
        (ABLATION_SEED if options.ablation else FIRST_SEED)
        if options.first_seed is None
        else options.first_seed
    )
    sessions = options.sessions or (ABLATION_SESSIONS if options.ablation else SESSIONS)
    seeds = range(first, first + sessions)
    if options.shown:
        text = shown.table(seeds)
        print(text)
        put("shown", text)
        return 0
    if options.ablation:
        parts = ablation.tables(seeds) | {"limits": limits.table(seeds)}
        print("\n\n".join(parts.values()))
        for name, text in parts.items():
            put(name, text)
        return 0
    everything = [*REAL, *Kind]
    ankles = [group for group in everything if group not in NO_HINGES]
    if options.check:
        complaints = worse(measure(ankles, CHECK_SEEDS, peers=0), stored_scores())
        print("\n".join(complaints) or "no worse than stored")
        return 1 if complaints else 0
    if options.only:
        asked = [
            name.strip() for name in options.only.replace(SIMULATED, ",".join(Kind)).split(",")
        ]
        scores = measure(asked, seeds, peers=0)
        print(_json(scores) if options.json else "\n".join(lines(scores)))
        return 0
    scores = measure(everything, seeds, peers=PEER_SEEDS)
    names = real_names()
    parts = tables(scores)
    parts["cost"] = cost(real(*names[-1]) if names else simulated(Kind.OWN, 1).case)
    print(_json(scores) if options.json else "\n".join([*lines(scores), "", *parts.values()]))
    for name, text in parts.items():
        put(name, text)
    draw(scores)
    STORED.write_text(_json(measure(ankles, CHECK_SEEDS, peers=0)), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Counts and phase times of sets drawn without sensors, against their visible truth.

The measured curves go straight into the rep detector (live) and the segmentation (final), so that
hundreds of sets take seconds. Run it as

    python -m tests.benchmarks.first_contact.drawn_reps [--sets 12] [--first-seed 0] [--only KIND]

``--sets`` is the number of sets of each kind at each tempo. ``--worst`` lists the reps with the largest
errors, by seed and number, to draw them again.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from processing.reps.rep_detector import RepDetector
from processing.reps.segmentation import segment_sets
from processing.types import AngleBlock, Rep, counted
from sensor.types import Event, EventKind
from tests.benchmarks.first_contact import seed_options
from tests.independent_judge.drawn_sets import DrawnSet, drawn_set
from tests.independent_judge.motions import LOWERINGS
from tests.independent_judge.visible import VisibleRep
from tests.processing.reps.curves import block
from tests.processing.stage_contract import cut

SETS = 12
"""Sets of each kind at each tempo."""
BLOCK = 10
"""Samples of a live block."""


@dataclass
class Errors:
    """Counts and errors of one group of sets."""

    sets: int = 0
    exact: dict[str, int] = field(default_factory=lambda: {"live": 0, "final": 0})
    """Sets with the true count."""
    wrong: list[str] = field(default_factory=list)
    """Sets with another count, and what was counted."""
    seconds: dict[str, list[float]] = field(default_factory=dict)
    """Reported minus visible durations in s, by "final lift" and the like."""
    where: dict[str, list[str]] = field(default_factory=dict)
    """Seed and number of the rep of each error."""

    def add(self, path: str, drawn: DrawnSet, seed: int, reps: Sequence[Rep]) -> None:
        """Add the reps that one path found in a set."""
        true = drawn.visible()
        found = counted(reps)
        self.exact[path] += len(found) == drawn.reps
        if len(found) != drawn.reps:
            self.wrong.append(f"{path} {seed}: {len(found)} of {drawn.reps}")
            return
        for number, (rep, visible) in enumerate(zip(found, true, strict=True), 1):
            for name, error in phase_errors(rep, visible).items():
                self.seconds.setdefault(f"{path} {name}", []).append(error)
                self.where.setdefault(f"{path} {name}", []).append(f"{seed}:{number}")


def phase_errors(rep: Rep, visible: VisibleRep) -> dict[str, float]:
    """Return reported minus visible durations of the phases, in s."""
    return {
        "lift": rep.t_top - rep.t_start - visible.lift_s,
        "top": rep.t_ecc - rep.t_top - visible.top_s,
        "lower": rep.t_bottom - rep.t_ecc - visible.lower_s,
    }


def angles_of(drawn: DrawnSet) -> AngleBlock:
    """Return the measured curve as angles of the pipeline."""
    return block(drawn.t, drawn.measured_curl_deg, drawn.measured_dps, drawn.measured_ankle_deg)


def live_reps(drawn: DrawnSet, *, marked: bool) -> list[Rep]:
    """Return the reps that the live detector found, with the marks in between."""
    angles, detector = angles_of(drawn), RepDetector(drawn.asked.reference_deg)
    events = [(drawn.start_s, EventKind.SET_START), (drawn.end_s, EventKind.SET_END)]
    pending = events if marked else []
    found: list[Rep] = []
    for first in range(0, drawn.t.size, BLOCK):
        while pending and pending[0][0] <= drawn.t[first]:
            t, kind = pending.pop(0)
            found += _reps(detector.feed(Event(round(1e9 * t), kind)))
        found += _reps(detector.feed(cut(angles, first, min(first + BLOCK, drawn.t.size))))
    return found


def final_reps(drawn: DrawnSet, *, marked: bool) -> list[Rep]:
    """Return the reps of the segmentation."""
    sets = [(drawn.start_s, drawn.end_s)] if marked else None
    found = segment_sets(angles_of(drawn), drawn.asked.reference_deg, sets=sets)
    return [rep for reps in found for rep in reps]


def measure(kind: str, seeds: Sequence[int], *, tempo: str, rest_pauses: bool = False) -> Errors:
    """Return the errors of sets of one kind; every second set has no marks."""
    errors = Errors()
    for seed in seeds:
        drawn = drawn_set(seed, kind, tempo=tempo, rest_pauses=rest_pauses)
        marked = rest_pauses or seed % 2 == 0
        errors.sets += 1
        errors.add("final", drawn, seed, final_reps(drawn, marked=marked))
        errors.add("live", drawn, seed, live_reps(drawn, marked=marked))
    return errors


def _reps(outputs: Sequence[object]) -> list[Rep]:
    return [output for output in outputs if isinstance(output, Rep)]


def _row(name: str, errors: Errors) -> str:
    cells = [f"{errors.exact['live']:3}/{errors.exact['final']:3} of {errors.sets:3}"]
    for key in ("final lift", "final lower", "live lift", "live lower"):
        values = np.array(errors.seconds.get(key, [np.nan]))
        worst = values[np.argmax(np.abs(values))]
        cells.append(f"{values.mean():+.3f} {values.std():.3f} {worst:+.2f}")
    return f"{name:24}" + " | ".join(f"{cell:>19}" for cell in cells)


def _pooled(parts: Sequence[Errors]) -> Errors:
    pooled = Errors()
    for part in parts:
        pooled.sets += part.sets
        for path, exact in part.exact.items():
            pooled.exact[path] += exact
        for key, values in part.seconds.items():
            pooled.seconds.setdefault(key, []).extend(values)
    return pooled


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = seed_options(__doc__)
    parser.add_argument("--sets", type=int, default=SETS)
    parser.add_argument("--only", choices=[*LOWERINGS], action="append")
    parser.add_argument("--worst", type=int, default=0)
    args = parser.parse_args(arguments)
    seeds = range(args.first_seed, args.first_seed + args.sets)
    kinds = args.only or [*LOWERINGS]
    print(f"seeds {seeds.start}-{seeds.stop - 1} of each kind; errors in s: mean, SD, worst")
    print("to reach: counts exact; lift ±0.05, SD 0.05; lower ±0.1, SD 0.15 (1-6 s), ±0.2, SD 0.25")
    head = ("exact live/final", "lift, final", "lower, final", "lift, live", "lower, live")
    print(" " * 24 + " | ".join(f"{cell:>19}" for cell in head))
    groups = {
        "1-6 s": ("normal", False),
        "6-12 s": ("slow", False),
        "rest-pauses": ("normal", True),
    }
    for title, (tempo, rest_pauses) in groups.items():
        parts = []
        for kind in kinds:
            errors = measure(kind, seeds, tempo=tempo, rest_pauses=rest_pauses)
            parts.append(errors)
            print(_row(kind, errors))
            if errors.wrong:
                print("    other counts: " + ", ".join(errors.wrong[:6]))
            _print_worst(errors, args.worst)
        print(_row(f"ALL {title}", _pooled(parts)))


def _print_worst(errors: Errors, number: int) -> None:
    for key in ("final lift", "final lower", "live lower"):
        values = errors.seconds.get(key, [])
        order = np.argsort(-np.abs(values))[:number]
        if number:
            listed = ", ".join(f"{errors.where[key][i]} {values[i]:+.2f}" for i in order)
            print(f"    {key}: {listed}")


if __name__ == "__main__":
    main(sys.argv[1:])

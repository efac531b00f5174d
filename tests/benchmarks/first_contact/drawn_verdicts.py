"""Verdicts on sets drawn without sensors, against those of the independent judge.

The product measures and judges the reps that it found in the measured curves, with about a third of them
faulty. Run it as

    python -m tests.benchmarks.first_contact.drawn_verdicts [--sets 12] [--first-seed 0] [--only KIND]

Reps that only one side has count as disagreements.
"""

import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from processing.judge.bands import Band, personal_bands
from processing.judge.checks import DataQuality, Grade, Target
from processing.judge.reasons import CheckKey
from processing.judge.recount import judge_reps, reference_rom
from processing.judge.tempo import Tempo
from processing.judge.verdict import Verdict, judge, with_rest
from processing.types import Rep, counted
from tests.benchmarks.first_contact import seed_options
from tests.benchmarks.first_contact.drawn_reps import angles_of, final_reps, live_reps
from tests.independent_judge.drawn_sets import PROTOCOL, DrawnSet, drawn_set
from tests.independent_judge.motions import LOWERINGS
from tests.independent_judge.prescription import Prescription, SetKind
from tests.independent_judge.verdicts import JudgedRep

SETS = 12
"""Sets of each kind at each tempo."""
TEMPOS = (PROTOCOL, "normal")
"""The tempos that are asked: those of the protocols and any other of 1-6 s."""
REASONS = {
    CheckKey.DATA: "data",
    CheckKey.ROM: "range",
    CheckKey.SWITCH: "switch",
    CheckKey.HOLD: "hold",
    CheckKey.DROP: "drop",
    CheckKey.ECCENTRIC: "lowering",
    CheckKey.CONCENTRIC: "lift",
    CheckKey.TOP_PAUSE: "top",
    CheckKey.BOTTOM_PAUSE: "bottom",
    CheckKey.LIFT: "up",
}
"""The words of the independent judge for the checks of the product."""
TOLD = ("too fast", "too slow", "lift")
"""Reasons that tell a person to be slower or faster."""


@dataclass
class Agreement:
    """Pairs of verdicts, as the independent judge gives it and as the product does."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Number of reps for each pair of grade and reason."""

    def add(self, true: Sequence[JudgedRep], verdicts: Sequence[Verdict]) -> None:
        """Add the reps of one set, matched by the times of their tops."""
        left = list(verdicts)
        for own in true:
            found = next((each for each in left if same_rep(own, each.rep)), None)
            if found is not None:
                left.remove(found)
            self.pairs[judge_word(own), "no rep" if found is None else product_word(found)] += 1
        for extra in left:
            self.pairs["no rep", product_word(extra)] += 1

    @property
    def total(self) -> int:
        """Number of reps."""
        return sum(self.pairs.values())

    @property
    def same_percent(self) -> float:
        """Share of the reps with the same verdict and reason, in %."""
        same = sum(n for (true, found), n in self.pairs.items() if true == found)
        return 100.0 * same / max(1, self.total)

    @property
    def told_percent(self) -> float:
        """Share of the good reps that were told to be slower or faster, in %."""
        good = {found: n for (true, found), n in self.pairs.items() if true == "GOOD"}
        told = sum(n for found, n in good.items() if found.endswith(TOLD))
        return 100.0 * told / max(1, sum(good.values()))

    def differences(self, number: int) -> list[str]:
        """Return the most frequent differences."""
        pairs = [(n, pair) for pair, n in self.pairs.items() if pair[0] != pair[1]]
        return [f"{n:5}  {true:16} -> {found}" for n, (true, found) in sorted(pairs)[::-1]][:number]


def same_rep(own: JudgedRep, rep: Rep) -> bool:
    """Return whether both have their tops within the other's rep."""
    seen = own.rep
    return rep.t_start < seen.t_lower and seen.t_top < rep.t_bottom


def judge_word(own: JudgedRep) -> str:
    """Return the independent verdict in words."""
    return own.grade.name if own.reason is None else f"{own.grade.name} {own.reason}"


def product_word(verdict: Verdict) -> str:
    """Return the product's verdict in the words of the independent judge."""
    grade = verdict.grade.name
    if verdict.reason is None or verdict.grade is Grade.GOOD:
        return grade
    word = REASONS[verdict.reason.check]
    if word == "lowering" and verdict.target.tempo is not None:
        slow = verdict.measures.eccentric_s > verdict.target.tempo.eccentric_s
        word = "too slow" if slow else "too fast"
    return f"{grade} {word}"


def target_of(asked: Prescription) -> Target:
    """Return the prescription as the product has it."""
    up, pointed = Band.DORSIFLEXED, Band.PLANTARFLEXED
    bands = {
        SetKind.UP_AND_DOWN: (up, pointed),
        SetKind.DORSIFLEXED: (up, up),
        SetKind.PLANTARFLEXED: (pointed, pointed),
    }[asked.kind]
    personal = personal_bands(
        math.radians(asked.dorsiflexion_max_deg),
        math.radians(asked.plantarflexion_max_deg),
        math.radians(1.5),
    )
    tempo = Tempo(asked.lower_s, asked.bottom_s, asked.lift_s, asked.top_s)
    return Target(personal, *bands, tempo, math.radians(asked.reference_deg))


def final_verdicts(drawn: DrawnSet) -> tuple[Verdict, ...]:
    """Return the verdicts on the reps of the segmentation."""
    reps = counted(final_reps(drawn, marked=True))
    quality = [DataQuality()] * len(reps)
    return judge_reps(reps, angles_of(drawn), target_of(drawn.asked), quality)


def live_verdicts(drawn: DrawnSet) -> tuple[Verdict, ...]:
    """Return the verdicts on the reps of the detector, each with the range known until then.

    As the coach does it, the rest after a rep is judged when the next rep is over.
    """
    reps, target = counted(live_reps(drawn, marked=True)), target_of(drawn.asked)
    angles = angles_of(drawn)
    verdicts: list[Verdict] = []
    for index, rep in enumerate(reps):
        if verdicts:
            verdicts[-1] = with_rest(verdicts[-1], rep, angles, DataQuality())
        known = reference_rom(reps[:index], target.reference_rom)
        verdicts.append(judge(rep, angles, replace(target, reference_rom=known)))
    return tuple(verdicts)


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = seed_options(__doc__)
    parser.add_argument("--sets", type=int, default=SETS)
    parser.add_argument("--only", choices=[*LOWERINGS], action="append")
    args = parser.parse_args(arguments)
    seeds = range(args.first_seed, args.first_seed + args.sets)
    print(
        f"seeds {seeds.start}-{seeds.stop - 1} of each kind; same verdict and reason, in % of reps"
    )
    print("to reach: final 97, live 96; of the good reps at most 3 told slower or faster")
    whole = {"final": Agreement(), "live": Agreement()}
    for kind in args.only or LOWERINGS:
        rows = {"final": Agreement(), "live": Agreement()}
        for seed in seeds:
            for tempo in TEMPOS:
                drawn = drawn_set(seed, kind, tempo=tempo, faults=True)
                true = drawn.judged()
                for name, find in (("final", final_verdicts), ("live", live_verdicts)):
                    verdicts = find(drawn)
                    rows[name].add(true, verdicts)
                    whole[name].add(true, verdicts)
        print(_row(kind, rows))
    print(_row("ALL", whole))
    for name, agreement in whole.items():
        print(f"differences, {name} (independent judge -> product):")
        print("\n".join(agreement.differences(14)))


def _row(name: str, rows: dict[str, Agreement]) -> str:
    cells = [
        f"{path} {row.same_percent:5.1f} of {row.total:4}, told {row.told_percent:4.1f}"
        for path, row in rows.items()
    ]
    return f"{name:18}" + " | ".join(cells)


if __name__ == "__main__":
    main(sys.argv[1:])

"""The sounds of simulated sessions with faults: no miss as good, few sounds a good rep, short summaries.

Sessions of people's motions run with their coach in Learn and in Train, as a beginner hears them.
Usage: ``python -m tests.benchmarks.first_contact.sounds [--sessions N] [--first-seed N]``.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from processing.coach.coach import Coach
from processing.coach.cues import Cue, CueConfig, CueKind, Level
from processing.coach.loads import Athlete
from processing.coach.protocol_file import built_in
from processing.coach.speech import speech_s
from processing.coach.spoken_summary import LIMIT_S
from processing.judge.checks import Grade
from processing.judge.recount import FinishedSet
from processing.judge.verdict import Verdict
from processing.session import SessionOutput
from sensor.simulation import SimulatedFault, SimulatedProtocol, simulate
from tests.benchmarks.first_contact import seed_options
from tests.benchmarks.first_contact.sessions import parameters
from tests.processing.coach.session_output import session_output

SESSIONS = 10
"""Sessions of three or four sets for each level."""
MOST_SOUNDS = 2.0
"""Sounds that a good rep may have from the second set on, on average."""
_FAULTS = (
    SimulatedFault.FAST,
    SimulatedFault.NEVER,
    SimulatedFault.SLIP,
    SimulatedFault.DROP,
    SimulatedFault.PARTIAL,
)
_OF_VERDICT = (CueKind.COUNT, CueKind.LAST_REPS)
"""The cues that follow the verdict of a rep."""


@dataclass
class Heard:
    """The sounds of all sessions of one level."""

    misses: int = 0
    as_good: int = 0
    sounds: list[int] = field(default_factory=list)
    """Sounds of each good rep from the second set on."""
    summaries_s: list[float] = field(default_factory=list)

    def add(self, outputs: list[SessionOutput]) -> None:
        """Add the output of one session."""
        done = 0
        cues: list[Cue] = []
        waiting: Verdict | None = None
        for one in [*outputs, None]:
            if isinstance(one, Cue) and one.kind is CueKind.SUMMARY:
                self.summaries_s.append(speech_s(one.speech))
            elif isinstance(one, Cue) and (one.sound is not None or one.speech):
                cues.append(one)
            # The cues of a verdict follow it; the next rep begins with another verdict.
            if isinstance(one, Verdict | FinishedSet) or one is None:
                self._close(waiting, cues, done)
                waiting = None
            if isinstance(one, Verdict) and not one.rep.partial:
                # A number may be heard when the next lift has begun: it belongs to its own rep.
                waiting = one
                cues = [
                    cue for cue in cues if cue.t >= one.rep.t_start and cue.kind not in _OF_VERDICT
                ]
            elif isinstance(one, FinishedSet):
                done, cues = done + 1, []

    def _close(self, verdict: Verdict | None, cues: list[Cue], done: int) -> None:
        if verdict is None:
            return
        end = next((cue.t for cue in cues if cue.kind is CueKind.COUNT), verdict.rep.t_bottom)
        own = [cue for cue in cues if verdict.rep.t_start <= cue.t <= end]
        number = next((cue for cue in own if cue.kind is CueKind.COUNT), None)
        if verdict.grade is Grade.MISS:
            self.misses += 1
            # The number alone, without a click, means good.
            self.as_good += number is None or (len(number.speech) == 1 and number.sound is None)
        elif verdict.grade is Grade.GOOD and done:
            self.sounds.append(len(own))


def heard(level: Level, sessions: int, first_seed: int) -> Heard:
    """Return what is heard of ``sessions`` sessions."""
    out = Heard()
    for seed in range(first_seed, first_seed + sessions):
        wanted = replace(parameters(seed), faults=_FAULTS, fault_every_reps=4)
        name = "B" if wanted.protocol is SimulatedProtocol.B else "A"
        coach = Coach(built_in(name), Athlete(), CueConfig(level=level))
        session = simulate(wanted)
        out.add(session_output(session.header, session.items, coach))
    return out


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    parser = seed_options(__doc__)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    args = parser.parse_args(arguments)
    sessions, first_seed = args.sessions, args.first_seed
    print(f"{sessions} sessions with faults, seeds {first_seed}-{first_seed + sessions - 1}")
    for level in (Level.LEARN, Level.TRAIN):
        found = heard(level, sessions, first_seed)
        mean = sum(found.sounds) / max(len(found.sounds), 1)
        print(f"{level.value}: misses heard as good {found.as_good} of {found.misses}  to reach 0")
        print(
            f"  sounds a good rep from set 2 on: mean {mean:.2f}, worst {max(found.sounds, default=0)}"
            f" ({len(found.sounds)} reps)  to reach mean <= {MOST_SOUNDS:g}"
        )
        print(
            f"  longest summary {max(found.summaries_s, default=0.0):.1f} s"
            f" of {len(found.summaries_s)}  to reach <= {LIMIT_S:g} s"
        )


if __name__ == "__main__":
    main(sys.argv[1:])

"""The values of a session card, from a running session or from a finished recording. No Qt."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from gui.models.chosen_coach import coach_of
from gui.models.next_time import NextTime, next_time
from gui.models.questions import Question
from gui.models.review import ReviewedSession
from gui.models.train import TrainModel
from processing.coach.beginning import recorded_beginning
from processing.coach.loads import SCALE_END
from processing.coach.protocol import PROTOCOL_OF, Protocol
from processing.coach.protocol_file import built_in
from processing.coach.set_fields import read_number
from processing.exercises.exercise import Exercise
from processing.judge.checks import Grade
from processing.judge.reasons import Fault
from processing.library.records import fault_counts
from processing.review.judged_sets import JudgedSet, SessionNumbers, session_numbers
from processing.review.self_reports import SelfReports
from sensor.errors import DocumentError

_SIDES = {"left": "L", "right": "R"}


@dataclass(frozen=True, slots=True)
class SessionCard:
    """The values of a session card."""

    when: datetime
    """Start of the session, local time."""
    duration_s: float
    """Its length, s."""
    exercise: Exercise
    """The exercise of its first set."""
    protocol: str
    """Name of the protocol."""
    title: str
    """Title of the protocol, in English."""
    sets: tuple[JudgedSet, ...]
    """Its judged sets."""
    numbers: SessionNumbers
    """Sums over the sets."""
    following: NextTime
    """The load of the next time, and the one thing to change."""
    reports: SelfReports = field(default_factory=SelfReports)
    """Self-reported soreness and exertion."""
    simulated: bool = False
    """Whether any part of it is simulated."""
    final: bool = True
    """Whether the numbers are those of the whole recording, and not those that were counted live."""
    alias: str = ""
    """Alias of the person; empty if it is not known."""

    @property
    def grades(self) -> tuple[tuple[Grade, ...], ...]:
        """The grades of the whole reps, set by set."""
        return tuple(
            tuple(v.grade for v in judged.verdicts if not v.rep.partial) for judged in self.sets
        )

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides of the sets, each once: ``L``, ``R`` or ``BOTH``."""
        return tuple(dict.fromkeys(s.side for s in self.sets if s.side))

    @property
    def loads_kg(self) -> tuple[float, ...]:
        """The loads of the sets, each once, from the lightest."""
        return tuple(sorted({s.load_kg for s in self.sets if s.load_kg is not None}))

    @property
    def tempo(self) -> str:
        """The tempo of all sets in its notation; empty if there is none, or more than one."""
        tempos = {s.target.tempo.notation if s.target.tempo else "" for s in self.sets}
        return tempos.pop() if len(tempos) == 1 else ""

    @property
    def faults(self) -> Mapping[Fault, int]:
        """The number of reps that were not good, by their fault, the commonest first."""
        found: Counter[Fault] = Counter()
        for judged in self.sets:
            found.update(fault_counts(judged.verdicts))
        return dict(found.most_common())


def card_of(session: ReviewedSession, alias: str = "") -> SessionCard | None:
    """Return the card of a finished session; None if it has no set."""
    if not session.sets:
        return None
    header = session.recording.header
    try:
        begun = recorded_beginning(header)
    except DocumentError:
        # The analysis lists it among its problems; built-in protocols judge the sets.
        begun = None
    protocol = _protocol(session.sets, begun.protocol if begun is not None else None)
    return SessionCard(
        when=session.when,
        duration_s=session.analysis.duration_s,
        exercise=session.sets[0].source.exercise,
        protocol=protocol.name,
        title=protocol.title,
        sets=session.sets,
        numbers=session.numbers,
        following=next_time(
            session.sets,
            begun.protocol if begun is not None else None,
            begun.athlete if begun is not None else None,
        ),
        reports=session.analysis.self_reports,
        simulated=header.simulated,
        alias=alias,
    )


def live_card(train: TrainModel, now: datetime, *, simulated: bool) -> SessionCard | None:
    """Return the card of a session that ends, with the numbers as they were counted live.

    None if it has no set.
    """
    sets = _live_sets(train)
    if not sets:
        return None
    plan = train.plan
    answers = train.inputs.questions.answers
    soreness, exertion = (
        read_number(answers.get(question), SCALE_END)
        for question in (Question.SORENESS, Question.EXERTION)
    )
    return SessionCard(
        when=now - timedelta(seconds=train.now),
        duration_s=train.now,
        exercise=train.exercise,
        protocol=plan.protocol.name,
        title=plan.protocol.title,
        sets=sets,
        numbers=session_numbers(sets),
        following=next_time(
            sets, plan.protocol, coach_of(plan.settings, past=plan.past).plan.athlete
        ),
        reports=SelfReports(soreness, exertion),
        simulated=simulated,
        final=False,
        alias=plan.settings.athlete,
    )


def _live_sets(train: TrainModel) -> tuple[JudgedSet, ...]:
    sets = []
    for live in train.sets:
        judged = live.judged_set(train.plan.load_kg(live.number))
        source = replace(
            judged.source,
            exercise=train.exercise,
            side=_SIDES[train.plan.settings.side],
            prescription={"planned_reps": live.planned.reps},
        )
        sets.append(replace(judged, source=source))
    return tuple(sets)


def _protocol(sets: tuple[JudgedSet, ...], own: Protocol | None) -> Protocol:
    """Return the protocol of the sets: the session's own if it has their kind, else the built-in one."""
    kind = sets[0].type
    if own is not None and any(asked.type is kind for asked in own.sets):
        return own
    return built_in(PROTOCOL_OF[kind])

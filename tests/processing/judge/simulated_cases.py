"""Simulated sessions on the whole path, from their bytes on, with a coach.

A near miss is the same session as a fault, with a smaller fault.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from processing.coach.coach import Coach, CoachOutput
from processing.coach.cues import CueConfig
from processing.coach.loads import Athlete
from processing.coach.protocol_file import built_in
from processing.judge.verdict import Verdict
from processing.pipeline.update_kinds import Update
from processing.review.analysis import analyse
from processing.review.judged_sets import judge_sets
from sensor.recording import RecordingWriter
from sensor.simulation import SimulatedSession, simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, EventKind, Item, JsonValue, Segment
from tests.processing.pipeline_run import updates_of

ITEMS_AT_ONCE = 25
"""Half a second: no verdict and no cue depends on it, and small portions are slow."""
BASE = "sim:protocol=B,sets=1,reps=3,seed=5,spread_percent=0,tremor_deg=0"
SKILLED = Athlete(weeks_trained=10.0)


@dataclass(frozen=True)
class Case:
    """A simulated session and the settings of its coach.

    ``keys`` are added to :data:`BASE`; ``start`` replaces the data of each start of a set, so that the
    coach may ask for another set than the simulated one. ``kept`` is the share of the foot's messages
    that arrive in the sets.
    """

    keys: str
    start: Mapping[str, JsonValue] = field(default_factory=dict)
    config: CueConfig = field(default_factory=CueConfig)
    protocol: str = "B"
    kept: float = 1.0


def session(case: Case) -> SimulatedSession:
    simulated = simulate(parse_simulation(",".join(filter(None, [BASE, case.keys]))))
    start: dict[str, JsonValue] = {"tempo": "4-0-1-1", **case.start}

    def with_start(item: Event) -> Event:
        known = item.kind == EventKind.SET_START
        return replace(item, data={**item.data, **start}) if known else item

    (foot,) = (s.source for s in simulated.header.sensors if s.segment is Segment.FOOT)
    items: list[Item] = []
    in_set, count = False, 0
    for item in simulated.items:
        if isinstance(item, Event):
            in_set = item.kind == EventKind.SET_START
            items.append(with_start(item))
            continue
        count += item.source == foot
        if item.source != foot or not in_set or (count * case.kept) % 1.0 < case.kept:
            items.append(item)
    return replace(simulated, items=tuple(items))


@functools.cache
def _updates(keys: str, start: tuple[tuple[str, Any], ...], kept: float) -> tuple[Update, ...]:
    return tuple(updates_of(session(Case(keys, dict(start), kept=kept)), ITEMS_AT_ONCE))


def coached(case: Case) -> list[CoachOutput]:
    coach = Coach(built_in(case.protocol), SKILLED, case.config)
    outputs = coach.begin()
    for update in _updates(case.keys, tuple(sorted(case.start.items())), case.kept):
        outputs += coach.feed(update)
    return outputs


def reviewed(case: Case, folder: Path) -> list[Verdict]:
    """Return the verdicts of a review: only there the length of every rest at the bottom is known."""
    simulated, path = session(case), folder / "session.mcap"
    with RecordingWriter(path, simulated.header) as writer:
        for item in simulated.items:
            writer.write(item)
    (judged,) = judge_sets(analyse(path))
    return list(judged.verdicts)

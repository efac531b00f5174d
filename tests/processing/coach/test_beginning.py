"""The settings of a coach are stored in the recording, and a replay coaches in the same way."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from processing.coach.beginning import (
    KEY,
    as_metadata,
    beginning_trouble,
    recorded_beginning,
    with_beginning,
)
from processing.coach.coach import Coach
from processing.coach.cues import CueConfig, Level
from processing.coach.loads import Athlete
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.coach.protocol import Protocol, SetType
from processing.coach.protocol_file import built_in, built_in_names, load_protocol, parse_protocol
from processing.pipeline.marks import PlanEventKind
from processing.review.analysis import analyse
from processing.review.judged_sets import judge_sets
from sensor.errors import DocumentError
from sensor.recording import open_recording
from sensor.simulation.simulated_session import simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import Event, EventKind, Item, SessionHeader
from tests.processing.coach.session_output import plan_changes

OWN_PROTOCOL = """
format = 1
name = "mine"
title = "My own"
waves = 2
bands = "strict"
hard_pf = true
[[set]]
type = "B"
lift = "DF"
lower = "PF"
tempo = "50X1"
reps = [4, 6]
rest_s = 90
[thresholds]
hold_good_percent = 95
[ramp_in]
sore_rest_h = 48
"""
PROTOCOLS = [*map(built_in, built_in_names()), parse_protocol(OWN_PROTOCOL.encode(), "mine.toml")]
ATHLETE = Athlete(
    step_kg=1.25,
    loads_kg={SetType.B: 32.5, SetType.DF: 40.0},
    one_rm_kg=61.0,
    ratio=0.86,
    ratio_waves=6,
    weeks_trained=9.5,
    hours_since_last=20.0,
    soreness=3.0,
)
CONFIG = CueConfig(level=Level.TRAIN, audio_delay_s=0.2, sessions_done=4, misses_only=True)
DATA = Path(__file__).parents[2] / "data"
HEADER = SessionHeader(0, "2026-01-01T00:00:00+00:00", ())


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda each: each.name)
@pytest.mark.parametrize("athlete", [Athlete(), ATHLETE])
def test_a_stored_beginning_is_read_back_unchanged(protocol: Protocol, athlete: Athlete) -> None:
    written = json.loads(json.dumps(as_metadata(protocol, athlete, CONFIG)))
    read = recorded_beginning(with_beginning(HEADER, written))
    assert read is not None
    assert (read.protocol, read.athlete, read.config) == (protocol, athlete, CONFIG)


def test_a_beginning_of_format_1_is_read_and_written_unchanged() -> None:
    table = json.loads((DATA / "coach_v1.json").read_bytes())
    read = recorded_beginning(with_beginning(HEADER, table))
    assert read is not None
    # A beginning states all thresholds, one of which had another default then.
    protocol = load_protocol(DATA / "protocol_v1.toml")
    then = replace(protocol, thresholds=replace(protocol.thresholds, return_s=0.5))
    assert read.protocol == then
    assert (read.athlete, read.config) == (ATHLETE, CONFIG)
    again = json.loads(json.dumps(as_metadata(read.protocol, read.athlete, read.config)))
    # What the coach has asked about the person since then is written too.
    since = {"b_weeks": 0, "understood": False}
    table["athlete"] |= since
    # So are the thresholds of the break point and of the knee.
    table["protocol"]["thresholds"] |= {
        "break_pace_ratio": 1.5,
        "break_hold_s": 0.15,
        "break_return_s": 0.3,
        "knee_deg": 15.0,
    }
    assert again == table
    assert [sorted(part) for part in again.values()] == [sorted(part) for part in table.values()]


@pytest.mark.parametrize(
    ("where", "value", "named"),
    [
        (("athlete", "soreness"), 11, "athlete.soreness"),
        (("athlete", "weight_kg"), 80, "athlete.weight_kg"),
        (("athlete", "loads_kg"), [1], "athlete.loads_kg"),
        (("athlete",), 7, "athlete"),
        (("cues", "level"), "loud", "cues.level"),
        (("protocol", "waves"), -1, "waves"),
        (("protocol",), None, "protocol"),
        ((), "words", "coach"),
    ],
)
def test_an_impossible_value_is_named_and_stops_no_analysis(
    where: tuple[str, ...], value: Any, named: str
) -> None:
    table: Any = json.loads(json.dumps({KEY: as_metadata(built_in("B"), ATHLETE, CONFIG)}))
    at = table
    for key in (KEY, *where)[:-1]:
        at = at[key]
    at[(KEY, *where)[-1]] = value
    header = replace(HEADER, metadata=table)
    with pytest.raises(DocumentError, match=named):
        recorded_beginning(header)
    (trouble,) = beginning_trouble(header)
    assert "built-in" in trouble


def played(
    header: SessionHeader, items: Sequence[Item], coach: Coach | None, path: Path | None = None
) -> list[PlanChange]:
    """Return the plan changes of a session; without ``coach`` it is coached as its header says."""

    def as_recorded(header: SessionHeader) -> Coach:
        stored = recorded_beginning(header)
        assert stored is not None
        return Coach(stored.protocol, stored.athlete, stored.config)

    return plan_changes(header, items, coach or as_recorded, path)


@pytest.mark.parametrize(("soreness", "refused"), [(6, True), (3, False)])
def test_a_replay_advises_against_the_day_as_the_session_did(
    soreness: int, refused: bool, tmp_path: Path
) -> None:
    simulated = simulate(parse_simulation("sim:protocol=B,sets=1,reps=2,seed=3"))
    answer = Event(
        simulated.header.start_ns + 10**9, PlanEventKind.SORENESS, {"soreness": soreness}
    )
    items = sorted([*simulated.items, answer], key=lambda item: item.t_ns)
    path = tmp_path / "session.mcap"
    athlete = replace(ATHLETE, soreness=None)
    live = played(simulated.header, items, Coach(built_in("B"), athlete), path)
    assert (SessionState.REFUSED in [change.state for change in live]) is refused
    recording = open_recording(path)
    if refused:
        assert played(recording.header, list(recording.items()), None) == live
    assert analyse(recording, until_s=5.0).self_reports.soreness == soreness


def test_a_set_is_judged_by_the_protocol_of_its_session(tmp_path: Path) -> None:
    simulated = simulate(parse_simulation("sim:protocol=B,sets=1,reps=2,seed=3"))
    items = [
        replace(one, data={k: v for k, v in one.data.items() if k != "bands"})
        if isinstance(one, Event) and one.kind == EventKind.SET_START
        else one
        for one in simulated.items
    ]
    bands = []
    for protocol in (built_in("B"), parse_protocol(OWN_PROTOCOL.encode(), "mine.toml")):
        path = tmp_path / f"{protocol.name}.mcap"
        played(simulated.header, items, Coach(protocol, ATHLETE), path)
        (judged,) = judge_sets(analyse(path))
        assert judged.target.thresholds == protocol.thresholds
        bands.append(judged.target.bands.plantarflexed)
    assert bands[1] < bands[0]

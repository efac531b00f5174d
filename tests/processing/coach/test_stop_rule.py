"""Stop rules: announced once when control gets lost, never forced, off unless the plan names one."""

import dataclasses
import json
import math

import pytest

from processing.coach.cues import Cue, CueConfig, CueKind, Level
from processing.coach.protocol import Prescription, SetType
from processing.coach.protocol_file import (
    built_in,
    built_in_names,
    parse_protocol,
    protocol_table,
    read_protocol,
)
from processing.coach.set_cues import SetCues
from processing.coach.set_fields import read_stop, recorded_prescription, stop_fields
from processing.coach.speech import written
from processing.coach.stop_rule import StopKey, StopReached, StopRule, StopWatch, stop_cue
from processing.judge.break_point import BreakPoint, Control
from processing.judge.checks import Grade
from processing.judge.verdict import Verdict
from processing.types import Withheld, WithheldCause
from sensor.documents.origin import Origin
from sensor.errors import DocumentError, SettingError
from sensor.types import JsonValue
from tests.processing.coach.constructed_reps import target
from tests.processing.judge.test_set_metrics import verdict

LOSS = StopRule(control_loss_percent=25.0)
RISE = StopRule(break_rise_deg=20.0)
QUALITY = StopRule(missed_reps=2)


def lost(deg: float) -> BreakPoint:
    """Return a break point; 0: control was held."""
    return BreakPoint(Control.LOST, math.radians(deg), 1.0) if deg else BreakPoint(Control.HELD)


def numbered(one: Verdict, number: int) -> Verdict:
    return dataclasses.replace(one, rep=dataclasses.replace(one.rep, number=number))


def announced(rule: StopRule, reps: list[Verdict]) -> list[tuple[int, StopKey, float]]:
    """Return the number of the rep, the rule and the value of each announcement."""
    watch = StopWatch(rule)
    found = [(n, watch.feed(float(n), one)) for n, one in enumerate(reps, 1)]
    return [(n, reached.key, reached.value) for n, reached in found if reached is not None]


def tiring(*lowerings_s: float) -> list[Verdict]:
    return [verdict(eccentric_s=seconds) for seconds in lowerings_s]


def test_a_loss_of_tempo_is_announced_once() -> None:
    reps = tiring(4.0, 4.0, 4.0, 3.6, 2.4, 2.0, 1.0)
    # Fifth rep: 3.0 s on average against 4.0 s.
    ((number, key, percent),) = announced(LOSS, reps)
    assert (number, key) == (5, StopKey.CONTROL_LOSS)
    assert percent == pytest.approx(25.0)


def test_a_break_point_that_rises_is_announced() -> None:
    reps = [verdict(break_point=lost(deg)) for deg in (0.0, 20.0, 20.0, 30.0, 35.0)]
    # 10° on average in the first two, 32.5° in the last two.
    ((number, key, deg),) = announced(RISE, reps)
    assert (number, key) == (5, StopKey.BREAK_POINT)
    assert deg == pytest.approx(22.5)


def test_without_a_rule_or_a_cause_nothing_is_announced() -> None:
    assert announced(StopRule(), tiring(4.0, 4.0, 1.0, 1.0)) == []
    assert announced(LOSS, tiring(4.0, 4.0, 3.1, 3.0)) == []
    # Two reps are no beginning and no end.
    assert announced(LOSS, tiring(4.0, 4.0, 1.0)) == []
    assert announced(RISE, [verdict(break_point=BreakPoint())] * 8) == []


def test_half_reps_and_reps_with_a_gap_are_no_cause() -> None:
    half = verdict(partial=True, eccentric_s=0.5)
    gap = verdict(eccentric_s=0.5)
    gap = dataclasses.replace(
        gap, rep=dataclasses.replace(gap.rep, withheld=Withheld(WithheldCause.GAP, 0.2))
    )
    assert announced(LOSS, [*tiring(4.0, 4.0, 4.0), half, half, gap, gap]) == []


def graded(*grades: Grade) -> list[Verdict]:
    return [dataclasses.replace(verdict(), grade=grade) for grade in grades]


def test_missed_reps_are_counted_and_the_last_one_is_announced_once() -> None:
    miss, good, unknown = Grade.MISS, Grade.GOOD, Grade.NOT_JUDGED
    reps = graded(miss, good, Grade.NEAR, unknown, miss, good, miss)
    assert announced(QUALITY, reps) == [(5, StopKey.QUALITY, 2.0)]
    # A lowering that gets shorter is another rule's matter.
    assert announced(QUALITY, tiring(4.0, 4.0, 1.0, 1.0)) == []
    half = dataclasses.replace(verdict(partial=True), grade=miss)
    assert announced(QUALITY, [half, half, *graded(miss)]) == []


def test_the_missed_reps_are_said_with_the_last_one() -> None:
    reps = graded(Grade.MISS, Grade.MISS, Grade.GOOD)
    assert cues_of(QUALITY, reps, planned=8) == ["two reps missed: last one"]
    one = StopReached(7.0, StopKey.QUALITY, 1.0, 1.0)
    assert written(one.speech) == "one rep missed: last one"
    cue = stop_cue(StopReached(7.0, StopKey.QUALITY, 2.0, 2.0))
    assert dict(cue.why) == {"rule": "quality", "value_reps": 2.0, "limit_reps": 2.0}


def cues_of(
    rule: StopRule, reps: list[Verdict], *, planned: int | None, config: CueConfig | None = None
) -> list[str]:
    cues = SetCues(target(), config, planned, stop=rule)
    kinds = (CueKind.STOP, CueKind.LAST_REPS)
    return [
        written(cue.speech)
        for number, one in enumerate(reps, 1)
        for cue in cues.feed(numbered(one, number))
        if cue.kind in kinds
    ]


def test_the_announcement_takes_the_place_of_the_last_reps() -> None:
    reps = tiring(4.0, 4.0, 3.0, 3.0, 3.0)
    said = "control loss twenty-five percent: last one"
    assert cues_of(LOSS, reps, planned=8) == [said]
    assert cues_of(LOSS, reps, planned=5) == ["two more", said]
    # After the last planned rep there is none to announce.
    assert cues_of(LOSS, reps[:4], planned=4) == ["two more", "last one"]
    assert cues_of(StopRule(), reps, planned=8) == []


@pytest.mark.parametrize("config", [CueConfig(level=Level.TEST), CueConfig(misses_only=True)])
def test_a_rule_that_is_asked_for_is_heard_with_every_setting(config: CueConfig) -> None:
    reps = tiring(4.0, 4.0, 3.0, 3.0)
    assert cues_of(LOSS, reps, planned=8, config=config) == [
        "control loss twenty-five percent: last one"
    ]


def test_the_announcement_carries_its_numbers() -> None:
    reached = StopReached(7.0, StopKey.BREAK_POINT, 22.4, 20.0)
    cue = stop_cue(reached)
    assert isinstance(cue, Cue)
    assert written(cue.speech) == "control loss twenty-two degrees sooner: last one"
    assert dict(cue.why) == {"rule": "break point", "value_deg": 22.4, "limit_deg": 20.0}
    assert cue.deadline > cue.t == 7.0


PROTOCOL = """format = 1
name = "own"
title = "Own"
waves = 2

[[set]]
type = "B"
reps = [5, 8]
rest_s = 150
tempo = "4-0-1-1"
stop = {stop}
"""


def test_a_protocol_names_the_rule_of_a_set() -> None:
    text = PROTOCOL.replace(
        "{stop}", "{ control_loss_percent = 25, break_rise_deg = 15, missed_reps = 3 }"
    )
    own = parse_protocol(text.encode(), "own.toml")
    assert own.sets[0].stop == StopRule(25.0, 15.0, 3)
    # As it stands in the head of a recording.
    assert read_protocol(protocol_table(own), Origin("a recording")) == own


@pytest.mark.parametrize(
    ("stop", "key"),
    [
        ("{ control_loss_percent = 2 }", "set[1].stop.control_loss_percent"),
        ("{ break_rise_deg = 200 }", "set[1].stop.break_rise_deg"),
        ("{ missed_reps = 0 }", "set[1].stop.missed_reps"),
        ("{ missed_reps = 2.5 }", "set[1].stop.missed_reps"),
        ("{ loss = 25 }", "set[1].stop.loss"),
        ("25", "set[1].stop"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_its_key(stop: str, key: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_protocol(PROTOCOL.replace("{stop}", stop).encode(), "own.toml")
    assert caught.value.where == key
    with pytest.raises(SettingError):
        StopRule(control_loss_percent=2.0)


def test_no_built_in_protocol_has_a_rule() -> None:
    for name in built_in_names():
        protocol = built_in(name)
        assert {asked.stop for asked in protocol.sets} == {StopRule()}
        assert '"stop"' not in json.dumps(protocol_table(protocol))


def test_the_plan_of_a_set_changes_the_rule() -> None:
    planned = Prescription(SetType.B, (5, 8), 150.0, stop=LOSS)
    fields: dict[str, JsonValue] = {"stop_control_loss_percent": 0, "stop_break_rise_deg": 15}
    asked = recorded_prescription(built_in("B"), planned, fields)
    assert asked.stop == StopRule(break_rise_deg=15.0)
    assert recorded_prescription(built_in("B"), planned, {}).stop == LOSS
    senseless: dict[str, JsonValue] = {
        "stop_control_loss_percent": "much",
        "stop_break_rise_deg": 1000,
    }
    assert read_stop(LOSS, senseless) == LOSS
    whole = StopRule(30.0, 15.0, 2)
    assert read_stop(StopRule(), stop_fields(whole)) == whole


def test_missed_reps_are_a_whole_number() -> None:
    # JSON has one kind of number.
    read = read_stop(StopRule(), {"stop_missed_reps": 3.0})
    assert read == StopRule(missed_reps=3)
    assert isinstance(read.missed_reps, int)
    assert read_stop(QUALITY, {"stop_missed_reps": 2.5}) == QUALITY
    assert read_stop(QUALITY, {"stop_missed_reps": 0}) == StopRule()
    assert stop_fields(QUALITY) == {"stop_missed_reps": 2}

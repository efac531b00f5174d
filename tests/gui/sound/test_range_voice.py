"""The voice of a simulated session of ranges: prompts, trials and means, at their times."""

import asyncio
import math
import re
from itertools import pairwise

import pytest

from processing.coach.coach import Coach
from processing.coach.protocol_file import built_in
from processing.session import Session
from sensor.simulation import Truth, simulate
from sensor.simulation.simulation_text import parse_simulation
from sensor.sources import open_source
from tests.gui.sound.test_session_voice import Listening

SESSION = "sim:exercise=ankle_range,seed=4"
ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def number(words: str) -> float:
    """Return the number below 100 that English words say."""
    whole, _, tenth = words.partition(" point ")
    tens, _, ones = whole.rpartition("-")
    small = {word: at for at, word in enumerate((*ONES, *TEENS))}
    value = small.get(ones, 10 * TENS.index(ones) if ones in TENS else 0)
    value += 10 * TENS.index(tens) if tens else 0
    return value + (ONES.index(tenth) / 10.0 if tenth else 0.0)


@pytest.fixture(scope="module")
def heard() -> Listening:
    with pytest.MonkeyPatch.context() as patch:
        listening = Listening(patch)
        source = open_source(SESSION, speed=None)
        asyncio.run(Session(source, listening.listen, coach=Coach(built_in("free"))).run())
        listening.advance(listening.now_s + 12.0)
    return listening


@pytest.fixture(scope="module")
def truth() -> Truth:
    return simulate(parse_simulation(SESSION)).truth


def test_every_trial_is_said_with_its_number_and_angle(heard: Listening, truth: Truth) -> None:
    said = [
        (played.handed_s, found[1], found[2])
        for played in heard.player.played
        if (found := re.fullmatch(r"(one|two|three), (.+) degrees", played.label))
    ]
    assert [one[1] for one in said] == ["one", "two", "three"] * (len(truth.trials) // 3)
    for (at_s, _, degrees), true in zip(said, truth.trials, strict=True):
        assert number(degrees) == pytest.approx(math.degrees(true.value), abs=4.0)
        # A trial is over when the angle has fallen back.
        assert true.t_start < at_s < true.t_end + 3.0
    assert not heard.times_of("not counted")


def test_each_measure_is_asked_for_and_ends_with_its_mean(heard: Listening, truth: Truth) -> None:
    measures = len(truth.trials) // 3
    asked = heard.times_of("toes up, hold") + heard.times_of("toes pointed, hold")
    assert len(asked) == measures
    means = [
        (played.handed_s, number(found[1]))
        for played in heard.player.played
        if (found := re.fullmatch(r"mean (.+) degrees", played.label))
    ]
    true = [math.degrees(trial.value) for trial in truth.trials]
    assert len(means) == measures
    for at, (_, mean) in enumerate(means):
        assert mean == pytest.approx(sum(true[3 * at : 3 * at + 3]) / 3.0, abs=3.0)


def test_hold_and_let_go_come_once_a_trial_while_it_is_held(heard: Listening, truth: Truth) -> None:
    holds, ends = heard.times_of("hold"), heard.times_of("let go")
    assert len(holds) == len(truth.trials)
    for at_s, true in zip(holds, truth.trials, strict=True):
        assert true.t_start - 1.0 < at_s < true.t_end + 0.5
    # A simulated person holds some trials for less than two seconds, and nothing is said of them then.
    for at_s in ends:
        assert any(trial.t_start < at_s < trial.t_end + 0.5 for trial in truth.trials)
    assert all(later - earlier > 1.0 for earlier, later in pairwise(sorted(holds + ends)))

"""Tests of simulations as a line of text: each key, and the error of a wrong one."""

import re
from pathlib import Path

import pytest

from sensor.errors import SourceError
from sensor.simulation import (
    RestActivity,
    SimulatedExercise,
    SimulatedFault,
    SimulatedProtocol,
    SimulatedSide,
    SimulationParameters,
)
from sensor.simulation.simulation_text import keys, parse_simulation


def test_a_text_without_keys_is_the_default_session() -> None:
    assert parse_simulation("sim:") == SimulationParameters()


def test_keys_set_their_parameters() -> None:
    parameters = parse_simulation(
        "sim:protocol=a,seed=3,sets=4,reps=8,faults=fast+partial,tempo=3-0-1.5-0,rest=walk,"
        "exercise=seated,side=left,rom_deg=90,marks=no,free_s=12,load_kg=32.5"
    )
    assert parameters.protocol is SimulatedProtocol.A
    assert (parameters.seed, parameters.sets, parameters.reps) == (3, 4, 8)
    assert parameters.faults == (SimulatedFault.FAST, SimulatedFault.PARTIAL)
    tempo = (parameters.lower_s, parameters.bottom_s, parameters.lift_s, parameters.top_s)
    assert tempo == (3.0, 0.0, 1.5, 0.0)
    assert parameters.rest is RestActivity.WALK
    assert parameters.person.exercise is SimulatedExercise.SEATED
    assert parameters.person.side is SimulatedSide.LEFT
    assert parameters.person.rom_deg == 90.0
    assert (parameters.marks, parameters.free_s, parameters.load_kg) == (False, 12.0, 32.5)


def test_a_sensor_key_is_for_all_sensors_or_for_the_one_in_its_prefix() -> None:
    parameters = parse_simulation(
        "sim:loss_percent=2,foot_loss_percent=5,part=MPU6050,shin_acc_offset_mg=20/0/-3,"
        "foot_dropouts_s=30+3/70+1.5"
    )
    assert parameters.shin.radio.loss_percent == 2.0
    assert parameters.foot.radio.loss_percent == 5.0
    assert parameters.shin.part == parameters.foot.part == "MPU6050"
    assert parameters.shin.acc_offset_mg == (20.0, 0.0, -3.0)
    assert parameters.foot.acc_offset_mg is None
    assert parameters.foot.radio.dropouts_s == ((30.0, 3.0), (70.0, 1.5))
    assert parameters.shin.radio.dropouts_s == ()


def test_the_order_of_keys_does_not_matter() -> None:
    texts = (
        "sim:thigh_part=ideal,rate_hz=60,faults=late,family=movella_dot,thigh=yes,protocol=B",
        "sim:protocol=B,thigh=yes,family=movella_dot,faults=late,rate_hz=60,thigh_part=ideal",
    )
    first, second = (parse_simulation(text) for text in texts)
    assert first == second
    assert first.thigh is not None
    assert (first.thigh.part, first.thigh.family, first.thigh.rate_hz) == (
        "ideal",
        "movella_dot",
        60.0,
    )


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("sim:sead=3", 4, "did you mean 'seed'"),
        ("sim:seed=3,nonsense=1", 11, "there is no key 'nonsense'"),
        ("sim:foot_nonsense=1", 4, "there is no key 'foot_nonsense'"),
        ("sim:person=1", 4, "there is no key 'person'"),
        ("sim:seed", 4, "key=value"),
        ("sim:seed=3,,sets=2", 11, "key=value"),
        ("sim:seed=x", 9, "a whole number"),
        ("sim:reps=0", 9, "from 1 to 100"),
        ("sim:reps=2.5", 9, "a whole number"),
        ("sim:lower_s=nan", 12, "from 0.3 to 30"),
        ("sim:sets=2,rest_s=soon", 18, "a number"),
        ("sim:protocol=C", 13, "one of A, B, DF, PF, FREE"),
        ("sim:faults=fast+slow", 11, "one of fast, drop, late"),
        ("sim:faults=late,protocol=DF", 11, "only protocol B"),
        ("sim:marks=maybe", 10, "yes or no"),
        ("sim:tempo=4010", 10, "such as 4-0-1-1"),
        ("sim:dropouts_s=30", 15, "start+duration"),
        ("sim:dropouts_s=30+0.2", 15, "1 s or longer"),
        ("sim:acc_offset_mg=1/2", 18, "three numbers"),
        ("sim:family=acme", 11, "witmotion"),
        ("sim:rate_hz=60", 12, "10, 20, 50, 100, 200"),
        ("sim:part=acme", 9, "MPU6050"),
        ("sim:thigh_part=ideal", 15, "thigh=yes"),
        ("sim:created_utc=yesterday", 16, "ISO 8601"),
    ],
)
def test_a_wrong_text_is_refused_with_the_position(text: str, position: int, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse_simulation(text)
    assert caught.value.position == position
    assert message in str(caught.value)
    assert text in str(caught.value)


def test_every_key_is_listed_once() -> None:
    assert len(set(keys())) == len(keys())
    assert {"seed", "protocol", "rom_deg", "family", "loss_percent", "tempo"} <= set(keys())


def test_the_documentation_names_every_key_and_no_other() -> None:
    page = (Path(__file__).parents[3] / "docs" / "simulation.md").read_text(encoding="utf-8")
    tables = [line for line in page.split("## The keys")[1].splitlines() if line.startswith("| ")]
    first_columns = " ".join(line.split("|")[1] for line in tables)
    prefixes = {"shin_", "foot_", "thigh_", "pelvis_"}
    named = set(re.findall(r"`(\w+)`", first_columns)) - prefixes
    assert named == set(keys())

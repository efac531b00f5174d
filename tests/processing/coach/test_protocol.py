"""The built-in protocols, and protocols that a person writes."""

import copy
import dataclasses
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from processing.coach.protocol import LoadRule, RampIn, RatioRule, SetType
from processing.coach.protocol_file import built_in, built_in_names, load_protocol, parse_protocol
from processing.judge.bands import Band, personal_bands
from processing.judge.tempo import parse_tempo
from processing.judge.thresholds import Thresholds
from sensor.errors import DocumentError

DATA = Path(__file__).parents[2] / "data"
OWN = """
format = 1
name = "own"
title = "Mine"
waves = 2
bands = "strict"

[[set]]
type = "PF"
lift = "PF"
lower = "PF"
tempo = "40X1"
reps = [5, 8]
rest_s = 90

[thresholds]
rom_good_percent = 90
"""


def test_the_built_in_protocols_have_their_names() -> None:
    assert built_in_names() == (
        "A",
        "B",
        "B-two-legs-up",
        "deadlift-3-0-2",
        "deadlift-3-2-2",
        "free",
        "nordic-slow",
        "raise-2-2-2",
        "raise-3-0-3",
        "raise-30-a-minute",
        "raise-lower-one",
        "raise-to-failure",
        "ratio-test",
        "research-dose",
    )
    for name in built_in_names():
        assert built_in(name).name == name


def test_protocol_a_alternates_and_learns_its_ratio() -> None:
    a = built_in("A")
    assert [a.prescription(i).type for i in range(4)] == ["DF", "PF", "DF", "PF"]
    assert a.prescription(1).load is LoadRule.RATIO
    assert a.planned_sets == 6
    assert a.ratio is not None
    assert (a.ratio.start, a.ratio.step_per_rep, a.ratio.least, a.ratio.most) == (
        0.90,
        0.025,
        0.70,
        1.00,
    )
    assert {plan.rest_s for plan in a.sets} == {120}
    assert {plan.tempo.notation for plan in a.sets if plan.tempo} == {"3-0-1-0"}


def test_protocol_b_switches_and_ramps_in() -> None:
    b = built_in("B")
    (plan,) = b.sets
    assert (plan.type, plan.lift, plan.lower) == (
        SetType.B,
        Band.DORSIFLEXED,
        Band.PLANTARFLEXED,
    )
    assert (plan.reps, plan.rest_s, plan.intensity_percent) == ((5, 8), 150, (70, 80))
    assert b.ramp_in is not None
    assert (b.ramp_in.weeks, b.ramp_in.most_sets, b.ramp_in.most_reps) == (2, 2, 6)
    assert (b.ramp_in.soreness_limit, b.ramp_in.sore_rest_h) == (4, 72)


def test_free_training_is_open_and_asks_nothing() -> None:
    free = built_in("free")
    assert free.planned_sets is None
    plan = free.prescription(7)
    assert (plan.type, plan.lift, plan.lower, plan.tempo) == (SetType.FREE, None, None, None)


def test_loads_above_the_1rm_have_a_warning() -> None:
    for name in built_in_names():
        protocol = built_in(name)
        above = any(
            plan.intensity_percent and plan.intensity_percent[1] > 100 for plan in protocol.sets
        )
        assert bool(protocol.warning) is above


def test_a_persons_own_protocol_is_read(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN, "utf-8")
    own = load_protocol(file)
    assert own.planned_sets == 2
    assert own.thresholds == Thresholds(rom_good_percent=90)
    assert own.band_rule().pf_percent == 70.0
    tempo = own.prescription(0).tempo
    assert tempo is not None
    assert tempo.concentric_s is None


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("format = 1", "format = 2", "", "update Toepoint"),
        ('name = "own"', "", "name", "missing"),
        ("waves = 2", "waves = 2.5", "waves", "whole number from 0 to 20"),
        ("waves = 2", "waves = true", "waves", "whole number from 0 to 20"),
        ("waves = 2", "wave = 2", "wave", 'did you mean "waves"'),
        ('bands = "strict"', 'bands = "harsh"', "bands", '"relaxed", "standard", "strict"'),
        ('bands = "strict"', "hard_pf = 1", "hard_pf", "true or false"),
        ('type = "PF"', 'type = "pf"', "set[1].type", '"DF", "PF"'),
        ('lift = "PF"', 'lift = "up"', "set[1].lift", '"any"'),
        ('tempo = "40X1"', 'tempo = "4X01"', "set[1].tempo", "only the lift can be X"),
        ('tempo = "40X1"', "tempo = 40.5", "set[1].tempo", "no number of seconds|missing"),
        ("reps = [5, 8]", "reps = [8, 5]", "set[1].reps", "the lesser first"),
        ("reps = [5, 8]", "reps = [5.5, 8]", "set[1].reps", "whole"),
        ("reps = [5, 8]", "reps = 5", "set[1].reps", "two whole numbers"),
        ("rest_s = 90", "rest_s = 901", "set[1].rest_s", "from 0 to 900"),
        ("rest_s = 90", "rest_s = nan", "set[1].rest_s", "from 0 to 900"),
        ("rest_s = 90", "", "set[1].rest_s", "missing"),
        ("rest_s = 90", 'rest_s = 90\nload = "ratio"', "ratio", "missing"),
        ("rom_good_percent = 90", "rom_good = 90", "thresholds.rom_good", "did you mean"),
        (
            "rom_good_percent = 90",
            "rom_good_percent = 9",
            "thresholds.rom_good_percent",
            "10 to 150",
        ),
        (
            "rom_good_percent = 90",
            "rom_good_percent = 60",
            "thresholds.rom_near_percent",
            "at most rom_good_percent",
        ),
        ("[[set]]", "[set]", "set", r"\[\[set\]\]"),
        ("format = 1", "format = ", "", "it is not TOML"),
        (
            "[thresholds]",
            "[ratio]\nstart = 1.2\n[thresholds]",
            "ratio.start",
            "from least = 0.7 to most = 1",
        ),
        ("[thresholds]", "[ramp_in]\nmost_sets = 0\n[thresholds]", "ramp_in.most_sets", "1 to 20"),
    ],
)
def test_an_error_names_the_key_and_what_is_allowed(
    old: str, new: str, key: str, says: str
) -> None:
    assert old in OWN
    with pytest.raises(DocumentError, match=says) as caught:
        parse_protocol(OWN.replace(old, new).encode(), "own.toml")
    assert caught.value.where == key
    assert str(caught.value).startswith("own.toml")


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        load_protocol(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(DocumentError, match="it is not TOML"):
        load_protocol(tmp_path / "bytes.toml")
    with pytest.raises(DocumentError, match="there are A, B"):
        built_in("C")


def test_every_field_of_a_protocol_of_format_1_is_read() -> None:
    own = load_protocol(DATA / "protocol_v1.toml")
    second = own.prescription(1)
    assert (own.name, own.title, own.about) == ("mine", "My own", "Three positions.")
    assert (own.per_week, own.weeks, own.bands, own.hard_pf) == (3, 8, "strict", True)
    assert (second.lift, second.lower) == (Band.PLANTARFLEXED, None)
    assert (second.reps, second.rest_s, second.load) == ((4, 6), 120.5, LoadRule.RATIO)
    assert own.prescription(0).intensity_percent == (70.0, 80.0)
    assert own.ratio == RatioRule(0.85, 0.05, 0.6, 0.95)
    assert own.ramp_in == RampIn(3.0, 2, 5, (55.0, 65.0), 5.0, 48.0)
    assert own.thresholds == Thresholds(hold_good_percent=95, slip_deg=6.5)


def test_a_tempo_without_quotes_is_accepted() -> None:
    protocol = parse_protocol(OWN.replace('"40X1"', "4010").encode(), "own.toml")
    assert protocol.prescription(0).tempo == parse_tempo("4-0-1-0")


def _leaves(table: dict[str, Any], path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += _leaves(value, (*path, key))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for i, item in enumerate(value):
                found += _leaves(item, (*path, key, i))
        else:
            found.append((*path, key))
    return found


def _toml(table: dict[str, Any]) -> str:
    """Return ``table`` as TOML; only the types that protocols use are supported."""

    def line(key: str, value: Any) -> str:
        if isinstance(value, str):
            return f"{key} = {value!r}" if "\n" not in value else f"{key} = '''{value}'''"
        return f"{key} = {str(value).lower() if isinstance(value, bool) else value}"

    flat = [line(k, v) for k, v in table.items() if not isinstance(v, dict) and k != "set"]
    for item in table["set"]:
        flat += ["[[set]]", *(line(k, v) for k, v in item.items())]
    for key, value in table.items():
        if isinstance(value, dict):
            flat += [f"[{key}]", *(line(k, v) for k, v in value.items())]
    return "\n".join(flat)


@pytest.mark.parametrize("name", ["A", "B"])
@pytest.mark.parametrize("nonsense", [True, -1, 1e9, "", [], [1, 2, 3]])
def test_a_nonsense_value_is_refused_and_its_key_named(name: str, nonsense: Any) -> None:
    file = resources.files("processing.coach") / "protocols" / f"{name}.toml"
    document = tomllib.loads(file.read_text("utf-8"))
    assert parse_protocol(_toml(document).encode(), name) == built_in(name)
    for leaf in _leaves(document):
        broken = copy.deepcopy(document)
        place: Any = broken
        for step in leaf[:-1]:
            place = place[step]
        place[leaf[-1]] = nonsense
        with pytest.raises(DocumentError) as caught:
            parse_protocol(_toml(broken).encode(), name)
        assert caught.value.where.endswith(leaf[-1])
        assert caught.value.allowed


def test_hard_pointing_needs_its_own_key() -> None:
    plain = parse_protocol(OWN.encode(), "own.toml")
    hard = parse_protocol(
        OWN.replace('bands = "strict"', 'bands = "strict"\nhard_pf = true').encode(), "own"
    )
    assert not any(built_in(name).hard_pf for name in built_in_names())
    assert hard.band_rule() == dataclasses.replace(plain.band_rule(), hard_pf=True)
    reach = np.radians((12.6, 50.0))
    bands = personal_bands(float(reach[0]), float(reach[1]), rule=hard.band_rule())
    assert np.degrees(bands.plantarflexed) == pytest.approx(-37.5)


def test_the_ratio_test_lets_the_person_choose_both_loads() -> None:
    protocol = built_in("ratio-test")
    assert protocol.planned_sets == 8
    assert [plan.type for plan in protocol.sets] == [SetType.DF, SetType.PF]
    assert {plan.load for plan in protocol.sets} == {LoadRule.CHOSEN}

"""The variants of heel raises: told with each set, and counted by the same limits."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from processing.coach.protocol_file import built_in as protocol_named
from processing.exercises.exercise import HEEL_RAISE
from processing.exercises.exercise_file import built_in, parse_exercise
from processing.review.analysis import Analysis, analyse
from processing.types import counted
from sensor.errors import DocumentError
from sensor.simulation import simulate
from sensor.simulation.session_files import save_session
from sensor.simulation.simulation_text import parse_simulation
from sensor.types import JsonValue
from tests.processing.exercises.test_exercise_file import OWN

REPS = 4


@cache
def analysed(text: str) -> Analysis:
    session = simulate(parse_simulation(f"sim:exercise=heel_raise,sets=1,reps={REPS},{text}"))
    with TemporaryDirectory() as folder:
        path = Path(folder, "session.mcap")
        save_session(session, path)
        return analyse(path)


@pytest.mark.parametrize(
    ("variant", "protocol"),
    [
        ("place=floor,legs=two", "raise-3-0-3"),
        ("place=step,legs=one,knee_bend_deg=30", "raise-2-2-2"),
        ("place=seated,legs=one", "raise-lower-one"),
    ],
)
def test_each_variant_is_counted_in_the_tempo_of_its_protocol(variant: str, protocol: str) -> None:
    assert protocol in built_in(HEEL_RAISE).protocols
    tempo = protocol_named(protocol).sets[0].tempo
    assert tempo is not None
    (found,) = analysed(f"{variant},tempo={tempo.notation},seed=31").sets
    assert len(counted(found.reps)) == len(counted(found.live)) == REPS


def test_a_set_holds_its_variant_and_nothing_that_the_exercise_does_not_have() -> None:
    raises = built_in(HEEL_RAISE)
    data: dict[str, JsonValue] = {"place": "step", "knee": "twisted", "legs": 2, "load_kg": 10.0}
    assert raises.variants.read(data) == {"place": "step"}
    assert built_in("leg_curl").variants.read(data) == {}


def test_who_raises_the_heel_seated_sits_before_the_set() -> None:
    raises = built_in(HEEL_RAISE)
    assert raises.as_done({"place": "seated"}).start.pose == "seated"
    assert raises.as_done({"place": "step"}) is raises
    # Everything else stays.
    assert raises.as_done({"place": "seated"}).reps == raises.reps


def test_a_file_may_name_its_variants_and_no_unknown_one() -> None:
    text = OWN + '\n[variants]\nlegs = ["one", "two"]\n'
    assert parse_exercise(text.encode(), "own.toml").variants.options() == {"legs": ("one", "two")}
    with pytest.raises(DocumentError) as caught:
        parse_exercise(text.replace('"two"', '"three"').encode(), "own.toml")
    assert caught.value.where.startswith("variants.legs")
    assert "one of" in str(caught.value)

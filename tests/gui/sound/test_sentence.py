"""Every sentence that the coach can say is made of clips."""

import ast
from pathlib import Path

import pytest

from gui.sound import session_voice
from gui.sound.errors import SoundError, SoundFault
from gui.sound.pack import load_pack
from gui.sound.sentence import clips_of
from processing.calibration.steps import Step
from processing.coach import cues, set_cues
from processing.coach import spoken as words
from processing.coach.loads import NextSet
from processing.coach.protocol import built_in, built_in_names
from processing.coach.rest_cues import describe_next
from processing.judge import checks
from sensor.types import Segment


@pytest.mark.parametrize(
    ("sentence", "clips"),
    [
        ("ready", "ready"),
        ("four, slower", "4 , slower"),
        ("seven, you let it drop", "7 , you let it drop"),
        ("two more", "two more"),
        ("twenty-two more", None),
        ("foot sensor lost, keep going, not judged", "foot sensor lost , keep going , not judged"),
        ("next: toes pointed, thirty-five kilo", "next , toes pointed , 35 kilo"),
        ("one hundred forty-two point five kilo", "100 42 point 5 kilo"),
        ("60 seconds", "60 seconds"),
        (
            "ten reps, eight good, toes slipped on nine and ten, lowering three point six seconds",
            "10 reps , 8 good , toes slipped on 9 and 10 , lowering 3 point 6 seconds",
        ),
    ],
)
def test_sentences_are_taken_apart(sentence: str, clips: str | None) -> None:
    if clips is None:
        with pytest.raises(SoundError, match="“more”") as caught:
            clips_of(sentence)
        assert caught.value.fault is SoundFault.PACK
    else:
        assert " ".join(clips_of(sentence)) == clips


def test_every_number_of_the_coach_can_be_said() -> None:
    known = load_pack("de", 16_000).words
    for number in range(1000):
        assert set(clips_of(words.number(number))) <= known


def test_every_reason_of_a_verdict_can_be_said() -> None:
    """The reasons stand in the code as constants: the last argument of a check, or ``word``."""
    tree = ast.parse(Path(checks.__file__).read_text("utf-8"))
    spoken: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in {"Check", "_check"}:
                spoken |= strings_in(node.args[-1])
        elif isinstance(node, ast.Assign):
            spoken |= words_assigned(node)
    assert {"higher", "you let it drop", "slower", "not judged", "point toes"} <= spoken
    for word in spoken:
        assert clips_of(f"six, {word}")


def words_assigned(node: ast.Assign) -> set[str]:
    """Return what an assignment gives to ``word``, alone or in a tuple."""
    target, value = node.targets[0], node.value
    if isinstance(target, ast.Name) and target.id == "word":
        return strings_in(value)
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = zip(target.elts, value.elts, strict=True)
        return {
            s for t, v in pairs if isinstance(t, ast.Name) and t.id == "word" for s in strings_in(v)
        }
    return set()


def strings_in(node: ast.AST) -> set[str]:
    if isinstance(node, ast.IfExp):
        return strings_in(node.body) | strings_in(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value} - {""}
    return set()


def test_every_fault_of_a_summary_can_be_said() -> None:
    for fault in cues._SAID_OF.values():
        assert clips_of(f"one rep, zero good, {fault} on {words.listed([1, 2, 3])}")
    assert clips_of("no reps")
    assert clips_of("two reps, not judged")


def test_every_next_set_can_be_said() -> None:
    for name in built_in_names():
        for index, plan in enumerate(built_in(name).sets):
            for load_kg in (None, 5.0, 42.5, 137.5, 400.0):
                assert clips_of(describe_next(NextSet(index, plan, load_kg, "")))


def test_what_a_set_says_can_be_said() -> None:
    for said in (*set_cues._LAST_REPS.values(), "ready"):
        assert clips_of(said)
    for segment in (Segment.SHIN, Segment.FOOT):
        assert clips_of(f"{segment} sensor lost, keep going, not judged")


def test_what_a_calibration_says_can_be_said() -> None:
    said = [*session_voice.PROMPTS.values(), *session_voice.DONE.values(), "again"]
    said.append(session_voice.AFTER_BENCH)
    for segment in (Segment.SHIN, Segment.FOOT):
        said += [f"{segment} sensor moved, again", f"{segment} sensor lost"]
    for sentence in (*said, "sensors look swapped, again", "not usable, angles only"):
        assert clips_of(sentence)
    assert set(session_voice.PROMPTS) == set(Step)

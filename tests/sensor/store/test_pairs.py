"""Tests of remembered pairs: the file is private, and its content is checked."""

import json
import os
import stat
from pathlib import Path

import pytest

from sensor.ble.source import open_ble
from sensor.errors import DocumentError, DocumentFault
from sensor.store.pairs import (
    PAIRS,
    Identity,
    UnknownPairError,
    compare,
    forget,
    load_pairs,
    pair_named,
    pair_of,
    remember,
)
from sensor.types import Segment, SensorInfo

DATA = Path(__file__).parents[2] / "data"
SENSORS = [
    SensorInfo("AA:01", Segment.SHIN, "witmotion", "WT901BLE67", identity="C7:36:4A:1B:E2:0D"),
    SensorInfo("AA:02", Segment.FOOT, "polar", "Polar Sense"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "pairs.json"


def test_nothing_is_remembered_at_first(path: Path) -> None:
    assert load_pairs(path) == []
    assert not forget("left leg", path)


def test_the_last_used_pair_is_first_and_every_name_is_there_once(path: Path) -> None:
    for name in ("left leg", "right leg", "left leg"):
        remember(pair_of(name, SENSORS), path)
    assert [pair.name for pair in load_pairs(path)] == ["left leg", "right leg"]
    assert pair_named("right leg", path) == pair_of("right leg", SENSORS)
    assert forget("left leg", path)
    assert [pair.name for pair in load_pairs(path)] == ["right leg"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_only_the_owner_can_read_it(path: Path) -> None:
    remember(pair_of("left leg", SENSORS), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_pair_is_a_source_with_the_identities_of_its_sensors() -> None:
    shin, foot = open_ble(pair_of("left leg", SENSORS).source).wanted
    assert (shin.address, shin.family, shin.identity) == ("AA:01", "witmotion", "C7:36:4A:1B:E2:0D")
    assert (foot.address, foot.family, foot.identity) == ("AA:02", "polar", None)


def test_a_changed_identity_differs_from_an_unknown_one() -> None:
    pair = pair_of("left leg", SENSORS)
    other = SensorInfo("AA:01", Segment.SHIN, "witmotion", identity="00:00:00:00:00:01")
    thigh = SensorInfo("AA:03", Segment.THIGH, "witmotion", identity="C7:36:4A:1B:E2:0D")
    assert compare(pair, SENSORS) == {Segment.SHIN: Identity.SAME, Segment.FOOT: Identity.UNKNOWN}
    assert compare(pair, [other, thigh]) == {
        Segment.SHIN: Identity.CHANGED,
        Segment.THIGH: Identity.UNKNOWN,
    }


def test_a_wrong_value_is_named_with_what_is_allowed(path: Path) -> None:
    remember(pair_of("left leg", SENSORS), path)
    path.write_text(path.read_text(encoding="utf-8").replace('"foot"', '"fot"'), encoding="utf-8")
    with pytest.raises(
        DocumentError, match=r'one of "shin", "foot", "thigh", "pelvis" .did you mean "foot"'
    ) as caught:
        load_pairs(path)
    assert caught.value.where == "pairs[1].sensors[2].segment"


def test_a_list_of_version_1_is_read_and_written_as_it_was(path: Path) -> None:
    before = DATA / "pairs_v1.json"
    pairs = load_pairs(before)
    assert [pair.name for pair in pairs] == ["left leg", "right leg"]
    assert [sensor.segment for sensor in pairs[0].sensors] == [
        Segment.SHIN,
        Segment.FOOT,
        Segment.THIGH,
    ]
    remember(pairs[0], path)
    PAIRS.save(pairs, path)
    assert path.read_bytes() == before.read_bytes()


GOOD = {"format": "toepoint-pairs", "version": 1, "pairs": []}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", DocumentFault.SYNTAX),
        ("[" * 100_000, DocumentFault.SYNTAX),
        ("[]", DocumentFault.ANOTHER_KIND),
        (json.dumps({**GOOD, "format": "recipes"}), DocumentFault.ANOTHER_KIND),
        (json.dumps({**GOOD, "version": 2}), DocumentFault.NEWER_VERSION),
        (json.dumps({**GOOD, "version": "one"}), DocumentFault.CONTENT),
        (json.dumps({**GOOD, "pairs": 7}), DocumentFault.CONTENT),
        (json.dumps({**GOOD, "pairs": [{"name": "x"}]}), DocumentFault.CONTENT),
        (json.dumps({**GOOD, "pairs": [{"name": 3, "sensors": []}]}), DocumentFault.CONTENT),
        (
            json.dumps({**GOOD, "pairs": [{"name": "x", "sensors": [{"segment": "elbow"}]}]}),
            DocumentFault.CONTENT,
        ),
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_kept(
    path: Path, text: str, fault: DocumentFault
) -> None:
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(DocumentError) as caught:
        remember(pair_of("left leg", SENSORS), path)
    assert caught.value.fault is fault
    assert str(path) in str(caught.value)
    assert path.read_text() == text


def test_bytes_that_are_no_text_are_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DocumentError) as caught:
        load_pairs(path)
    assert caught.value.fault is DocumentFault.SYNTAX


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the way")
    with pytest.raises(DocumentError) as caught:
        remember(pair_of("left leg", SENSORS), tmp_path / "data" / "pairs.json")
    assert caught.value.fault in {DocumentFault.NOT_WRITABLE, DocumentFault.NOT_READABLE}


def test_an_unknown_name_lists_the_known_ones(path: Path) -> None:
    remember(pair_of("left leg", SENSORS), path)
    with pytest.raises(UnknownPairError, match="known: left leg"):
        pair_named("right leg", path)

"""Tests of the text that names live sensors."""

import pytest

from sensor.ble.link import ChosenSensor
from sensor.ble.source import BleSource
from sensor.errors import SourceError
from sensor.sources import open_source
from sensor.types import Segment


def wanted(text: str) -> tuple[ChosenSensor, ...]:
    source = open_source(text)
    assert isinstance(source, BleSource)
    return source.wanted


def test_addresses_of_every_system_are_accepted() -> None:
    shin, foot = wanted("ble:shin=C7:36:4A:1B:E2:0D, foot=6C9D1E7A-2F60-4A7B-9E46-0C1F7B6A5D21")
    assert shin == ChosenSensor("C7:36:4A:1B:E2:0D", Segment.SHIN)
    assert foot == ChosenSensor("6C9D1E7A-2F60-4A7B-9E46-0C1F7B6A5D21", Segment.FOOT)


def test_options_hold_for_all_or_for_one() -> None:
    shin, foot = wanted(
        "ble:shin=A,foot=B,family=witmotion,foot.family=polar,rate=52,shin.rate=100"
    )
    assert shin == ChosenSensor("A", Segment.SHIN, "witmotion", 100.0)
    assert foot == ChosenSensor("B", Segment.FOOT, "polar", 52.0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ble:", "not KEY=VALUE"),
        ("ble:shin", "not KEY=VALUE"),
        ("ble:shin=", "not KEY=VALUE"),
        ("ble:elbow=A", "unknown key"),
        ("ble:shin.colour=A", "unknown key"),
        ("ble:rate=100", "no sensor"),
        ("ble:shin=A,foot=a", "in two places"),
        ("ble:shin=A,rate=fast", "not a number"),
        ("ble:shin=A,family=abacus", "abacus"),
    ],
)
def test_a_wrong_text_is_refused_with_the_reason(text: str, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        open_source(text)
    assert caught.value.text == text

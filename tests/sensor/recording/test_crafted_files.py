"""Recordings of other programs, and files that are made to look like recordings."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from mcap.writer import Writer

from sensor.errors import RecordingError, RecordingFault
from sensor.recording import format as fmt
from sensor.recording import open_recording
from tests.sensor.recordings import HEADER


def crafted(
    path: Path, head: bytes, messages: Iterable[tuple[str, bytes]] = (), profile: str = "toepoint"
) -> Path:
    """Write a sound MCAP file with only the library: a head and messages on topics."""
    with path.open("wb") as file:
        writer = Writer(file)
        writer.start(profile)
        session_id = writer.register_channel("/session", "json", 0)
        writer.add_message(session_id, 5, head, 5)
        writer.flush()
        for number, (topic, data) in enumerate(messages, start=1):
            encoding = "json" if topic == "/event" else fmt.NOTIFICATION_ENCODING
            facts = dict(zip(("source", "characteristic"), topic.split("/")[2:], strict=False))
            channel = writer.register_channel(topic, encoding, 0, facts)
            writer.add_message(channel, 5 + number, data, 5, number)
        writer.finish()
    return path


def head_with(**changed: object) -> bytes:
    return json.dumps({**json.loads(fmt.encode_header(HEADER)), **changed}).encode()


def test_a_valid_file_of_another_program_is_read(tmp_path: Path) -> None:
    path = crafted(
        tmp_path / "a.mcap",
        head_with(later_field=[1, 2]),
        [("/sensor/s/c", b"x"), ("/later/topic", b"?"), ("/event", b'{"kind":"later.kind"}')],
        profile="",
    )
    recording = open_recording(path)
    assert recording.header == HEADER
    kinds = [getattr(item, "kind", "notification") for item in recording.items()]
    assert kinds == ["notification", "later.kind"]
    assert recording.health.complete


def test_a_later_version_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = crafted(tmp_path / "a.mcap", head_with(format_version=3, sensors="of another kind"))
    with pytest.raises(RecordingError, match="update Toepoint") as caught:
        open_recording(path)
    assert caught.value.fault is RecordingFault.NEWER_VERSION


def test_an_mcap_file_of_another_kind_is_no_recording(tmp_path: Path) -> None:
    path = tmp_path / "a.mcap"
    with path.open("wb") as file:
        writer = Writer(file)
        writer.start("ros2")
        writer.add_message(writer.register_channel("/imu", "cdr", 0), 1, b"abc", 1)
        writer.finish()
    with pytest.raises(RecordingError) as caught:
        open_recording(path)
    assert caught.value.fault is RecordingFault.NOT_A_RECORDING


SENSOR: dict[str, Any] = json.loads(fmt.encode_header(HEADER))["sensors"][0]
BAD_HEADS = {
    "no JSON": b"{",
    "no UTF-8": b'{"a":"\xff"}',
    "no object": b"[1]",
    "too deep": b'{"a":' + b"[" * 200_000,
    "too large": b'{"a":"' + b"x" * 2_000_000 + b'"}',
    "a long number": b'{"a":' + b"9" * 10_000 + b"}",
    "an infinite number": b'{"a":1e999}',
    "nan": head_with(metadata={"a": float("nan")}),
    "another format": head_with(format="else"),
    "no version": head_with(format_version="1"),
    "a version that is a truth": head_with(format_version=True),
    "version 0": head_with(format_version=0),
    "no start": head_with(start_ns=None),
    "a start before 0": head_with(start_ns=-1),
    "a broken start": head_with(start_ns=1.5),
    "sensors that are none": head_with(sensors={}),
    "a sensor that is none": head_with(sensors=[1]),
    "a sensor on the nose": head_with(sensors=[SENSOR | {"segment": "nose"}]),
    "a sensor with no range": head_with(
        sensors=[SENSOR | {"settings": {"rate_hz": 100.0, "acc_range_g": 16.0, "extra": {}}}]
    ),
    "a sensor without a rate": head_with(
        sensors=[SENSOR | {"settings": SENSOR["settings"] | {"rate_hz": 0}}]
    ),
}


@pytest.mark.parametrize("head", BAD_HEADS.values(), ids=BAD_HEADS.keys())
def test_a_malformed_head_is_a_typed_error(tmp_path: Path, head: bytes) -> None:
    path = crafted(tmp_path / "a.mcap", head)
    with pytest.raises(RecordingError) as caught:
        open_recording(path)
    assert caught.value.fault is RecordingFault.DAMAGED


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (
            "a sensor on the nose",
            'sensors[1].segment: \'nose\' must be one of "shin", "foot", "thigh"',
        ),
        (
            "a sensor without a rate",
            "sensors[1].settings.rate_hz: 0 must be a number from 0.001 to 1000000",
        ),
        ("no version", "format_version: '1' must be a whole number from 1 on"),
        ("no start", "start_ns: None must be a whole number from 0"),
    ],
)
def test_the_wrong_field_of_a_head_is_named(tmp_path: Path, head: str, message: str) -> None:
    with pytest.raises(RecordingError) as caught:
        open_recording(crafted(tmp_path / "a.mcap", BAD_HEADS[head]))
    assert message in str(caught.value)
    assert "lost" not in str(caught.value)


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"kind":3}', b'{"kind":"a","data":[]}', b"\xff"])
def test_a_malformed_event_is_left_out_and_reported(tmp_path: Path, data: bytes) -> None:
    path = crafted(tmp_path / "a.mcap", head_with(), [("/event", data)])
    recording = open_recording(path)
    assert list(recording.items()) == []
    assert not recording.health.complete
    assert len(recording.health.damages) == 1

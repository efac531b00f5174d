"""The commands for live sensors, run against the virtual Bluetooth."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from gui.cli.main import main
from sensor.recording import Compacted, compact_recording, open_recording
from sensor.types import Event
from tests.failing_disk import FailingDisk
from tests.rig.bus import missing_dbus
from tests.rig.client import ENVIRONMENT, Rig, running_rig
from tests.rig.program import program

SHIN = "00:00:5E:00:53:01"
FOOT = "00:00:5E:00:53:02"
RECORD = ("record", "--shin", SHIN, "--foot", FOOT)
SLOWEST_HZ = 10.0


@pytest.fixture(scope="module")
def sensors() -> Iterator[Rig]:
    """A virtual Bluetooth with two different sensors."""
    if missing := missing_dbus():
        pytest.skip(missing)
    with running_rig() as rig:
        rig.do("add", address=SHIN, family="witmotion", rssi=-50)
        rig.do("add", address=FOOT, family="board", segment="foot", rssi=-70)
        yield rig


@pytest.fixture
def rig(sensors: Rig, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Rig:
    """The virtual Bluetooth, with empty folders of the person."""
    monkeypatch.setenv(ENVIRONMENT, sensors.bus_address)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return sensors


@pytest.mark.bluetooth
def test_scan_lists_the_sensors_and_how_to_record_them(
    rig: Rig, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", "--seconds", "2"]) == 0
    printed = capsys.readouterr().out
    near, far = printed.splitlines()[1:3]
    assert "near" in near
    assert SHIN in near
    assert "witmotion" in near
    assert FOOT in far
    assert f"record --shin {SHIN} --foot {FOOT}" in printed


@pytest.mark.bluetooth
def test_a_pair_is_recorded_remembered_and_recorded_again(
    rig: Rig, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, again = tmp_path / "first.mcap", tmp_path / "again.mcap"
    who = ["--shin", SHIN, "--foot", FOOT, "--remember", "left leg"]
    assert main(["record", *who, "--seconds", "1", "-o", str(first)]) == 0
    printed = capsys.readouterr().out
    assert "shin sensor streaming" in printed
    assert "battery 75 %" in printed
    monkeypatch.setattr("sensor.recording.compact_recording", _with_a_full_disk)
    assert main(["record", "--pair", "left leg", "--seconds", "0.5", "-o", str(again)]) == 0
    assert "stays large, because its disk is full" in capsys.readouterr().err
    recording = open_recording(first)
    assert recording.health.complete
    assert recording.header.sensors == open_recording(again).header.sensors
    assert [s.family for s in recording.header.sensors] == ["witmotion", "board"]
    assert not recording.header.simulated
    states = [i.data["state"] for i in recording.items() if isinstance(i, Event)]
    assert states.count("streaming") == 2


def _with_a_full_disk(path: Path) -> Compacted:
    with FailingDisk(path.parent, room=0):
        return compact_recording(path)


def recorded_and_released(rig: Rig, path: Path) -> bool:
    """Return whether the recording was closed, and both sensors were stopped and let go."""
    states = [rig.do("state", address=address) for address in (SHIN, FOOT)]
    # The stop of this WitMotion is its slowest rate.
    rates = [state["rate_hz"] in (None, SLOWEST_HZ) for state in states]
    return (
        open_recording(path).health.complete
        and all(rates)
        and not any(state["connected"] or state["subscribed"] for state in states)
    )


@pytest.mark.bluetooth
@pytest.mark.skipif(os.name != "posix", reason="Windows has other ways to end a program")
def test_a_second_ctrl_c_does_not_interrupt_the_ending(rig: Rig, tmp_path: Path) -> None:
    with program(rig, tmp_path, *RECORD) as running:
        path = running.wait_for_items()
        code = running.end(signal.SIGINT, signal.SIGINT)
    assert code == 0, running.printed
    assert "Traceback" not in running.printed
    assert "0 lost" in running.printed
    assert recorded_and_released(rig, path)


@pytest.mark.bluetooth
@pytest.mark.skipif(os.name != "posix", reason="Windows has other ways to end a program")
def test_a_closed_terminal_ends_the_recording_properly(rig: Rig, tmp_path: Path) -> None:
    with program(rig, tmp_path, *RECORD, to_terminal=True) as running:
        path = running.wait_for_items()
        assert running.close_terminal() == 0
    assert recorded_and_released(rig, path)


@pytest.mark.bluetooth
@pytest.mark.skipif(os.name != "posix", reason="Windows has other ways to end a program")
def test_a_window_that_is_asked_to_end_closes_its_recording(rig: Rig, tmp_path: Path) -> None:
    with program(rig, tmp_path, "window", f"ble:shin={SHIN},foot={FOOT}") as running:
        path = running.wait_for_items()
        code = running.end(signal.SIGTERM, signal.SIGINT)
    assert code == 0, running.printed
    assert "Traceback" not in running.printed
    assert recorded_and_released(rig, path)


@pytest.mark.bluetooth
def test_an_adapter_that_is_off_is_an_error_with_a_remedy(
    rig: Rig, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rig.do("power", on=False)
    try:
        assert main(["record", "--shin", SHIN, "-o", str(tmp_path / "none.mcap")]) == 1
    finally:
        rig.do("power", on=True)
    printed = capsys.readouterr().err
    assert "Bluetooth is switched off" in printed
    assert "bluetoothctl power on" in printed
    assert not (tmp_path / "none.mcap").exists()


@pytest.mark.bluetooth
def test_the_doctor_finds_the_virtual_adapter(rig: Rig, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["doctor"])
    printed = capsys.readouterr().out
    assert "ok       Bluetooth adapter" in printed
    assert "ok       disk" in printed
    assert ("PROBLEM" in printed) == (status == 1)


def test_record_without_sensors_says_how_to_find_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record"]) == 1
    assert "toepoint scan" in capsys.readouterr().err


def test_the_families_are_printed_with_their_abilities_and_limits(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["sensors"]) == 0
    printed = capsys.readouterr().out
    assert "witmotion: WitMotion" in printed
    assert "not confirmed on hardware" in printed
    assert "(recognised, not used)\n  why: " in printed

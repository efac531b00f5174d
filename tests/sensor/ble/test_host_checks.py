"""Tests of the checks of this computer: each names the problem and the remedy."""

import asyncio
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from sensor.ble.host_checks import (
    check_bluetooth,
    check_conflicting_programs,
    check_disk,
    check_held_sensors,
)
from sensor.ble.host_findings import ConflictingProgram, HostCheckKey
from sensor.ble.remedies import LinkFault
from tests.rig.client import ENVIRONMENT, Rig
from tests.rig.session import eventually

KEYS = [HostCheckKey.SERVICE, HostCheckKey.PERMISSION, HostCheckKey.ADAPTER, HostCheckKey.SWITCH]


def verdicts(loop: asyncio.Runner) -> dict[HostCheckKey, bool | None]:
    return {check.key: check.ok for check in loop.run(check_bluetooth())}


@pytest.mark.bluetooth
def test_a_working_adapter_passes_every_check(rig: Rig, loop: asyncio.Runner) -> None:
    eventually(lambda: verdicts(loop), dict.fromkeys(KEYS, True))


@pytest.mark.bluetooth
def test_checks_that_are_given_up_at_any_moment_leave_the_radio_free(
    rig: Rig, loop: asyncio.Runner
) -> None:
    async def give_up(after_turns: int) -> None:
        checking = asyncio.create_task(check_bluetooth())
        for _ in range(after_turns):
            await asyncio.sleep(0)
        checking.cancel()
        await asyncio.wait({checking})

    # A person may press "Connect" at once: BlueZ would refuse the scan of the session as busy.
    for power in range(12):
        loop.run(give_up(2**power))
        assert verdicts(loop) == dict.fromkeys(KEYS, True), f"given up after {2**power} turns"


@pytest.mark.bluetooth
def test_an_adapter_that_is_off_or_missing_is_named(rig: Rig, loop: asyncio.Runner) -> None:
    rig.do("power", on=False)
    eventually(lambda: list(verdicts(loop).values()), [True, True, True, False])
    rig.do("plug", present=False)
    eventually(lambda: list(verdicts(loop).values()), [True, True, False, None])
    rig.do("plug", present=True)


@pytest.mark.bluetooth
def test_a_sensor_left_connected_is_named(rig: Rig, loop: asyncio.Runner) -> None:
    eventually(lambda: loop.run(check_held_sensors()).sensors, ())
    rig.do("add", address="00:00:5E:00:53:21", family="witmotion", name="WT901BLE67")
    rig.do("hold", address="00:00:5E:00:53:21")
    eventually(lambda: loop.run(check_held_sensors()).sensors, ("WT901BLE67",))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a D-Bus socket")
def test_a_missing_bluetooth_service_leaves_the_other_checks_open(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(ENVIRONMENT, f"unix:path={tmp_path / 'nothing'}")
    checks = asyncio.run(check_bluetooth())
    assert [check.ok for check in checks] == [False, None, None, None]
    assert checks[0].fault is LinkFault.NO_BLUETOOTH_SERVICE
    assert asyncio.run(check_held_sensors()).ok is None


def test_known_conflicting_programs_are_named_and_others_are_not() -> None:
    assert check_conflicting_programs(["bash", "python3", "firefox"]).ok
    check = check_conflicting_programs(
        ["bash", "nRF Connect for Desktop", "Polar FlowSync", "FlowSync"]
    )
    assert check.ok is False
    assert check.programs == (ConflictingProgram.FLOWSYNC, ConflictingProgram.NRF_CONNECT)


def test_the_programs_of_this_computer_can_be_listed() -> None:
    assert check_conflicting_programs().key is HostCheckKey.PROGRAMS


def test_room_on_the_disk_is_given_in_hours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    not_yet_there = tmp_path / "toepoint" / "recordings"
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**10))
    plenty = check_disk(not_yet_there)
    assert plenty.ok
    assert plenty.hours == 200
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**8))
    assert check_disk(not_yet_there).ok is False

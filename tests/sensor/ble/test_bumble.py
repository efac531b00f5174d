"""Tests of links over a real ATT and GATT: Bumble's host, controllers and devices, over HCI."""

import asyncio
import json
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from bleak.backends.adapter import BaseBleakAdapter

from sensor.ble.link import ChosenSensor
from sensor.ble.remedies import LinkFault
from sensor.types import Segment
from tests.patience import PATIENCE_S
from tests.rig.client import ROOT
from tests.rig.session import live

pytest.importorskip("bumble", reason="Bumble is not installed (it is not on Windows)")

from bumble.device import Device
from bumble.hci import Address
from bumble.transport import open_transport

from tests.rig.bumble_backend import BumbleClient, BumbleScanner, Computer

pytestmark = [pytest.mark.bluetooth, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

SHIN = "C0:00:5E:00:53:01"
FOOT = "C0:00:5E:00:53:02"
COMPUTER = "F0:00:5E:00:53:00"


@pytest.fixture(autouse=True)
def backend(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make Bumble Bleak's platform."""
    monkeypatch.setattr("bleak.get_platform_scanner_backend_type", lambda: (BumbleScanner, "test"))
    monkeypatch.setattr("bleak.get_platform_client_backend_type", lambda: (BumbleClient, "test"))
    monkeypatch.setattr(
        "bleak.get_platform_adapter_backend_type", lambda: (BaseBleakAdapter, "test")
    )


@contextmanager
def sensors(*specs: dict[str, Any]) -> Iterator["subprocess.Popen[str]"]:
    """Run the process of the sensors."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.rig.bumble_server", json.dumps(specs)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        yield process
    finally:
        process.communicate(timeout=PATIENCE_S)


def answer(process: "subprocess.Popen[str]") -> dict[str, Any]:
    assert process.stdout is not None
    message: dict[str, Any] = json.loads(process.stdout.readline())
    return message


def sent_crcs(process: "subprocess.Popen[str]", address: str) -> list[int]:
    assert process.stdin is not None
    process.stdin.write(json.dumps({"do": "sent", "address": address}) + "\n")
    process.stdin.flush()
    return [row[2] for row in answer(process)["result"]]


async def switch_on(process: "subprocess.Popen[str]", transport: Any) -> None:
    Computer.device = Device.with_hci(
        "computer", Address(COMPUTER), transport.source, transport.sink
    )
    await Computer.device.power_on()


@pytest.mark.parametrize("family", ["witmotion", "movella_dot"])
def test_two_sensors_stream_over_a_real_gatt_without_loss(family: str) -> None:
    specs = [
        {"address": SHIN, "family": family},
        {"address": FOOT, "family": family, "segment": "foot"},
    ]
    wanted = [ChosenSensor(SHIN, Segment.SHIN, family), ChosenSensor(FOOT, Segment.FOOT, family)]

    async def session(process: "subprocess.Popen[str]") -> None:
        async with await open_transport(f"tcp-client:127.0.0.1:{answer(process)['port']}") as hci:
            await switch_on(process, hci)
            async with live(wanted) as run:
                for source in (SHIN, FOOT):
                    await run.until_streamed(source, 0.7)
                    got = [zlib.crc32(n.payload) for n in run.notifications(source)]
                    left = sent_crcs(process, source)
                    begin = left.index(got[0])
                    assert got == left[begin : begin + len(got)]
            assert {s.family for s in run.header.sensors} == {family}

    with sensors(*specs) as process:
        asyncio.run(session(process))


def test_the_negotiated_mtu_decides_what_arrives() -> None:
    spec = {"address": SHIN, "family": "movella_dot", "mtu": 23}

    async def session(process: "subprocess.Popen[str]") -> None:
        async with await open_transport(f"tcp-client:127.0.0.1:{answer(process)['port']}") as hci:
            await switch_on(process, hci)
            async with live([ChosenSensor(SHIN, Segment.SHIN)]) as run:
                event = await run.until_state(SHIN, "retrying")
                assert event.data["fault"] == LinkFault.MESSAGES_CUT

    with sensors(spec) as process:
        asyncio.run(session(process))

"""Measure live sensors over Bleak and a virtual Bluetooth: loss, delay, faults, cost of recording.

``python -m tests.benchmarks.bluetooth [--seconds 60] [streams|cpu|faults …]`` (Linux). Sensors, bus
and program share this computer, so delays are those of the software, not of a radio. The faults
take seven minutes and run only when named.
"""

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sensor.assembler import Assembler
from sensor.ble.link import ChosenSensor
from sensor.ble.source import BleSource
from sensor.families import families
from sensor.families.base import Family
from sensor.types import FloatArray, Notification, Segment
from tests.benchmarks.bluetooth_faults import print_faults
from tests.rig.bus import missing_dbus
from tests.rig.client import ENVIRONMENT, ROOT, Rig, running_rig
from tests.rig.sensor import Sent

SHIN = "00:00:5E:00:53:01"
FOOT = "00:00:5E:00:53:02"
WARM_UP_S = 1.0


@dataclass(frozen=True, slots=True)
class StreamResult:
    """The result of streaming from two sensors of a family; delays (n,) in ms are from sensor to block."""

    rate_hz: float
    samples: int
    lost_messages: int
    lost_samples: int
    delays_ms: FloatArray


def main(arguments: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["streams", "cpu"])
    parser.add_argument("--seconds", type=float, default=10.0)
    args = parser.parse_args(arguments or [])
    if missing := missing_dbus():
        print(f"no virtual Bluetooth here: {missing}")
        return
    with running_rig() as rig:
        os.environ[ENVIRONMENT] = rig.bus_address
        with asyncio.Runner() as runner:
            if "streams" in args.parts:
                print_streams(rig, runner, args.seconds)
            if "faults" in args.parts:
                print_faults(rig, runner)
        if "cpu" in args.parts:
            print_cpu(rig, args.seconds)


def usable() -> list[Family]:
    """Return the families that stream live."""
    live = (family for family in families().values() if family.services)
    return [family for family in live if family.capabilities.refused is None]


def print_streams(rig: Rig, runner: asyncio.Runner, seconds: float) -> None:
    """Print the loss and the delay of every family at its full rate."""
    print(f"two sensors at full rate for {seconds:g} s; delay from the sensor to the ImuBlock, ms")
    print("family           rate Hz  samples  messages lost  samples lost   p50    p99  worst")
    for family in usable():
        result = runner.run(stream_pair(rig, family, seconds))
        p50, p99 = np.percentile(result.delays_ms, [50, 99])
        print(
            f"{family.name:16} {result.rate_hz:7g} {result.samples:8} {result.lost_messages:14} "
            f"{result.lost_samples:13} {p50:5.2f} {p99:6.2f} {result.delays_ms.max():6.2f}",
            flush=True,
        )


async def stream_pair(rig: Rig, family: Family, seconds: float) -> StreamResult:
    """Stream from two sensors of ``family`` and compare sent with arrived messages."""
    rig.do("clear")
    rate_hz = max(family.capabilities.rates_hz)
    for address, segment in ((SHIN, Segment.SHIN), (FOOT, Segment.FOOT)):
        rig.do("add", address=address, family=family.name, segment=segment)
    wanted = ChosenSensor(SHIN, Segment.SHIN, family.name, rate_hz)
    source = BleSource([wanted, replace(wanted, address=FOOT, segment=Segment.FOOT)])
    header = await source.open()
    assembler = Assembler(header.sensors, header.start_ns)
    arrived: dict[str, list[tuple[int, int]]] = {SHIN: [], FOOT: []}
    ending = asyncio.create_task(_close_after(source, seconds))
    async for item in source.stream():
        assembler.feed(item)
        if isinstance(item, Notification):
            arrived[item.source].append((zlib.crc32(item.payload), time.monotonic_ns()))
    await ending
    matched = [_match(rig.sent(address), arrived[address]) for address in (SHIN, FOOT)]
    begin_ns = time.monotonic_ns() - round((seconds - WARM_UP_S) * 1e9)
    return StreamResult(
        rate_hz=rate_hz,
        samples=sum(s.received for s in assembler.statistics.values()),
        lost_messages=sum(lost for lost, _ in matched),
        lost_samples=sum(s.lost for s in assembler.statistics.values()),
        delays_ms=np.array(
            [
                (at_ns - message.t_ns) / 1e6
                for _, pairs in matched
                for message, at_ns in pairs
                if message.t_ns > begin_ns
            ]
        ),
    )


def _match(sent: list[Sent], arrived: list[tuple[int, int]]) -> tuple[int, list[tuple[Sent, int]]]:
    """Return how many messages are missing, and those that arrived with their times (ns).

    Messages keep their order, so a missing one is skipped among the sent ones.
    """
    crcs = [message.crc for message in sent]
    at = crcs.index(arrived[0][0])
    lost = 0
    pairs: list[tuple[Sent, int]] = []
    for crc, at_ns in arrived:
        skip = crcs.index(crc, at) - at
        lost += skip
        at += skip
        pairs.append((sent[at], at_ns))
        at += 1
    return lost, pairs


async def _close_after(source: BleSource, seconds: float) -> None:
    await asyncio.sleep(seconds)
    await source.close()


def print_cpu(rig: Rig, seconds: float) -> None:
    """Print the share of a core that ``toepoint record`` takes while two sensors stream at 200 Hz."""
    rig.do("clear")
    for address, segment in ((SHIN, Segment.SHIN), (FOOT, Segment.FOOT)):
        rig.do("add", address=address, family="witmotion", segment=segment)
    with tempfile.TemporaryDirectory() as folder:
        recording = Path(folder, "session.mcap")
        program = subprocess.Popen(
            [
                *(sys.executable, "-m", "gui.cli.main", "record", "--shin", SHIN, "--foot", FOOT),
                *("--rate", "200", "-o", str(recording)),
            ],
            env=rig.environment(),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert program.stdout is not None
        streaming = 0
        while streaming < 2:
            streaming += program.stdout.readline().strip().endswith("streaming")
        time.sleep(WARM_UP_S)
        before = _cpu_seconds(program.pid)
        time.sleep(seconds)
        share = (_cpu_seconds(program.pid) - before) / seconds
        program.send_signal(signal.SIGINT)
        printed, _ = program.communicate(timeout=30)
        print(f"headless recording of 2 × 200 Hz takes {100 * share:.1f} % of a core")
        print("  " + printed.strip().replace("\n", "\n  "))


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Kept packets come back as they were, and their arrivals by connection, from memory and from files."""

import numpy as np
import pytest

from sensor import long_columns
from sensor.packet_log import PacketLog
from sensor.streams import DatedPacket
from sensor.types import Packet, Segment, SensorInfo

INFO = SensorInfo("a", Segment.SHIN, "witmotion")


def sent(count: int, *, apart: bool) -> list[tuple[int, DatedPacket]]:
    """Return packets of three connections; ``apart``: of accelerations alone or rates alone."""
    rng = np.random.default_rng(5)
    out: list[tuple[int, DatedPacket]] = []
    for number in range(count):
        messages = int(rng.integers(1, 6))
        n = messages * int(rng.integers(1, 5))
        acc, gyr = (0 if apart and number % 2 == k else n for k in (0, 1))
        packet = Packet(
            rng.normal(size=(acc, 3)),
            rng.normal(size=(gyr, 3)),
            rng.random(n) < 0.1,
            messages=messages,
        )
        arrivals_s = (number + np.sort(rng.random(messages))).tolist()
        alone = messages == 1 and rng.random() < 0.5
        places = None if alone else 10 * number + np.arange(messages)
        out.append((3 * number // max(count, 1), DatedPacket(packet, arrivals_s, None, places)))
    return out


def logged(packets: list[tuple[int, DatedPacket]]) -> PacketLog:
    log = PacketLog(INFO)
    for connection, packet in packets:
        while len(log.rates_hz) < connection:
            log.end_connection(100.0 + len(log.rates_hz))
        log.add(packet)
    return log


@pytest.mark.parametrize("spill_bytes", [1, 3_000, long_columns.SPILL_BYTES])
@pytest.mark.parametrize("count", [0, 1, 60])
@pytest.mark.parametrize("apart", [False, True])
def test_packets_and_arrivals_come_back(
    monkeypatch: pytest.MonkeyPatch, spill_bytes: int, count: int, apart: bool
) -> None:
    monkeypatch.setattr(long_columns, "SPILL_BYTES", spill_bytes)
    packets = sent(count, apart=apart)
    log = logged(packets)
    for part in ("acc", "gyr", ""):
        arrivals = log.arrivals(part)
        assert len(arrivals) == len(log.rates_hz) + 1
        for number, found in enumerate(arrivals):
            expected = [
                (at, len(samples) // packet.packet.messages)
                for connection, packet in packets
                for samples in [packet.packet.gyr if part == "gyr" else packet.packet.acc]
                for at in packet.arrivals_s
                if connection == number and len(samples)
            ]
            assert (
                list(zip(found.arrival_s.tolist(), found.samples.tolist(), strict=True)) == expected
            )
    for _ in range(2):
        again = list(log.packets())
        assert [connection for connection, _ in again] == [connection for connection, _ in packets]
        for (_, found_packet), (_, packet) in zip(again, packets, strict=True):
            for name in ("acc", "gyr", "clipped", "messages"):
                np.testing.assert_array_equal(
                    getattr(found_packet.packet, name), getattr(packet.packet, name)
                )
            assert found_packet.arrivals_s == packet.arrivals_s
            assert (found_packet.places is None) == (packet.places is None)
            if packet.places is not None:
                np.testing.assert_array_equal(found_packet.places, packet.places)

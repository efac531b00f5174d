"""Our own boards: the layout byte by byte, the sketch compiled and run, connections with short packets."""

import re
import shutil
import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest

from sensor.errors import DecodeError, DeviceError, SettingError
from sensor.families import board
from sensor.families.base import DeviceSamples
from sensor.families.board import (
    DATA,
    FAMILY,
    SETTINGS,
    board_peripheral,
    decode_settings,
    encode_settings,
)
from sensor.families.steps import Expect, Read, Write
from sensor.families.virtual import MemoryPeripheral
from sensor.types import STANDARD_GRAVITY_MPS2, Packet, StreamSettings
from tests.sensor.families.contract import assert_sound, first_of
from tests.sensor.families.driver import configure

SKETCH = Path(__file__).parents[3] / "firmware_notes" / "board_sketch"
STAND_INS = Path(__file__).parent / "sketch"

# Two samples at 4 g and 500 °/s: (1, -2, 0) g and (250, 0, -500) °/s, then the ends of 16 bits.
MESSAGE = bytes.fromhex(
    "01 02 ffff 78563412"
    "0020 00c0 0000  0040 0000 0080"
    "ff7f 0000 0000  0000 0000 0000"
)  # fmt: skip


def decode(payload: bytes, stream: StreamSettings) -> Packet:
    (packet,) = FAMILY.decoder(stream)(DATA, [payload])
    assert_sound(packet)
    return packet


def test_a_message_holds_samples_number_and_time() -> None:
    packet = decode(MESSAGE, StreamSettings(100.0, 4.0, 500.0))
    assert (first_of(packet.sequences), first_of(packet.ticks)) == (65535, 0x12345678)
    acc_g = packet.acc / STANDARD_GRAVITY_MPS2
    np.testing.assert_allclose(acc_g, [[1.0, -2.0, 0.0], [32767 / 8192, 0.0, 0.0]], rtol=1e-12)
    np.testing.assert_allclose(np.rad2deg(packet.gyr), [[250, 0, -500], [0, 0, 0]], rtol=1e-12)
    assert packet.clipped.tolist() == [True, True]


def test_one_sample_fits_in_the_shortest_packets() -> None:
    encoder = FAMILY.encoder(StreamSettings(25.0))
    ((_, payload),) = encoder.encode(DeviceSamples(np.zeros((1, 3)), np.zeros((1, 3)), 0, 0.0))
    assert len(payload) == 20
    longest = FAMILY.encoder(StreamSettings(extra={"samples_per_message": 19}))
    ((_, payload),) = longest.encode(DeviceSamples(np.zeros((19, 3)), np.zeros((19, 3)), 0, 0.0))
    assert len(payload) <= 244


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        MESSAGE[:7],
        MESSAGE[:8],
        MESSAGE[:-1],
        MESSAGE + b"\0",
        b"\x02" + MESSAGE[1:],
        b"\x01\x00" + MESSAGE[2:8],
        b"\x01\xff" + MESSAGE[2:],
    ],
)
def test_an_impossible_message_is_an_error(payload: bytes) -> None:
    with pytest.raises(DecodeError):
        FAMILY.decoder(StreamSettings())(DATA, [payload])


@pytest.mark.parametrize(
    "payload", [b"", b"\1\1", struct.pack("<BBHHH", 2, 1, 100, 4, 500), bytes([1]) + bytes(7)]
)
def test_impossible_settings_of_a_board_are_an_error(payload: bytes) -> None:
    with pytest.raises(DecodeError):
        decode_settings(payload)


# Configuration --------------------------------------------------------------------------------


class Board(MemoryPeripheral):
    """The virtual board, for tests in which it answers differently."""

    def __init__(self) -> None:
        device = board_peripheral()
        super().__init__(device.values, device.accepts, device.settings_of)


def test_the_settings_that_the_board_names_are_in_force() -> None:
    class Nano(Board):
        def write(self, characteristic: str, data: bytes) -> list[tuple[str, bytes]]:
            if characteristic == SETTINGS:
                in_force = StreamSettings(99.84, 4.0, 2000.0)
                self.values[SETTINGS] = encode_settings(in_force, count=data[1])
            return []

    configured, _ = configure(FAMILY, StreamSettings(100.0), Nano())
    in_force = configured.settings
    assert (in_force.rate_hz, in_force.acc_range_g, in_force.gyr_range_dps) == (99.84, 4.0, 2000.0)
    assert FAMILY.encoder(in_force).samples_per_notification == 4
    assert configured.identity == "3F5A9C0D17E2B846"


@pytest.mark.parametrize(("packet_bytes", "count"), [(20, 1), (40, 2), (244, 8)])
def test_a_connection_with_short_packets_gets_short_messages(packet_bytes: int, count: int) -> None:
    class Narrow(Board):
        """A board that sends one message at the start, cut to the packets of the connection."""

        def write(self, characteristic: str, data: bytes) -> list[tuple[str, bytes]]:
            super().write(characteristic, data)
            assert self.streaming is not None
            encoder = FAMILY.encoder(self.streaming)
            still = np.zeros((encoder.samples_per_notification, 3))
            sent = encoder.encode(DeviceSamples(still, still))
            return [(c, payload[:packet_bytes]) for c, payload in sent]

    configured, _ = configure(FAMILY, StreamSettings(200.0), Narrow())
    assert configured.settings.extra["samples_per_message"] == count


def test_a_board_that_does_not_start_says_what_to_do() -> None:
    class Deaf(Board):
        def write(self, characteristic: str, data: bytes) -> list[tuple[str, bytes]]:
            return []

    with pytest.raises(DeviceError, match="reset"):
        configure(FAMILY, StreamSettings(100.0), Deaf())


def test_the_board_is_idle_after_stop() -> None:
    _, conversation = configure(FAMILY, StreamSettings(100.0))
    assert conversation.peripheral.streaming is not None
    for step in FAMILY.stop:
        conversation.answer(step)
    assert conversation.peripheral.streaming is None


@pytest.mark.parametrize("count", [0, 20, -1, 2.5, "4", None])
def test_an_impossible_message_length_is_refused(count: object) -> None:
    settings = StreamSettings(extra={"samples_per_message": count})  # type: ignore[dict-item]
    with pytest.raises(SettingError):
        FAMILY.encoder(settings)


def test_no_more_is_written_than_needed() -> None:
    _, conversation = configure(FAMILY, StreamSettings(100.0))
    kinds = [type(step) for step in conversation.steps if isinstance(step, Write | Expect | Read)]
    assert kinds == [Read, Read, Write, Expect, Read]


# The sketch -----------------------------------------------------------------------------------


@pytest.fixture
def compiler() -> str:
    found = shutil.which("g++") or shutil.which("clang++")
    if found is None:
        pytest.skip("no C++ compiler (g++ or clang++)")
    return found


def build(compiler: str, folder: Path, variant: str) -> Path:
    """Compile the sketch for a board, with stand-ins in place of all libraries."""
    sources = "".join(path.read_text(encoding="utf-8") for path in SKETCH.iterdir())
    for library in re.findall(r"#include <(\w+\.h)>", sources):
        if library not in {"math.h", "stdint.h"}:
            (folder / library).write_text('#include "stand_ins.h"\n', encoding="utf-8")
    program = folder / "sketch.exe"
    subprocess.run(
        [
            *(compiler, "-std=c++17", "-Wall", "-Werror", f"-DBOARD_{variant}"),
            *(f"-I{folder}", f"-I{STAND_INS}", f"-I{SKETCH}"),
            *(str(STAND_INS / "run.cpp"), "-o", str(program)),
        ],
        check=True,
    )
    return program


@pytest.mark.parametrize("variant", ["NANO_REV2", "XIAO", "NICLA"])
def test_the_sketch_compiles_for_every_board(compiler: str, tmp_path: Path, variant: str) -> None:
    assert build(compiler, tmp_path, variant).exists()


def test_the_sketch_sends_what_the_decoder_reads(compiler: str, tmp_path: Path) -> None:
    program = build(compiler, tmp_path, "NANO_REV1")
    run = subprocess.run([str(program)], check=True, capture_output=True, text=True)
    idle, in_force, *messages, idle_again = map(bytes.fromhex, run.stdout.split())
    assert decode_settings(idle).rate_hz == decode_settings(idle_again).rate_hz == 0.0
    # The Nano's library knows no other range than 4 g.
    stream = decode_settings(in_force)
    assert stream == StreamSettings(100.0, 4.0, 2000.0, {"samples_per_message": 5})
    packets = [decode(message, stream) for message in messages]
    assert [first_of(packet.sequences) for packet in packets] == [0, 5]
    first, second = (first_of(packet.ticks) for packet in packets)
    assert first is not None
    assert second is not None
    # The clock of the stand-in wraps between the two.
    assert (second - first) % (1 << 32) == 50_000
    acc_g = np.vstack([packet.acc for packet in packets]) / STANDARD_GRAVITY_MPS2
    np.testing.assert_allclose(acc_g[:, 0], 0.125 * np.arange(10), rtol=1e-12)
    np.testing.assert_allclose(acc_g[:, 1], -1.0, rtol=1e-12)
    assert all(packet.clipped.all() for packet in packets)
    gyr_dps = np.rad2deg(np.vstack([packet.gyr for packet in packets]))
    np.testing.assert_allclose(gyr_dps[:, 1], -0.25 * np.arange(1, 11), atol=0.031)
    np.testing.assert_allclose(gyr_dps[:, 2], -2000.0, rtol=1e-12)


def test_the_sketch_uses_the_same_characteristics() -> None:
    text = (SKETCH / "board_sketch.ino").read_text(encoding="utf-8")
    (base,) = re.findall(r'"(10fc)" number "(-[0-9a-f-]+)"', text)
    numbers = re.findall(r'BOARD_UUID\("(\d{4})"\)', text)
    assert [number.join(base) for number in numbers] == [board.SERVICE, DATA, SETTINGS]
    assert "UNTESTED ON HARDWARE" in text

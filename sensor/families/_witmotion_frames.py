"""The 20-byte frames of WitMotion sensors: layout, both directions, and where they begin.

They have no checksum, counter or time::

    55 61  acc x y z  gyr x y z  roll pitch yaw     the stream, nine little-endian int16
    55 71  register  eight words                    the answer to a register read
"""

import struct
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from sensor.types import STANDARD_GRAVITY_MPS2, BoolArray, FloatArray, frozen, frozen_bool

FRAME_BYTES = 20
STREAM_HEADER = b"\x55\x61"
ANSWER_HEADER = b"\x55\x71"

STREAM_FRAME = np.dtype([("header", "<u2"), ("acc_gyr", "<i2", (2, 3)), ("angles", "<i2", 3)])
ACC_LSB_MPS2 = 16.0 / 32768.0 * STANDARD_GRAVITY_MPS2
GYR_LSB_RAD_S = float(np.deg2rad(2000.0)) / 32768.0
LSB = np.array([ACC_LSB_MPS2, GYR_LSB_RAD_S])[:, np.newaxis, np.newaxis]
FULL_SCALE = 32767


def encode_frames(acc: FloatArray, gyr: FloatArray) -> bytes:
    """Return stream frames for ``acc`` (n, 3) in m/s² and ``gyr`` (n, 3) in rad/s.

    Values beyond full scale saturate, as on the device. The angles, which nobody here reads, are
    sent as zero.
    """
    frames = np.zeros(len(acc), STREAM_FRAME)
    frames["header"] = int.from_bytes(STREAM_HEADER, "little")
    raw = np.rint(np.stack([acc, gyr]) / LSB)
    frames["acc_gyr"] = np.clip(raw, -FULL_SCALE - 1, FULL_SCALE).swapaxes(0, 1)
    return frames.tobytes()


def encode_answer(register: int, words: Sequence[int]) -> bytes:
    """Return the answer frame that reports eight ``words`` (u16) from ``register`` on."""
    return ANSWER_HEADER + struct.pack("<H8H", register, *words)


def decode_answer(frame: bytes) -> tuple[int, tuple[int, ...]]:
    """Return the first register and the eight words (u16) of an answer frame."""
    register, *words = struct.unpack_from("<H8H", frame, len(ANSWER_HEADER))
    return register, tuple(words)


def decode_frames(stream: bytes) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return acc (n, 3) in m/s², gyr (n, 3) in rad/s and clipped (n,) of ``n`` stream frames."""
    raw = np.frombuffer(stream, STREAM_FRAME)["acc_gyr"].swapaxes(0, 1)
    # One array for both, so that each half is contiguous: half the calls of two arrays.
    values = raw.astype(np.float64, order="C")
    values *= _units(raw.shape[1])
    values.setflags(write=False)
    # Searching the bytes for full scale, one byte first, is cheaper than looking at every number.
    if (0x7F in stream and b"\xff\x7f" in stream) or (0x80 in stream and b"\x00\x80" in stream):
        full = (raw == FULL_SCALE) | (raw == -FULL_SCALE - 1)
        clipped = frozen_bool(full.any(axis=(0, 2)))
    else:
        clipped = _unclipped(raw.shape[1])
    return values[0], values[1], clipped


@lru_cache(maxsize=16)
def _units(n: int) -> FloatArray:
    """Return the unit of every number of ``n`` frames: arrays of one shape multiply quickest."""
    return frozen(np.broadcast_to(LSB, (2, n, 3)))


@lru_cache(maxsize=16)
def _unclipped(n: int) -> BoolArray:
    return frozen_bool(np.zeros(n, dtype=np.bool_))


def split_frames(data: bytes) -> tuple[list[bytes], bytes, int]:
    """Cut ``data`` into whole frames, an unfinished rest and a count of bytes that fit nowhere.

    ``data`` is taken to begin with a frame. A frame that begins after other bytes counts only if
    what follows it begins a frame as well, or if it ends with ``data``.
    """
    frames: list[bytes] = []
    skipped = 0
    at = 0
    in_step = True
    while at < len(data):
        begins = _may_begin(data, at)
        if begins and len(data) - at < FRAME_BYTES:
            break
        if begins and (_confirmed(data, at) or (in_step and not _confirmed_inside(data, at))):
            frames.append(data[at : at + FRAME_BYTES])
            at += FRAME_BYTES
            in_step = True
        else:
            at += 1
            skipped += 1
            in_step = False
    return frames, data[at:], skipped


def _may_begin(data: bytes, at: int) -> bool:
    head = data[at : at + 2]
    return head in (STREAM_HEADER, ANSWER_HEADER) or head == data[at:] == STREAM_HEADER[:1]


def _confirmed(data: bytes, at: int) -> bool:
    end = at + FRAME_BYTES
    return end == len(data) or _may_begin(data, end)


def _confirmed_inside(data: bytes, at: int) -> bool:
    """Whether a surer frame begins inside the one at ``at``, which then lacks bytes."""
    return any(
        _may_begin(data, inner) and _confirmed(data, inner)
        for inner in range(at + 1, at + FRAME_BYTES)
    )

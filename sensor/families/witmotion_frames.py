"""The 20-byte frames of WitMotion sensors: layout, both directions, and where they begin.

They have no checksum, counter or time::

    55 61  acc x y z  gyr x y z  roll pitch yaw     the stream, nine little-endian int16
    55 71  register  eight words                    the answer to a register read
"""

import struct
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from sensor.families.counts import FULL_SCALE_I16, unclipped
from sensor.types import STANDARD_GRAVITY_MPS2, BoolArray, FloatArray, frozen, frozen_bool

FRAME_BYTES = 20
STREAM_HEADER = b"\x55\x61"
ANSWER_HEADER = b"\x55\x71"

STREAM_FRAME = np.dtype([("header", "<u2"), ("acc_gyr", "<i2", (2, 3)), ("angles", "<i2", 3)])
ACC_UNIT_MPS2 = 16.0 / 32768.0 * STANDARD_GRAVITY_MPS2
GYR_UNIT_RAD_S = float(np.deg2rad(2000.0)) / 32768.0
UNITS = np.array([ACC_UNIT_MPS2, GYR_UNIT_RAD_S])[:, np.newaxis, np.newaxis]
"""Units of acc and gyr for arrays of shape (2, n, 3)."""
FULL_SCALE = FULL_SCALE_I16 - 1


def encode_frames(acc: FloatArray, gyr: FloatArray) -> bytes:
    """Return stream frames, one a sample.

    Values beyond full scale saturate, as on the device. The angles, which are not read here, are
    sent as zero.

    Parameters
    ----------
    acc
        (n, 3) specific force in m/s², in the sensor's frame.
    gyr
        (n, 3) angular rate in rad/s, in the sensor's frame.
    """
    frames = np.zeros(len(acc), STREAM_FRAME)
    frames["header"] = int.from_bytes(STREAM_HEADER, "little")
    # In place and without the checks of `stack` and `clip`: a simulated hour has 180,000 messages.
    raw = np.empty((2, len(acc), 3))
    np.divide(acc, ACC_UNIT_MPS2, out=raw[0])
    np.divide(gyr, GYR_UNIT_RAD_S, out=raw[1])
    np.rint(raw, out=raw)
    np.minimum(np.maximum(raw, -FULL_SCALE - 1, out=raw), FULL_SCALE, out=raw)
    frames["acc_gyr"] = raw.swapaxes(0, 1)
    return frames.tobytes()


def encode_answer(register: int, words: Sequence[int]) -> bytes:
    """Return the answer frame that reports eight ``words`` (u16) from ``register`` on."""
    return ANSWER_HEADER + struct.pack("<H8H", register, *words)


def decode_answer(frame: bytes) -> tuple[int, tuple[int, ...]]:
    """Return the first register and the eight words (u16) of an answer frame."""
    register, *words = struct.unpack_from("<H8H", frame, len(ANSWER_HEADER))
    return register, tuple(words)


def decode_frames(stream: bytes) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return the samples of ``n`` stream frames.

    Returns
    -------
    acc
        (n, 3) specific force in m/s², in the sensor's frame.
    gyr
        (n, 3) angular rate in rad/s, in the sensor's frame.
    clipped
        (n,) whether any channel is at full scale.
    """
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
        clipped = unclipped(raw.shape[1])
    return values[0], values[1], clipped


@lru_cache(maxsize=16)
def _units(n: int) -> FloatArray:
    """Return the unit of every number of ``n`` frames: arrays of one shape multiply quickest."""
    return frozen(np.broadcast_to(UNITS, (2, n, 3)))


def count_stream_frames(data: bytes) -> int:
    """Return how many stream frames ``data``, whole frames, begins with."""
    frames = len(data) // FRAME_BYTES
    others = len(data[::FRAME_BYTES].lstrip(STREAM_HEADER[:1]))
    others = max(others, len(data[1::FRAME_BYTES].lstrip(STREAM_HEADER[1:])))
    return frames - others


def split_frames(data: bytes) -> tuple[list[bytes], bytes, int]:
    """Cut ``data`` into frames.

    ``data`` is assumed to begin with a frame. A frame that begins after other bytes counts only if
    what follows it begins a frame as well, or if it ends with ``data``.

    Returns
    -------
    frames
        The whole frames, oldest first.
    rest
        The beginning of an unfinished frame at the end, or nothing.
    skipped
        How many bytes belong to no frame.
    """
    frames: list[bytes] = []
    skipped = 0
    at = 0
    in_step = True
    while at < len(data):
        begins = _may_begin(data, at)
        if begins and len(data) - at < FRAME_BYTES:
            break  # An unfinished frame: the rest comes with the next notification.
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
    # A single 55 at the very end may be the first byte of a frame that is cut there.
    return head in (STREAM_HEADER, ANSWER_HEADER) or head == data[at:] == STREAM_HEADER[:1]


def _confirmed(data: bytes, at: int) -> bool:
    end = at + FRAME_BYTES
    return end == len(data) or _may_begin(data, end)


def _confirmed_inside(data: bytes, at: int) -> bool:
    """Return whether a surer frame begins inside the one at ``at``, which then lacks bytes."""
    return any(
        _may_begin(data, inner) and _confirmed(data, inner)
        for inner in range(at + 1, at + FRAME_BYTES)
    )

"""WAV files with 8-bit µ-law samples (ITU-T G.711): half the size of 16 bits, readable everywhere.

Python's ``wave`` module reads plain samples only, so both directions are here.
"""

import struct

import numpy as np
import numpy.typing as npt

from sensor.types import FloatArray

PACK_RATE_HZ = 16_000
"""Sample rate of every clip."""
_FORMAT_MULAW = 7
"""The number of µ-law samples in the head of a WAV file."""
_HEAD = struct.Struct("<4sI4s4sIHHIIHH4sI")
_FORMAT = (b"WAVE", b"fmt ", 16, _FORMAT_MULAW, 1, PACK_RATE_HZ, PACK_RATE_HZ, 1, 8, b"data")
"""The fields of the head between the two lengths: one channel of 8-bit samples."""
_BIAS, _CLIP = 132, 32635
"""Of G.711 at 16 bits: the offset before the logarithm, and the largest amplitude that leaves room
for it."""


def encode_wav(samples: FloatArray) -> bytes:
    """Return a mono WAV file of ``samples`` (n,), each within -1 to 1, at the pack's rate."""
    body = _to_mulaw(samples).tobytes()
    # Chunks of a RIFF file have an even length.
    padding = b"\0" * (len(body) % 2)
    whole = _HEAD.size - 8 + len(body) + len(padding)
    return _HEAD.pack(b"RIFF", whole, *_FORMAT, len(body)) + body + padding


def decode_wav(data: bytes) -> FloatArray:
    """Return the samples (n,) of a file that :func:`encode_wav` wrote, within -1 to 1.

    Raises
    ------
    ValueError
        If it is another kind of file.
    """
    if len(data) < _HEAD.size:
        raise ValueError(f"a WAV file has {_HEAD.size} bytes before its samples, not {len(data)}")
    riff, _, *form, length = _HEAD.unpack_from(data)
    if (riff, *form) != (b"RIFF", *_FORMAT) or len(data) < _HEAD.size + length:
        raise ValueError("not a whole mono µ-law WAV file at 16 kHz")
    return _FROM_MULAW[np.frombuffer(data, np.uint8, length, _HEAD.size)]


def _to_mulaw(samples: FloatArray) -> npt.NDArray[np.uint8]:
    linear = np.rint(samples * 32767.0).astype(np.int32)
    biased = np.minimum(np.abs(linear), _CLIP) + _BIAS
    # The exponent is the place of the highest set bit, from 7 up; four bits follow it.
    exponent = np.frexp(biased.astype(float))[1] - 8
    mantissa = (biased >> (exponent + 3)) & 0x0F
    code = np.where(linear < 0, 0x80, 0) | (exponent << 4) | mantissa
    # G.711 sends every bit inverted.
    return np.asarray(~code & 0xFF, dtype=np.uint8)


def _mulaw_table() -> FloatArray:
    code = ~np.arange(256) & 0xFF
    exponent, mantissa = (code >> 4) & 0x07, code & 0x0F
    size = (((mantissa << 3) + _BIAS) << exponent) - _BIAS
    return np.where(code & 0x80, -size, size) / 32768.0


_FROM_MULAW = _mulaw_table()
"""The amplitude of each of the 256 codes."""

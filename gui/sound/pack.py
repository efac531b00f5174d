"""The voice pack: a clip for each phrase and number of a language, joined to sentences."""

import io
import zipfile
from collections.abc import Sequence
from fractions import Fraction
from importlib.resources import files

import numpy as np

from gui.sound.errors import SoundError, SoundFault
from gui.sound.wav import PACK_RATE_HZ, decode_wav
from sensor.types import FloatArray

COMMA = ","
"""The name of the pause among the names of the clips; no clip has it."""
COMMA_S = 0.12
"""The pause that stands for a comma. Everything else is joined without one."""


class VoicePack:
    """Clips at the rate of the output. Each is decoded when it is first asked for.

    Parameters
    ----------
    data
        The archive, see :func:`load_pack`.
    rate_hz
        Sample rate of the clips that it returns.
    """

    def __init__(self, data: bytes, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._clips: dict[str, FloatArray] = {
            COMMA: np.zeros(round(COMMA_S * rate_hz)),
        }

    @property
    def words(self) -> frozenset[str]:
        """The names of all clips: the phrases and numbers of the language."""
        return frozenset(name.removesuffix(".wav") for name in self._archive.namelist())

    def clip(self, word: str) -> FloatArray:
        """Return the samples (n,) of a phrase, a number or a comma, within -1 to 1.

        Raises
        ------
        SoundError
            If the pack does not have it, or it is damaged.
        """
        if word not in self._clips:
            self._clips[word] = self._load(word)
        return self._clips[word]

    def sentence(self, words: Sequence[str]) -> FloatArray:
        """Return the clips of ``words``, at least one, joined without gaps; see :meth:`clip`."""
        return np.concatenate([self.clip(word) for word in words])

    def _load(self, word: str) -> FloatArray:
        try:
            clip = decode_wav(self._archive.read(f"{word}.wav"))
        except (KeyError, zipfile.BadZipFile, ValueError) as error:
            raise SoundError(SoundFault.PACK, f"{word}: {error}") from error
        return _resampled(clip, Fraction(self._rate_hz, PACK_RATE_HZ))


def load_pack(language: str, rate_hz: int) -> VoicePack:
    """Return the pack of ``language`` with clips at ``rate_hz``.

    Raises
    ------
    SoundError
        If there is no such pack or it is damaged.
    """
    file = files("gui.sound").joinpath("pack", f"{language}.zip")
    try:
        return VoicePack(file.read_bytes(), rate_hz)
    except (OSError, zipfile.BadZipFile) as error:
        raise SoundError(SoundFault.PACK, f"{language}: {error}") from error


def _resampled(clip: FloatArray, ratio: Fraction) -> FloatArray:
    """Return ``clip`` at ``ratio`` times its rate, by its spectrum.

    It fades in and out, so it does not matter that a spectrum repeats the clip without end. SciPy
    is not used: it would be loaded while somebody waits for the first word.
    """
    padded = np.pad(clip, (0, -len(clip) % ratio.denominator))
    count = len(padded) * ratio.numerator // ratio.denominator
    # The inverse divides by its own, longer length; the ratio restores the amplitude.
    return np.fft.irfft(np.fft.rfft(padded), count) * float(ratio)

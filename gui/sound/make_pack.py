"""Make the voice pack: ``python -m gui.sound.make_pack [--piper LANGUAGE=MODEL.onnx]``.

One archive a language, ``pack/<language>.zip``, with one WAV file a phrase: mono, 16 kHz, 8-bit
µ-law (ITU-T G.711), which every player opens. Every clip starts and ends with its own sound and is
as loud as the others, so that clips joined without a gap sound like a sentence.

A language is spoken by espeak-ng, or by a Piper voice that ``--piper`` names (``docs/sound.md`` says
why the archives of this repository are not). Either program is needed here only.
"""

import argparse
import io
import subprocess
import sys
import wave
import zipfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyloudnorm
from scipy import signal

from gui.sound.clips import KEYS, NUMBERS
from gui.sound.wav import PACK_RATE_HZ, encode_wav
from gui.texts.catalogue import TEXTS
from sensor.types import FloatArray

ESPEAK_VOICES = {"en": "en-us", "de": "de"}
"""The voice of espeak-ng for each language: its own formant voices, which contain no recording."""
WORDS_PER_MINUTE = 180
PITCH = 55
"""In the scale of espeak-ng, 0 to 99."""
LOUDNESS_LUFS = -18.0
"""Loudness of every clip by ITU-R BS.1770, that of speech in programmes for telephones."""
LOUDNESS_S = 2.0
"""A clip is repeated to this length before its loudness is taken, which needs blocks of 0.4 s."""
PEAK = 0.8
"""Largest amplitude of a clip: the mixer leaves sums up to there unchanged."""
EVENNESS = 0.4
"""Share of the level differences within a clip that is taken away, so that soft consonants are heard
beside machines and music. A recogniser understands more words in noise (docs/sound.md)."""
EVENNESS_HZ = 15.0
"""Fastest change of level that counts as such; what is faster is the voice itself."""
EVENNESS_FLOOR = 0.05
"""Below this share of the loudest moment nothing is raised further: that would be noise."""
SILENT_DB = -40.0
"""Below the loudest 10 ms of a clip: trimmed at both ends."""
FRAME_S = 0.01
"""Length of the pieces by whose level the ends are found."""
FADE_S = 0.003
"""Both ends of a clip fade, so that clips joined without a gap do not click."""
LOW_CUT_HZ = 120.0
"""Small speakers cannot play lower sounds, which would only cost level."""


def espeak(text: str, language: str) -> FloatArray:
    """Return ``text`` as espeak-ng speaks it, at :data:`PACK_RATE_HZ`, not yet levelled."""
    voice = ESPEAK_VOICES[language]
    # -z: no pause at the end, since clips are joined without gaps.
    command = ["espeak-ng", "-v", voice, "-s", str(WORDS_PER_MINUTE), "-p", str(PITCH), "-z"]
    made = subprocess.run([*command, "--stdout", text], check=True, capture_output=True).stdout
    return _at_pack_rate(made)


def piper(text: str, model: Path) -> FloatArray:
    """Return ``text`` as the Piper voice ``model`` speaks it, like :func:`espeak`."""
    # A process of its own: Piper is GPL and stays a tool beside the program, never a part of it.
    command = [sys.executable, "-m", "piper", "--model", str(model), "--output_file", "-"]
    made = subprocess.run(
        [*command, "--", text], check=True, capture_output=True, stdin=subprocess.DEVNULL
    ).stdout
    return _at_pack_rate(made)


def levelled(clip: FloatArray) -> FloatArray:
    """Return ``clip`` trimmed, without what small speakers cannot play, as loud as every other."""
    sections = signal.butter(2, LOW_CUT_HZ, "highpass", fs=PACK_RATE_HZ, output="sos")
    clip = _even(np.asarray(signal.sosfiltfilt(sections, clip)))
    frame = round(FRAME_S * PACK_RATE_HZ)
    energy = np.square(clip[: len(clip) // frame * frame]).reshape(-1, frame).mean(axis=1)
    sounding = np.flatnonzero(energy > energy.max() * 10 ** (SILENT_DB / 10))
    clip = clip[sounding[0] * frame : (sounding[-1] + 1) * frame]
    clip = clip * 10 ** ((LOUDNESS_LUFS - loudness_lufs(clip)) / 20)
    # Rare peaks are rounded instead of making the whole clip softer.
    clip = PEAK * np.tanh(clip / PEAK)
    # Rounding took a little loudness away.
    clip = clip * min(10 ** ((LOUDNESS_LUFS - loudness_lufs(clip)) / 20), PEAK / np.abs(clip).max())
    ramp = np.linspace(0.0, 1.0, round(FADE_S * PACK_RATE_HZ))
    clip[: len(ramp)] *= ramp
    clip[-len(ramp) :] *= ramp[::-1]
    return clip


def loudness_lufs(clip: FloatArray) -> float:
    """Return the integrated loudness of speech that goes on as ``clip`` (n,) does."""
    repeated = np.tile(clip, max(1, round(LOUDNESS_S * PACK_RATE_HZ / len(clip))) + 1)
    return float(pyloudnorm.Meter(PACK_RATE_HZ).integrated_loudness(repeated))


def make_pack(language: str, folder: Path, model: Path | None = None) -> Path:
    """Write the archive of ``language`` into ``folder``, spoken by ``model`` if there is one.

    With espeak-ng the same input gives the same bytes; Piper draws its timing at random.
    """
    texts = {str(number): str(number) for number in NUMBERS}
    texts |= {key.value: TEXTS[language].speech.spoken(key) for key in KEYS}
    path = folder / f"{language}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for key, text in sorted(texts.items()):
            # An entry made this way has a fixed date, so the same clips give the same archive.
            entry = zipfile.ZipInfo(f"{key}.wav")
            entry.compress_type = zipfile.ZIP_DEFLATED
            spoken = espeak(text, language) if model is None else piper(text, model)
            archive.writestr(entry, encode_wav(levelled(spoken)))
    return path


def main(argv: Sequence[str] | None = None) -> None:
    """Make every language's archive beside this file."""
    parser = argparse.ArgumentParser(
        prog="python -m gui.sound.make_pack", description="Make the voice pack."
    )
    parser.add_argument(
        "--piper",
        metavar="LANGUAGE=MODEL",
        action="append",
        default=[],
        help="speak it with this model",
    )
    models = dict(choice.split("=", 1) for choice in parser.parse_args(argv).piper)
    folder = Path(__file__).parent / "pack"
    folder.mkdir(exist_ok=True)
    for language in ESPEAK_VOICES:
        model = Path(models[language]) if language in models else None
        path = make_pack(language, folder, model)
        sys.stdout.write(f"{path.name}: {path.stat().st_size / 1000:.0f} kB\n")


def _at_pack_rate(made: bytes) -> FloatArray:
    with wave.open(io.BytesIO(made)) as file:
        rate_hz = file.getframerate()
    # A file written to a pipe does not know its length: read what there is.
    samples = np.frombuffer(made[44 : len(made) - len(made) % 2], "<i2").astype(float) / 32768.0
    ratio = Fraction(PACK_RATE_HZ, rate_hz)
    resampled = signal.resample_poly(samples, ratio.numerator, ratio.denominator)
    return np.asarray(resampled, dtype=float)


def _even(clip: FloatArray) -> FloatArray:
    """Return ``clip`` with its soft parts raised towards the loud ones."""
    sections = signal.butter(2, EVENNESS_HZ, fs=PACK_RATE_HZ, output="sos")
    level = np.sqrt(np.maximum(signal.sosfiltfilt(sections, np.square(clip)), 0.0))
    gain = (level / level.max() + EVENNESS_FLOOR) ** -EVENNESS
    return np.asarray(clip * gain)


if __name__ == "__main__":
    main()

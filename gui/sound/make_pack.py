"""Make the voice pack: ``python -m gui.sound.make_pack`` (needs the program espeak-ng).

One archive a language, ``pack/<language>.zip``, with one WAV file a phrase: mono, 16 kHz, 8-bit
µ-law (ITU-T G.711), which every player opens. Every clip starts and ends with its own sound and is
as loud as the others, so that clips joined without a gap sound like a sentence.
"""

import io
import subprocess
import sys
import wave
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
from scipy import signal

from gui.sound.clips import KEYS, NUMBERS
from gui.sound.wav import PACK_RATE_HZ, encode_wav
from gui.texts.catalogue import TEXTS
from sensor.types import FloatArray

VOICES = {"en": "en-us", "de": "de"}
"""The voice of espeak-ng for each language: its own formant voices, which contain no recording."""
WORDS_PER_MINUTE = 180
PITCH = 55
"""In the scale of espeak-ng, 0 to 99."""
LEVEL_RMS = 0.13
"""Of full scale, over the sounding part of a clip: about -18 dB."""
PEAK = 0.8
"""Largest amplitude of a clip: the mixer leaves sums up to there unchanged."""
SILENT_DB = -40.0
"""Below the loudest 10 ms of a clip: trimmed at both ends."""
FRAME_S = 0.01
"""Length of the pieces by whose level the ends are found."""
FADE_S = 0.003
"""Both ends of a clip fade, so that clips joined without a gap do not click."""
LOW_CUT_HZ = 120.0
"""Small speakers cannot play lower sounds, which would only cost level."""


def speak(text: str, voice: str) -> FloatArray:
    """Return ``text`` as espeak-ng speaks it, at :data:`PACK_RATE_HZ`, not yet levelled."""
    # -z: no pause at the end, since clips are joined without gaps.
    command = ["espeak-ng", "-v", voice, "-s", str(WORDS_PER_MINUTE), "-p", str(PITCH), "-z"]
    made = subprocess.run([*command, "--stdout", text], check=True, capture_output=True).stdout
    with wave.open(io.BytesIO(made)) as file:
        rate_hz = file.getframerate()
        # A file written to a pipe does not know its length: read what there is.
        samples = np.frombuffer(made[44:], "<i2").astype(float) / 32768.0
    ratio = Fraction(PACK_RATE_HZ, rate_hz)
    resampled = signal.resample_poly(samples, ratio.numerator, ratio.denominator)
    return np.asarray(resampled, dtype=float)


def levelled(clip: FloatArray) -> FloatArray:
    """Return ``clip`` trimmed, without what small speakers cannot play, as loud as every other."""
    sections = signal.butter(2, LOW_CUT_HZ, "highpass", fs=PACK_RATE_HZ, output="sos")
    clip = np.asarray(signal.sosfiltfilt(sections, clip))
    frame = round(FRAME_S * PACK_RATE_HZ)
    energy = np.square(clip[: len(clip) // frame * frame]).reshape(-1, frame).mean(axis=1)
    sounding = np.flatnonzero(energy > energy.max() * 10 ** (SILENT_DB / 10))
    clip = clip[sounding[0] * frame : (sounding[-1] + 1) * frame]
    loud = energy[sounding].mean() ** 0.5
    clip = clip * (LEVEL_RMS / loud)
    # Rare peaks are rounded instead of making the whole clip softer.
    clip = PEAK * np.tanh(clip / PEAK)
    ramp = np.linspace(0.0, 1.0, round(FADE_S * PACK_RATE_HZ))
    clip[: len(ramp)] *= ramp
    clip[-len(ramp) :] *= ramp[::-1]
    return clip


def make_pack(language: str, folder: Path) -> Path:
    """Write the archive of ``language`` into ``folder``; the same input gives the same bytes."""
    texts = {str(number): str(number) for number in NUMBERS}
    texts |= {key.value: TEXTS[language].speech.spoken(key) for key in KEYS}
    path = folder / f"{language}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for key, text in sorted(texts.items()):
            # An entry made this way has a fixed date, so the same clips give the same archive.
            entry = zipfile.ZipInfo(f"{key}.wav")
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, encode_wav(levelled(speak(text, VOICES[language]))))
    return path


def main() -> None:
    """Make every language's archive beside this file."""
    folder = Path(__file__).parent / "pack"
    folder.mkdir(exist_ok=True)
    for language in VOICES:
        path = make_pack(language, folder)
        sys.stdout.write(f"{path.name}: {path.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()

"""Count the clips that a speech recogniser mistakes beside noise: ``python -m tests.benchmarks.understood``.

PocketSphinx (Carnegie Mellon University), trained on people's speech, hears every English number and
correction, alone and beside pink noise, and chooses among all of them. Noise is measured like the
clips, by ITU-R BS.1770. PocketSphinx is no dependency of the project: ``pip install pocketsphinx``.
"""

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pyloudnorm

from gui.sound.clips import NUMBERS
from gui.sound.pack import load_pack
from gui.sound.wav import PACK_RATE_HZ
from gui.texts.catalogue import TEXTS
from processing.coach.speech import written
from processing.judge.reasons import Correction
from sensor.types import FloatArray

SEED = 7_000_000
LOUDER_DB: tuple[float | None, ...] = (None, 10.0, 5.0)
"""Speech over noise; None: no noise."""
EDGE_S = 0.3
LARGEST = 60
"""The largest number of reps or seconds that is usual."""


def main() -> None:
    """Print how many clips are mistaken at each level of noise."""
    try:
        sphinx = importlib.import_module("pocketsphinx")
    except ImportError:
        sys.exit("This needs PocketSphinx: pip install pocketsphinx")
    clips = load_pack("en", PACK_RATE_HZ)
    words = {str(n): written((n,)).replace("-", " ") for n in NUMBERS if n <= LARGEST}
    words |= {key.value: TEXTS["en"].speech.spoken(key).lower() for key in Correction}
    decoder = _decoder(sphinx, list(words.values()))
    random = np.random.default_rng(SEED)
    for louder_db in LOUDER_DB:
        wrong = [
            f"{said} ({heard or 'nothing'})"
            for clip, said in words.items()
            if (heard := _heard(decoder, _beside(clips.clip(clip), louder_db, random))) != said
        ]
        noise = "alone" if louder_db is None else f"{louder_db:g} dB over pink noise"
        print(f"{noise:24} {len(wrong):2} of {len(words)} mistaken: {', '.join(wrong[:8])}")


def _decoder(sphinx: Any, sentences: list[str]) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        grammar = Path(folder) / "said.gram"
        grammar.write_text(
            f"#JSGF V1.0;\ngrammar said;\npublic <said> = {' | '.join(sentences)};\n"
        )
        return sphinx.Decoder(
            hmm=sphinx.get_model_path("en-us/en-us"),
            dict=sphinx.get_model_path("en-us/cmudict-en-us.dict"),
            jsgf=str(grammar),
            samprate=PACK_RATE_HZ,
            loglevel="FATAL",
        )


def _beside(clip: FloatArray, louder_db: float | None, random: np.random.Generator) -> FloatArray:
    """Return the clip between two short pauses, with noise behind all of it."""
    edge = np.zeros(round(EDGE_S * PACK_RATE_HZ))
    spoken = np.concatenate([edge, clip, edge])
    # Digital silence is unknown to a recogniser.
    hiss = 1e-4 * random.normal(size=spoken.size)
    if louder_db is None:
        return spoken + hiss
    spectrum = np.fft.rfft(random.normal(size=spoken.size))
    pink = np.fft.irfft(spectrum / np.sqrt(np.maximum(1, np.arange(spectrum.size))), spoken.size)
    meter = pyloudnorm.Meter(PACK_RATE_HZ)
    wanted = meter.integrated_loudness(np.tile(clip, 8)) - louder_db
    gain = float(10 ** ((wanted - meter.integrated_loudness(np.tile(pink, 4))) / 20))
    return spoken + gain * pink


def _heard(decoder: Any, samples: FloatArray) -> str:
    decoder.start_utt()
    whole = np.rint(np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2")
    decoder.process_raw(whole.tobytes(), full_utt=True)
    decoder.end_utt()
    found = decoder.hyp()
    return str(found.hypstr) if found else ""


if __name__ == "__main__":
    main()

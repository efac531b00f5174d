"""The voice pack: complete in each language, audible, at one level, joined without gaps."""

import io
import zipfile
from importlib.resources import files

import numpy as np
import pyloudnorm
import pytest
from scipy import signal

from gui.sound.clips import KEYS, NUMBERS
from gui.sound.errors import SoundError, SoundFault
from gui.sound.pack import COMMA_S, VoicePack, load_pack
from gui.sound.wav import decode_wav, encode_wav
from gui.texts.catalogue import TEXTS
from sensor.types import FloatArray

RATE_HZ = 48_000


def envelope(samples: FloatArray, frame_s: float = 0.01) -> FloatArray:
    """Return the RMS of each frame."""
    frame = round(frame_s * RATE_HZ)
    whole = samples[: len(samples) // frame * frame].reshape(-1, frame)
    return np.asarray(np.sqrt(np.square(whole).mean(axis=1)))


@pytest.fixture(scope="module", params=TEXTS)
def pack(request: pytest.FixtureRequest) -> VoicePack:
    return load_pack(request.param, RATE_HZ)


@pytest.mark.parametrize("language", TEXTS)
def test_every_key_and_number_is_in_the_pack(language: str) -> None:
    wanted = {key.value for key in KEYS} | {str(number) for number in NUMBERS}
    assert wanted <= load_pack(language, RATE_HZ).words
    assert {str(number) for number in range(61)} <= wanted


@pytest.mark.parametrize("language", TEXTS)
def test_every_clip_has_a_wording(language: str) -> None:
    assert all(TEXTS[language].speech.spoken(key).strip() for key in KEYS)


def test_every_clip_is_short_unclipped_and_as_loud_as_the_others(pack: VoicePack) -> None:
    """Loudness by ITU-R BS.1770, of speech that goes on like the clip."""
    meter = pyloudnorm.Meter(RATE_HZ)
    for word in pack.words:
        clip = pack.clip(word)
        assert 0.2 < len(clip) / RATE_HZ < 2.5, word
        assert np.abs(clip).max() <= 0.85, word
        loudness = meter.integrated_loudness(np.tile(clip, round(2.0 * RATE_HZ / len(clip)) + 1))
        assert loudness == pytest.approx(-18.0, abs=0.3), word


def test_joined_numbers_have_no_seam(pack: VoicePack) -> None:
    """No click, no hole and no step in level where two clips meet."""
    for words in (("200", "45"), ("3", "point", "6"), ("100", "7"), ("20", "reps")):
        sentence, at = pack.sentence(words), 0
        for word in words[:-1]:
            at += len(pack.clip(word))
            assert abs(sentence[at] - sentence[at - 1]) < 0.005, words
            near = envelope(sentence[at - RATE_HZ // 20 : at + RATE_HZ // 20])
            # A hole longer than that of a stop consonant, about 60 ms, would be heard as a pause.
            assert (near > 0.002).sum() >= 4, words


def test_clips_start_and_end_with_their_sound(pack: VoicePack) -> None:
    for word in pack.words:
        frames = envelope(pack.clip(word))
        assert frames[:3].max() > 0.005 * frames.max(), word
        assert frames[-3:].max() > 0.005 * frames.max(), word
        assert abs(pack.clip(word)[0]) < 0.02, word


def test_the_energy_is_in_the_band_of_speech(pack: VoicePack) -> None:
    joined = np.concatenate([pack.clip(str(number)) for number in range(20)])
    frequencies, power = signal.welch(joined, RATE_HZ, nperseg=4096)
    within = (frequencies > 100) & (frequencies < 4000)
    assert power[within].sum() > 0.9 * power.sum()
    # Above the band of 16 kHz the resampling leaves at least 30 dB less.
    assert power[frequencies > 8200].sum() < 1e-3 * power.sum()


def test_a_sentence_is_its_clips_without_gaps(pack: VoicePack) -> None:
    sentence = pack.sentence(("3", "point", "6"))
    at = 0
    for word in ("3", "point", "6"):
        clip = pack.clip(word)
        lags = signal.correlation_lags(len(sentence), len(clip))
        found = lags[np.argmax(signal.correlate(sentence, clip))]
        assert found == at
        at += len(clip)
    assert len(sentence) == at


def test_a_comma_is_a_short_silence(pack: VoicePack) -> None:
    with_comma, without = pack.sentence(("4", ",", "slower")), pack.sentence(("4", "slower"))
    silent = with_comma[len(pack.clip("4")) :][: round(COMMA_S * RATE_HZ)]
    assert len(with_comma) - len(without) == len(silent)
    assert not silent.any()


def test_mu_law_follows_the_standard() -> None:
    """Compare with ITU-T G.711, table 2b: the ends and the first steps of each chord."""
    codes = bytes([0x80, 0x8F, 0x90, 0xA0, 0xF0, 0xFE, 0xFF, 0x00, 0x7F])
    values = [32124, 16764, 15996, 7932, 120, 8, 0, -32124, 0]
    head = encode_wav(np.zeros(len(codes)))[:44]
    decoded = decode_wav(head + codes)
    assert (decoded * 32768).astype(int).tolist() == values
    # Both codes of zero are equal; all other codes are unchanged by decoding and encoding.
    assert encode_wav(decoded)[44:53] == codes[:-1] + b"\xff"


def test_other_programs_can_read_the_wav_files() -> None:
    data = encode_wav(np.linspace(-1, 1, 161))
    assert data[:4] == b"RIFF"
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    assert data[8:16] == b"WAVEfmt "
    assert int.from_bytes(data[20:22], "little") == 7
    assert int.from_bytes(data[24:28], "little") == 16_000
    error = np.abs(decode_wav(data) - np.linspace(-1, 1, 161))
    assert error.max() < 0.025


@pytest.mark.parametrize("length", [0, 20, 43, 60])
def test_a_file_cut_short_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="WAV"):
        decode_wav(encode_wav(np.zeros(100))[:length])


def test_another_kind_of_wav_is_refused() -> None:
    data = bytearray(encode_wav(np.zeros(100)))
    data[20] = 1
    with pytest.raises(ValueError, match="µ-law"):
        decode_wav(bytes(data))


def test_a_missing_language_is_an_error() -> None:
    with pytest.raises(SoundError) as caught:
        load_pack("tlh", RATE_HZ)
    assert caught.value.fault is SoundFault.PACK
    assert "tlh" in str(caught.value)


def test_a_missing_word_is_an_error() -> None:
    with pytest.raises(SoundError, match="antidisestablishmentarianism"):
        load_pack("en", RATE_HZ).clip("antidisestablishmentarianism")


def test_a_damaged_clip_is_an_error() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("ready.wav", b"RIFF" + bytes(100))
    with pytest.raises(SoundError) as caught:
        VoicePack(kept.getvalue(), RATE_HZ).clip("ready")
    assert caught.value.fault is SoundFault.PACK


def test_the_packs_are_small() -> None:
    folder = files("gui.sound").joinpath("pack")
    assert sum(len(file.read_bytes()) for file in folder.iterdir()) < 5_000_000

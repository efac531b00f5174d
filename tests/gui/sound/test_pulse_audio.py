"""PulseAudio's buffer: longer on request, and never against the person's own choice."""

import os

import pytest

from gui.sound.pulse_audio import LATENCY, ask_for_buffer


@pytest.mark.parametrize("own", [None, "40"])
def test_the_buffer_that_the_person_chose_stays(
    monkeypatch: pytest.MonkeyPatch, own: str | None
) -> None:
    if own is None:
        monkeypatch.delenv(LATENCY, raising=False)
    else:
        monkeypatch.setenv(LATENCY, own)
    ask_for_buffer(0.4, own)
    assert os.environ[LATENCY] == (own or "400")
    ask_for_buffer(0.0, own)
    assert os.environ.get(LATENCY) == own

"""A whole session by ear: what is heard of a simulated one, and when."""

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest

from gui.models.settings import Settings
from gui.sound.player import SoundPlayer
from gui.sound.session_voice import SessionVoice
from gui.sound.tones import Tone, make_tone
from processing.calibration.calibration_steps import (
    CalibrationStep,
    StepEnded,
    StepProgress,
    StepStarted,
)
from processing.calibration.changes import Calibrated
from processing.calibration.troubles import (
    FewMovements,
    LookSwapped,
    SendsNothing,
    SensorMoves,
    StepTrouble,
)
from processing.coach.coach import Coach
from processing.coach.cues import Cue, CueKind
from processing.coach.protocol_file import built_in
from processing.coach.speech import written
from processing.session import Session, SessionOutput
from processing.types import AngleBlock, SessionEvent
from sensor.sources import open_source
from sensor.types import EventKind, Segment
from tests.gui.sound.fakes import RATE_HZ, FakeBackend

LATE_S = 0.08
"""A simulated radio hands over up to some 50 ms at once, and the stream is asked every 10 ms."""
SESSION = "sim:protocol=B,sets=1,reps=3,seed=5"


class Listening:
    """Plays a session into a stream that is asked for samples as the session's time goes on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.system = FakeBackend()
        self.player = SoundPlayer(Settings(volume=1.0), lambda: self.system)
        self.player.start()
        self.voice = SessionVoice(self.player)
        self.told: list[SessionOutput] = []
        self.now_s = 0.0
        monkeypatch.setattr("gui.sound.player.time.monotonic", lambda: self.now_s)

    def listen(self, told: Sequence[SessionOutput]) -> None:
        self.told += told
        for one in told:
            if isinstance(one, AngleBlock) and one.t.size:
                self.advance(float(one.t[-1]))
        self.voice.take(told)

    def advance(self, now_s: float) -> None:
        """Let the stream catch up with the session's time, in blocks of 5 ms."""
        stream = self.system.stream
        self.now_s = max(now_s, self.now_s)
        while stream.mixer.position < self.now_s * RATE_HZ:
            stream.clock.take(stream.mixer.position, stream.mixer.position / RATE_HZ)
            stream.pull(0.01)

    def heard(self, label: str) -> list[float]:
        """Return when ``label`` was handed over, in the session's time."""
        return [played.handed_s for played in self.player.played if played.label == label]


@pytest.fixture(scope="module")
def session() -> Listening:
    with pytest.MonkeyPatch.context() as patch:
        listening = Listening(patch)
        coach = Coach(built_in("B"))
        source = open_source(SESSION, speed=None)
        asyncio.run(Session(source, listening.listen, coach=coach).run())
        listening.advance(listening.now_s + 12.0)
    return listening


def test_every_count_is_heard_once_and_at_its_time(session: Listening) -> None:
    counts = [c for c in session.told if isinstance(c, Cue) and c.kind is CueKind.COUNT]
    assert len(counts) == 3
    for cue in counts:
        (at_s,) = [s for s in session.heard(written(cue.speech)) if abs(s - cue.t) < 2.0]
        assert -0.001 <= at_s - cue.t < LATE_S


def test_ticks_follow_the_lowering(session: Listening) -> None:
    ticks = [c.t for c in session.told if isinstance(c, Cue) and c.kind is CueKind.TICK]
    heard = session.heard(Tone.SECOND)
    assert len(heard) == len(ticks) > 6
    assert np.abs(np.array(heard) - ticks).max() < LATE_S


def test_the_set_ends_with_its_cadence_and_summary(session: Listening) -> None:
    summary = next(c for c in session.told if isinstance(c, Cue) and c.kind is CueKind.SUMMARY)
    (cadence,) = session.heard(Tone.SET_END)
    assert cadence == pytest.approx(summary.t, abs=LATE_S)
    assert session.heard(written(summary.speech))


def test_every_capture_has_its_tones_from_start_to_end(session: Listening) -> None:
    happened = [h for h in session.told if isinstance(h, SessionEvent)]
    starts = [h.t for h in happened if h.kind == EventKind.CALIBRATION_START]
    ends = [h.t for h in happened if h.kind == EventKind.CALIBRATION_END]
    assert len(starts) == len(ends) == 3
    assert session.heard(Tone.CAPTURE_START) == pytest.approx(starts, abs=0.1)
    assert session.heard(Tone.CAPTURE_END) == pytest.approx(ends, abs=0.1)
    assert session.heard("foot flat, hold still")
    assert session.heard("calibrated")


def test_everything_could_be_said(session: Listening) -> None:
    assert session.player.error is None


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Listening:
    made = Listening(monkeypatch)
    made.advance(0.1)
    return made


def happened(kind: EventKind, **data: str | bool) -> SessionEvent:
    return SessionEvent(0.0, kind, data)


def test_a_capture_that_is_refused_stops_and_is_asked_for_again(listening: Listening) -> None:
    refused = FewMovements(1, 3)
    listening.voice.take([StepStarted(CalibrationStep.PUMPS, 0.1)])
    listening.voice.take([happened(EventKind.CALIBRATION_START, step="pumps")])
    listening.advance(6.0)
    listening.voice.take([StepEnded(CalibrationStep.PUMPS, 6.0, False, 9.0, "°", refused)])
    listening.voice.take([happened(EventKind.CALIBRATION_END, step="pumps", accepted=False)])
    listening.advance(6.1)
    listening.voice.take([StepStarted(CalibrationStep.PUMPS, 6.1)])
    listening.advance(9.0)
    assert len(listening.heard("again")) == 1
    assert len(listening.heard("three ankle pumps")) == 2
    assert not listening.heard(Tone.CAPTURE_END)
    assert not listening.system.stream.pull(1.0).any()


def test_a_step_that_was_redone_has_one_end_tone(listening: Listening, session: Listening) -> None:
    calibration = next(c for c in session.told if isinstance(c, Calibrated))
    listening.voice.take([happened(EventKind.CALIBRATION_START, step="pumps")])
    listening.advance(2.0)
    ends = [happened(EventKind.CALIBRATION_END, step=step) for step in ("pumps", "curls")]
    listening.voice.take([*ends, calibration])
    listening.advance(6.0)
    assert len(listening.heard(Tone.CAPTURE_END)) == 1
    assert listening.heard("calibrated")


def test_the_end_of_a_session_ends_its_sound(listening: Listening) -> None:
    listening.voice.take([happened(EventKind.CALIBRATION_START, step="still")])
    listening.advance(1.0)
    listening.voice.end()
    listening.advance(1.1)
    assert not listening.system.stream.pull(1.0).any()


def test_a_guide_asks_once_for_each_step(listening: Listening) -> None:
    moving = SensorMoves(Segment.FOOT, on_bench=False)
    for number in range(30):
        t = 0.1 * (number + 1)
        listening.advance(t)
        listening.voice.take([StepProgress(CalibrationStep.STILL, t, 0.0, 9.0, "°/s", moving)])
    listening.advance(3.2)
    listening.voice.take([StepStarted(CalibrationStep.STILL, 3.2)])
    listening.voice.take([happened(EventKind.CALIBRATION_START, step="still")])
    listening.advance(5.2)
    listening.voice.take([StepEnded(CalibrationStep.STILL, 5.2, True, 0.2, "°/s")])
    listening.voice.take([happened(EventKind.CALIBRATION_END, step="still", accepted=True)])
    listening.advance(5.3)
    listening.voice.take([StepStarted(CalibrationStep.PUMPS, 5.3)])
    listening.voice.take([happened(EventKind.CALIBRATION_START, step="pumps")])
    listening.advance(9.0)
    assert listening.heard("foot flat, hold still") == pytest.approx([0.1], abs=0.03)
    assert listening.heard("three ankle pumps") == pytest.approx([5.3], abs=0.03)
    # The start tone of one step waits for the end tone of the one before.
    (end,), starts = listening.heard(Tone.CAPTURE_END), listening.heard(Tone.CAPTURE_START)
    assert starts[1] >= end + len(make_tone(Tone.CAPTURE_END, "coach", RATE_HZ)) / RATE_HZ - 0.011


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (SensorMoves(Segment.FOOT, on_bench=False), "foot sensor moved"),
        (SendsNothing(Segment.SHIN), "shin sensor lost"),
    ],
)
def test_a_trouble_that_lasts_is_told_now_and_then(
    listening: Listening, trouble: StepTrouble, said: str
) -> None:
    for number in range(120):
        t = 0.1 * (number + 1)
        listening.advance(t)
        listening.voice.take([StepProgress(CalibrationStep.STILL, t, 0.0, 9.0, "°/s", trouble)])
    assert listening.heard(said) == pytest.approx([5.1, 10.1], abs=0.15)


def test_swapped_sensors_are_named(listening: Listening) -> None:
    swapped = LookSwapped(90.0, 9.0)
    listening.voice.take([StepStarted(CalibrationStep.PUMPS, 0.1)])
    listening.advance(8.0)
    listening.voice.take([StepEnded(CalibrationStep.PUMPS, 8.0, False, 90.0, "°", swapped)])
    listening.advance(8.1)
    assert listening.heard("sensors look swapped, again")

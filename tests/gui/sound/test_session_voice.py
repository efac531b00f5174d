"""The sounds of a whole simulated session and their times."""

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
from tests.processing.reps.curves import block

LATE_S = 0.08
"""A simulated radio delivers up to 50 ms of samples at once; the stream is pulled every 10 ms."""
SESSION = "sim:protocol=B,sets=1,reps=3,seed=5"


class Listening:
    """A voice on a stream that is pulled in step with the session's time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.system = FakeBackend()
        self.player = SoundPlayer(Settings(volume=1.0), lambda: self.system)
        self.player.start()
        self.voice = SessionVoice(self.player)
        self.outputs: list[SessionOutput] = []
        self.now_s = 0.0
        monkeypatch.setattr("gui.sound.player.time.monotonic", lambda: self.now_s)

    def listen(self, batch: Sequence[SessionOutput]) -> None:
        self.outputs += batch
        for one in batch:
            if isinstance(one, AngleBlock) and one.t.size:
                self.advance(float(one.t[-1]))
        self.voice.take(batch)

    def advance(self, now_s: float) -> None:
        """Pull the stream up to the session's time, in blocks of 10 ms."""
        stream = self.system.stream
        self.now_s = max(now_s, self.now_s)
        while stream.mixer.position < self.now_s * RATE_HZ:
            stream.clock.take(stream.mixer.position, stream.mixer.position / RATE_HZ)
            stream.pull(0.01)

    def times_of(self, label: str) -> list[float]:
        """Return the times at which ``label`` was played, on the clock of the session, s."""
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


def test_every_count_is_spoken_once_at_its_time(session: Listening) -> None:
    counts = [c for c in session.outputs if isinstance(c, Cue) and c.kind is CueKind.COUNT]
    assert len(counts) == 3
    for cue in counts:
        (at_s,) = [s for s in session.times_of(written(cue.speech)) if abs(s - cue.t) < 2.0]
        assert -0.001 <= at_s - cue.t < LATE_S


def test_ticks_follow_the_lowering(session: Listening) -> None:
    ticks = [c.t for c in session.outputs if isinstance(c, Cue) and c.kind is CueKind.TICK]
    played = session.times_of(Tone.SECOND)
    assert len(played) == len(ticks) > 6
    assert np.abs(np.array(played) - ticks).max() < LATE_S


def test_the_set_ends_with_its_cadence_and_summary(session: Listening) -> None:
    summary = next(c for c in session.outputs if isinstance(c, Cue) and c.kind is CueKind.SUMMARY)
    (cadence,) = session.times_of(Tone.SET_END)
    assert cadence == pytest.approx(summary.t, abs=LATE_S)
    assert session.times_of(written(summary.speech))


def test_every_capture_has_its_tones_from_start_to_end(session: Listening) -> None:
    events = [e for e in session.outputs if isinstance(e, SessionEvent)]
    starts = [e.t for e in events if e.kind == EventKind.CALIBRATION_START]
    ends = [e.t for e in events if e.kind == EventKind.CALIBRATION_END]
    assert len(starts) == len(ends) == 3
    assert session.times_of(Tone.CAPTURE_START) == pytest.approx(starts, abs=0.1)
    assert session.times_of(Tone.CAPTURE_END) == pytest.approx(ends, abs=0.1)
    assert session.times_of("foot flat, hold still")
    assert session.times_of("calibrated")


def test_the_session_plays_without_an_error(session: Listening) -> None:
    assert session.player.error is None


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Listening:
    made = Listening(monkeypatch)
    made.advance(0.1)
    return made


def event(kind: EventKind, **data: str | bool) -> SessionEvent:
    return SessionEvent(0.0, kind, data)


def test_a_refused_capture_stops_and_its_step_is_asked_for_again(listening: Listening) -> None:
    refused = FewMovements(1, 3)
    listening.voice.take([StepStarted(CalibrationStep.PUMPS, 0.1)])
    listening.voice.take([event(EventKind.CALIBRATION_START, step="pumps")])
    listening.advance(6.0)
    listening.voice.take([StepEnded(CalibrationStep.PUMPS, 6.0, False, 9.0, "°", refused)])
    listening.voice.take([event(EventKind.CALIBRATION_END, step="pumps", accepted=False)])
    listening.advance(6.1)
    listening.voice.take([StepStarted(CalibrationStep.PUMPS, 6.1)])
    listening.advance(9.0)
    assert len(listening.times_of("again")) == 1
    assert len(listening.times_of("three ankle pumps")) == 2
    assert not listening.times_of(Tone.CAPTURE_END)
    assert not listening.system.stream.pull(1.0).any()


def test_a_repeated_step_has_one_end_tone(listening: Listening, session: Listening) -> None:
    calibration = next(c for c in session.outputs if isinstance(c, Calibrated))
    listening.voice.take([event(EventKind.CALIBRATION_START, step="pumps")])
    listening.advance(2.0)
    ends = [event(EventKind.CALIBRATION_END, step=step) for step in ("pumps", "curls")]
    listening.voice.take([*ends, calibration])
    listening.advance(6.0)
    assert len(listening.times_of(Tone.CAPTURE_END)) == 1
    assert listening.times_of("calibrated")


def test_the_end_of_a_session_ends_its_sound(listening: Listening) -> None:
    listening.voice.take([event(EventKind.CALIBRATION_START, step="still")])
    listening.advance(1.0)
    listening.voice.end()
    listening.advance(1.1)
    assert not listening.system.stream.pull(1.0).any()


def test_each_step_of_the_guide_is_asked_for_once(listening: Listening) -> None:
    moving = SensorMoves(Segment.FOOT, on_bench=False)
    for number in range(30):
        t = 0.1 * (number + 1)
        listening.advance(t)
        listening.voice.take([StepProgress(CalibrationStep.STILL, t, 0.0, 9.0, "°/s", moving)])
    listening.advance(3.2)
    listening.voice.take([StepStarted(CalibrationStep.STILL, 3.2)])
    listening.voice.take([event(EventKind.CALIBRATION_START, step="still")])
    listening.advance(5.2)
    listening.voice.take([StepEnded(CalibrationStep.STILL, 5.2, True, 0.2, "°/s")])
    listening.voice.take([event(EventKind.CALIBRATION_END, step="still", accepted=True)])
    listening.advance(5.3)
    listening.voice.take([StepStarted(CalibrationStep.PUMPS, 5.3)])
    listening.voice.take([event(EventKind.CALIBRATION_START, step="pumps")])
    listening.advance(9.0)
    assert listening.times_of("foot flat, hold still") == pytest.approx([0.1], abs=0.03)
    assert listening.times_of("three ankle pumps") == pytest.approx([5.3], abs=0.03)
    # The start tone of a step waits for the end tone of the step before.
    (end,), starts = listening.times_of(Tone.CAPTURE_END), listening.times_of(Tone.CAPTURE_START)
    assert starts[1] >= end + len(make_tone(Tone.CAPTURE_END, "coach", RATE_HZ)) / RATE_HZ - 0.011


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (SensorMoves(Segment.FOOT, on_bench=False), "foot sensor moved"),
        (SendsNothing(Segment.SHIN), "shin sensor lost"),
    ],
)
def test_a_lasting_trouble_is_repeated_at_intervals(
    listening: Listening, trouble: StepTrouble, sentence: str
) -> None:
    for number in range(120):
        t = 0.1 * (number + 1)
        listening.advance(t)
        listening.voice.take([StepProgress(CalibrationStep.STILL, t, 0.0, 9.0, "°/s", trouble)])
    assert listening.times_of(sentence) == pytest.approx([5.1, 10.1], abs=0.15)


def test_swapped_sensors_are_named(listening: Listening) -> None:
    swapped = LookSwapped(90.0, 9.0)
    listening.voice.take([StepStarted(CalibrationStep.PUMPS, 0.1)])
    listening.advance(8.0)
    listening.voice.take([StepEnded(CalibrationStep.PUMPS, 8.0, False, 90.0, "°", swapped)])
    listening.advance(8.1)
    assert listening.times_of("sensors look swapped, again")


@pytest.mark.parametrize(("silent_s", "first_heard_s"), [(0.0, 10.0), (2.0, 12.0)])
def test_nothing_is_heard_of_what_is_skipped(
    monkeypatch: pytest.MonkeyPatch, silent_s: float, first_heard_s: float
) -> None:
    heard: list[float] = []
    monkeypatch.setattr(
        "gui.sound.session_voice.play_cues", lambda _player, _cues, now_s: heard.append(now_s)
    )
    player = SoundPlayer(Settings(volume=1.0), FakeBackend)
    voice = SessionVoice(player, EventKind.SET_START, silent_s)
    for t in np.arange(8.0, 14.0, 0.5):
        samples = np.array([t])
        begun = [SessionEvent(10.0, EventKind.SET_START, {})] if t == 10.0 else []
        voice.take([*begun, block(samples, *np.zeros((3, 1)))])
    assert heard[0] == first_heard_s
    assert len(heard) == round((14.0 - first_heard_s) / 0.5)

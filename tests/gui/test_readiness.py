"""Before a set one line says whether all is ready; during it the losses and the ± are in sight."""

import math
from dataclasses import replace
from itertools import chain

import numpy as np
import pytest

from gui.models.live import LiveModel
from gui.models.readiness import Heard, NotReady, readiness
from gui.models.set_losses import SetLoss
from gui.models.train_view import Face, RepView
from gui.pages.train.train_words import TrainWords
from gui.shell.window import MainWindow
from gui.texts.catalogue import TEXTS
from gui.widgets.shapes import Mark
from processing.calibration.changes import Calibrated
from processing.coach.plan_change import PlanChange
from processing.coach.plan_events import SessionState
from processing.judge.checks import Grade
from processing.judge.reasons import BeyondReach, NotCalibrated, Reason
from processing.types import AngleBlock, Dropout, SensorStatus, SessionEvent
from sensor.types import EventKind, Segment
from tests.gui.session_batches import session_batches
from tests.gui.train_window import TrainWindow

FAULTY = "sim:protocol=B,sets=2,reps=4,seed=3,faults=fast+late,rest_s=12"


@pytest.fixture
def train(window: MainWindow) -> TrainWindow:
    """Train up to the first moment in which the leg lies ready, before the first set."""
    made = TrainWindow(window)
    made.begin()
    batches = session_batches(FAULTY)
    for at in range(0, len(batches), 10):
        made.play([list(chain.from_iterable(batches[at : at + 10]))])
        if made.state.train.face() in (Face.READY, Face.SETTING_UP):
            return made
    raise AssertionError("never ready")


def status(place: Segment, battery: float | None = 80.0, state: str = "streaming") -> SensorStatus:
    return SensorStatus(9.0, place, state, 100.0, 0.0, battery)


def live_of(train: TrainWindow) -> LiveModel:
    """Return the live values with two good sensors."""
    live = train.state.live
    live.sensors = {place: status(place) for place in (Segment.SHIN, Segment.FOOT)}
    return live


def test_the_line_names_sensors_calibration_sound_and_battery(train: TrainWindow) -> None:
    live = live_of(train)
    made = live.calibrated
    assert made is not None
    found = readiness(live, made.t + 245.0, Heard.ON)
    assert found.missing == ()
    assert found.judged
    assert TEXTS["en"].ready.readiness(found) == (
        "Ready: 2 of 2 sensors · calibrated 4 min ago · sound on · battery 80 %"
    )
    assert TEXTS["de"].ready.readiness(found) == (
        "Bereit: 2 von 2 Sensoren · vor 4 min kalibriert · Ton an · Akku 80 %"
    )


def test_a_new_zero_does_not_renew_the_calibration(train: TrainWindow) -> None:
    live = live_of(train)
    made = live.calibrated
    assert made is not None
    live.take([Calibrated(made.t + 100.0, made.calibration, whole=False)])
    assert live.calibration_age_s(made.t + 130.0) == pytest.approx(130.0)


def test_what_is_missing_comes_first_and_blocks_judging_only(train: TrainWindow) -> None:
    live, words = live_of(train), TEXTS["en"].ready
    live.sensors[Segment.FOOT] = status(Segment.FOOT, battery=14.0)
    low = readiness(live, live.now, Heard.NONE)
    assert low.missing == (NotReady.BATTERY, NotReady.SOUND)
    assert low.judged
    assert words.readiness(low).startswith("Foot battery 14 %, charge it soon · no sound")
    live.sensors[Segment.FOOT] = status(Segment.FOOT, state="lost")
    lost = readiness(live, live.now, Heard.ON)
    assert not lost.judged
    assert words.readiness(lost).startswith("Foot sensor silent: reps are counted, not judged")
    live.sensors[Segment.FOOT] = status(Segment.FOOT)
    live.take([SessionEvent(live.now, EventKind.STRAPPED_ON, {})])
    strapped = readiness(live, live.now, Heard.ON)
    assert strapped.missing == (NotReady.STRAPPED,)
    assert not strapped.judged
    # Training goes on: the button that starts a set is there.
    train.look()
    assert train.page.set_button.isEnabled()


def test_train_shows_the_line_before_a_set_and_the_tempo_in_it(train: TrainWindow) -> None:
    live_of(train)
    train.look()
    glance = train.page.glance
    assert glance.ready.isVisible()
    assert not glance.tempo.isVisible()
    assert "sensors" in glance.ready.accessibleName()
    _, mark = train.page.frame.readiness(Heard.ON)
    assert mark is Mark.GOOD
    batches = iter(session_batches(FAULTY))
    train.begin()
    for outputs in batches:
        train.play([outputs])
        if train.state.train.face() is Face.IN_SET:
            break
    train.look()
    assert glance.tempo.isVisible()
    assert not glance.ready.isVisible()


def test_the_losses_are_those_of_the_set(train: TrainWindow) -> None:
    live = live_of(train)
    live.take([Dropout(Segment.FOOT, 10.0, 10.5, 50)])
    live.take([PlanChange(20.0, SessionState.SET)])
    assert live.losses.of == {}
    live.take([Dropout(Segment.FOOT, 30.0, 30.2, 20), Dropout(Segment.FOOT, 31.0, 31.35, 35)])
    loss = live.losses.of[Segment.FOOT]
    assert loss.lost == 55
    assert loss.longest_s == pytest.approx(0.35)
    train.look()
    pill = train.window._pills[Segment.FOOT]
    assert "gap 0.3 s" in pill.accessibleName() or "gap 0.4 s" in pill.accessibleName()
    assert "55 samples lost" in pill.accessibleName()
    assert "lost, longest" not in train.window._pills[Segment.SHIN].accessibleName()
    assert live.losses.of[Segment.FOOT] == SetLoss(55, loss.longest_s)


def test_a_large_uncertainty_stands_beside_the_angle(train: TrainWindow) -> None:
    live = train.state.live
    block = next(
        one
        for batch in session_batches(FAULTY)
        for one in batch
        if isinstance(one, AngleBlock) and len(one.t) and one.valid[-1]
    )
    t = block.t + live.now - block.t[0] + 0.01
    for degrees, shown in ((2.0, False), (8.0, True)):
        unsure = np.full(len(t), math.radians(degrees))
        train.play([[replace(block, t=t, uncertainty=unsure)]])
        train.look()
        assert ("± 8°" in train.face_text()) is shown
        assert "± 2°" not in train.face_text()


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_tile_that_is_not_judged_says_why(language: str) -> None:
    words = TEXTS[language].verdicts
    reasons: list[Reason] = [NotCalibrated(), BeyondReach(12.0)]
    said = [words.not_judged(reason) for reason in reasons]
    assert len(set(said)) == len(said)
    assert all(len(one) <= 24 for one in said)
    view = RepView(1, Grade.NOT_JUDGED, reason=NotCalibrated())
    assert TrainWords().rep(view) == TEXTS["en"].verdicts.not_judged(NotCalibrated())

"""A frozen window costs no recorded sample, and it catches up afterwards."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.models.settings import Settings
from gui.pages.app_state import AppState
from sensor.recording import open_recording
from sensor.types import Notification
from tests.paced_session import simulated
from tests.patience import PATIENCE_S

SOURCE = "sim:protocol=B,sets=1,reps=3,seed=3"


def test_a_frozen_window_loses_no_sample(qtbot: QtBot, tmp_path: Path) -> None:
    state = AppState(Settings(first_run_done=True, storage_folder=str(tmp_path)), tmp_path / "set")
    try:
        state.start(SOURCE, record=True, speed=None)
        session, recording = state.session, state.recording
        assert session is not None
        assert recording is not None
        # The thread of the window is blocked here: no event is handled until the session is over.
        session.future.result(PATIENCE_S)
        assert state.live.now == 0.0
        opened = open_recording(recording)
        assert opened.health.complete
        sent = [i for i in simulated(SOURCE).items if isinstance(i, Notification)]
        kept = [i for i in opened.items() if isinstance(i, Notification)]
        assert [(n.source, n.payload) for n in kept] == [(n.source, n.payload) for n in sent]
        qtbot.waitUntil(lambda: state.session is None)
        assert [training_set.count for training_set in state.train.sets] == [3]
    finally:
        state.close()

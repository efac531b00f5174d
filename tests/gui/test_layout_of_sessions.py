"""The pages with the plots, full of a session: nothing is cut, over something else or unnamed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.models.settings import Settings
from gui.models.train_view import Face
from gui.shell.window import MainWindow
from processing.session import SessionOutput
from tests.gui.layout import cut, overlapping, too_wide, unreachable, words_of
from tests.gui.reviewed import analyse_once, recorded
from tests.gui.told import told_by
from tests.gui.train_window import Trained

pytestmark = pytest.mark.usefixtures("no_bluetooth")

LOOKS = (
    ((1440, 900), 1.0, "en"),
    ((1280, 720), 1.0, "de"),
    ((1000, 640), 1.0, "en"),
    ((1440, 900), 2.0, "de"),
    ((1920, 1080), 2.0, "en"),
    ((3840, 2160), 1.5, "de"),
)
FAULTY = "sim:protocol=B,sets=2,reps=4,seed=3,faults=fast+late,rest_s=12"
Opener = Callable[[Settings], MainWindow]


def wrong(window: MainWindow) -> list[object]:
    page = window.centralWidget()
    assert page is not None
    parts = words_of(page)
    assert parts
    found: list[object] = [part.text() for part in parts if cut(part)]
    return [*found, *overlapping(parts, page), *too_wide(page)]


def all_well(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the layout has settled and nothing is wrong with it; else say what is."""
    try:
        qtbot.waitUntil(lambda: wrong(window) == [], timeout=3000)
    except qtbot.TimeoutError:
        assert wrong(window) == []


@pytest.mark.parametrize(("size", "scale", "language"), LOOKS)
def test_review_and_history(
    qtbot: QtBot,
    open_window: Opener,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    size: tuple[int, int],
    scale: float,
    language: str,
) -> None:
    analyse_once(monkeypatch)
    for name in ("2026-02-02_10-00-00.mcap", "2026-02-09_10-00-00.mcap"):
        (tmp_path / name).write_bytes(recorded())
    settings = Settings(
        first_run_done=True, text_scale=scale, language=language, storage_folder=str(tmp_path)
    )
    window = open_window(settings)
    window.resize(*size)
    library = window.state.library
    for name in ("Review", "History"):
        window.show_page(name)
        qtbot.waitUntil(
            lambda: library.listed and not library.waiting and library.opening is None,
            timeout=60_000,
        )
        all_well(qtbot, window)
    assert window.state.review.session is not None


@pytest.mark.parametrize("exercise", ["lying", "seated"])
@pytest.mark.parametrize(("size", "scale", "language"), LOOKS)
def test_every_face_of_train(
    qtbot: QtBot,
    open_window: Opener,
    size: tuple[int, int],
    scale: float,
    language: str,
    exercise: str,
) -> None:
    settings = Settings(first_run_done=True, text_scale=scale, language=language, exercise=exercise)
    window = open_window(settings)
    window.resize(*size)
    train = Trained(window)
    train.look()
    all_well(qtbot, window)
    train.begin()
    seen: set[Face] = set()
    for batch in told_by(FAULTY, settings):
        train.play([batch])
        if train.page.shown.face not in seen:
            seen.add(train.page.shown.face)
            train.look()
            all_well(qtbot, window)
    assert {Face.CALIBRATING, Face.IN_SET, Face.RESTING, Face.DONE} <= seen


def test_train_by_the_keyboard_and_for_the_screen_reader(qtbot: QtBot, window: MainWindow) -> None:
    train = Trained(window)
    batches: tuple[tuple[SessionOutput, ...], ...] = told_by(FAULTY, Settings(first_run_done=True))
    train.begin()
    train.play(batches[: len(batches) // 2])
    train.look()
    assert unreachable(qtbot, window, train.page) == []


def test_review_and_history_by_the_keyboard_and_for_the_screen_reader(
    qtbot: QtBot, open_window: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    analyse_once(monkeypatch)
    (tmp_path / "2026-02-02_10-00-00.mcap").write_bytes(recorded())
    window = open_window(Settings(first_run_done=True, storage_folder=str(tmp_path)))
    library = window.state.library
    for name in ("Review", "History"):
        window.show_page(name)
        qtbot.waitUntil(
            lambda: bool(library.sessions) and not library.waiting and library.opening is None,
            timeout=60_000,
        )
        assert unreachable(qtbot, window, window.page) == []

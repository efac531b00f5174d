"""The end of a session: its card, the question, the picture and the page."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.cli.main import main
from gui.models.end import SAVED
from gui.models.next_time import LoadChange, next_time
from gui.models.review import judged_session, open_events
from gui.models.session_card import card_of
from gui.models.settings import Settings
from gui.pages.end.end_page import EndPage
from gui.pages.end.rep_marks import mark_places
from gui.pages.home.home_page import HomePage
from gui.pages.page_name import PageName
from gui.pages.review.review_page import ReviewPage
from gui.pages.train.train_page import TrainPage
from gui.shell.window import MainWindow
from gui.widgets.theme import DARK
from processing.coach.loads import Athlete
from processing.coach.protocol_file import built_in
from processing.judge.checks import Grade
from processing.review.judged_sets import JudgedSet
from sensor.recording import open_recording
from tests.gui.recorded_session import REPS, SETS, analyse_once, analysed, recorded
from tests.paced_session import Pacer, simulated

pytestmark = pytest.mark.usefixtures("no_bluetooth")

TRAINED = "sim:protocol=B,sets=2,reps=3,motion=even,rest_s=20,bottom_s=2,faults=fast,fault_every_reps=3,seed=7"
FIRST_SET_REPS = 3

Opener = Callable[..., MainWindow]


def words_in(part: QWidget) -> str:
    return "\n".join(one.text() for one in part.findChildren(QLabel) if one.isVisible())


def end_page(window: MainWindow) -> EndPage:
    page = window.page
    assert isinstance(page, EndPage)
    return page


def text_of(path: Path) -> str:
    """Return the text of a PDF, and check that it has one page of A4."""
    document = QPdfDocument()
    assert document.load(str(path)) is QPdfDocument.Error.None_
    assert document.pageCount() == 1
    size = document.pagePointSize(0)
    assert (size.width(), size.height()) == pytest.approx((595.3, 841.9), abs=1.0)
    return document.getAllText(0).text().replace("\r\n", "\n")


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A recording of an older session, whose analysis is known."""
    analyse_once(monkeypatch)
    folder = tmp_path / "sessions of Erika Mustermann"
    folder.mkdir()
    path = folder / "2026-02-02_10-00-00.mcap"
    path.write_bytes(recorded())
    return path


def open_card(qtbot: QtBot, window: MainWindow, path: Path) -> EndPage:
    window.state.end.show(path)
    window.show_page(PageName.END)
    library = window.state.library
    qtbot.waitUntil(lambda: window.state.end.session is not None and library.idle)
    window.page.refresh()
    return end_page(window)


def test_a_session_ends_on_its_card_which_asks_closes_and_saves(
    qtbot: QtBot,
    open_window: Opener,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pacer = Pacer()
    pacer.drive(monkeypatch)
    folder = tmp_path / "sessions"
    window = open_window(Settings(first_run_done=True, storage_folder=str(folder), athlete="M."))
    state = window.state
    window.show_page(PageName.TRAIN)
    state.start(TRAINED)

    def go_to(t: float) -> None:
        session = state.session
        pacer.play_until(t, session)
        qtbot.waitUntil(lambda: session is None or not session._updates)
        window.page.refresh()

    over_s = simulated(TRAINED).truth.reps[FIRST_SET_REPS - 1].t_bottom + 5.0
    go_to(over_s)
    train = window.page
    assert isinstance(train, TrainPage)
    qtbot.keyClick(train, Qt.Key.Key_Q)
    go_to(over_s + 0.5)
    qtbot.waitUntil(lambda: isinstance(window.page, EndPage))
    page = end_page(window)

    # Live: the session still runs, and the numbers say that they are not the final ones.
    assert state.session is not None
    assert page.view.live.isVisible()
    assert page.view.simulated.isVisible()
    assert "2 / 3" in words_in(page.view)
    assert page.view.marks.accessibleDescription() == "Set 1: 2 good, 1 missed"
    qtbot.waitUntil(page.question.isVisible)
    assert "How many more reps" in page.question.title.text()
    qtbot.keyClick(page, Qt.Key.Key_2)
    go_to(over_s + 1.0)
    qtbot.waitUntil(lambda: "whole session" in page.question.title.text())
    assert all(page.question.buttons[at].isVisible() for at in range(11))
    # Ten has no key.
    qtbot.mouseClick(page.question.buttons[10], Qt.MouseButton.LeftButton)
    go_to(over_s + 1.5)

    # The answer closes the session, and the final numbers take the place of the live ones.
    qtbot.waitUntil(lambda: state.session is None and state.end.session is not None)
    page.refresh()
    assert not page.view.live.isVisible()
    assert not page.question.isVisible()
    assert "effort 10 of 10" in page.view.when.text()
    recording = next(folder.glob("*.mcap"))
    capsys.readouterr()
    assert main(["analyse", str(recording), "--json"]) in (0, 3)
    told = json.loads(capsys.readouterr().out)
    sets = told["sets"]
    shown = words_in(page.view)
    good, judged = sum(s["good"] for s in sets), sum(s["count"] - s["not_judged"] for s in sets)
    assert f"{good} / {judged}" in shown
    assert f"{sum(s['pointed_eccentric_s'] for s in sets):.0f} s" in shown
    assert f"{sets[0]['eccentric_mean_s']:.1f} s" in shown
    assert told["session"]["exertion"] == 10.0
    # Three of five to eight reps: the coach takes a step off; the fault was a fast lowering.
    assert page.view.following.text() == "Next time: 37.5 kg, take 4 s to lower"
    assert page.view.note.text() == "fewer reps than planned"

    qtbot.keyClick(page, Qt.Key.Key_P)
    picture = next((folder / SAVED).glob("*.png"))
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1080, 1350)
    assert page.save.folder.isVisible()
    assert page.save.folder.path == picture
    qtbot.keyClick(page, Qt.Key.Key_D)
    text = text_of(next((folder / SAVED).glob("*.pdf")))
    assert "effort 10 of 10" in text
    assert "M. · Leg curl · right leg" in text
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert isinstance(window.page, HomePage)
    # It stays away once it was seen.
    for _ in range(3):
        state.poll()
    assert isinstance(window.page, HomePage)


def test_one_more_set_leads_back_to_train_and_the_card_returns(
    qtbot: QtBot, open_window: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pacer = Pacer()
    pacer.drive(monkeypatch)
    window = open_window(Settings(first_run_done=True, storage_folder=str(tmp_path / "sessions")))
    state = window.state
    window.show_page(PageName.TRAIN)
    state.start(TRAINED)

    def go_to(t: float) -> None:
        session = state.session
        pacer.play_until(t, session)
        qtbot.waitUntil(lambda: session is None or not session._updates)

    over_s = simulated(TRAINED).truth.reps[FIRST_SET_REPS - 1].t_bottom + 5.0
    go_to(over_s)
    qtbot.keyClick(window.page, Qt.Key.Key_Q)
    go_to(over_s + 0.5)
    qtbot.waitUntil(lambda: isinstance(window.page, EndPage))
    assert end_page(window).save.more.isVisible()
    qtbot.keyClick(window.page, Qt.Key.Key_Space)
    go_to(over_s + 1.0)
    qtbot.waitUntil(lambda: isinstance(window.page, TrainPage))
    assert state.train.in_set
    # Without a rep it was no set, but the training is over all the same.
    state.stop()
    qtbot.waitUntil(lambda: isinstance(window.page, EndPage))


def test_an_older_session_is_opened_from_review_and_says_no_name_and_no_path(
    qtbot: QtBot, open_window: Opener, kept: Path
) -> None:
    window = open_window(Settings(first_run_done=True, storage_folder=str(kept.parent)))
    window.show_page(PageName.REVIEW)
    review = window.page
    assert isinstance(review, ReviewPage)
    qtbot.waitUntil(lambda: review.model.session is not None)
    review.export.card_action.trigger()
    page = end_page(window)
    qtbot.waitUntil(lambda: window.state.end.session is not None)
    page.refresh()
    numbers = review.model.session.numbers if review.model.session is not None else None
    assert numbers is not None
    assert f"{numbers.good} / {numbers.judged}" in words_in(page.view)
    assert len(page.view.marks.places()) == SETS * REPS
    qtbot.mouseClick(page.save.page, Qt.MouseButton.LeftButton)
    text = text_of(next((kept.parent / SAVED).glob("*.pdf")))
    for secret in ("Mustermann", str(kept.parent), kept.name, ".mcap"):
        assert secret not in text
    assert "Simulated: nobody moved" in text
    qtbot.mouseClick(page.save.review, Qt.MouseButton.LeftButton)
    assert isinstance(window.page, ReviewPage)


def test_the_page_is_in_the_language_of_the_person_and_says_how_it_was_measured(
    qtbot: QtBot, open_window: Opener, kept: Path
) -> None:
    settings = Settings(first_run_done=True, storage_folder=str(kept.parent), language="de")
    page = open_card(qtbot, open_window(settings), kept)
    qtbot.keyClick(page, Qt.Key.Key_D)
    text = text_of(next((kept.parent / SAVED).glob("*.pdf")))
    angles = analysed().offline_angles
    inside = np.zeros(len(angles.t), dtype=bool)
    for part in analysed().sets:
        inside |= (angles.t >= part.t_start) & (angles.t <= part.t_end)
    spread = np.degrees(np.median(angles.uncertainty[inside & angles.valid]))
    for words in (
        "Hoch heben, gestreckt senken",
        "Beinbeuger · rechtes Bein",
        f"± {spread:.1f}°".replace(".", ","),
        "nie eine Diagnose",
        "Kalibrierung: gut",
        "Zehen spät gestreckt",
        "4-1-1-1",
    ):
        assert words in text, words


def test_the_picture_is_dark_and_has_the_marks_in_their_colours(
    qtbot: QtBot, open_window: Opener, kept: Path
) -> None:
    light = Settings(first_run_done=True, storage_folder=str(kept.parent), theme="light")
    page = open_card(qtbot, open_window(light), kept)
    qtbot.keyClick(page, Qt.Key.Key_P)
    image = QImage(str(next((kept.parent / SAVED).glob("*.png"))))
    assert image.pixelColor(3, 3).lightness() < 40
    row = {image.pixelColor(x, 1200).name().upper() for x in range(60, 1000)}
    # Two late switches among six reps.
    assert DARK.good in row
    assert DARK.miss in row or DARK.near in row


def test_marks_stay_in_their_room_and_apart_however_many_there_are() -> None:
    for grades in ([[Grade.GOOD] * 8] * 3, [[Grade.MISS] * 25] * 10, [[], [Grade.NEAR]], []):
        room = QRectF(10.0, 20.0, 700.0, 120.0)
        boxes = [box for _, box in mark_places(grades, room, 37.0)]
        assert len(boxes) == sum(map(len, grades))
        assert all(room.adjusted(-1, -1, 1, 1).contains(box) for box in boxes)
        for at, box in enumerate(boxes):
            assert not any(box.intersects(other) for other in boxes[at + 1 : at + 60])


def done(reps: int, reserve: float | None) -> JudgedSet:
    """Return a set of the recorded session, as if it had ``reps`` reps at 40 kg and a reserve."""
    session = analysed_session()
    one = session[0]
    return replace(
        one,
        source=replace(one.source, load_kg=40.0),
        metrics=replace(one.metrics, reps=reps),
        reserve=reserve,
    )


def analysed_session() -> tuple[JudgedSet, ...]:
    from processing.review.judged_sets import judge_sets

    return judge_sets(analysed())


@pytest.mark.parametrize(
    ("reps", "reserve", "load_kg", "change"),
    [
        (8, 2.0, 42.5, LoadChange.MORE),
        # Nobody said that more were possible.
        (8, None, 40.0, LoadChange.SAME),
        (8, 1.0, 40.0, LoadChange.SAME),
        (5, 4.0, 40.0, LoadChange.SAME),
        (4, None, 37.5, LoadChange.LESS),
    ],
)
def test_the_next_load_follows_the_rule_of_the_coach(
    reps: int, reserve: float | None, load_kg: float, change: LoadChange
) -> None:
    athlete = Athlete(step_kg=2.5, weeks_trained=9.0)
    found = next_time([done(reps, reserve)], built_in("B"), athlete)
    assert (found.load_kg, found.change) == (load_kg, change)


def test_a_card_without_a_set_is_none_and_the_page_says_so(
    qtbot: QtBot, open_window: Opener, tmp_path: Path
) -> None:
    window = open_window(Settings(first_run_done=True, storage_folder=str(tmp_path / "none")))
    window.show_page(PageName.END)
    library = window.state.library
    qtbot.waitUntil(lambda: library.listed and library.idle)
    page = end_page(window)
    page.refresh()
    assert "No session yet" in words_in(page)


def test_the_command_writes_picture_and_page(qtbot: QtBot, kept: Path, tmp_path: Path) -> None:
    picture, page = tmp_path / "card.png", tmp_path / "report.pdf"
    for path in (picture, page):
        code = main(["export", str(kept), "-o", str(path), "--alias", "K.", "--language", "en"])
        assert code in (0, 3)
    assert QImage(str(picture)).size().toTuple() == (1080, 1350)
    text = text_of(page)
    assert "K. · Leg curl" in text
    session = judged_session(open_recording(kept), analysed(), open_events(kept).notes)
    card = card_of(session)
    assert card is not None
    assert f"{card.numbers.good} / {card.numbers.judged}" in text

"""A screen reader is given what happens in a session, and can read every control."""

import re
from collections.abc import Callable, Iterator
from itertools import chain, islice, pairwise
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.models.limits import limits_of
from gui.models.settings import Language, Settings
from gui.pages.athletes_dialog import AthletesDialog
from gui.pages.history.goal_dialog import GoalDialog
from gui.pages.page_name import PageName
from gui.pages.review.limits_dialog import LimitsDialog
from gui.pages.settings.supramaximal_dialog import SupramaximalDialog
from gui.shell.window import MainWindow
from gui.translations import texts
from processing.coach.plan_reasons import Gate
from processing.judge.verdict import Verdict
from processing.library.goals import Goal
from processing.library.own_weeks import SetKind
from processing.pipeline.marks import PlanEventKind
from processing.session import SessionOutput
from processing.types import SessionEvent
from sensor.ble.discovery import FoundDevice
from sensor.ble.remedies import LinkFault
from sensor.types import Event, EventKind, Segment
from tests.gui.accessibility import Announced, announcements, unread
from tests.gui.session_batches import session_batches
from tests.gui.train_window import TrainWindow

SETS = "sim:protocol=B,sets=2,reps=4,seed=3,faults=fast+late,rest_s=145"
LOST = "sim:protocol=B,sets=1,reps=3,seed=3,foot_dropouts_s=34+4"
STEP = 4
"""Batches that are played at once, less than half a second."""
Opener = Callable[[Settings], MainWindow]


def steps(source: str) -> Iterator[list[SessionOutput]]:
    """Yield the outputs of a session."""
    batches = iter(session_batches(source))
    return iter(lambda: [*chain.from_iterable(islice(batches, STEP))], [])


@pytest.fixture
def heard() -> Iterator[list[Announced]]:
    """Return the list of what is announced."""
    with announcements() as said:
        yield said


def texts_of(heard: list[Announced]) -> list[str]:
    """Return what was said."""
    return [one.text for one in heard]


def test_each_rep_is_said_with_its_verdict_and_the_rest_with_its_clock(
    window: MainWindow, heard: list[Announced]
) -> None:
    train = TrainWindow(window)
    train.begin()
    verdicts: list[Verdict] = []
    for outputs in steps(SETS):
        train.play([outputs])
        verdicts += [one for one in outputs if isinstance(one, Verdict)]
    said, words = texts_of(heard), texts().verdicts
    # The voice of the session is computed without the window: its verdicts are the truth.
    assert [v.rep.number for v in verdicts] == [1, 2, 3, 4, 1, 2, 3, 4]
    spoken = [text for text in said if re.match(r"\d+: ", text)]
    assert [text.split(":")[0] for text in spoken] == [str(v.rep.number) for v in verdicts]
    for text, verdict in zip(spoken, verdicts, strict=True):
        assert words.grade(verdict.grade) in text
    missed = [(t, v) for t, v in zip(spoken, verdicts, strict=True) if v.grade.value == "miss"]
    assert missed
    for text, verdict in missed:
        assert verdict.reason is not None
        assert words.reason(verdict.reason) in text
    # One rest between the sets, and none after the last one.
    left = [text for text in said if "seconds of rest left" in text]
    assert [text.split()[0] for text in left] == ["60", "30", "10"]
    assert any(text.startswith("Ready") for text in said)
    assert any(text.startswith("All done") for text in said)
    assert not any(one.urgent for one in heard)
    # Nothing is said twice in a row.
    assert all(one != other for one, other in pairwise(said))


def test_a_lost_sensor_interrupts_and_its_return_is_said(
    window: MainWindow, heard: list[Announced]
) -> None:
    train = TrainWindow(window)
    train.begin()
    for outputs in steps(LOST):
        train.play([outputs])
    urgent = [one.text for one in heard if one.urgent]
    assert urgent == ["Foot sensor lost: keep going, this rep is not judged"]
    after = texts_of(heard)[texts_of(heard).index(urgent[0]) + 1 :]
    assert "Nothing is lost any more." in after


def test_what_is_taken_is_said(
    window: MainWindow, heard: list[Announced], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("gui.pages.app_state", "gui.pages.train.train_page"):
        monkeypatch.setattr(f"{module}.time", SimpleNamespace(monotonic=lambda: 5000.0))
    train = TrainWindow(window)
    train.begin()
    train.play([[SessionEvent(64.2, EventKind.MARK, {})]])
    train.page.change_load(+1)
    train.look()
    train.play([[SessionEvent(99.0, PlanEventKind.RESERVE, {"reserve": 2})]])
    assert texts_of(heard) == ["marked at 1:04", "load 42.5 kg", "noted: 2 more possible"]
    window.say("The disk is full.")
    assert heard[-1] == Announced("The disk is full.", urgent=True)


@pytest.mark.usefixtures("no_bluetooth")
def test_the_outcome_of_a_link_and_the_steps_of_a_calibration_are_said(
    window: MainWindow, heard: list[Announced]
) -> None:
    window.state._timer.stop()
    window.show_page(PageName.SENSORS)
    model = window.state.sensors
    model.see(FoundDevice("AA:1", "WT901BLE68", "witmotion", -50), 0.0)
    model.assign("AA:1", Segment.SHIN)
    for state in ("found", "connecting"):
        model.take_link(Event(0, EventKind.LINK, {"source": "AA:1", "state": state}))
        window.page.refresh()
    assert heard == []
    failed = {"source": "AA:1", "state": "refused", "fault": LinkFault.NOT_FOUND.value}
    model.take_link(Event(0, EventKind.LINK, failed))
    window.page.refresh()
    assert [one.urgent for one in heard] == [True]
    assert "WT901BLE68" in heard[0].text
    assert texts().sensors.remedy(LinkFault.NOT_FOUND).what[1:] in heard[0].text
    heard.clear()
    train = TrainWindow(window)
    train.begin()
    window.show_page(PageName.CALIBRATE)
    for outputs in steps(LOST):
        train.play([outputs])
        if window.state.live.calibration.grade is not None:
            break
    train.look()
    said = texts_of(heard)
    wanted = ["Hold still.", "Three ankle pumps.", "Two curls without load.", "Good."]
    found = [next((i for i, one in enumerate(said) if one.startswith(w)), None) for w in wanted]
    assert None not in found
    assert found == sorted(found, key=lambda at: at or 0)


def test_without_a_screen_reader_nothing_is_prepared(window: MainWindow) -> None:
    window.say("The disk is full.")
    assert window.banner.accessibleName() == "The disk is full."


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_control_of_a_dialog_has_a_name_and_a_role(
    qtbot: QtBot, open_window: Opener, language: Language
) -> None:
    window = open_window(Settings(first_run_done=True, language=language))
    gate = Gate(weeks_done=20)
    for dialog in (
        AthletesDialog(window, window.state),
        GoalDialog(window, Goal(SetKind(), 80.0), ["leg_curl"], "kg"),
        LimitsDialog(window, limits_of(None)),
        SupramaximalDialog(window, gate),
    ):
        dialog.show()
        QApplication.processEvents()
        assert [*unread(dialog)] == []
        dialog.close()

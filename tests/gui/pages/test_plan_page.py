"""The plan by clicks and by keys, before a session and in it, and saved as a plan of one's own."""

import math
import stat
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.models.chosen_coach import coach_of, usable
from gui.models.settings import Settings, load_settings
from gui.pages.home.home_page import HomePage
from gui.pages.page_name import PageName
from gui.pages.plan.plan_page import PlanPage
from gui.pages.train.train_page import TrainPage
from gui.shell.window import MainWindow
from processing.coach.loads import Athlete
from processing.coach.own_protocols import save_own
from processing.coach.protocol import SetType
from processing.coach.protocol_file import built_in, load_protocol
from processing.coach.session_plan import SessionPlan
from processing.pipeline.marks import PlanEventKind
from processing.types import SessionEvent
from sensor.types import EventKind
from tests.gui.train_window import TrainWindow
from tests.processing.coach.planned_session import rep

pytestmark = pytest.mark.usefixtures("no_bluetooth")


def click(part: QWidget) -> None:
    """Click the middle of ``part`` as a person does, once it is in sight."""
    assert part.isVisible()
    assert part.isEnabled()
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def plan_page(window: MainWindow) -> PlanPage:
    page = window.page
    assert isinstance(page, PlanPage)
    return page


def opened(window: MainWindow, **settings: object) -> PlanPage:
    if settings:
        window.state.change(**settings)
    window.show_page(PageName.PLAN)
    return plan_page(window)


def words_in(part: QWidget) -> str:
    return "\n".join(one.text() for one in part.findChildren(QLabel) if one.isVisible())


def asked(window: MainWindow) -> dict[str, Any]:
    """Return the first set that a coach would ask, and how many there are."""
    protocol = coach_of(window.state.settings).protocol
    first = protocol.sets[0]
    tempo = "" if first.tempo is None else first.tempo.notation
    return {
        "sets": protocol.planned_sets,
        "reps": first.reps,
        "tempo": tempo,
        "rest": first.rest_s,
        "load": window.state.settings.load,
        "side": window.state.settings.side,
    }


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("set_card.reps.more", "reps", (6, 9)),
        ("set_card.tempo[LOWERING].less", "tempo", "3.5-0-1-1"),
        ("set_card.tempo[BOTTOM].more", "tempo", "4-1-1-1"),
        ("set_card.tempo[LIFT].less", "tempo", "4-0-X-1"),
        ("set_card.tempo[TOP].less", "tempo", "4-0-1-0"),
        ("set_card.rest.more", "rest", 165.0),
        ("set_card.load.more", "load", 42.5),
        ("plan_card.add_button", "sets", 4),
        ("plan_card.fewer_button", "sets", 2),
        ("side", "side", "left"),
    ],
)
def test_everything_of_the_plan_is_two_clicks_from_home(
    window: MainWindow, part: str, key: str, value: object
) -> None:
    home = window.page
    assert isinstance(home, HomePage)
    before = asked(window)
    click(home.next.plan)
    page = plan_page(window)
    click(control(page, part))
    assert asked(window) == {**before, key: value}
    click(page.plan_card.back_button)
    assert isinstance(window.page, HomePage)


def control(page: PlanPage, part: str) -> QAbstractButton:
    card = page.set_card
    found: dict[str, QAbstractButton] = {
        "set_card.reps.more": card.reps.more,
        "set_card.rest.more": card.rest.more,
        "set_card.load.more": card.load.more,
        "plan_card.add_button": page.plan_card.add_button,
        "plan_card.fewer_button": page.plan_card.fewer_button,
        "side": page.plan_card.side.button("left"),
    }
    for step, stepper in card.tempo.items():
        found[f"set_card.tempo[{step.name}].less"] = stepper.less
        found[f"set_card.tempo[{step.name}].more"] = stepper.more
    return found[part]


def test_home_shows_the_changed_plan(window: MainWindow) -> None:
    page = opened(window, protocol="raise-3-0-3", exercise="heel_raise")
    reps = [row.asked.reps for row in page.sheet.rows]
    click(page.list.line(2))
    click(page.set_card.reps.more)
    click(page.plan_card.back_button)
    home = window.page
    assert isinstance(home, HomePage)
    home.refresh()
    aim = round(0.5 * sum(reps[0]))
    assert f"{len(reps)} × {aim}–{aim + 1}" in words_in(home.next.tiles)
    window.state.change(protocol="raise-to-failure")
    home.refresh()
    assert "2 × max" in words_in(home.next.tiles)


def test_one_set_of_another_kind_is_copied_and_removed_by_the_mouse(window: MainWindow) -> None:
    page = opened(window)
    click(page.list.line(2))
    click(page.set_card.kind.button(SetType.PF))
    click(page.set_card.copy_button)
    kinds = [row.asked.type.value for row in page.sheet.rows]
    assert kinds == ["B", "PF", "PF", "B"]
    assert page.model.number == 3
    click(page.set_card.remove_button)
    protocol = coach_of(window.state.settings).protocol
    assert [one.type.value for one in protocol.sets] == ["B", "PF", "B"]
    click(page.plan_card.undo_button)
    assert coach_of(window.state.settings).protocol.sets == built_in("B").sets
    assert window.state.settings.plan is None


def test_the_keyboard_alone_changes_and_saves_the_plan(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(window)
    every = page.list.line(None)
    qtbot.waitUntil(every.hasFocus)
    qtbot.keyClick(every, Qt.Key.Key_Down)
    first = page.list.line(1)
    qtbot.waitUntil(lambda: first.hasFocus() and page.model.number == 1)
    # The tab key goes from the list over its buttons to the steppers.
    for _ in range(30):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if page.set_card.reps.field.hasFocus():
            break
    field = page.set_card.reps.field
    assert field.hasFocus()
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Plus)
    qtbot.keyClick(field, Qt.Key.Key_Minus)
    assert [row.asked.reps for row in page.sheet.rows] == [(6, 9), (5, 8), (5, 8)]
    # What a screen reader reads.
    read = QAccessible.queryAccessibleInterface(field)
    assert read.text(QAccessible.Text.Name) == "Reps"
    assert read.text(QAccessible.Text.Value) == "6–9"
    name = page.save_card.name
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "My own")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert load_protocol(page.folder / "My own.toml").sets[0].reps == (6, 9)
    page.list.line(1).setFocus()
    qtbot.keyClick(page.list.line(1), Qt.Key.Key_Delete)
    assert len(page.sheet.rows) == 2
    qtbot.keyClick(page.list.line(1), Qt.Key.Key_Escape)
    assert isinstance(window.page, HomePage)


def test_a_saved_plan_is_a_private_file_that_any_reader_of_toml_reads(window: MainWindow) -> None:
    page = opened(window)
    click(page.set_card.tempo[next(iter(page.set_card.tempo))].more)
    assert page.save_card.name.text() == "B, yours"
    assert "advised load" in page.save_card.kept.text()
    click(page.save_card.button)
    assert "Saved as “B, yours”" in page.save_card.said.text()
    path = page.folder / "B, yours.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    assert (table["name"], table["waves"]) == ("B, yours", 3)
    assert table["set"][0]["tempo"] == "4.5-0-1-1"
    # What the page does not show is kept.
    assert table["set"][0]["intensity_percent"] == [70, 80]
    assert table["ramp_in"]["most_sets"] == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    settings = window.state.settings
    assert (settings.protocol, settings.plan) == (str(path), None)
    assert load_settings().protocol == str(path)
    assert page.plan_card.protocol.currentText() == "B, yours"
    assert not page.plan_card.changed.isVisible()


def test_nothing_is_overwritten_without_a_question(window: MainWindow) -> None:
    page = opened(window)
    hand = page.folder / "mine.toml"
    save_own(page.folder, "mine", built_in("B"))
    hand.write_text("# my comment\n" + hand.read_text("utf-8"), "utf-8")
    before = hand.read_bytes()
    click(page.set_card.reps.more)
    page.save_card.name.setText("Mine")
    click(page.save_card.button)
    said = page.save_card.said.text()
    assert "already" in said
    assert "comments" in said
    assert hand.read_bytes() == before
    click(page.save_card.both_button)
    assert hand.read_bytes() == before
    assert load_protocol(page.folder / "Mine 2.toml").sets[0].reps == (6, 9)
    page.save_card.name.setText("mine")
    click(page.save_card.button)
    click(page.save_card.replace_button)
    assert load_protocol(hand).sets[0].reps == (6, 9)


@pytest.mark.parametrize(
    ("name", "says"),
    [("", "name first"), ("b", "called so"), ("a/b", "cannot have"), ("x" * 41, "too long")],
)
def test_a_bad_name_is_refused_with_a_sentence(window: MainWindow, name: str, says: str) -> None:
    page = opened(window)
    page.save_card.name.setText(name)
    click(page.save_card.button)
    assert says in page.save_card.said.text()
    assert not page.folder.exists()


def test_own_files_are_offered_and_one_that_is_wrong_says_why(
    window: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    save_own(folder / "protocols", "slow raise", built_in("raise-3-0-3"))
    save_own(folder / "protocols", "slow curl", built_in("B"))
    (folder / "protocols" / "wrong.toml").write_text("format = 1\n")
    page = opened(window, storage_folder=str(folder))
    offered = page.plan_card.protocol
    listed = [offered.itemText(at) for at in range(offered.count())]
    assert "slow curl" in listed
    # It fits heel raises only.
    assert "slow raise" not in listed
    assert not any("lift with both" in one for one in listed)
    assert "wrong.toml" in page.plan_card.trouble.text.text()
    offered.setCurrentIndex(offered.findText("slow curl"))
    offered.activated.emit(offered.currentIndex())
    assert window.state.settings.protocol.endswith("slow curl.toml")


def test_changes_hold_for_a_day_and_for_their_protocol(window: MainWindow) -> None:
    page = opened(window)
    click(page.plan_card.add_button)
    plan = window.state.settings.plan
    assert plan is not None
    window.state.change(protocol="A")
    assert coach_of(window.state.settings).protocol.sets == built_in("A").sets
    window.state.change(protocol="B")
    assert coach_of(window.state.settings).protocol.waves == 4
    yesterday = Settings(first_run_done=True, plan=type(plan)("B", "2026-01-01", plan.sets))
    assert usable(yesterday)[0].plan is None
    assert usable(replace(yesterday, plan=plan))[0].plan == plan


class Trained:
    """A window on a session whose coach is a real plan, fed by what the window records."""

    def __init__(self, window: MainWindow) -> None:
        self.window = TrainWindow(window)
        self.coach = SessionPlan(
            coach_of(window.state.settings).protocol, Athlete(weeks_trained=9.0)
        )
        self.window.begin("sim:")
        # No sensor sends anything here; the session stands still between its events.
        self.window.state.train.silence.heard_wall_s = math.inf
        self.t = 0.0
        self._seen = 0
        self._play(self.coach.begin())

    def _play(self, out: list[Any]) -> None:
        self.window.play([out])

    def happen(self, t: float, kind: str, **data: Any) -> None:
        self.t = t
        event = SessionEvent(t, kind, data)
        self._play([event, *self.coach.feed(event)])

    def do_set(self, t: float) -> None:
        self.happen(t, EventKind.SET_START)
        for number in range(1, 7):
            self._play(list(self.coach.feed(rep(number))))
        self.happen(t + 30.0, EventKind.SET_END)

    def hear(self) -> list[tuple[str, dict[str, Any]]]:
        """Let the coach take the new inputs of the window; return them."""
        new = self.window.session.inputs[self._seen :]
        self._seen = len(self.window.session.inputs)
        for kind, data in new:
            self.happen(self.t + 0.1, kind, **data)
        return [(kind, data) for kind, data in new if kind == PlanEventKind.SETS]


def test_a_change_in_a_rest_is_an_event_and_what_is_done_stays(window: MainWindow) -> None:
    window.state.change(protocol="A")
    trained = Trained(window)
    trained.do_set(10.0)
    window.show_page(PageName.PLAN)
    page = plan_page(window)
    page.refresh()
    done = page.sheet.rows[0]
    assert done.locked
    assert page.list.line(1).accessibleName().startswith("set 1, done")
    click(page.set_card.reps.more)
    click(page.plan_card.add_button)
    sent = trained.hear()
    assert len(sent) == 2
    assert window.state.settings.plan is None
    page.refresh()
    assert [row.asked.reps for row in page.sheet.rows] == [(6, 10), *6 * [(7, 11)]]
    assert trained.coach.protocol.planned_sets == 7
    assert trained.coach.next_set().prescription.reps == (7, 11)
    assert window.state.train.planned.reps == 9
    # The rest that runs takes its new length, on both sides.
    click(page.list.line(1))
    assert not page.set_card.reps.isEnabled()
    assert "rest still runs" in page.set_card.locked.text()
    click(page.set_card.rest.less)
    trained.hear()
    assert window.state.train.current is not None
    assert window.state.train.current.rest_s == 105.0
    # The next set begins as it was changed.
    trained.do_set(200.0)
    assert trained.coach.done[-1].planned_reps == 9
    # Saved in the middle of a session it is the whole plan.
    page.refresh()
    click(page.save_card.button)
    saved = load_protocol(page.folder / "A, yours.toml")
    assert (saved.planned_sets, saved.ratio) == (7, built_in("A").ratio)


def test_a_set_that_runs_is_not_changed_from_the_plan(window: MainWindow) -> None:
    trained = Trained(window)
    trained.happen(10.0, EventKind.SET_START)
    window.show_page(PageName.PLAN)
    page = plan_page(window)
    page.refresh()
    page.choose(1)
    assert not page.set_card.reps.isEnabled()
    assert not page.set_card.rest.isEnabled()
    assert not page.plan_card.exercise.isEnabled()
    page.choose(2)
    click(page.set_card.reps.more)
    trained.hear()
    assert trained.coach.planned_reps == 6
    assert trained.coach.protocol.prescription(1).reps == (6, 9)


def test_a_recording_is_shown_as_it_was_planned(window: MainWindow) -> None:
    train = TrainWindow(window)
    train.begin("file:")
    window.show_page(PageName.PLAN)
    page = plan_page(window)
    page.refresh()
    assert "as it was planned" in page.plan_card.changed.text.text()
    assert not page.set_card.isEnabled()
    page.add()
    assert train.session.inputs == []


def test_another_exercise_in_a_rest_brings_its_own_plan(window: MainWindow) -> None:
    trained = Trained(window)
    trained.do_set(10.0)
    window.show_page(PageName.PLAN)
    page = plan_page(window)
    page.refresh()
    picker = page.plan_card.exercise
    picker.setCurrentIndex(picker.findData("heel_raise"))
    picker.activated.emit(picker.currentIndex())
    trained.hear()
    assert window.state.settings.exercise == "heel_raise"
    assert trained.coach.protocol.prescription(0).type.value == "B"
    assert trained.coach.next_set().prescription.lower is None


def test_a_change_is_two_clicks_from_train(qtbot: QtBot, window: MainWindow) -> None:
    trained = Trained(window)
    trained.do_set(10.0)
    click(trained.window.page.plan_button)
    click(plan_page(window).set_card.rest.more)
    assert len(trained.hear()) == 1
    assert trained.coach.protocol.prescription(1).rest_s == 165.0
    click(plan_page(window).plan_card.back_button)
    back: object = window.page
    assert back is trained.window.page
    qtbot.keyClick(trained.window.page, Qt.Key.Key_E)
    assert plan_page(window).isVisible()


def test_escape_leads_back_to_train_while_a_session_runs(qtbot: QtBot, window: MainWindow) -> None:
    Trained(window)
    window.show_page(PageName.PLAN)
    page = plan_page(window)
    page.refresh()
    assert page.plan_card.back_button.text() == "Back to Train"
    qtbot.keyClick(page.list.line(None), Qt.Key.Key_Escape)
    assert isinstance(window.page, TrainPage)

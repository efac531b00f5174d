"""Walk an exercise by hand, from the first run to the card of its session, over virtual Bluetooth.

Run as ``python -m tests.rig.walk EXERCISE [--size 1280x720] [--language de] [--pictures FOLDER]`` (Linux,
needs Xvfb). The window runs on an X server of its own. A mouse and a keyboard press what a person presses
(:mod:`tests.rig.hands`), who looks for each control where it is on the screen and turns the wheel if it is
further down. The sensors hang on a simulated leg that does what the window asks, when it asks for it. Every
step is a picture of the screen.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from gui.models.calibration import StepState
from gui.models.settings import Settings
from gui.pages.calibrate.calibrate_page import CalibratePage
from gui.pages.end.end_page import EndPage
from gui.pages.first_run.first_run_page import FirstRunPage
from gui.pages.home.home_page import HomePage
from gui.pages.page import Page
from gui.pages.ranges.ranges_page import RangesPage
from gui.pages.review.review_page import ReviewPage
from gui.pages.sensors.sensors_page import SensorsPage
from gui.pages.train.train_page import TrainPage
from gui.shell.app import make_window
from gui.widgets.picker import Picker
from processing.exercises.exercise_file import exercise_named
from processing.ranges.measures import Knee, Measure
from sensor.compiled import cache_folder
from sensor.simulation.truth import TrueTrial
from sensor.types import Event, EventKind, Segment
from tests.display.pixels import captured
from tests.display.server import running_display
from tests.rig.bus import missing_dbus
from tests.rig.client import ENVIRONMENT, Rig, running_rig
from tests.rig.hands import WHEEL_DOWN, WHEEL_UP, Hands
from tests.rig.simulated import simulated
from tests.screenshots.saving import save_picture

P = TypeVar("P", bound=Page)
ADDRESSES = {
    Segment.SHIN: "00:00:5E:00:53:21",
    Segment.FOOT: "00:00:5E:00:53:22",
    Segment.THIGH: "00:00:5E:00:53:23",
    Segment.PELVIS: "00:00:5E:00:53:24",
}
WALKS: dict[str, str] = {
    "leg_curl": "sim:protocol=B,sets=2,reps=4,rest_s=20,seed=7",
    "heel_raise": "sim:exercise=heel_raise,sets=2,reps=5,tempo=3-0-3-0,rest_s=20,seed=7",
    "glute_ham_raise": "sim:exercise=glute_ham_raise,thigh=yes,sets=2,reps=4,rest_s=20,seed=7",
    "nordic_curl": "sim:exercise=nordic_curl,thigh=yes,sets=2,reps=4,rest_s=20,seed=7",
    "stiff_legged_deadlift": (
        "sim:exercise=stiff_legged_deadlift,thigh=yes,pelvis=yes,sets=2,reps=4,rest_s=20,seed=7"
    ),
    "stiff_legged_deadlift:thigh": (
        "sim:exercise=stiff_legged_deadlift,thigh=yes,hips_back_deg=16,sets=2,reps=4,rest_s=20,seed=7"
    ),
    "ankle_range": "sim:exercise=ankle_range,seed=7",
    "lunge_range": "sim:exercise=lunge_range,seed=7",
}
"""The simulated person of each walk."""
PATIENCE_S = 180.0
LOOK_S = 0.02
"""From one look at the window to the next, s."""
TURNS = 60
"""No page is longer than so many turns of the wheel."""


class LostWayError(Exception):
    """The person does not find or does not get what comes next; names it."""


class Person:
    """A person at the window, who has eyes and hands and knows nothing of its inside."""

    def __init__(self, window: QWidget, hands: Hands, folder: Path | None, prefix: str) -> None:
        self.window, self.hands = window, hands
        self._folder, self._prefix, self._count = folder, prefix, 0

    def wait(self, seen: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
        """Wait until the person has ``seen`` what is expected."""
        end_s = time.monotonic() + patience_s
        while not seen():
            if time.monotonic() > end_s:
                self.look("lost")
                raise LostWayError(what)
            self.pause(LOOK_S)

    def pause(self, seconds: float) -> None:
        """Let the window go on for some time."""
        end_s = time.monotonic() + seconds
        while True:
            QApplication.processEvents()
            left_s = end_s - time.monotonic()
            if left_s <= 0.0:
                return
            time.sleep(min(LOOK_S, left_s))

    def look(self, name: str, wait_s: float = 0.3) -> None:
        """Keep a picture of the screen, after some time in which the window settles."""
        self.pause(wait_s)
        self._count += 1
        if self._folder is not None:
            path = self._folder / f"{self._prefix}_{self._count:02}_{name}.png"
            save_picture(path, captured(self.window))
            print(path.name, flush=True)

    def click(self, control: QWidget) -> None:
        """Click on a control where it is seen; turn the wheel until it is."""
        self.wait(control.isVisible, f"a control that is not there: {_named(control)}")
        self.wait(control.isEnabled, f"a control that is grey: {_named(control)}")
        self._press(lambda: _seen_at(control), _named(control))

    def choose(self, picker: Picker, entry: object) -> None:
        """Open a list and click on the entry with the data ``entry``."""
        self.click(picker)
        view = picker.view()
        self.wait(view.isVisible, f"the list of {_named(picker)} does not open")
        self.pause(0.3)
        row = view.model().index(picker.findData(entry), picker.modelColumn())
        self.hands.press(*_pixels(view.viewport(), view.visualRect(row).center()))
        self.wait(lambda: picker.currentData() == entry, f"{entry} is not chosen")

    def key(self, name: str) -> None:
        """Press a key."""
        self.hands.focus(int(self.window.winId()))
        self.pause(0.1)
        self.hands.key(name)
        self.pause(0.1)

    def way(self, title: str) -> QPushButton:
        """Return the button in the head of the window with a title."""
        found = (b for b in self.window.findChildren(QPushButton) if b.text() == title)
        button = next((b for b in found if b.isVisible()), None)
        if button is None:
            raise LostWayError(f"there is no button {title}")
        return button

    def _press(self, place: Callable[[], QPoint | None], what: str) -> None:
        middle = _pixels(self.window, QRect(self.window.rect()).center())
        for turn in range(2 * TURNS):
            found = place()
            if found is not None:
                self.hands.press(*_pixels(self.window, found))
                self.pause(0.2)
                return
            self.hands.press(*middle, WHEEL_DOWN if turn < TURNS else WHEEL_UP)
            self.pause(0.05)
        self.look("hidden")
        raise LostWayError(f"{what} is nowhere on the screen")


def _seen_at(control: QWidget) -> QPoint | None:
    """Return the middle of a control in its window if that is what the mouse would hit there."""
    middle = control.rect().center()
    if not control.visibleRegion().contains(middle):
        return None
    window = control.window()
    at = control.mapTo(window, middle)
    hit = window.childAt(at)
    while hit is not None and hit is not control:
        hit = hit.parentWidget()
    return at if hit is control else None


def _pixels(widget: QWidget, at: QPoint) -> tuple[int, int]:
    place = widget.mapToGlobal(at)
    ratio = widget.devicePixelRatio()
    return round(place.x() * ratio), round(place.y() * ratio)


def _named(control: QWidget) -> str:
    text = control.text() if isinstance(control, QPushButton) else ""
    return text or control.accessibleName() or type(control).__name__


class Leg:
    """The simulated leg: it moves on to the next moment of its session, and waits there."""

    def __init__(self, rig: Rig, text: str) -> None:
        session = simulated(text)
        self._rig, self._start_ns = rig, session.header.start_ns
        self.at_s = 0.0
        self.events = [
            (self._time(item.t_ns), item) for item in session.items if isinstance(item, Event)
        ]
        self.truth = session.truth

    def spans(self, kind: EventKind, end: EventKind) -> list[tuple[float, float, Event]]:
        """Return start and end (s) of what an event of a ``kind`` begins, with that event."""
        starts = [(t, item) for t, item in self.events if item.kind == kind]
        ends = [t for t, item in self.events if item.kind == end]
        return [(t, stop, item) for (t, item), stop in zip(starts, ends, strict=True)]

    def go(self, person: Person, until_s: float, looks: Mapping[str, float] | None = None) -> None:
        """Move on to a time of the session while the window goes on.

        ``looks`` are the names of pictures on the way and their times, s: a leg that stopped for them would
        make holds of its own.
        """
        if until_s <= self.at_s:
            return
        begun_s = self._rig.do("play", until_s=until_s) - self.at_s
        for name, t in sorted((looks or {}).items(), key=lambda one: one[1]):
            person.pause(max(begun_s + t - time.monotonic(), 0.0))
            person.look(name, wait_s=0.0)
        person.pause(max(begun_s + until_s - time.monotonic(), 0.0))
        self.at_s = until_s

    def _time(self, t_ns: int) -> float:
        return (t_ns - self._start_ns) / 1e9


class Walk:
    """The walk through the pages with one exercise."""

    def __init__(self, person: Person, leg: Leg, exercise: str, sensors: Sequence[Segment]) -> None:
        self.person, self.leg = person, leg
        self.exercise, self.sensors = exercise, sensors

    @property
    def page(self) -> Page:
        """The page that is shown."""
        page = self.person.window.page  # type: ignore[attr-defined]  # the main window
        assert isinstance(page, Page)
        return page

    def until(self, kind: type[P]) -> P:
        """Wait for a page."""
        self.person.wait(lambda: isinstance(self.page, kind), f"the page {kind.__name__}")
        page = self.page
        assert isinstance(page, kind)
        self.person.pause(0.2)
        return page

    def run(self) -> None:
        """Walk from the first run to Review."""
        self.begin()
        self.connect()
        self.calibrate()
        if exercise_named(self.exercise).in_trials:
            self.measure()
        else:
            self.train()

    def begin(self) -> None:
        """Pass the first run, and choose the exercise on Home."""
        person, first = self.person, self.until(FirstRunPage)
        person.look("first_run")
        person.click(first.connect_button)
        self.until(SensorsPage)
        if self.exercise == "leg_curl":
            return
        person.click(person.way(person.window.tr("Home")))
        home = self.until(HomePage)
        person.choose(home.next.exercise, self.exercise)
        person.look("home")
        person.click(home.next.start)
        self.until(SensorsPage)

    def connect(self) -> None:
        """Assign each sensor its place, and connect them."""
        person, page = self.person, self.until(SensorsPage)
        state = page.state
        person.wait(lambda: len(state.sensors.usable) == len(self.sensors), "all sensors in sight")
        person.look("sensors_in_sight")
        for segment in self.sensors:
            row = page.list.row(ADDRESSES[segment])
            if not row.buttons[segment].isChecked():
                person.click(row.buttons[segment])
        person.look("sensors_assigned")
        person.click(page.connect_button)
        person.wait(page.calibrate_button.isVisible, f"all connected: {page.message.text()}")
        person.look("sensors_connected")
        person.click(page.calibrate_button)

    def calibrate(self) -> None:
        """Do what each step of the calibration asks for."""
        person, page = self.person, self.until(CalibratePage)
        model = page.state.live.calibration
        person.look("calibrate")
        person.key(" ")
        spans = self.leg.spans(EventKind.CALIBRATION_START, EventKind.CALIBRATION_END)
        for number, step in enumerate(model.steps):
            begin_s, end_s, _ = spans[number]
            person.wait(lambda: (model.running or model.next) is step, f"the step {step}")  # noqa: B023
            self.leg.go(person, end_s, {f"calibrate_{step}": 0.5 * (begin_s + end_s)})
            person.wait(lambda: model.states[step] is StepState.DONE, f"the end of {step}")  # noqa: B023
        person.wait(page.accept_button.isVisible, "a result of the calibration")
        person.look("calibrate_done")
        person.click(page.accept_button)

    def train(self) -> None:
        """Do the sets, answer what is asked, and end the session."""
        person, page = self.person, self.until(TrainPage)
        person.look("train_ready")
        spans = self.leg.spans(EventKind.SET_START, EventKind.SET_END)
        for number, (begin_s, end_s, _) in enumerate(spans):
            self.leg.go(person, begin_s)
            if number == 0:
                person.key(" ")
            else:
                person.click(page.rest_view.next.start_button)  # type: ignore[union-attr]
            person.wait(lambda: page.state.train.in_set, "the set has begun")
            rep = [r for r in self.leg.truth.reps if r.set_index == number][1 if number else 0]
            moments = {
                f"set{number + 1}_lift": 0.5 * (rep.t_start + rep.t_top),
                f"set{number + 1}_lower": 0.5 * (rep.t_ecc + rep.t_bottom),
            }
            self.leg.go(person, end_s, moments)
            person.look(f"set{number + 1}_end")
            person.key(" ")
            person.wait(lambda: not page.state.train.in_set, "the set has ended")
            person.wait(lambda: self._at_end or self._resting(page), "rest, or the card")
            # The last set of a plan is followed by the card.
            if self._at_end:
                break
            person.pause(1.0)
            person.look(f"rest{number + 1}")
            person.key("2")
            person.pause(1.0)
            person.look(f"rest{number + 1}_answered")
        if not self._at_end:
            person.click(page.rest_view.next.finish_button)  # type: ignore[union-attr]
        self.end()

    @property
    def _at_end(self) -> bool:
        return isinstance(self.page, EndPage)

    @staticmethod
    def _resting(page: TrainPage) -> bool:
        return page.rest_view is not None and page.rest_view.rest.isVisible()

    def end(self) -> None:
        """Look at the card, answer how hard it was, and open the session on Review."""
        person, page = self.person, self.until(EndPage)
        person.look("end")
        person.key("6")
        person.pause(3.0)
        person.look("end_answered")
        page.open_review()
        review = self.until(ReviewPage)
        person.wait(lambda: review.model.session is not None, "the session on Review")
        person.pause(1.0)
        person.look("review")
        for title in ("Home", "History"):
            person.click(person.way(person.window.tr(title)))
            person.pause(2.0)
            person.look(title.lower())

    def measure(self) -> None:
        """Measure each range in three trials."""
        person, page = self.person, self.until(RangesPage)
        person.look("ranges_ready")
        for number, (begin_s, end_s, event) in enumerate(
            self.leg.spans(EventKind.SET_START, EventKind.SET_END)
        ):
            self.leg.go(person, begin_s)
            wanted = Measure(str(event.data["measure"])), Knee(str(event.data["knee"]))
            person.click(page.measure.button(wanted))
            person.wait(page.start_button.isEnabled, "the button that begins")
            person.key(" ")
            person.wait(page.end_button.isVisible, "the trials have begun")
            trial = 0.5 * sum(_second_trial(self.leg.truth.trials, begin_s, end_s))
            self.leg.go(person, end_s, {f"range{number + 1}_trial": trial})
            person.key(" ")
            person.wait(lambda: not page.end_button.isVisible(), "the trials have ended")
            person.pause(0.5)
            person.look(f"range{number + 1}_done")
        person.click(person.way(person.window.tr("Train")))
        train = self.until(TrainPage)
        person.look("train")
        train.state.stop()
        person.pause(3.0)
        person.look("over")
        for title in ("Review", "History", "Home"):
            person.click(person.way(person.window.tr(title)))
            person.pause(2.0)
            person.look(title.lower())


def _second_trial(trials: Sequence[TrueTrial], begin_s: float, end_s: float) -> tuple[float, float]:
    """Return start and end (s) of the hold of the second trial between two times."""
    inside = [trial for trial in trials if begin_s <= trial.t_start <= end_s]
    return inside[1].t_start, inside[1].t_end


def walk(
    exercise: str, size: tuple[int, int], language: str, pictures: Path | None, text_scale: float
) -> None:
    """Walk one exercise in a window of a ``size``."""
    text = WALKS[exercise]
    key = exercise.partition(":")[0]
    with running_display() as display, running_rig() as rig, tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            ENVIRONMENT: rig.bus_address,
            # Compiling takes a minute on a new computer; the person has been here before.
            "NUMBA_CACHE_DIR": str(cache_folder()),
            "HOME": home,
            **{
                f"XDG_{kind}_HOME": f"{home}/{kind.lower()}"
                for kind in ("CONFIG", "DATA", "STATE", "CACHE")
            },
        }
        worn = [sensor.segment for sensor in simulated(text).header.sensors]
        for number, segment in enumerate(worn):
            rig.do(
                "add",
                address=ADDRESSES[segment],
                family="witmotion",
                segment=segment,
                simulation=text,
                rssi=-45 - 5 * number,
            )
        leg = Leg(rig, text)
        settings = Settings(language="de" if language == "de" else "en", text_scale=text_scale)
        window = make_window(settings)
        window.resize(*size)
        window.show()
        prefix = f"{exercise.replace(':', '_')}_{size[0]}_{language}"
        with Hands(display) as hands:
            person = Person(window, hands, pictures, prefix)
            person.pause(1.0)
            try:
                Walk(person, leg, key, worn).run()
            finally:
                window.close()
                person.pause(1.0)


def main() -> int:
    """Walk the exercise that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("exercise", choices=WALKS)
    parser.add_argument("--size", default="1440x900")
    parser.add_argument("--language", default="en", choices=("en", "de"))
    parser.add_argument("--text-scale", type=float, default=1.0)
    parser.add_argument("--pictures", type=Path)
    args = parser.parse_args()
    if missing := missing_dbus():
        print(f"No virtual Bluetooth here: {missing}.")
        return 1
    if args.pictures is not None:
        args.pictures.mkdir(parents=True, exist_ok=True)
    wide, high = (int(part) for part in args.size.split("x"))
    walk(args.exercise, (wide, high), args.language, args.pictures, args.text_scale)
    return 0


if __name__ == "__main__":
    sys.exit(main())

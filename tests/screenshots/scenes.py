"""The scenes: pictures of every page and state."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from gui.models.library import LibraryModel
from gui.pages.history.history_page import PLAN_VIEW, RANGES_VIEW, HistoryPage
from gui.pages.page_name import PageName
from gui.pages.review.review_page import ReviewPage
from gui.pages.train.train_page import TrainPage
from processing.coach.beginning import as_metadata, with_beginning
from processing.coach.cues import CueConfig
from processing.coach.loads import Athlete
from processing.coach.protocol_file import built_in
from processing.library.goal_file import Goals
from processing.library.goals import Goal
from processing.library.own_weeks import Aim, SetKind
from sensor.ble.discovery import FoundDevice
from sensor.ble.host_findings import HostCheck, HostCheckKey
from sensor.simulation.session_files import save_session
from sensor.store.charges import remember_charges
from sensor.store.pairs import Pair, RememberedSensor, remember
from sensor.types import Segment
from tests.paced_session import simulated
from tests.screenshots.plan_scene import plan
from tests.screenshots.stage import USUAL_SIZE, Stage

SETS = "sim:protocol=B,sets=2,reps=8,rest_s=60,faults=fast+late,fault_every_reps=4,seed=7"
LOST = "sim:protocol=B,sets=1,reps=4,foot_dropouts_s=38+4,seed=7"
WITH_THIGH = "sim:protocol=B,sets=1,reps=4,thigh=yes,thigh_dropouts_s=38+4,seed=7"
SMALL = "sim:protocol=B,sets=1,reps=3,plantarflexion_max_deg=6,dorsiflexion_max_deg=3,seed=7"
MOMENTS = {
    "train_not_calibrated": (PageName.TRAIN, 1.0),
    "calibrate_still": (PageName.CALIBRATE, 3.2),
    "calibrate_pumps": (PageName.CALIBRATE, 10.5),
    "train_calibrating": (PageName.TRAIN, 11.0),
    "sensors_simulated": (PageName.SENSORS, 20.0),
    "calibrate_curls": (PageName.CALIBRATE, 21.0),
    "calibrate_done": (PageName.CALIBRATE, 26.0),
    "train_setting_up": (PageName.TRAIN, 26.1),
    "train_ready": (PageName.TRAIN, 27.1),
    "train_lifting": (PageName.TRAIN, 60.2),
    "train": (PageName.TRAIN, 65.4),
    "train_resting": (PageName.TRAIN, 100.0),
    "train_over": (PageName.TRAIN, 300.0),
}
"""For each picture of the session, its page and its time in s."""
SMALL_SIZE = (1280, 720)
SEATED = {"posture": "seated"}
RECORDINGS = Path(__file__).parents[2] / "recordings"
WEEKS = 6
RANGES = "sim:exercise=ankle_range"
RANGES_LOOKS: tuple[tuple[str, tuple[int, int], dict[str, object]], ...] = (
    ("", USUAL_SIZE, {}),
    ("_1280x720_german", SMALL_SIZE, {"language": "de"}),
    ("_large", USUAL_SIZE, {"language": "en", "text_scale": 2.0}),
)
"""For each look, the end of its name, the size of the window, and its settings."""
SORENESS = (1.0, 3.0, 2.0, 4.0, 6.0)
"""The soreness that is reported before each session."""

Picture = tuple[str, QImage]
Scene = Callable[[Stage, Path], Iterator[Picture]]


def first_run(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield the first page, with usual and with large text."""
    stage.open(None)
    yield "first_run", stage.picture()
    stage.open(None, text_scale=2.0, theme="light")
    yield "first_run_large", stage.picture()


def sensors(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield Sensors without an adapter, with sensors in sight, and with the simulated leg."""
    stage.open(PageName.SENSORS)
    model = stage.window.state.sensors
    stage.wait(lambda: bool(model.checks) and not stage.window.state.search.running)
    yield "sensors_no_bluetooth", stage.picture()
    show_sensors_in_sight(stage)
    yield "sensors_in_sight", stage.picture()


def show_sensors_in_sight(stage: Stage) -> None:
    """Let the open window see three sensors."""
    model = stage.window.state.sensors
    now_s = stage.window.state.started_s
    for address, name, rssi in (
        ("00:00:5E:00:53:21", "WT901BLE67", -48),
        ("00:00:5E:00:53:22", "WT901BLE67", -57),
        ("00:00:5E:00:53:23", "Movella DOT", -71),
    ):
        family = "witmotion" if name.startswith("WT") else "movella_dot"
        model.see(FoundDevice(address, name, family, rssi), now_s)
        for device in model.devices:
            device.seen_s = float("inf")
    model.checks = [
        HostCheck(HostCheckKey.SWITCH, True),
        HostCheck(HostCheckKey.ADAPTER, True),
    ]
    model.assign(model.devices[0].source, Segment.SHIN)


def session(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield a session on the pages that show it, from the calibration to the end."""
    stage.open(PageName.CALIBRATE)
    yield "calibrate_no_sensors", stage.picture()
    stage.show(PageName.TRAIN)
    yield "train_no_session", stage.picture()
    stage.play(SETS, 0.0)
    for name, (page, t) in MOMENTS.items():
        stage.go_on(t)
        stage.show(page)
        yield name, stage.picture()
        if name == "train":
            yield from _looks(stage)
            yield from _beside(stage)


def _looks(stage: Stage) -> Iterator[Picture]:
    """Yield the same moment with other themes, sizes and languages."""
    for name, size, values in (
        ("light", USUAL_SIZE, {"theme": "light"}),
        ("1280x720", SMALL_SIZE, {}),
        ("1280x720_german", SMALL_SIZE, {"language": "de"}),
        ("large", USUAL_SIZE, {"text_scale": 2.0}),
        ("seated", USUAL_SIZE, SEATED),
        ("seated_large_german", USUAL_SIZE, {"text_scale": 2.0, "language": "de", **SEATED}),
        ("2560x1440", (2560, 1440), {}),
    ):
        stage.change(**values)
        stage.window.resize(*size)
        yield f"train_{name}", stage.picture()
        stage.change(theme="dark", language="en", text_scale=1.0, posture="lying")
    stage.window.resize(*USUAL_SIZE)


def _beside(stage: Stage) -> Iterator[Picture]:
    page = stage.window.page
    assert isinstance(page, TrainPage)
    page.show_far_window()
    page.show_coach_window()
    assert page.far_window is not None
    assert page.coach_window is not None
    page.far_window.showNormal()
    page.far_window.resize(*SMALL_SIZE)
    for name, extra in (("far", page.far_window), ("coach", page.coach_window)):
        # No window manager places them, and a window below another one is not on the screen.
        extra.move(0, 0)
        extra.raise_()
        yield f"train_{name}", stage.picture(extra)
    page.far_window.close()
    page.coach_window.close()


def trouble(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield a lost sensor, and an ankle that moves too little."""
    stage.open(PageName.TRAIN)
    stage.play(LOST, 41.0)
    yield "train_sensor_lost", stage.picture()
    stage.open(PageName.TRAIN)
    stage.play(SMALL, 33.0)
    yield "train_small_range", stage.picture()


def thigh(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield a session with a third sensor on the thigh, which is lost for some seconds."""
    for name, size, settings in (
        ("", USUAL_SIZE, {}),
        ("_1280x720_german", SMALL_SIZE, {"language": "de"}),
    ):
        stage.open(PageName.SENSORS, size, **settings)
        stage.play(WITH_THIGH, 1.0)
        stage.go_on(3.2)
        yield f"sensors_thigh{name}", stage.picture()
        stage.show(PageName.CALIBRATE)
        yield f"calibrate_thigh{name}", stage.picture()
        stage.go_on(26.0)
        yield f"calibrate_thigh_done{name}", stage.picture()
        stage.show(PageName.TRAIN)
        stage.go_on(35.0)
        yield f"train_thigh{name}", stage.picture()
        stage.go_on(41.0)
        yield f"train_thigh_lost{name}", stage.picture()
    kept = folder / "thigh"
    if not kept.exists():
        kept.mkdir()
        save_session(simulated(WITH_THIGH), kept / "thigh.mcap")
    page = stage.open(PageName.REVIEW, storage_folder=str(kept))
    assert isinstance(page, ReviewPage)
    page.open(kept / "thigh.mcap")
    stage.wait(partial(opened, page))
    yield "review_thigh", stage.picture()


def review(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield Review with a session with faults, in four looks, and without a session."""
    stage.open(PageName.REVIEW, storage_folder=str(folder / "none"))
    yield "review_empty", stage.picture()
    kept = folder / "review"
    if not kept.exists():
        kept.mkdir()
        for name in ("a_toes_up", "b_good", "b_faults"):
            shutil.copy(RECORDINGS / f"{name}.mcap", kept)
    for name, size, settings in (
        ("", USUAL_SIZE, {}),
        ("_light", USUAL_SIZE, {"theme": "light"}),
        ("_1280x720", SMALL_SIZE, {}),
        ("_large", USUAL_SIZE, {"text_scale": 2.0}),
    ):
        page = stage.open(PageName.REVIEW, size, storage_folder=str(kept), **settings)
        assert isinstance(page, ReviewPage)
        page.open(kept / "b_faults.mcap")
        stage.wait(partial(opened, page))
        page.desk.choose_rep(3)
        yield f"review{name}", stage.picture()


def opened(page: ReviewPage) -> bool:
    """Return whether Review shows a session and reads no other one."""
    library = page.library
    return page.model.session is not None and library.opening is None and not library.waiting


def history(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield History with six weeks of sessions, its trends and its plan."""
    kept = folder / "history"
    if not kept.exists():
        kept.mkdir()
        for number in range(2 * WEEKS):
            _record(kept, number)
    stage.open(PageName.HISTORY, storage_folder=str(kept))
    library = stage.window.state.library
    stage.wait(lambda: is_read(library) and len(library.sessions) >= 2 * WEEKS)
    yield "history", stage.picture()
    _show_plan(stage)
    yield "history_plan", stage.picture()
    stage.open(PageName.HISTORY, SMALL_SIZE, storage_folder=str(kept), theme="light")
    library = stage.window.state.library
    stage.wait(lambda: len(library.sessions) >= 2 * WEEKS)
    yield "history_1280x720_light", stage.picture()
    _show_plan(stage)
    yield "history_plan_1280x720_light", stage.picture()


def home(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield Home of a person who comes back, in four looks, and of one who has not trained yet."""
    stage.open(PageName.HOME, storage_folder=str(folder / "none"))
    stage.wait(partial(is_read, stage.window.state.library))
    yield "home_first", stage.picture()
    kept = folder / "history"
    if not kept.exists():
        kept.mkdir()
        for number in range(2 * WEEKS):
            _record(kept, number)
    remember_pair()
    for name, size, settings in (
        ("", USUAL_SIZE, {}),
        ("_light", USUAL_SIZE, {"theme": "light"}),
        ("_1280x720", SMALL_SIZE, {}),
        ("_1280x720_german", SMALL_SIZE, {"language": "de"}),
        ("_large", USUAL_SIZE, {"text_scale": 2.0}),
        ("_large_german", SMALL_SIZE, {"text_scale": 2.0, "language": "de"}),
        ("_raise_2560x1440", (2560, 1440), {"exercise": "heel_raise", "protocol": "free"}),
    ):
        stage.open(PageName.HOME, size, storage_folder=str(kept), athlete="M.", **settings)
        library = stage.window.state.library
        stage.wait(partial(is_read, library))
        # These are simulated, and Home counts the person's own.
        library.sessions = tuple(replace(s, simulated=False) for s in library.sessions)
        goals = Goals((Goal(SetKind(side="R"), 80.0, 42.5, 4.0),))
        stage.window.state.change_goals(goals)
        yield f"home{name}", stage.picture()


def is_read(library: LibraryModel) -> bool:
    """Return whether all recordings of the folder are read."""
    return library.listed and library.idle


def remember_pair() -> None:
    """Remember two sensors that were worn three days ago."""
    worn = (
        (Segment.SHIN, "00:00:5E:00:53:21", 78.0),
        (Segment.FOOT, "00:00:5E:00:53:22", 14.0),
    )
    remember(
        Pair(
            "WT901BLE67",
            tuple(
                RememberedSensor(place, address, "witmotion", "WT901BLE67")
                for place, address, _ in worn
            ),
        )
    )
    seen = datetime.now(UTC) - timedelta(days=3)
    remember_charges({address: percent for _, address, percent in worn}, seen)


def _show_plan(stage: Stage) -> None:
    """Show the goals and the plan of the open History: a goal, an aim, and two sessions a week."""
    kind = SetKind(side="R")
    goals = Goals((Goal(kind, 80.0, 42.5, 4.0),), (Aim(kind, 3.5, 105.0, 75.0),), sessions_a_week=2)
    stage.window.state.change_goals(goals)
    page = stage.window.page
    assert isinstance(page, HistoryPage)
    page.show_view(PLAN_VIEW)
    stage.settle()


def _record(folder: Path, number: int) -> None:
    """Record a short simulated session of some weeks ago; later ones are better."""
    when = datetime.now(UTC) - timedelta(days=3 + 3.5 * (2 * WEEKS - 1 - number))
    kind = ("B", "DF")[number % 2]
    faults = "fast" if kind == "DF" else "late+fast"
    text = (
        f"sim:protocol={kind},sets=1,reps=4,seed={number},load_kg={35 + 2.5 * (number // 4)},"
        f"faults={faults},fault_every_reps={2 + number // 5},created_utc={when:%Y-%m-%dT%H:%M:%S}+00:00"
    )
    session = simulated(text)
    athlete = Athlete(weeks_trained=9.0, soreness=SORENESS[number % len(SORENESS)])
    # Coached, so that there is a plan to compare with, and an answer about soreness.
    beginning = as_metadata(built_in("A" if kind == "DF" else "B"), athlete, CueConfig())
    session = replace(session, header=with_beginning(session.header, beginning))
    save_session(session, folder / f"{when:%Y-%m-%d_%H-%M-%S}.mcap")


def ranges(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield Ranges without sensors, in a trial, with other looks, and over the weeks in History."""
    kept = folder / "ranges"
    if not kept.exists():
        kept.mkdir()
        for number in range(WEEKS):
            when = datetime.now(UTC) - timedelta(weeks=WEEKS - number)
            save_session(
                simulated(f"{RANGES},seed={number},created_utc={when:%Y-%m-%dT%H:%M:%S}+00:00"),
                kept / f"{when:%Y-%m-%d_%H-%M-%S}.mcap",
            )
    stage.open(PageName.RANGES, storage_folder=str(kept))
    yield "ranges_no_session", stage.picture()
    stage.show(PageName.HISTORY)
    library = stage.window.state.library
    stage.wait(lambda: not library.waiting and len(library.sessions) == WEEKS)
    for name, size, values in RANGES_LOOKS:
        stage.window.resize(*size)
        stage.change(**values)
        page = stage.window.page
        assert isinstance(page, HistoryPage)
        page.show_view(RANGES_VIEW)
        yield f"history_ranges{name}", stage.picture()
    stage.change(language="en", text_scale=1.0)
    stage.window.resize(*USUAL_SIZE)
    stage.show(PageName.RANGES)
    stage.play(f"{RANGES},seed=7", 38.0)
    for name, size, values in RANGES_LOOKS:
        stage.window.resize(*size)
        stage.change(**values)
        yield f"ranges{name}", stage.picture()
    stage.change(language="en", text_scale=1.0)
    stage.window.resize(*USUAL_SIZE)
    stage.go_on(100.0)
    yield "ranges_straight", stage.picture()
    stage.play("sim:exercise=lunge_range,seed=7", 30.0)
    yield "ranges_lunge", stage.picture()


def settings(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield Settings, with usual and with large text."""
    stage.open(PageName.SETTINGS)
    yield "settings", stage.picture()
    stage.open(PageName.SETTINGS, SMALL_SIZE, text_scale=1.5, theme="light", language="de")
    yield "settings_german_150", stage.picture()


SCENES: dict[str, Scene] = {
    "first_run": first_run,
    "sensors": sensors,
    "session": session,
    "trouble": trouble,
    "thigh": thigh,
    "review": review,
    "history": history,
    "home": home,
    "plan": plan,
    "ranges": ranges,
    "settings": settings,
}

"""The scenes of heel raises on the pages that show them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from gui.models.library import LibraryModel
from gui.pages.page_name import PageName
from gui.pages.review.review_page import ReviewPage
from processing.coach.beginning import as_metadata, with_beginning
from processing.coach.cues import CueConfig
from processing.coach.loads import Athlete
from processing.coach.protocol_file import built_in
from sensor.simulation.session_files import save_session
from tests.paced_session import simulated
from tests.screenshots.scenes import SMALL_SIZE, Picture, is_read, opened
from tests.screenshots.stage import USUAL_SIZE, Stage

SLOW_RAISES = (
    "sim:exercise=heel_raise,sets=2,reps=8,rest_s=60,tempo=3-0-3-0,faults=fast,fault_every_reps=4,"
    "load_kg=0,seed=7"
)
TEST_RAISES = (
    "sim:exercise=heel_raise,sets=1,reps=14,tempo=0.9-0-0.9-0.1,fading_reps=5,load_kg=0,seed=7"
)
RAISE_MOMENTS = {"raise-3-0-3": (52.0, 95.0), "raise-30-a-minute": (45.0, 90.0)}
"""For each protocol of heel raises a time in a set and one after it, s."""
RAISE_DAYS = 4


def raises(stage: Stage, folder: Path) -> Iterator[Picture]:
    """Yield heel raises on the pages that show them, in two sizes and languages."""
    kept = folder / "raises"
    if not kept.exists():
        kept.mkdir()
        for number in range(2 * RAISE_DAYS):
            _record_raises(kept, number)
    for name, size, settings in (
        ("", USUAL_SIZE, {}),
        ("_1280x720", SMALL_SIZE, {"theme": "light"}),
        ("_1280x720_german", SMALL_SIZE, {"language": "de"}),
    ):
        for protocol, source in (("raise-3-0-3", SLOW_RAISES), ("raise-30-a-minute", TEST_RAISES)):
            chosen = {"exercise": "heel_raise", "protocol": protocol, "load": 0.0, **settings}
            stage.open(PageName.TRAIN, size, **chosen)
            stage.play(source, RAISE_MOMENTS[protocol][0])
            yield f"train_{protocol}{name}", stage.picture()
            stage.go_on(RAISE_MOMENTS[protocol][1])
            yield f"train_{protocol}_resting{name}", stage.picture()
        page = stage.open(PageName.REVIEW, size, storage_folder=str(kept), **settings)
        assert isinstance(page, ReviewPage)
        stage.wait(partial(_listed, page.library, 2 * RAISE_DAYS))
        for shown, number in (("slow", 2 * RAISE_DAYS - 1), ("test", 2 * RAISE_DAYS - 3)):
            path = sorted(kept.glob("*.mcap"))[number]
            # Another language makes the pages again.
            page = stage.window.page
            assert isinstance(page, ReviewPage)
            page.open(path)
            stage.wait(partial(_opened_as, page, path))
            page.desk.choose_rep(3)
            yield f"review_raises_{shown}{name}", stage.picture()
        stage.open(PageName.HISTORY, size, storage_folder=str(kept), **settings)
        library = stage.window.state.library
        stage.wait(partial(_listed, library, 2 * RAISE_DAYS))
        yield f"history_raises{name}", stage.picture()


def _opened_as(page: ReviewPage, path: Path) -> bool:
    session = page.model.session
    return opened(page) and session is not None and session.recording.path == path


def _listed(library: LibraryModel, count: int) -> bool:
    return is_read(library) and len(library.sessions) >= count


def _record_raises(folder: Path, number: int) -> None:
    """Record simulated heel raises of some days ago: a test and slow ones in turn, both legs."""
    when = datetime.now(UTC) - timedelta(days=2 + 3 * (2 * RAISE_DAYS - 1 - number))
    text, protocol = (
        (TEST_RAISES, "raise-30-a-minute") if number // 2 % 2 == 0 else (SLOW_RAISES, "raise-3-0-3")
    )
    side = ("left", "right")[number % 2]
    made = f"side={side},height_deg={26 + number + 4 * (side == 'right')}"
    text = text.replace(
        "seed=7", f"seed={number},{made},created_utc={when:%Y-%m-%dT%H:%M:%S}+00:00"
    )
    session = simulated(text)
    beginning = as_metadata(built_in(protocol), Athlete(), CueConfig())
    session = replace(session, header=with_beginning(session.header, beginning))
    save_session(session, folder / f"{when:%Y-%m-%d_%H-%M-%S}.mcap")

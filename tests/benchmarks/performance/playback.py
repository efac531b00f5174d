"""The session around the pipeline: replays at full speed, and a coach that runs without a window."""

import asyncio
import time
from collections.abc import Iterator, Sequence

from gui.models.chosen_coach import coach_of
from gui.models.settings import Settings
from processing.session import Session, SessionOutput
from processing.types import AngleBlock
from sensor.recording import open_recording
from sensor.sources import PacedSource
from tests.benchmarks.performance.analysis import HOUR
from tests.benchmarks.performance.children import toepoint
from tests.benchmarks.performance.figures import Figure
from tests.benchmarks.sessions import recorded

HEADLESS = "sim:protocol=B,sets=2,reps=8,seed=7000303,rate_hz=200"
SPEED = 4.0
"""So much faster than real time: every notification still comes by itself."""
FROM_S, UNTIL_S = 60.0, 100.0
"""After the calibration, whose cost belongs to no second."""


def measure() -> Iterator[Figure]:
    """Play an hour as fast as possible, and a short session at a fixed speed."""
    path = str(recorded(HOUR))
    analysed_s = toepoint("analyse", path).cpu_s
    for name, arguments in (("replay", [path]), ("coach", [f"file:{path}"])):
        used_s = toepoint(name, *arguments, "--fast").cpu_s
        yield Figure(work=f"{name} --fast of an hour", value=used_s, unit="s")
        yield Figure(
            work=f"{name} --fast of an hour / analyse",
            value=used_s / analysed_s,
            unit="times",
            reach=1.3,
        )
    yield Figure(
        work="session with coach, 2 × 200 Hz, no window",
        value=100.0 * asyncio.run(headless_share()),
        unit="%",
        reach=2,
    )


async def headless_share() -> float:
    """Return the share of a core that a session with a coach takes in real time."""
    recording = open_recording(recorded(HEADLESS))
    marks: dict[float, float] = {}
    wanted = [FROM_S, UNTIL_S]
    done = asyncio.Event()

    def listen(outputs: Sequence[SessionOutput]) -> None:
        for one in outputs:
            # The listener's own cost is measured too: it looks for one time, and not for long.
            if wanted and isinstance(one, AngleBlock) and one.t.item(-1) >= wanted[0]:
                marks[wanted.pop(0)] = time.process_time()
                if not wanted:
                    done.set()

    source = PacedSource(lambda: (recording.header, recording.items()), SPEED)
    running = asyncio.create_task(Session(source, listen, coach=coach_of(Settings())).run())
    await asyncio.wait(
        [running, asyncio.create_task(done.wait())], return_when=asyncio.FIRST_COMPLETED
    )
    running.cancel()
    await asyncio.wait({running})
    return (marks[UNTIL_S] - marks[FROM_S]) / (UNTIL_S - FROM_S)

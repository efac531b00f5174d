"""Tests of sources: recordings and simulations play on one path, at their speed, every item."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from sensor.errors import RecordingError, SourceError
from sensor.recording import RecordingWriter
from sensor.simulation import SimulatedSession, SimulationParameters, simulate
from sensor.sources import BATCH_S, PacedSource, Source, open_source
from sensor.types import Event, EventKind, Item, SessionHeader

SHORT_TEXT = "sim:sets=1,reps=1,calibration=no"


@pytest.fixture(scope="module")
def session() -> SimulatedSession:
    return simulate(SimulationParameters(sets=1, reps=1, calibration=False))


@pytest.fixture
def recording(session: SimulatedSession, tmp_path: Path) -> Path:
    """The session on disk, with a cue that the program gave in the middle of it."""
    path = tmp_path / "session.mcap"
    middle = len(session.items) // 2
    with RecordingWriter(path, session.header) as writer:
        for i, item in enumerate(session.items):
            if i == middle:
                writer.write(Event(item.t_ns, EventKind.CUE, {"text": "one"}))
            writer.write(item)
    return path


async def everything(source: Source) -> tuple[SessionHeader, list[Item]]:
    header = await source.open()
    items = [item async for item in source.stream()]
    await source.close()
    return header, items


class JumpingSelector(selectors.DefaultSelector):
    """A selector that never waits: it moves a clock ahead by the time-out, and by ``late_s``."""

    def __init__(self, late_s: float) -> None:
        super().__init__()
        self.now = 0.0
        self.late_s = late_s
        self.jumps = True

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or not self.jumps:  # a thread is at work
            return super().select(timeout)
        if timeout > 0.0:
            self.now += timeout + self.late_s
        return super().select(0.0)


def run_in_jumps(make: Callable[[], Coroutine[Any, Any, None]], late_s: float = 0.0) -> None:
    """Run a coroutine on an event loop whose clock jumps instead of waiting."""
    selector = JumpingSelector(late_s)

    def loop() -> asyncio.AbstractEventLoop:
        new = asyncio.SelectorEventLoop(selector)
        new.time = lambda: selector.now  # type: ignore[method-assign]  # the clock that jumps
        return new

    with asyncio.Runner(loop_factory=loop) as runner:
        try:
            runner.run(make())
        finally:
            # The runner waits for its threads when it closes; since Python 3.12 not for ever.
            selector.jumps = False


def test_a_simulated_source_yields_what_the_simulation_gives(session: SimulatedSession) -> None:
    header, items = asyncio.run(everything(open_source(SHORT_TEXT, speed=None)))
    assert header == session.header
    assert tuple(items) == session.items


def test_a_recording_yields_everything_except_the_programs_own_cues(
    session: SimulatedSession, recording: Path
) -> None:
    header, items = asyncio.run(everything(open_source(f"file:{recording}", speed=None)))
    assert header == session.header
    assert tuple(items) == session.items


@pytest.mark.parametrize("speed", [1.0, 4.0])
@pytest.mark.parametrize("late_s", [0.0, 0.02])
def test_items_come_when_they_are_due_even_on_a_slow_host(
    session: SimulatedSession, speed: float, late_s: float
) -> None:
    """On a host that oversleeps each wait by 20 ms, the last item is as late as the first."""
    lateness: list[float] = []

    async def watch() -> None:
        source = open_source(SHORT_TEXT, speed=speed)
        header = await source.open()
        began = asyncio.get_running_loop().time()
        async for item in source.stream():
            due = began + (item.t_ns - header.start_ns) / 1e9 / speed
            lateness.append(asyncio.get_running_loop().time() - due)

    run_in_jumps(watch, late_s)
    assert len(lateness) == len(session.items)
    assert min(lateness) >= -BATCH_S - 1e-9
    assert max(lateness) <= late_s + 1e-6
    if late_s > 0.0:
        assert max(lateness) > 0.9 * late_s


@pytest.mark.parametrize("skip_s", [0.0, 2.5])
def test_what_comes_before_the_first_set_can_be_skipped(
    session: SimulatedSession, skip_s: float
) -> None:
    """The first mark of a set and what is skipped after it come at once, the rest at its pace from there."""
    mark = next(i for i in session.items if isinstance(i, Event) and i.kind == EventKind.SET_START)
    from_ns = mark.t_ns + round(skip_s * 1e9)
    came: list[tuple[int, float]] = []

    async def watch() -> None:
        source = open_source(SHORT_TEXT, speed=1.0, skip_to=EventKind.SET_START, skip_s=skip_s)
        await source.open()
        loop = asyncio.get_running_loop()
        came.extend([(item.t_ns, loop.time()) async for item in source.stream()])

    run_in_jumps(watch)
    assert len(came) == len(session.items)
    assert [at for t_ns, at in came if t_ns <= from_ns] == pytest.approx(
        [0.0] * sum(t_ns <= from_ns for t_ns, _ in came)
    )
    for t_ns, at in came:
        assert at >= (t_ns - from_ns) / 1e9 - BATCH_S - 1e-9
    assert came[-1][1] == pytest.approx((came[-1][0] - from_ns) / 1e9, abs=0.05)


def test_as_fast_as_possible_waits_for_nothing() -> None:
    async def watch() -> None:
        source = open_source(SHORT_TEXT, speed=None)
        await source.open()
        async for _ in source.stream():
            pass
        assert asyncio.get_running_loop().time() == 0.0

    run_in_jumps(watch)


def test_other_tasks_get_their_turns_while_a_session_plays_at_full_speed() -> None:
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def both() -> None:
        counter = asyncio.create_task(count())
        source = open_source(SHORT_TEXT, speed=None)
        await source.open()
        before = turns
        async for _ in source.stream():
            pass
        counter.cancel()
        assert turns - before >= 2

    asyncio.run(both())


def test_a_stream_can_be_cancelled_while_it_waits() -> None:
    got: list[Item] = []

    async def cancelled() -> None:
        source = open_source(SHORT_TEXT)
        await source.open()
        first = asyncio.Event()

        async def consume() -> None:
            async for item in source.stream():
                got.append(item)
                first.set()

        task = asyncio.create_task(consume())
        await first.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await source.close()
        await source.close()

    run_in_jumps(cancelled)
    assert got


def test_closing_ends_the_stream(session: SimulatedSession) -> None:
    got: list[Item] = []

    async def closed() -> None:
        source = open_source(SHORT_TEXT, speed=None)
        async for item in source.stream():
            got.append(item)
            if len(got) == 10:
                await source.close()

    asyncio.run(closed())
    assert tuple(got) == session.items[:10]


def test_a_session_is_loaded_when_it_is_opened_and_not_before() -> None:
    loaded = []

    def load() -> tuple[SessionHeader, list[Item]]:
        loaded.append(True)
        return SessionHeader(0, "2026-01-01T00:00:00+00:00", ()), []

    player = PacedSource(load, None)
    assert loaded == []
    header, items = asyncio.run(everything(player))
    assert (loaded, header.sensors, items) == ([True], (), [])


@pytest.mark.parametrize(
    ("text", "position"),
    [("", 0), ("session.mcap", 0), ("http://x", 0), ("file:", 5), ("sim:reps=0", 9)],
)
def test_a_text_that_names_no_source_is_refused_with_the_position(text: str, position: int) -> None:
    with pytest.raises(SourceError) as caught:
        open_source(text)
    assert caught.value.position == position


@pytest.mark.parametrize("speed", [0.0, -1.0, float("nan"), float("inf")])
def test_an_impossible_speed_is_refused(speed: float) -> None:
    with pytest.raises(SourceError, match="speed"):
        open_source("sim:", speed=speed)


def test_a_missing_recording_is_named_when_it_is_opened(tmp_path: Path) -> None:
    source = open_source(f"file:{tmp_path / 'none.mcap'}")
    with pytest.raises(RecordingError, match=r"none\.mcap"):
        asyncio.run(source.open())


def test_on_event_is_called_with_every_link_event() -> None:
    seen: list[Event] = []
    _, items = asyncio.run(everything(open_source(SHORT_TEXT, speed=None, on_event=seen.append)))
    assert seen == [i for i in items if isinstance(i, Event) and i.kind == EventKind.LINK]
    assert {event.data["state"] for event in seen} == {"streaming"}

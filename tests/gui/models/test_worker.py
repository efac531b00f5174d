"""The worker thread: a session that is ending ends completely."""

import asyncio
import threading

from gui.models.worker import Worker

TURNS = 20_000


def test_a_second_cancellation_does_not_interrupt_the_ending() -> None:
    worker = Worker()
    begun, closing, closed = threading.Event(), threading.Event(), threading.Event()

    async def session() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            closing.set()
            # Enough turns of the loop for the second cancellation to come meanwhile.
            for _ in range(TURNS):
                await asyncio.sleep(0)
            closed.set()

    future = worker.submit(session())
    assert begun.wait(5.0)
    worker.call(future.cancel)
    assert closing.wait(5.0)
    worker.stop()
    assert closed.is_set()


def test_the_next_session_starts_when_the_one_before_has_ended() -> None:
    worker = Worker()
    order: list[str] = []
    begun = threading.Event()

    async def first() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            order.append("first has let go")

    async def second() -> None:
        order.append("second begins")

    before = worker.submit_alone(first)
    assert begun.wait(5.0)
    after = worker.submit_alone(second)
    before.cancel()
    after.result(5.0)
    worker.stop()
    assert order == ["first has let go", "second begins"]

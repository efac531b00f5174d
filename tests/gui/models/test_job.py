"""A job beside the window says how far it is, hands over its result, and can be given up."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.models.job import Job
from gui.models.worker import Worker
from processing.review.read_recording import Progress
from sensor.errors import SettingError


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.stop()


def test_it_hands_over_what_was_found(qtbot: QtBot, worker: Worker) -> None:
    def work(progress: Progress) -> int:
        progress(1.0)
        return 42

    job = Job(worker, work)
    qtbot.waitUntil(lambda: job.done)
    assert (job.share, job.result()) == (1.0, 42)


def test_it_works_beside_the_thread_of_the_window(qtbot: QtBot, worker: Worker) -> None:
    job = Job(worker, lambda _: threading.current_thread())
    qtbot.waitUntil(lambda: job.done)
    assert job.result() is not threading.current_thread()


def test_its_progress_is_seen_while_it_works(qtbot: QtBot, worker: Worker) -> None:
    go_on = threading.Event()

    def work(progress: Progress) -> bool:
        progress(0.5)
        return go_on.wait(60.0)

    job = Job(worker, work)
    qtbot.waitUntil(lambda: job.share == 0.5)
    assert not job.done
    go_on.set()
    qtbot.waitUntil(lambda: job.done)
    assert job.result() is True


def test_it_ends_at_its_next_word_once_nobody_waits(qtbot: QtBot, worker: Worker) -> None:
    begun, go_on, finished = threading.Event(), threading.Event(), threading.Event()

    def work(progress: Progress) -> str:
        begun.set()
        go_on.wait(60.0)
        progress(0.9)
        finished.set()
        return "too late"

    job = Job(worker, work)
    qtbot.waitUntil(begun.is_set)
    job.give_up()
    go_on.set()
    qtbot.waitUntil(lambda: job.done)
    assert job.result() is None
    assert not finished.is_set()


def test_its_error_reaches_who_asks(qtbot: QtBot, worker: Worker) -> None:
    def work(_: Progress) -> None:
        raise SettingError("key", 1, "something else")

    job = Job(worker, work)
    qtbot.waitUntil(lambda: job.done)
    with pytest.raises(SettingError):
        job.result()

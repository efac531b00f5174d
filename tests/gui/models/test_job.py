"""A background job reports its progress, returns its result, and can be cancelled."""

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


def test_a_job_returns_its_result(qtbot: QtBot, worker: Worker) -> None:
    def work(progress: Progress) -> int:
        progress(1.0)
        return 42

    job = Job(worker, work)
    qtbot.waitUntil(lambda: job.done)
    assert (job.share, job.result()) == (1.0, 42)


def test_a_job_works_in_another_thread(qtbot: QtBot, worker: Worker) -> None:
    job = Job(worker, lambda _: threading.current_thread())
    qtbot.waitUntil(lambda: job.done)
    assert job.result() is not threading.current_thread()


def test_the_progress_of_a_job_is_reported_while_it_works(qtbot: QtBot, worker: Worker) -> None:
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


def test_a_cancelled_job_ends_at_its_next_report_of_progress(qtbot: QtBot, worker: Worker) -> None:
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


def test_the_error_of_a_job_reaches_its_caller(qtbot: QtBot, worker: Worker) -> None:
    def work(_: Progress) -> None:
        raise SettingError("key", 1, "something else")

    job = Job(worker, work)
    qtbot.waitUntil(lambda: job.done)
    with pytest.raises(SettingError):
        job.result()

"""The threads of a session: its work is done in the loop's, a calibration in another, no error is lost."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from processing.calibration.changes import Calibrated
from processing.coach.coach import Coach, CoachOutput
from processing.coach.protocol_file import built_in
from processing.pipeline.update_kinds import Update
from processing.session import Session
from processing.types import AngleBlock, SessionEvent
from sensor.sources import open_source
from sensor.types import EventKind

SOURCE = "sim:protocol=B,sets=1,reps=1,seed=3"


class ObservedCoach(Coach):
    """A coach that remembers the thread in which it got each kind of update, and may fail."""

    def __init__(self, fails_at: str = "") -> None:
        super().__init__(built_in("B"))
        self.threads: list[tuple[Update, int]] = []
        self._fails_at = fails_at

    def feed(self, update: Update) -> list[CoachOutput]:
        """Note the thread of ``update``, or fail."""
        self.threads.append((update, threading.get_ident()))
        if isinstance(update, SessionEvent) and update.kind == self._fails_at:
            raise StopIteration
        return super().feed(update)


def played(coach: ObservedCoach) -> None:
    """Play a short session as fast as possible, each notification by itself."""
    session = Session(open_source(SOURCE, speed=None), lambda _: None, coach=coach)
    asyncio.run(asyncio.wait_for(session.run(), 60.0))


def others(updates: Sequence[tuple[Update, int]]) -> list[Update]:
    """Return the updates that came in another thread than this one."""
    return [update for update, thread in updates if thread != threading.get_ident()]


def test_only_a_calibration_leaves_the_thread_in_which_samples_arrive() -> None:
    coach = ObservedCoach()
    played(coach)
    aside = others(coach.threads)
    assert [one for one in aside if isinstance(one, Calibrated)] == [
        one for one, _ in coach.threads if isinstance(one, Calibrated)
    ]
    assert any(isinstance(one, Calibrated) for one in aside)
    samples = sum(len(one.t) for one, _ in coach.threads if isinstance(one, AngleBlock))
    # Those that were processed together with the end of a movement.
    assert sum(len(one.t) for one in aside if isinstance(one, AngleBlock)) < 0.1 * samples


@pytest.mark.parametrize("kind", [EventKind.SET_START, EventKind.CALIBRATION_END])
def test_an_error_that_no_future_can_hold_ends_the_session(kind: str) -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        played(ObservedCoach(fails_at=kind))

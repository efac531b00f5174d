"""Plays a session through the one path and keeps what it tells."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from processing.coach.coach import Coach
from processing.coach.session_plan import PlanChange
from processing.session import CoachOf, Session, SessionOutput
from sensor.sources import PacedSource
from sensor.types import Item, SessionHeader


def told_in(
    header: SessionHeader,
    items: Sequence[Item],
    coach: Coach | CoachOf,
    recording: Path | None = None,
) -> list[SessionOutput]:
    """Return all that a session of ``items`` tells, half a second at a time."""
    heard: list[SessionOutput] = []

    def listen(told: Sequence[SessionOutput]) -> None:
        heard.extend(told)

    source = PacedSource(lambda: (header, list(items)), None)
    session = Session(source, listen, recording=recording, coach=coach, batch_s=0.5)
    asyncio.run(session.run())
    return heard


def changes_in(
    header: SessionHeader,
    items: Sequence[Item],
    coach: Coach | CoachOf,
    recording: Path | None = None,
) -> list[PlanChange]:
    """Return how the plan goes through a session of ``items``."""
    heard = told_in(header, items, coach, recording)
    return [one for one in heard if isinstance(one, PlanChange)]

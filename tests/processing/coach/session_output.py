"""Runs a session of given items with a coach, and returns its output."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from processing.coach.coach import Coach
from processing.coach.plan_change import PlanChange
from processing.session import CoachOf, Session, SessionOutput
from sensor.sources import PacedSource
from sensor.types import Item, SessionHeader


def session_output(
    header: SessionHeader,
    items: Sequence[Item],
    coach: Coach | CoachOf,
    recording: Path | None = None,
) -> list[SessionOutput]:
    """Return the whole output of a session of ``items``, run in batches of half a second."""
    outputs: list[SessionOutput] = []

    def listen(batch: Sequence[SessionOutput]) -> None:
        outputs.extend(batch)

    source = PacedSource(lambda: (header, list(items)), None)
    session = Session(source, listen, recording=recording, coach=coach, batch_s=0.5)
    asyncio.run(session.run())
    return outputs


def plan_changes(
    header: SessionHeader,
    items: Sequence[Item],
    coach: Coach | CoachOf,
    recording: Path | None = None,
) -> list[PlanChange]:
    """Return the changes of the plan in a session of ``items``."""
    outputs = session_output(header, items, coach, recording)
    return [one for one in outputs if isinstance(one, PlanChange)]

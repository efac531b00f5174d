"""Small histories made by hand: sets and sessions with the numbers that a test needs."""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from processing.coach.protocol import SetType
from processing.exercises.exercise import LEG_CURL
from processing.judge.reasons import Fault
from processing.judge.set_metrics import set_metrics
from processing.library.records import LibrarySession, LibrarySet
from processing.review.self_reports import SelfReports

MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EMPTY = set_metrics([])


def made_set(
    load_kg: float | None = 40.0,
    *,
    good: int = 6,
    judged: int = 8,
    reps: int = 8,
    lowering_s: float = 3.0,
    range_deg: float = 100.0,
    kind: SetType = SetType.B,
    side: str = "R",
    exercise: str = LEG_CURL,
    faults: Mapping[Fault, int] | None = None,
) -> LibrarySet:
    """Return a set of ``reps`` equal lowerings."""
    eccentric_s = reps * lowering_s
    metrics = replace(
        EMPTY,
        reps=reps,
        judged=judged,
        good=good,
        eccentric_s=eccentric_s,
        rom_mean=math.radians(range_deg),
        eccentric_volume_kgs=None if load_kg is None else load_kg * eccentric_s,
    )
    return LibrarySet(1, kind, side, load_kg, 4.0, metrics, exercise, None, faults or {})


def on_day(
    day: float,
    *sets: LibrarySet,
    soreness: float | None = None,
    planned_sets: int | None = None,
    per_week: int | None = None,
) -> LibrarySession:
    """Return a session so many days after Monday, 2 March 2026, at noon."""
    return LibrarySession(
        Path(f"{day}.mcap"),
        (MONDAY + timedelta(days=day)).isoformat(),
        1800.0,
        False,
        True,
        "",
        sets,
        self_reports=SelfReports(soreness),
        planned_sets=planned_sets,
        per_week=per_week,
    )


def at_day(day: float) -> datetime:
    """Return the time so many days after that Monday at noon."""
    return MONDAY + timedelta(days=day)

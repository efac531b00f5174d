"""The goals and aims of the person: a small private file in the platform's data folder."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec
import platformdirs
from msgspec import Meta

from processing.library.goals import Goal
from processing.library.own_weeks import Aim, SetKind
from sensor.documents.convert import convert
from sensor.documents.header import Format
from sensor.documents.origin import Origin
from sensor.documents.parse import parse_json, read_limited
from sensor.errors import DocumentError, DocumentFault
from sensor.private_files import write_private

FORMAT = Format("a file of goals", "toepoint.goals", 1)
MAX_BYTES = 100_000
"""A goal takes some 200 bytes."""
MOST_GOALS = 20
"""More cannot be pursued, and would not fit on a page."""
MOST_AIMS = 100
"""One for each kind of set: exercise, type and side."""

GoalList: TypeAlias = Annotated[tuple[Goal, ...], Meta(max_length=MOST_GOALS)]
AimList: TypeAlias = Annotated[tuple[Aim, ...], Meta(max_length=MOST_AIMS)]
SessionsAWeek: TypeAlias = Annotated[int, Meta(ge=1, le=14)]


@dataclass(frozen=True, slots=True)
class Goals:
    """Everything that the person wants to reach."""

    goals: GoalList = ()
    """The goals, in the order of the page."""
    aims: AimList = ()
    """Own values that were taken over into the plan, one for a kind of set."""
    sessions_a_week: SessionsAWeek | None = None
    """Planned sessions a week; None: as the protocol advises."""

    def aim_for(self, kind: SetKind) -> Aim | None:
        """Return the aim of a kind of set; None if there is none."""
        return next((aim for aim in self.aims if aim.kind == kind), None)

    def with_aim(self, aim: Aim) -> "Goals":
        """Return these with ``aim`` in place of another one of its kind of set."""
        return replace(self, aims=(aim, *(a for a in self.aims if a.kind != aim.kind))[:MOST_AIMS])

    def without_aim(self, kind: SetKind) -> "Goals":
        """Return these without the aim of a kind of set."""
        return replace(self, aims=tuple(a for a in self.aims if a.kind != kind))


def goals_path() -> Path:
    """Return the file of this user."""
    return platformdirs.user_data_path("toepoint", appauthor=False) / "goals.json"


def load_goals(path: Path | None = None) -> Goals:
    """Read the goals in ``path``, by default those of this user; none if there is no such file.

    Raises
    ------
    DocumentError
        If the file cannot be read, is another one, is damaged or of a newer version.
    """
    path = path or goals_path()
    origin = Origin(path, "move the file away to start again")
    data = read_limited(path, MAX_BYTES, origin)
    if data is None:
        return Goals()
    _, values = FORMAT.read_head(parse_json(data, origin), origin)
    return convert(values, Goals, origin)


def save_goals(goals: Goals, path: Path | None = None) -> None:
    """Write ``goals`` as a whole, readable for their owner only.

    Raises
    ------
    DocumentError
        If they cannot be written; the old ones are still there.
    """
    path = path or goals_path()
    stored = {**FORMAT.head(), **msgspec.to_builtins(goals)}
    try:
        write_private(path, json.dumps(stored, indent=1))
    except OSError as error:
        detail = f"the goals are not saved: {error.strerror}"
        raise DocumentError(path, DocumentFault.NOT_WRITABLE, detail) from error

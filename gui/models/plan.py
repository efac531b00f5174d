"""The plan of a session as a list that the person changes. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from gui.models.chosen_coach import planned_protocol
from gui.models.settings import Settings
from gui.models.train import TrainModel
from gui.models.train_plan import Stage, TrainPlan
from processing.coach.plan_sets import MOST_SETS, listed_sets, with_sets
from processing.coach.protocol import OPEN_END, Prescription, Protocol
from processing.coach.protocol_file import protocol_named

Change = Callable[[Prescription], Prescription]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A set in the list of the plan."""

    number: int
    """From 1."""
    asked: Prescription
    """Its prescription, with the person's aims and choices."""
    load: float | None
    """In the person's unit; None if not known."""
    stage: Stage
    """Done, running or next; to come."""
    locked: bool = False
    """Whether it stays as it is: it is done, or runs."""


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The list of the plan."""

    rows: tuple[SheetRow, ...]
    """The sets; of an open plan those of one wave."""
    first: int = 1
    """The number of the first set that can be changed."""
    resting: bool = False
    """Whether the rest after the set before it still runs, and can be changed."""
    is_open: bool = False
    """Whether the sets are repeated until the person stops."""

    @property
    def free(self) -> tuple[SheetRow, ...]:
        """The sets that can be changed."""
        return tuple(row for row in self.rows if not row.locked)

    def row(self, number: int | None) -> SheetRow | None:
        """Return the row of a set; None for none."""
        return next((row for row in self.rows if row.number == number), None)

    def changed(self, number: int | None, change: Change) -> list[Prescription]:
        """Return the sets with ``change`` of set ``number``, or of every set that can be changed."""
        return [
            change(row.asked)
            if not row.locked and (number is None or row.number == number)
            else row.asked
            for row in self.rows
        ]

    def with_running_rest(self, change: Change) -> list[Prescription]:
        """Return the sets with ``change`` of the rest that runs."""
        return [
            replace(row.asked, rest_s=change(row.asked).rest_s)
            if row.number == self.first - 1
            else row.asked
            for row in self.rows
        ]

    def added(self, number: int | None = None) -> list[Prescription]:
        """Return the sets with one more: a copy of set ``number`` after it, or of the last at the end."""
        sets = [row.asked for row in self.rows]
        at = len(sets) if number is None else max(number, self.first - 1)
        if len(sets) < MOST_SETS:
            sets.insert(at, sets[(len(sets) if number is None else number) - 1])
        return sets

    def removed(self, number: int | None) -> list[Prescription]:
        """Return the sets without set ``number``, or without the last one; one always stays."""
        row = self.row(len(self.rows) if number is None else number)
        if row is None or row.locked or len(self.rows) == 1:
            return [row.asked for row in self.rows]
        return [one.asked for one in self.rows if one is not row]


class PlanModel:
    """The draft of the plan: of the next session in the settings, of a running one here.

    Attributes
    ----------
    number
        The set that is shown; None for every set.
    """

    def __init__(self) -> None:
        self.number: int | None = None
        self._session: object = None
        self._draft: Protocol | None = None

    def follow(self, session: object) -> None:
        """Begin again when another session runs, or none any more."""
        if session is not self._session:
            self._session, self._draft, self.number = session, None, None

    def draft(self, settings: Settings) -> Protocol:
        """Return the protocol with the changes until now.

        Raises
        ------
        DocumentError
            If there is no such protocol.
        """
        return planned_protocol(settings) if self._draft is None else self._draft

    def keep(self, draft: Protocol | None) -> None:
        """Keep the draft of the running session; None: that of the settings again."""
        self._draft = draft

    def is_changed(self, settings: Settings) -> bool:
        """Return whether the sets are not those of the protocol."""
        plan = settings.plan
        return self._draft is not None or (plan is not None and plan.protocol == settings.protocol)

    def as_planned(self, settings: Settings, sheet: PlanSheet) -> Protocol:
        """Return the protocol without the changes; sets that are locked stay."""
        base = protocol_named(settings.protocol)
        locked = [row.asked for row in sheet.rows if row.locked]
        return with_sets(base, [*locked, *listed_sets(base)[len(locked) :]] or base.sets)


def sheet_of(draft: Protocol, plan: TrainPlan, train: TrainModel | None = None) -> PlanSheet:
    """Return the list of ``draft``.

    Parameters
    ----------
    draft
        The protocol with the person's changes.
    plan
        It knows aims, choices and loads.
    train
        The running session; None before it.
    """
    sets, is_open = listed_sets(draft), draft.waves == OPEN_END
    following = 1 if train is None else train.number
    # The sets of an open plan come again, so that all of them can be changed.
    first = 1 if train is None or is_open else train.number + train.in_set
    rest = None if train is None else train.rest()
    rows = []
    for number, asked in enumerate(sets, start=1):
        coming = number
        while is_open and coming < following:
            coming += len(sets)
        done = number < following and not is_open
        stage = Stage.DONE if done else Stage.NOW if coming == following else Stage.NEXT
        locked = number < first
        shown = asked if locked else plan.listed(coming, asked)
        rows.append(SheetRow(number, shown, plan.listed_load(coming, asked), stage, locked))
    resting = rest is not None and rest.left_s > 0.0 and not is_open and 1 < first <= len(sets) + 1
    return PlanSheet(tuple(rows), first, resting, is_open)

"""Corrections of a person after a set: an append-only layer beside a recording that never changes.

An edit points at a moment of the recording, not at a number, so that it still finds its rep when a
better detector moves the boundaries a little. Nothing is ever removed: an undo is one more edit.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Annotated, TypeAlias

from msgspec import Meta

from processing.coach.protocol import SetType
from processing.judge.bands import PRESETS, BandRule
from processing.judge.thresholds import Thresholds
from processing.reps.lowering_first import rep_named
from processing.reps.remeasure import remeasured
from processing.review.training_sets import TrainingSet
from processing.types import AngleBlock, Rep, Withheld, WithheldCause
from sensor.documents.convert import Finite
from sensor.errors import SettingError, ToepointError

_BY_HAND = Withheld(WithheldCause.BY_HAND)
"""Keeps a rep that a person drew from being judged until it is measured."""


class EditKind(StrEnum):
    """A kind of edit. ``t`` is a moment (s) inside the rep or the set that it concerns."""

    DELETE_REP = "delete rep"
    """Leave out the rep at ``t``."""
    ACCEPT_REP = "accept rep"
    """Count a partial rep."""
    ADD_REP = "add rep"
    """``times``: start, top, lowering, bottom in s."""
    SPLIT_REP = "split rep"
    """``times``: top, lowering, bottom of the first rep, top, lowering of the second."""
    MERGE_REPS = "merge reps"
    """The rep at ``t`` with the one after it."""
    SPLIT_SET = "split set"
    """At ``t``."""
    MERGE_SETS = "merge sets"
    """The set at ``t`` with the one after it."""
    DELETE_SET = "delete set"
    """Leave out the set at ``t``."""
    LOAD = "load"
    """``value`` in kg."""
    SIDE = "side"
    """``value``: L, R or BOTH."""
    TYPE = "type"
    """``value``: a type of set."""
    THRESHOLD = "threshold"
    """``key`` and ``value`` of :class:`~processing.judge.thresholds.Thresholds`."""
    BANDS = "bands"
    """``value``: a preset; or with a ``key`` of :class:`~processing.judge.bands.BandRule`, its value."""
    NOTE = "note"
    """``value``: a note about the moment ``t``.

    With a ``key`` it takes the place of the note of that number, or of :data:`RECORDED` of the one that the
    recording has at ``t``; an empty ``value`` then takes the note away.
    """
    UNDO = "undo"
    """``value``: the number of the edit to undo; undoing an undo restores the edit."""


RECORDED = "recorded"
"""The key of a note that the recording has."""


class EditError(ToepointError):
    """An edit that cannot be applied.

    Attributes
    ----------
    edit
        The edit.
    reason
        Why it cannot.
    """

    def __init__(self, edit: "Edit", reason: str) -> None:
        self.edit = edit
        self.reason = reason
        super().__init__(f"edit {edit.number} ({edit.kind}): {reason}")


_LARGEST = 2**53
"""Whole numbers beyond this have no exact float, and no edit needs one."""
_Whole: TypeAlias = Annotated[int, Meta(ge=-_LARGEST, le=_LARGEST)]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit."""

    number: Annotated[int, Meta(ge=1, le=_LARGEST)]
    """Counts the edits of a recording from 1."""
    kind: EditKind
    """The kind, which says what the other fields mean."""
    t: Finite = 0.0
    """Moment inside the rep or the set, s since the start of the session."""
    key: str = ""
    """Name of the threshold or band, or the note that is changed."""
    value: Annotated[_Whole | Finite | str | None, Meta(description="a number, a text or null")] = (
        None
    )
    """New value."""
    times: tuple[Finite, ...] = ()
    """Times of an added rep, s since the start of the session."""
    made_utc: str = ""
    """When it was made, ISO 8601, for people."""


@dataclass(frozen=True, slots=True)
class EditedSession:
    """The sets, thresholds and bands after the edits."""

    sets: tuple[TrainingSet, ...]
    """Sets in order of time."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    """Limits by which the reps are judged."""
    bands: BandRule | None = None
    """Bands chosen by an edit; None: as planned."""


def in_force(edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits in force, in order: those that are neither undone nor undos.

    Raises
    ------
    EditError
        If an undo names no earlier edit.
    """
    undone: set[int] = set()
    known = {edit.number for edit in edits}
    # From the last: an undo that was itself undone must not undo anything.
    for edit in reversed(edits):
        if edit.kind is not EditKind.UNDO:
            continue
        if edit.value not in known or not isinstance(edit.value, int) or edit.value >= edit.number:
            raise EditError(edit, f"there is no edit {edit.value!r} before it")
        if edit.number not in undone:
            undone.add(edit.value)
    return [e for e in edits if e.kind is not EditKind.UNDO and e.number not in undone]


def apply_edits(
    session: EditedSession, edits: Sequence[Edit], angles: AngleBlock | None = None
) -> EditedSession:
    """Return the session after the edits, its sets and reps numbered again.

    Parameters
    ----------
    session
        The sets as they were found, or edited before.
    edits
        All edits of the recording, in the order in which they were made.
    angles
        The recording's angles, in which added reps are measured; without them these reps are
        not judged.

    Raises
    ------
    EditError
        If an edit points at nothing, or has a value that is not allowed.
    """
    # Live reps are what was counted then: an edit only moves them from set to set.
    live = [rep for part in session.sets for rep in part.live]
    for edit in in_force(edits):
        session = _EDITORS[edit.kind](session, edit)
    sets = (
        replace(
            _finished(part, angles),
            number=number,
            live=tuple(rep for rep in live if part.t_start <= rep.t_turn <= part.t_end),
        )
        for number, part in enumerate(session.sets, start=1)
    )
    return replace(session, sets=tuple(sets))


def _finished(part: TrainingSet, angles: AngleBlock | None) -> TrainingSet:
    """Return the set with measured reps, the whole ones numbered from 1 as by the detector."""
    count, reps = 0, []
    for rep in part.reps:
        count += not rep.partial
        reps.append(replace(_measured(rep, angles), number=count))
    return replace(part, reps=tuple(reps))


def _measured(rep: Rep, angles: AngleBlock | None) -> Rep:
    if angles is None or rep.withheld != _BY_HAND:
        return rep
    return remeasured(rep, angles)


def _set_at(session: EditedSession, edit: Edit) -> int:
    for index, part in enumerate(session.sets):
        if part.t_start <= edit.t <= part.t_end:
            return index
    raise EditError(edit, f"there is no set at {edit.t:.2f} s")


def _rep_at(part: TrainingSet, edit: Edit) -> int:
    for index, rep in enumerate(part.reps):
        if rep.t_begin <= edit.t <= max(rep.t_end, rep.t_over):
            return index
    raise EditError(edit, f"there is no rep at {edit.t:.2f} s")


def _with_set(session: EditedSession, index: int, *parts: TrainingSet) -> EditedSession:
    sets = (*session.sets[:index], *parts, *session.sets[index + 1 :])
    return replace(session, sets=sets)


def _delete_rep(session: EditedSession, edit: Edit) -> EditedSession:
    index = _set_at(session, edit)
    part = session.sets[index]
    gone = _rep_at(part, edit)
    reps = (*part.reps[:gone], *part.reps[gone + 1 :])
    return _with_set(session, index, replace(part, reps=reps))


def _accept_rep(session: EditedSession, edit: Edit) -> EditedSession:
    index = _set_at(session, edit)
    part = session.sets[index]
    meant = _rep_at(part, edit)
    reps = list(part.reps)
    reps[meant] = replace(reps[meant], partial=False)
    return _with_set(session, index, replace(part, reps=tuple(reps)))


def _add_rep(session: EditedSession, edit: Edit) -> EditedSession:
    if len(edit.times) != 4 or list(edit.times) != sorted(edit.times):
        raise EditError(edit, "it needs start, top, lowering and bottom, in order of time")
    start, top, ecc, bottom = edit.times
    index = _set_at(session, replace(edit, t=start))
    part = session.sets[index]
    # Two reps at one time would count the same lowering twice.
    if any(rep.t_begin < bottom and rep.t_over > start for rep in part.reps):
        raise EditError(edit, "there is a rep at that time")
    added = _by_hand(start, top, ecc, bottom, bottom)
    reps = tuple(sorted((*part.reps, added), key=lambda each: each.t_begin))
    return _with_set(session, index, replace(part, reps=reps))


def _by_hand(start: float, top: float, ecc: float, bottom: float, end: float) -> Rep:
    """Return a rep with only its times: it is not judged until it is measured."""
    return Rep(0, start, top, ecc, bottom, end, 0.0, 0.0, 0.0, withheld=_BY_HAND)


def _split_rep(session: EditedSession, edit: Edit) -> EditedSession:
    index = _set_at(session, edit)
    part = session.sets[index]
    meant = _rep_at(part, edit)
    rep = part.reps[meant]
    times = (rep.t_begin, *edit.times, rep.t_over)
    if len(times) != 7 or list(times) != sorted(times):
        wanted = "top, lowering, bottom, top and lowering within the rep, in order of time"
        raise EditError(edit, f"it needs {wanted}")
    start, top, ecc, bottom, second_top, second_ecc, end = times
    halves = (
        _by_hand(start, top, ecc, bottom, bottom),
        _by_hand(bottom, second_top, second_ecc, end, rep.t_end),
    )
    if rep.lowers_first:
        halves = rep_named(halves[0]), rep_named(halves[1])
    reps = (*part.reps[:meant], *halves, *part.reps[meant + 1 :])
    return _with_set(session, index, replace(part, reps=reps))


def _merge_reps(session: EditedSession, edit: Edit) -> EditedSession:
    index = _set_at(session, edit)
    part = session.sets[index]
    meant = _rep_at(part, edit)
    if meant + 1 >= len(part.reps):
        raise EditError(edit, "no rep comes after it")
    first, second = part.reps[meant : meant + 2]
    merged = _by_hand(first.t_start, first.t_top, second.t_ecc, second.t_bottom, second.t_end)
    if first.lowers_first:
        times = first.t_ecc, first.t_bottom, second.t_start, second.t_top
        merged = rep_named(_by_hand(*times, second.t_end))
    reps = (*part.reps[:meant], merged, *part.reps[meant + 2 :])
    return _with_set(session, index, replace(part, reps=reps))


def _split_set(session: EditedSession, edit: Edit) -> EditedSession:
    index = _set_at(session, edit)
    part = session.sets[index]
    # No rep can belong to two sets.
    if any(rep.t_begin < edit.t < rep.t_over for rep in part.reps):
        raise EditError(edit, f"{edit.t:.2f} s is in the middle of a rep")
    before = tuple(rep for rep in part.reps if rep.t_begin < edit.t)
    after = part.reps[len(before) :]
    if not before or not after:
        raise EditError(edit, "there would be no rep on one side")
    return _with_set(
        session,
        index,
        replace(part, t_end=edit.t, reps=before),
        replace(part, t_start=edit.t, reps=after),
    )


def _merge_sets(session: EditedSession, edit: Edit) -> EditedSession:
    index = _set_at(session, edit)
    if index + 1 >= len(session.sets):
        raise EditError(edit, "no set comes after it")
    first, second = session.sets[index : index + 2]
    merged = replace(first, t_end=second.t_end, reps=first.reps + second.reps)
    return replace(session, sets=(*session.sets[:index], merged, *session.sets[index + 2 :]))


def _delete_set(session: EditedSession, edit: Edit) -> EditedSession:
    return _with_set(session, _set_at(session, edit))


def _load(session: EditedSession, edit: Edit) -> EditedSession:
    value = edit.value
    good = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not good or not 0.0 <= float(value or 0.0) <= 1000.0:
        raise EditError(edit, f"{value!r} is no load; it must be a number of kg from 0 to 1000")
    index = _set_at(session, edit)
    return _with_set(session, index, replace(session.sets[index], load_kg=float(value or 0.0)))


def _side(session: EditedSession, edit: Edit) -> EditedSession:
    if edit.value not in ("L", "R", "BOTH"):
        raise EditError(edit, f"{edit.value!r} is no side; it must be L, R or BOTH")
    index = _set_at(session, edit)
    return _with_set(session, index, replace(session.sets[index], side=str(edit.value)))


def _type(session: EditedSession, edit: Edit) -> EditedSession:
    try:
        kind = SetType(str(edit.value))
    except ValueError:
        allowed = ", ".join(SetType)
        raise EditError(edit, f"{edit.value!r} is no type of set; it must be {allowed}") from None
    index = _set_at(session, edit)
    return _with_set(session, index, replace(session.sets[index], type=kind))


def _threshold(session: EditedSession, edit: Edit) -> EditedSession:
    table = {**asdict(session.thresholds), edit.key: edit.value}
    try:
        return replace(session, thresholds=Thresholds.from_table(table))
    except SettingError as error:
        raise EditError(edit, str(error)) from error


def _bands(session: EditedSession, edit: Edit) -> EditedSession:
    if not edit.key:
        if edit.value not in PRESETS:
            allowed = ", ".join(PRESETS)
            raise EditError(edit, f"{edit.value!r} are no bands; they must be {allowed}")
        return replace(session, bands=PRESETS[str(edit.value)])
    table = {**asdict(session.bands or BandRule()), edit.key: edit.value}
    good = edit.key in _BAND_PERCENTS and isinstance(edit.value, int | float)
    if not good or isinstance(edit.value, bool):
        allowed = " or ".join(_BAND_PERCENTS)
        raise EditError(edit, f"{edit.key} = {edit.value!r} is no band; say {allowed} as a number")
    try:
        return replace(session, bands=BandRule(**table))
    except SettingError as error:
        raise EditError(edit, str(error)) from error


_BAND_PERCENTS = ("df_percent", "pf_percent")
"""The fields of the rule that an edit may change."""


def _note(session: EditedSession, edit: Edit) -> EditedSession:
    if not isinstance(edit.value, str) or not (edit.key or edit.value.strip()):
        raise EditError(edit, "there is nothing written in the note")
    return session


_EDITORS: Mapping[EditKind, Callable[[EditedSession, Edit], EditedSession]] = {
    EditKind.DELETE_REP: _delete_rep,
    EditKind.ACCEPT_REP: _accept_rep,
    EditKind.ADD_REP: _add_rep,
    EditKind.SPLIT_REP: _split_rep,
    EditKind.MERGE_REPS: _merge_reps,
    EditKind.SPLIT_SET: _split_set,
    EditKind.MERGE_SETS: _merge_sets,
    EditKind.DELETE_SET: _delete_set,
    EditKind.LOAD: _load,
    EditKind.SIDE: _side,
    EditKind.TYPE: _type,
    EditKind.THRESHOLD: _threshold,
    EditKind.BANDS: _bands,
    EditKind.NOTE: _note,
}

"""The verdicts of a session before its limits were changed. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from processing.judge.verdict import Verdict
from processing.review.analysis import Analysis
from processing.review.edits import Edit, EditKind, in_force
from processing.review.judged_sets import JudgedSet, judge_sets

_JUDGED_BY = frozenset({EditKind.THRESHOLD, EditKind.BANDS, EditKind.TYPE})


@dataclass(frozen=True, slots=True)
class Versions:
    """The version of the judging of a session, with the verdicts of the first one."""

    number: int = 1
    """1 plus the number of changed thresholds, bands and kinds of sets."""
    first: Mapping[float, Verdict] = field(default_factory=dict)
    """The verdicts of version 1, by the time of each rep's top in s."""

    def before(self, verdict: Verdict) -> Verdict | None:
        """Return the verdict of version 1 if it differs; else None."""
        first = self.first.get(verdict.rep.t_top)
        if first is None or (first.grade, _key(first)) == (verdict.grade, _key(verdict)):
            return None
        return first

    def changed(self, judged: JudgedSet) -> int:
        """Return the number of verdicts of a set that differ from version 1."""
        return sum(self.before(verdict) is not None for verdict in judged.verdicts)


def versions_of(analysis: Analysis, edits: Sequence[Edit]) -> Versions:
    """Return the versions of a session by all the ``edits`` of its file.

    Raises
    ------
    EditError
        If the edits cannot be applied.
    """
    done = in_force(edits)
    # Loads, notes and deleted reps change no limit.
    others = [edit for edit in done if edit.kind not in _JUDGED_BY]
    if len(others) == len(done):
        return Versions()
    first = judge_sets(analysis, others)
    return Versions(
        1 + len(done) - len(others), {v.rep.t_top: v for one in first for v in one.verdicts}
    )


def _key(verdict: Verdict) -> object:
    return verdict.reason.check if verdict.reason is not None else None

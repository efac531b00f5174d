"""How a session was judged before somebody changed what it is judged by. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from processing.judge.verdict import Verdict
from processing.review.analysis import Analysis
from processing.review.edits import Edit, EditKind, in_force
from processing.review.judged_sets import JudgedSet, judge_sets

_JUDGED_BY = frozenset({EditKind.THRESHOLD, EditKind.BANDS, EditKind.TYPE})


@dataclass(frozen=True, slots=True)
class Versions:
    """Which version of the judging this is, and the verdicts of the first.

    ``number`` is 1 until a threshold, the bands or a kind of set is changed, and one more with each
    change; ``first`` holds the verdicts of version 1 by the time s of each rep's top.
    """

    number: int = 1
    first: Mapping[float, Verdict] = field(default_factory=dict)

    def before(self, verdict: Verdict) -> Verdict | None:
        """Return the verdict of version 1, if it was another one."""
        first = self.first.get(verdict.rep.t_top)
        if first is None or (first.grade, _key(first)) == (verdict.grade, _key(verdict)):
            return None
        return first

    def changed(self, judged: JudgedSet) -> int:
        """Return how many verdicts of a set are others than in version 1."""
        return sum(self.before(verdict) is not None for verdict in judged.verdicts)


def versions_of(analysis: Analysis, edits: Sequence[Edit]) -> Versions:
    """Return the versions of a session that ``edits`` made, all of them that stand in its file.

    Raises
    ------
    EditError
        If the edits cannot be done.
    """
    done = in_force(edits)
    others = [edit for edit in done if edit.kind not in _JUDGED_BY]
    if len(others) == len(done):
        return Versions()
    first = judge_sets(analysis, others)
    return Versions(
        1 + len(done) - len(others), {v.rep.t_top: v for one in first for v in one.verdicts}
    )


def _key(verdict: Verdict) -> object:
    return verdict.reason.check if verdict.reason is not None else None

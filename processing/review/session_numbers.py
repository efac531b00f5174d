"""Sums of a session and its sets, and when a change over sessions is more than chance."""

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from processing.coach.protocol import SetType
from processing.judge.set_metrics import SetMetrics
from processing.review.judged_sets import JudgedSet

HARD_SET_RESERVE = 3.0
"""A set with at most this many repetitions in reserve is hard."""
TREND_SESSIONS = 6
"""A trend is the median of so many sessions."""
CHANGE_SESSIONS = 5
"""Sessions needed to tell a change from chance."""
MATCHED_REPS = 1
"""The two sets of a wave may differ by so many reps; otherwise their loads do not compare."""


class HasLoad(Protocol):
    """Type, load and numbers, as a judged set and one of the library both have them."""

    @property
    def type(self) -> SetType:
        """Kind of the set."""

    @property
    def load_kg(self) -> float | None:
        """Load in kg; None if not known."""

    @property
    def metrics(self) -> SetMetrics:
        """Everything that was measured."""


def hard_sets(sets: Sequence[JudgedSet]) -> Mapping[SetType, int]:
    """Return the number of hard sets of each type; a set without a reported reserve is not hard."""
    return Counter(
        judged.type
        for judged in sets
        if judged.reserve is not None and judged.reserve <= HARD_SET_RESERVE
    )


def pointed_eccentric_s(sets: Sequence[HasLoad]) -> float:
    """Return the pointed eccentric time under tension of all sets, in s."""
    return math.fsum(one.metrics.pointed_eccentric_s for one in sets)


def bests_before(sets: Sequence[JudgedSet]) -> list[float | None]:
    """Return for each set the largest range of a rep of the same exercise and side before it, rad."""
    best: dict[tuple[str, str], float] = {}
    found: list[float | None] = []
    for one in sets:
        key = one.source.exercise.key, one.side
        found.append(best.get(key))
        if one.metrics.rom_best is not None:
            best[key] = max(best.get(key, 0.0), one.metrics.rom_best)
    return found


def best_percents_of(judged: JudgedSet, best: float | None = None) -> list[float]:
    """Return the range of each rep in % of the largest of a whole rep until then.

    ``best`` is the largest before the set, rad; None if there is none. A new best one is 100 %.
    """
    largest = best or 0.0
    found = []
    for verdict in judged.verdicts:
        rep = verdict.rep
        largest = largest if rep.partial else max(largest, rep.rom)
        found.append(100.0 * rep.rom / largest if largest > 0.0 else 0.0)
    return found


def load_ratio(sets: Sequence[HasLoad]) -> float | None:
    """Return the median ratio of the toes-pointed to the toes-up load.

    A wave is a toes-up set and the toes-pointed set right after it. Waves count whose reps differ by
    one at most; None if there is no such wave.
    """
    ratios = []
    for up, pointed in itertools.pairwise(sets):
        in_order = (up.type, pointed.type) == (SetType.DF, SetType.PF)
        matched = abs(up.metrics.reps - pointed.metrics.reps) <= MATCHED_REPS
        if in_order and matched and up.load_kg and pointed.load_kg:
            ratios.append(pointed.load_kg / up.load_kg)
    return float(np.median(ratios)) if ratios else None


def best_one_rm_kg(sets: Sequence[HasLoad], kind: SetType) -> float | None:
    """Return the best estimate of the 1RM in sets of ``kind``, kg; None without any."""
    known = [s.metrics.one_rm_kg for s in sets if s.type is kind]
    return max((each for each in known if each is not None), default=None)


def tested_ratio(sets: Sequence[HasLoad]) -> float | None:
    """Return the estimated 1RM with pointed toes over that with toes up; None unless both are known.

    An estimate: it needs sets of at most 12 reps with a known reserve, or to failure.
    """
    up, pointed = best_one_rm_kg(sets, SetType.DF), best_one_rm_kg(sets, SetType.PF)
    return pointed / up if up and pointed else None


def strength_gap_percent(df_one_rm_kg: float, pf_one_rm_kg: float) -> float:
    """Return how much weaker pointed toes are than toes up, in % of toes up."""
    return 100.0 * (df_one_rm_kg - pf_one_rm_kg) / df_one_rm_kg


def density_percent(sets: Sequence[HasLoad], session_s: float) -> float:
    """Return the share of a session that was under tension, in %."""
    return 100.0 * math.fsum(one.metrics.tension_s for one in sets) / session_s


def session_load(rpe: float, session_s: float) -> float:
    """Return the session's load: perceived exertion (0 to 10) x minutes, in arbitrary units."""
    return rpe * session_s / 60.0


def asymmetry_percent(left: float, right: float) -> float | None:
    """Return 100 (L - R) / max(L, R), None where both are zero."""
    greater = max(left, right)
    return 100.0 * (left - right) / greater if greater > 0.0 else None


def rolling_median(values: Sequence[float], sessions: int = TREND_SESSIONS) -> list[float]:
    """Return the median of each session and those before it, ``sessions`` at most."""
    return [
        float(np.median(values[max(0, end - sessions) : end])) for end in range(1, len(values) + 1)
    ]


def minimal_real_change(values: Sequence[float]) -> float | None:
    """Return the smallest change that is more than chance at 95 %.

    1.96 x sqrt 2 x the person's own standard deviation over at least five sessions; None with
    fewer, when it is too early to tell.
    """
    if len(values) < CHANGE_SESSIONS:
        return None
    # The square root of 2, because both of two compared sessions scatter.
    return 1.96 * math.sqrt(2.0) * float(np.std(values, ddof=1))

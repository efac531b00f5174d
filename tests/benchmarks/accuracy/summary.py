"""Groups of scores, summed up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tests.benchmarks.accuracy.cases import REAL
from tests.benchmarks.accuracy.scores import Found, Score

SAME_DEG = 0.005
"""Errors that differ by less print as the same."""


@dataclass(frozen=True, slots=True)
class Side:
    """Live or offline figures of a group."""

    raw: float
    """Mean of the root mean square errors, °."""
    timed: float
    """The same with the reference's clock fitted."""
    worst: float
    """Largest raw error."""
    worst_name: str
    """The case with it."""
    late_ms: tuple[float, float]
    """Smallest and largest time by which the angle is later than the reference."""
    bias: float
    """Mean of the absolute mean errors, °."""
    worst_bias: float
    """The largest of them."""
    drift: float
    """Mean drift, ° in ten minutes."""
    within: float
    """Share of all samples within the stated uncertainty."""
    least_within: float
    """The smallest share of a case."""
    known: float
    """Share of the reference's time with an angle."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a group."""

    count: int
    """Number of cases."""
    live: Side
    offline: Side
    no_worse: int
    """Number of cases whose offline error is no larger than the live one where both know the angle."""
    both: tuple[float, float]
    """Means of these errors, live and offline, °."""
    no_hinges: int
    """Number of cases whose joint is said to be no hinge."""


def by_group(scores: Sequence[Score]) -> dict[str, list[Score]]:
    """Return the scores of each group, in order."""
    groups: dict[str, list[Score]] = {}
    for one in scores:
        groups.setdefault(one.group, []).append(one)
    return groups


def summed_up(scores: Sequence[Score]) -> Summary:
    """Return the figures of the scores together."""
    return Summary(
        len(scores),
        _side(scores, lambda s: s.live),
        _side(scores, lambda s: s.offline),
        sum(s.both[1] <= s.both[0] + SAME_DEG for s in scores),
        (float(np.mean([s.both[0] for s in scores])), float(np.mean([s.both[1] for s in scores]))),
        sum(s.no_hinge for s in scores),
    )


def _side(scores: Sequence[Score], of: Callable[[Score], Found]) -> Side:
    found = [of(s) for s in scores]
    samples = [s.samples for s in scores]
    raw = np.array([f.raw for f in found])
    bias = np.abs([f.bias for f in found])
    late = [f.late_ms for f in found]
    within = [f.within for f in found]
    return Side(
        raw=float(raw.mean()),
        timed=float(np.mean([f.timed for f in found])),
        worst=float(raw.max()),
        worst_name=scores[int(raw.argmax())].name,
        late_ms=(min(late), max(late)),
        bias=float(bias.mean()),
        worst_bias=float(bias.max()),
        drift=float(np.mean([f.drift for f in found])),
        within=float(np.average(within, weights=samples)),
        least_within=min(within),
        known=float(np.average([f.known for f in found], weights=samples)),
    )


def line(score: Score) -> str:
    """Return the figures of a case as a line for people."""
    parts = [f"{score.group:15} {score.name:24}"]
    for name, f in (("live", score.live), ("offline", score.offline)):
        clock = f"{f.late_ms:+5.1f} ms" + (f" {f.rate_ppm:+4.0f} ppm" if f.rate_ppm else "")
        parts.append(
            f"{name} {f.raw:5.2f}°, time fitted {f.timed:5.2f}° {clock}, bias {f.bias:+5.2f}°, "
            f"within ± {f.within:4.0%}"
        )
    return " | ".join(parts)


def lines(scores: Sequence[Score]) -> list[str]:
    """Return the figures of each group as a line for people."""
    out = []
    for group, members in by_group(scores).items():
        s = summed_up(members)
        parts = [f"{group:15} {s.count:3}"]
        for name, f in (("live", s.live), ("offline", s.offline)):
            zero = f"bias {f.bias:.2f} ≤ {f.worst_bias:.2f}°, drift {f.drift:.2f}°, "
            parts.append(
                f"{name} {f.raw:5.2f}° (worst {f.worst:.2f}°: {f.worst_name}), time fitted "
                f"{f.timed:.2f}°, {'' if group in REAL else zero}"
                f"within ± {f.within:.0%} ≥ {f.least_within:.0%}, known {f.known:.0%}"
            )
        parts.append(
            f"both known {s.both[0]:.2f}°, {s.both[1]:.2f}°, offline ≤ live {s.no_worse}/{s.count}, "
            f"no hinge {s.no_hinges}"
        )
        out.append(" | ".join(parts))
    return out

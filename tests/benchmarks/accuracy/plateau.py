"""Tables of what constants and parts are worth; see :mod:`tests.benchmarks.accuracy.ablation`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from sensor.types import FloatArray
from tests.benchmarks.accuracy.variants import CONSTANTS, FACTORS, value_of

Errors: TypeAlias = Sequence[tuple[float, float]]
"""Live and offline errors by variant, °; the first is the method as it is."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A recording, or all sessions of a simulated leg: what is left out at once."""

    name: str
    """Its name."""
    group: str
    """The kind of the recording, by which units are weighed."""
    live: float
    """Live error of the method as it is, °."""
    offline: float
    """Offline error of it, °."""
    changed: FloatArray
    """(k,) mean of live and offline error of each changed constant, as a share of those as it is."""
    chosen: Mapping[str, float]
    """The factors of the constants that all other units would choose, one by one."""


def unit_of(source: tuple[str, str | int]) -> str:
    """Return the unit that a recording or a simulated session belongs to."""
    group, name = source
    return f"{group}, {name}" if isinstance(name, str) else str(group)


def units(
    sources: Sequence[tuple[str, str | int]],
    errors: Sequence[Errors],
    changed: Sequence[tuple[str, float]],
) -> list[Unit]:
    """Return the units, each with what the others would choose.

    Parameters
    ----------
    sources
        Recordings and simulated sessions.
    errors
        Of each: that of the method as it is, then those of ``changed``, then others.
    changed
        Constants and factors.
    """
    names = list(dict.fromkeys(unit_of(source) for source in sources))
    groups = {unit_of(source): str(source[0]) for source in sources}
    means = {
        name: np.mean([e for s, e in zip(sources, errors, strict=True) if unit_of(s) == name], 0)
        for name in names
    }
    shares = {
        name: (mean[1 : 1 + len(changed)] / mean[0]).mean(axis=1) for name, mean in means.items()
    }
    return [
        Unit(
            name,
            groups[name],
            float(means[name][0, 0]),
            float(means[name][0, 1]),
            shares[name],
            _chosen([(groups[n], shares[n]) for n in names if n != name], changed),
        )
        for name in names
    ]


def _weighed(shares: Sequence[tuple[str, FloatArray]]) -> FloatArray:
    """Return the mean (k,) over groups of the means over their units, so that no group dominates."""
    groups = dict.fromkeys(group for group, _ in shares)
    means = [np.mean([s for g, s in shares if g == group], axis=0) for group in groups]
    return np.asarray(np.mean(means, axis=0))


def _chosen(
    others: Sequence[tuple[str, FloatArray]], changed: Sequence[tuple[str, float]]
) -> dict[str, float]:
    mean = _weighed(others)
    out = {}
    for constant in CONSTANTS:
        found = {1.0: 1.0}
        found |= {f: float(mean[i]) for i, (c, f) in enumerate(changed) if c == constant}
        out[constant] = min(found, key=lambda factor: found[factor])
    return out


def constant_table(found: Sequence[Unit], changed: Sequence[tuple[str, float]]) -> str:
    """Return the change of the errors by each constant, and what leaving one out says."""
    head = "constant | value | halved: mean, worst | doubled: mean, worst | the others choose"
    lines = [
        f"| {head} | that changes the one left out by: mean, worst |",
        "|---" * 6 + "|",
    ]
    for constant in dict.fromkeys(constant for constant, _ in changed):
        cells = []
        for factor in FACTORS:
            if factor == 1.0:
                continue
            at = changed.index((constant, factor))
            mean = _weighed([(unit.group, unit.changed) for unit in found])[at]
            worst = max(unit.changed[at] for unit in found)
            cells.append(f"{mean - 1.0:+.1%}, {worst - 1.0:+.1%}")
        chosen = [unit.chosen[constant] for unit in found]
        times = ", ".join(
            f"{chosen.count(factor)} × {'as it is' if factor == 1.0 else f'times {factor:g}'}"
            for factor in FACTORS
            if factor in chosen
        )
        costs = [
            0.0 if factor == 1.0 else unit.changed[changed.index((constant, factor))] - 1.0
            for unit, factor in zip(found, chosen, strict=True)
        ]
        change = f"{np.mean(costs):+.1%}, {max(costs):+.1%}" if any(costs) else "0"
        lines.append(
            f"| {CONSTANTS[constant]} | {value_of(constant):g} | {' | '.join(cells)} | {times} | {change} |"
        )
    return "\n".join(lines)


def left_out_table(
    found: Sequence[Unit], sources: Sequence[tuple[str, str | int]], others: Errors
) -> str:
    """Return the errors of each unit with all constants as the other units would choose them."""
    lines = ["| left out | as it is | as all others choose | change |", "|---" * 4 + "|"]
    changes = []
    for unit in found:
        live, offline = np.mean(
            [e for s, e in zip(sources, others, strict=True) if unit_of(s) == unit.name], axis=0
        )
        changes.append(0.5 * (live / unit.live + offline / unit.offline) - 1.0)
        lines.append(
            f"| {unit.name} | {_both(unit.live, unit.offline)} | {_both(live, offline)} "
            f"| {changes[-1]:+.1%} |"
        )
    lines.append(f"| **mean, worst** | | | **{np.mean(changes):+.1%}, {max(changes):+.1%}** |")
    return "\n".join(lines)


def part_table(
    sources: Sequence[tuple[str, str | int]],
    errors: Sequence[Errors],
    parts: Sequence[Errors],
    names: Sequence[str],
) -> str:
    """Return the mean errors of each group without each part."""
    groups = list(dict.fromkeys(str(group) for group, _ in sources))
    lines = ["| without | " + " | ".join(groups) + " |", "|---" * (1 + len(groups)) + "|"]
    rows = [
        ("as it is", [e[0] for e in errors]),
        *((n, [p[i] for p in parts]) for i, n in enumerate(names)),
    ]
    for name, row in rows:
        cells = []
        for group in groups:
            mean = np.mean([e for s, e in zip(sources, row, strict=True) if s[0] == group], axis=0)
            cells.append(_both(*mean))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _both(live: float, offline: float) -> str:
    return f"{live:.2f}° / {offline:.2f}°"

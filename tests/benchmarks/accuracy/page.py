"""Writes the tables and the picture of ``docs/accuracy.md``."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.benchmarks.accuracy.cases import PEOPLE, REAL, RIG
from tests.benchmarks.accuracy.scores import Found, Score
from tests.benchmarks.accuracy.simulated_cases import NO_HINGES
from tests.benchmarks.accuracy.summary import by_group, summed_up

DOCS = Path(__file__).parents[3] / "docs"
PAGE, PICTURE = DOCS / "accuracy.md", DOCS / "accuracy.svg"
SVG = "http://www.w3.org/2000/svg"
OURS = "Toepoint, live", "Toepoint, offline"


def tables(scores: Sequence[Score]) -> dict[str, str]:
    """Return the tables of the page as Markdown, by the name of their place; none without its data."""
    real = [s for s in scores if s.group in REAL]
    people = [s for s in real if s.group == PEOPLE]
    parts = {
        "people": _real_table(people),
        "recordings": _real_table([s for s in real if s.group != PEOPLE]),
        "simulated": _simulated_table(
            [s for s in scores if s.group not in REAL and s.group not in NO_HINGES]
        ),
        "hinges": _hinge_table(scores),
        "peers": _peer_table(scores),
    }
    return {name: text for name, text in parts.items() if text}


def put(name: str, text: str) -> None:
    """Put ``text`` between the marks of ``name`` on the page."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    head, rest = PAGE.read_text(encoding="utf-8").split(begin)
    tail = rest.split(end)[1]
    page = f"{head}{begin}\n\n{text}\n\n{end}{tail}"
    PAGE.write_text(page, encoding="utf-8", newline="\n")


def draw(scores: Sequence[Score]) -> None:
    """Draw the picture."""
    PICTURE.write_text(_picture(peer_means(scores)), encoding="utf-8", newline="\n")


def _real_table(scores: Sequence[Score]) -> str:
    """Return one row for each part of a recording, and one for the mean of its group."""
    if not scores:
        return ""
    head = ("recording", "live", "offline", "both known: live", "offline", "angle late by",
            "live, time fitted", "offline", "within ±, live", "offline", "known: live",
            "offline")  # fmt: skip
    lines = _head(head)
    for group, members in by_group(scores).items():
        rated = group == RIG
        for s in members:
            f = s.live
            late = f"{f.late_ms:+.1f} ms" + (f", {f.rate_ppm:+.0f} ppm" if rated else "")
            lines.append(
                f"| {group}, {s.name} | {f.raw:.2f}° | {s.offline.raw:.2f}° "
                f"| {s.both[0]:.2f}° | {s.both[1]:.2f}° | {late} "
                f"| {f.timed:.2f}° | {s.offline.timed:.2f}° | {f.within:.0%} "
                f"| {s.offline.within:.0%} | {f.known:.0%} | {s.offline.known:.0%} |"
            )
        m = summed_up(members)
        lines.append(
            f"| **{group}, mean** | **{m.live.raw:.2f}°** | **{m.offline.raw:.2f}°** "
            f"| **{m.both[0]:.2f}°** | **{m.both[1]:.2f}°** | "
            f"| **{m.live.timed:.2f}°** | **{m.offline.timed:.2f}°** | **{m.live.within:.0%}** "
            f"| **{m.offline.within:.0%}** | **{m.live.known:.0%}** | **{m.offline.known:.0%}** |"
        )
    return "\n".join(lines)


def _hinge_table(scores: Sequence[Score]) -> str:
    """Return how many recordings of each group are said to be no hinge."""
    lines = _head(("joint", "recordings", "said to be no hinge"))
    for group, members in by_group(scores).items():
        # The exercises of a person are one recording.
        named = {s.name.partition(",")[0]: s.no_hinge for s in members}
        lines.append(f"| {group} | {len(named)} | {sum(named.values())} |")
    return "\n".join(lines)


def _head(names: Sequence[str]) -> list[str]:
    return ["| " + " | ".join(names) + " |", "|---" * len(names) + "|"]


def _simulated_table(scores: Sequence[Score]) -> str:
    """Return one row for each kind of simulation, live and offline."""
    if not scores:
        return ""
    head = ("simulated leg", "sessions", "", "error", "worst (seed)", "angle late by",
            "zero off, mean and worst", "drift/10 min", "within ±", "least",
            "offline ≤ live")  # fmt: skip
    lines = _head(head)
    for group, members in by_group(scores).items():
        m = summed_up(members)
        for name, f in (("live", m.live), ("offline", m.offline)):
            low, high = f.late_ms
            better = f"{m.no_worse}" if name == "offline" else ""
            lines.append(
                f"| {group} | {m.count} | {name} | {f.raw:.2f}° | {f.worst:.2f}° "
                f"({f.worst_name.removeprefix('seed ')}) | {low:+.1f} to {high:+.1f} ms "
                f"| {f.bias:.2f}°, {f.worst_bias:.2f}° | {f.drift:.2f}° | {f.within:.0%} "
                f"| {f.least_within:.0%} | {better} |"
            )
    return "\n".join(lines)


def peer_means(scores: Sequence[Score]) -> dict[str, dict[str, float]]:
    """Return the mean of each group by method, over the cases with peers, without constant offsets."""
    with_peers = [s for s in scores if s.peers]
    means: dict[str, dict[str, float]] = {}
    for group, members in by_group(with_peers).items():
        rows = {
            OURS[0]: [_from_mean(s.group, s.live) for s in members],
            OURS[1]: [_from_mean(s.group, s.offline) for s in members],
        }
        for name in members[0].peers:
            rows[name] = [s.peers[name] for s in members]
        for method, values in rows.items():
            means.setdefault(method, {})[group] = float(np.mean(values))
    return means


def _from_mean(group: str, found: Found) -> float:
    """Return the error as those of the peers are judged: they know no zero."""
    if group == RIG:
        return found.timed
    return float(np.sqrt(found.raw**2 - found.bias**2))


def _peer_table(scores: Sequence[Score]) -> str:
    means = peer_means(scores)
    if not means:
        return ""
    groups = list(next(iter(means.values())))
    lines = ["| method | " + " | ".join(groups) + " |", "|---|" + "---|" * len(groups)]
    lines += [
        f"| {method} | " + " | ".join(f"{by_group[g]:.2f}°" for g in groups) + " |"
        for method, by_group in means.items()
    ]
    return "\n".join(lines)


def _picture(means: dict[str, dict[str, float]]) -> str:
    """Return a bar chart as SVG: one row per method, one bar per group."""
    groups = list(next(iter(means.values()), {}))
    colours = ("#0072b2", "#e69f00", "#009e73", "#cc79a7")
    scale = 400.0 / max((v for row in means.values() for v in row.values()), default=1.0)
    row_px, bar_px = 14 * len(groups) + 12, 12
    height = row_px * len(means) + 40
    out = [
        f'<svg xmlns="{SVG}" width="720" height="{height}" font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for i, (method, row) in enumerate(means.items()):
        top = 34 + i * row_px
        out.append(f'<text x="200" y="{top + row_px / 2:.0f}" text-anchor="end">{method}</text>')
        for j, group in enumerate(groups):
            y, width = top + 14 * j, row[group] * scale
            out.append(
                f'<rect x="210" y="{y}" width="{width:.1f}" height="{bar_px}" '
                f'fill="{colours[j % len(colours)]}"/>'
            )
            out.append(f'<text x="{214 + width:.1f}" y="{y + 10}">{row[group]:.2f}°</text>')
    for j, group in enumerate(groups):
        x = 210 + 160 * j
        out.append(f'<rect x="{x}" y="10" width="12" height="12" fill="{colours[j % 4]}"/>')
        out.append(f'<text x="{x + 18}" y="20">{group}</text>')
    return "\n".join([*out, "</svg>", ""])

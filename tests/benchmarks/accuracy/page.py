"""Writes the tables and the picture of ``docs/accuracy.md``."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.benchmarks.accuracy.scores import Score

DOCS = Path(__file__).parents[3] / "docs"
PAGE, PICTURE = DOCS / "accuracy.md", DOCS / "accuracy.svg"
SVG = "http://www.w3.org/2000/svg"
OURS = "Toepoint, live", "Toepoint, offline"


def tables(scores: Sequence[Score], cost: str) -> str:
    """Return all results as Markdown."""
    parts = [_real_table(scores), _simulated_table(scores), _peer_table(scores), cost]
    return "\n\n".join(part for part in parts if part)


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


def _groups(scores: Sequence[Score]) -> dict[str, list[Score]]:
    groups: dict[str, list[Score]] = {}
    for one in scores:
        groups.setdefault(one.group, []).append(one)
    return groups


def _real_table(scores: Sequence[Score]) -> str:
    lines = ["| recording | live | offline |", "|---|---|---|"]
    for group, members in _groups(scores).items():
        if group.startswith("simulated"):
            continue
        lines += [f"| {group}, {s.name} | {s.live:.2f}° | {s.offline:.2f}° |" for s in members]
        live, offline = (np.mean([getattr(s, k) for s in members]) for k in ("live", "offline"))
        lines.append(f"| **{group}, mean** | **{live:.2f}°** | **{offline:.2f}°** |")
    return "\n".join(lines) if len(lines) > 2 else ""


def _simulated_table(scores: Sequence[Score]) -> str:
    lines = [
        "| simulated | seeds | live | worst (seed) | offline | worst | drift/10 min | within ± |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for group, members in _groups(scores).items():
        if not group.startswith("simulated"):
            continue
        live = np.array([s.live for s in members])
        offline = np.array([s.offline for s in members])
        drift = np.mean([s.drift for s in members])
        held = np.mean([s.coverage for s in members])
        worst = members[int(live.argmax())].name.removeprefix("seed ")
        lines.append(
            f"| {group} | {len(members)} | {live.mean():.2f}° | {live.max():.2f}° ({worst}) "
            f"| {offline.mean():.2f}° | {offline.max():.2f}° | {drift:.2f}° | {held:.1%} |"
        )
    return "\n".join(lines) if len(lines) > 2 else ""


def peer_means(scores: Sequence[Score]) -> dict[str, dict[str, float]]:
    """Return the mean of each group by method, over the cases with peers."""
    with_peers = [s for s in scores if s.peers]
    means: dict[str, dict[str, float]] = {}
    for group, members in _groups(with_peers).items():
        rows = {OURS[0]: [s.live for s in members], OURS[1]: [s.offline for s in members]}
        for name in members[0].peers:
            rows[name] = [s.peers[name] for s in members]
        for method, values in rows.items():
            means.setdefault(method, {})[group] = float(np.mean(values))
    return means


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

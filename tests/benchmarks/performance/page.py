"""The table of docs/performance.md."""

from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.performance.figures import Figure, Run, load

PAGE = Path(__file__).parents[3] / "docs" / "performance.md"
HERE = Path(__file__).parent
BEFORE, NOW, BUSY = (HERE / f"{name}.json" for name in ("before", "now", "busy"))
"""Figures of commit e7818c7, of now, and of now beside four busy loops."""
BEGIN, END = "<!-- table -->\n", "<!-- end of table -->\n"


def table(before: Sequence[Run], now: Sequence[Run], busy: Sequence[Run]) -> str:
    """Return the table as Markdown: a row for each figure of now."""
    lines = [
        "| work | before | now | in yardsticks | beside four busy loops | to reach | the same work by others |",
        "|---|---|---|---|---|---|---|",
    ]
    was, loaded = _by_work(before), _by_work(busy)
    for run in now:
        for figure in run.figures:
            reach = f"≤ {figure.reach:g} {figure.unit}" if figure.reach is not None else ""
            cells = (
                figure.work,
                text(was.get(figure.work)),
                text(figure),
                in_yardsticks(figure, run.yardstick_ms),
                text(loaded.get(figure.work)),
                reach,
                figure.others,
            )
            lines.append("| " + " | ".join(cells) + " |")
    yardsticks = (
        _yardstick(name, runs)
        for name, runs in (("before", before), ("now", now), ("busy", busy))
        if runs
    )
    return "\n".join([*lines, "", f"Yardstick in the same processes: {'; '.join(yardsticks)}.", ""])


def text(figure: Figure | None) -> str:
    """Return a figure with its unit, or nothing without one."""
    return "" if figure is None else f"{figure.value:.3g} {figure.unit}"


def in_yardsticks(figure: Figure, yardstick_ms: float) -> str:
    """Return a time as a multiple of that of the yardstick; nothing for what is no time."""
    ratio = figure.yardsticks(yardstick_ms)
    return "" if ratio is None else f"{ratio:.3g}"


def write() -> None:
    """Write the table of the kept figures into the page."""
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    body = table(load(BEFORE), load(NOW), load(BUSY))
    PAGE.write_text(head + BEGIN + body + END + tail, encoding="utf-8", newline="\n")


def _by_work(runs: Sequence[Run]) -> dict[str, Figure]:
    return {figure.work: figure for run in runs for figure in run.figures}


def _yardstick(name: str, runs: Sequence[Run]) -> str:
    values = [run.yardstick_ms for run in runs]
    return f"{name} {min(values):.0f} to {max(values):.0f} ms"

"""The measured ranges of a recording on the command line."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gui.texts.exports import WORDING
from processing.output.summary_types import RangeSummary
from processing.ranges.measures import Knee, Measure, RangeKind
from processing.ranges.results import Difference


def print_ranges(out: Console, ranges: Sequence[RangeSummary]) -> None:
    """Print a table of the ``ranges``, and how they differ with the knee; nothing if there are none."""
    if not ranges:
        return
    out.print(Text("\nRanges", "bold"))
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("measure", no_wrap=True)
    for name in ("trials", "mean", "from", "to", "left out"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in ranges:
        table.add_row(
            WORDING.measure(RangeKind(one.measure, one.knee, one.side)),
            " ".join(f"{value:.0f}°" for value in one.trials_deg) or "none held",
            *(_degrees(value) for value in (one.mean_deg, one.lowest_deg, one.highest_deg)),
            str(one.left_out or "–"),
        )
    out.print(table)
    last = {(one.measure, one.knee, one.side): one.mean_deg for one in ranges}
    for side in dict.fromkeys(one.side for one in ranges):
        bent, straight = (last.get((Measure.DORSIFLEXION, knee, side)) for knee in Knee)
        if bent is not None and straight is not None:
            words = WORDING.contrast(Difference(straight - bent))
            out.print(f"  toes up, knee straight against bent{f' ({side})' * bool(side)}: {words}")
    out.print(Text(f"  {WORDING.range_method()}", "dim"))


def _degrees(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}°"

"""The measured ranges in the report of a session."""

import html
from collections.abc import Sequence

from processing.output.wording import Wording
from processing.ranges.results import RangeResult, knee_difference


def ranges_section(ranges: Sequence[RangeResult], wording: Wording) -> str:
    """Return the section of the ``ranges`` as HTML; empty if there are none."""
    if not ranges:
        return ""
    rows = "".join(_row(one, wording) for one in ranges)
    notes = []
    for side in dict.fromkeys(one.kind.side for one in ranges):
        lost = knee_difference(ranges, side)
        if lost is not None:
            name = f" ({side})" if side else ""
            words = wording.contrast(lost)
            notes.append(f"Toes up, knee straight against bent{name}: {words}.")
    notes.append(wording.range_method())
    text = "".join(f"<p>{html.escape(note)}</p>" for note in notes)
    return f"""<h2>Ranges</h2>
<table><tr><th>measure</th><th>trials °</th><th>mean °</th><th>range °</th><th>left out</th></tr>{rows}</table>
{text}"""


def _row(one: RangeResult, wording: Wording) -> str:
    values, mean = one.values_deg, one.mean_deg
    cells = [
        html.escape(wording.measure(one.kind)),
        " · ".join(f"{value:.0f}" for value in values) or "none held",
        "–" if mean is None else f"{mean:.1f}",
        f"{min(values):.0f} to {max(values):.0f}" if values else "–",
        str(len(one.trials) - len(values)),
    ]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"

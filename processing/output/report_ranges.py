"""The measured ranges in the report of a session."""

import html
from collections.abc import Sequence

from processing.output.wording import Wording
from processing.ranges.results import RangeResult, knee_difference


def ranges_section(ranges: Sequence[RangeResult], wording: Wording) -> str:
    """Return the section of the ``ranges`` as HTML; empty if there are none."""
    if not ranges:
        return ""
    words = wording.report
    rows = "".join(_row(one, wording) for one in ranges)
    notes = []
    for side in dict.fromkeys(one.kind.side for one in ranges):
        lost = knee_difference(ranges, side)
        if lost is not None:
            name, said = f" ({side})" if side else "", wording.contrast(lost)
            notes.append(words.knee_contrast.format(side=name, words=said))
    notes.append(wording.range_method())
    text = "".join(f"<p>{html.escape(note)}</p>" for note in notes)
    heads = "".join(f"<th>{html.escape(head)}</th>" for head in words.range_heads)
    return f"""<section><h2>{html.escape(words.ranges)}</h2>
<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
{text}</section>"""


def _row(one: RangeResult, wording: Wording) -> str:
    values, mean, words = one.values_deg, one.mean_deg, wording.report
    cells = [
        html.escape(wording.measure(one.kind)),
        " · ".join(f"{value:.0f}" for value in values) or words.none_held,
        "–" if mean is None else words.number(mean),
        words.span.format(low=f"{min(values):.0f}", high=f"{max(values):.0f}") if values else "–",
        str(len(one.trials) - len(values)),
    ]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"

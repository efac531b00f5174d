"""Sensors on the command line: those in sight, the abilities of a family, the states of links."""

from collections.abc import Iterable, Sequence

from rich.table import Table

from gui.models.sensors import FAR_DBM, LOW_BATTERY_PERCENT, NEAR_DBM
from sensor.ble.discovery import FoundDevice
from sensor.families.base import ClockKind, Family
from sensor.types import Event

CLOCK_WORDS = {
    ClockKind.NONE: "no clock: time from the arrival of many samples",
    ClockKind.SEQUENCE: "counts its samples",
    ClockKind.TICKS: "has a clock of its own",
    ClockKind.SESSION: "times come with the data",
}


def signal_words(rssi: int | None) -> str:
    """Return how near a sensor seems, in words and dBm."""
    if rssi is None:
        return "not known"
    word = "near" if rssi >= NEAR_DBM else "far" if rssi < FAR_DBM else "fair"
    return f"{word} ({rssi} dBm)"


def found_table(found: Sequence[FoundDevice]) -> Table:
    """Return what is in sight as a table, in the order given."""
    table = Table(box=None, padding=(0, 1), header_style="dim")
    for name in ("signal", "address", "family", "name", "note"):
        table.add_column(name, no_wrap=name != "note")
    for one in found:
        notes = [f"cannot be used: {one.refused}"] if one.refused else []
        if one.connected:
            notes.append("is connected to this computer already")
        signal = "connected" if one.connected else signal_words(one.rssi)
        table.add_row(signal, one.address, one.family or "–", one.name, "; ".join(notes))
    return table


def family_text(family: Family) -> str:
    """Return what a family can do, and what no one has confirmed, as text."""
    able = family.capabilities
    title = f"{family.name}: {family.title}"
    if able.refused:
        return f"{title} (recognised, not used)\n  why: {able.refused}"
    if able.experimental:
        title += " (experimental)"
    numbers = [
        f"rates {_numbers(able.rates_hz)} Hz (asked for: {able.default.rate_hz:g})",
        f"acceleration ±{_numbers(able.acc_ranges_g)} g",
        f"angular rate ±{_numbers(able.gyr_ranges_dps)} °/s",
    ]
    lines = [title, "  models: " + ", ".join(able.models), "  " + " · ".join(numbers)]
    lines.append(f"  time: {CLOCK_WORDS[able.clock.kind]}")
    if able.hardware_sync:
        lines.append("  several sensors can be synchronised among themselves")
    lines += [f"  limit: {limit}" for limit in able.limits]
    lines += [f"  not confirmed on hardware: {point}" for point in able.unconfirmed]
    return "\n".join(lines)


def _numbers(values: Iterable[float]) -> str:
    return ", ".join(f"{value:g}" for value in values)


class LinkPrinter:
    """A printer of the links of a session: each change, and each reason and remedy once."""

    def __init__(self) -> None:
        self._said: dict[str, str] = {}

    def show(self, event: Event) -> None:
        """Print a ``link`` event."""
        data = event.data
        source, reason = str(data["source"]), str(data.get("reason", ""))
        # A sensor that tries again reports the same reason each time.
        new = reason and reason != self._said.get(source)
        self._said[source] = reason
        print(f"{data['segment']} sensor {data['state']}" + f": {reason}" * bool(new), flush=True)
        if new and "remedy" in data:
            print(f"    {data['remedy']}", flush=True)


def battery_words(percent: float | None) -> str:
    """Return a battery's charge in words."""
    if percent is None:
        return "battery not known"
    low = ": charge it soon" if percent < LOW_BATTERY_PERCENT else ""
    return f"battery {percent:.0f} %{low}"

"""The last known charge of this user's sensors, to tell it before they are connected again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sensor.store.known_devices import KnownDevices


@dataclass(frozen=True, slots=True)
class Charge:
    """A sensor as it was at the end of its last session."""

    address: str
    """Its Bluetooth address; on macOS a UUID that is valid on this computer only."""
    percent: float | None = None
    """Charge of its battery; None if it never told one."""
    seen_utc: str = ""
    """End of that session, ISO 8601."""


CHARGES = KnownDevices("a list of charges", "charges", "sensors", Charge)


def load_charges(path: Path | None = None) -> dict[str, Charge]:
    """Return the last known charges by address; none if nothing was remembered.

    Raises
    ------
    DocumentError
        If the file cannot be read, is another one, is damaged or of a newer version.
    """
    return {charge.address: charge for charge in CHARGES.load(path)}


def remember_charges(
    seen: Mapping[str, float | None], now: datetime, path: Path | None = None
) -> dict[str, Charge]:
    """Remember the sensors of a session that ends ``now``; return all that are known.

    Parameters
    ----------
    seen
        The charge in percent by address; None where the sensor does not tell it.
    now
        The end of the session, with its time zone.
    path
        The file; None for that of this user.

    Raises
    ------
    DocumentError
        If the file cannot be read or written.
    """
    known = load_charges(path)
    when = now.astimezone(UTC).isoformat(timespec="seconds")
    for address, percent in seen.items():
        before = known.get(address, Charge(address))
        known[address] = Charge(address, before.percent if percent is None else percent, when)
    CHARGES.save(list(known.values()), path)
    return known

"""The outputs of this computer as values, and the guess whether one is a Bluetooth headphone."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutputDevice:
    """One output of this computer."""

    id: str
    """The system's name for it."""
    name: str
    """Its name for people."""
    is_default: bool = False
    """Whether the system plays on it by default."""

    @property
    def seems_bluetooth(self) -> bool:
        """Whether its sound probably comes 0.1 to 0.3 s late, by its names.

        Qt does not say how an output is connected. Linux names Bluetooth outputs ``bluez…``, macOS
        gives them their Bluetooth address as identity; Windows has only the words of the name.
        """
        return bool(_ID.search(self.id) or _NAME.search(self.name))


_ID = re.compile(
    r"bluez|bluetooth|bthenum|bthhfenum|^[0-9a-f]{2}([-:][0-9a-f]{2}){5}(:output)?$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"bluetooth|hands-?free|a2dp|airpods|buds\b|\bbuds\d|\bbeats\b|freebuds"
    r"|\bWH-\w|\bWF-\w|\bQC ?\d|quietcomfort|\bjabra\b|soundcore|\bJBL (tune|live|flip|charge)",
    re.IGNORECASE,
)

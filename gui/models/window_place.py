"""The place of a window in the settings. Without Qt."""

import re
from dataclasses import dataclass
from typing import Annotated, Self, TypeAlias

from msgspec import Meta

from sensor.errors import SettingError

_PATTERN = r"^(\d{2,5})x(\d{2,5})\+(\d{1,5})\+(\d{1,5})( maximized)? on (.{0,200})\Z"
ALLOWED = "such as 1440x900+0+0 on HDMI-1"
PlaceText: TypeAlias = Annotated[str, Meta(pattern=_PATTERN, description=ALLOWED)]
"""A :class:`WindowPlace` as text."""


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """The place of a window on a monitor."""

    screen: str
    """Name of the monitor."""
    x: int
    """Pixels from the left edge of the monitor."""
    y: int
    """Pixels from the upper edge of the monitor."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    maximized: bool = False
    """Whether it was maximised; size and place are those before."""

    def __str__(self) -> str:
        """Return the place as a text."""
        grown = " maximized" if self.maximized else ""
        return f"{self.width}x{self.height}+{self.x}+{self.y}{grown} on {self.screen}"

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Return the place that ``text`` describes.

        Raises
        ------
        SettingError
            If it describes none.
        """
        found = re.match(_PATTERN, text)
        if found is None:
            raise SettingError("places", text, ALLOWED)
        width, height, x, y = map(int, found.groups()[:4])
        return cls(found[6], x, y, width, height, bool(found[5]))

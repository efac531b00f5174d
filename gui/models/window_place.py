"""Where a window stood, as it is kept in the settings. No Qt."""

import re
from dataclasses import dataclass
from typing import Annotated, Self, TypeAlias

from msgspec import Meta

from sensor.errors import SettingError

_PATTERN = r"^(\d{2,5})x(\d{2,5})\+(\d{1,5})\+(\d{1,5})( maximized)? on (.{0,200})\Z"
ALLOWED = "such as 1440x900+0+0 on HDMI-1"
PlaceText: TypeAlias = Annotated[str, Meta(pattern=_PATTERN, description=ALLOWED)]
"""A :class:`Place` as text."""


@dataclass(frozen=True, slots=True)
class Place:
    """Size and place in pixels, from the upper left corner of the monitor called ``screen``."""

    screen: str
    x: int
    y: int
    width: int
    height: int
    maximized: bool = False

    def __str__(self) -> str:
        """Return the place as a text."""
        grown = " maximized" if self.maximized else ""
        return f"{self.width}x{self.height}+{self.x}+{self.y}{grown} on {self.screen}"

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Return the place of such a text.

        Raises
        ------
        SettingError
            If it is none.
        """
        found = re.match(_PATTERN, text)
        if found is None:
            raise SettingError("places", text, ALLOWED)
        width, height, x, y = map(int, found.groups()[:4])
        return cls(found[6], x, y, width, height, bool(found[5]))

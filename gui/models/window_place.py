"""Where a window stood, as it is kept in the settings. No Qt."""

import re
from dataclasses import dataclass
from typing import Self

from sensor.errors import SettingError

_TEXT = re.compile(r"(\d{2,5})x(\d{2,5})\+(\d{1,5})\+(\d{1,5})( maximized)? on (.{0,200})")


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
        found = _TEXT.fullmatch(text)
        if found is None:
            raise SettingError("places", text, "such as 1440x900+0+0 on HDMI-1")
        width, height, x, y = map(int, found.groups()[:4])
        return cls(found[6], x, y, width, height, bool(found[5]))

"""The error of a computer on which the window cannot be opened. No Qt, which is what may be missing."""

import os
import sys

from sensor.errors import ToepointError

REMEDIES = {
    "linux": "On a desktop: `sudo apt install libegl1 libxkbcommon0 libxcb-cursor0`. Without one, "
    "`toepoint record` needs no window.",
}
OTHER_REMEDY = "Install Toepoint again: `uv sync`."


def window_remedy(platform: str = sys.platform) -> str:
    """Return what to do where no window can be opened; ``platform`` as in ``sys.platform``."""
    return REMEDIES.get(platform, OTHER_REMEDY)


class NoWindowError(ToepointError):
    """A window that cannot be opened here.

    Attributes
    ----------
    detail
        The reason, in the words of the system.
    """

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(f"no window can be opened here: {detail}. {window_remedy()}")


def has_display() -> bool:
    """Return whether there is a screen for a window."""
    # Windows and macOS always have a display.
    if not sys.platform.startswith("linux"):
        return True
    # A platform of Qt that the person chose may need no screen.
    chosen = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if chosen and chosen.partition("-")[0] not in ("xcb", "wayland"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

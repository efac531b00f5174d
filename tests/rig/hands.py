"""The hands of a person at an X server: a mouse and a keyboard, by its XTEST extension.

The window gets these events as it gets those of real devices, with the focus, the pop-ups and whatever
lies on top where it is pressed.
"""

import ctypes
import ctypes.util
from types import TracebackType
from typing import Self

LEFT, WHEEL_UP, WHEEL_DOWN = 1, 4, 5
"""Buttons of a mouse; a turn of the wheel is a click of one."""
_KEYS = {" ": b"space", "Return": b"Return", "Escape": b"Escape"}
"""Names of the keys that are not named as they look."""


class NoHandsError(Exception):
    """The X server or the libraries of its test extension are missing."""


class Hands:
    """A mouse and a keyboard on the X server ``display``.

    Raises
    ------
    NoHandsError
        If they cannot be used here.
    """

    def __init__(self, display: str) -> None:
        x11, xtst = ctypes.util.find_library("X11"), ctypes.util.find_library("Xtst")
        if x11 is None or xtst is None:
            raise NoHandsError("libX11 or libXtst is missing: apt-get install libx11-6 libxtst6")
        self._x11, self._xtst = ctypes.CDLL(x11), ctypes.CDLL(xtst)
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        opened = self._x11.XOpenDisplay(display.encode())
        if not opened:
            raise NoHandsError(f"no X server answers at {display}")
        self._display = ctypes.c_void_p(opened)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._x11.XCloseDisplay(self._display)

    def focus(self, window: int) -> None:
        """Give a window the keyboard, as a window manager does; here there is none."""
        self._x11.XSetInputFocus(self._display, ctypes.c_ulong(window), 1, ctypes.c_ulong(0))
        self._x11.XSync(self._display, 0)

    def press(self, x: int, y: int, button: int = LEFT) -> None:
        """Move the mouse to a place of the screen, in pixels, and click."""
        self._xtst.XTestFakeMotionEvent(self._display, -1, x, y, ctypes.c_ulong(0))
        for down in (1, 0):
            self._xtst.XTestFakeButtonEvent(self._display, button, down, ctypes.c_ulong(0))
        self._x11.XSync(self._display, 0)

    def key(self, name: str) -> None:
        """Press and release a key, named by its letter or as Return and Escape."""
        symbol = self._x11.XStringToKeysym(_KEYS.get(name, name.encode()))
        code = self._x11.XKeysymToKeycode(self._display, ctypes.c_ulong(symbol))
        for down in (1, 0):
            self._xtst.XTestFakeKeyEvent(self._display, code, down, ctypes.c_ulong(0))
        self._x11.XSync(self._display, 0)

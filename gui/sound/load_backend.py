"""The one place where the sound system may be missing."""

import importlib

from gui.sound.backend import Backend
from gui.sound.errors import SoundError, SoundFault


def load_backend() -> Backend:
    """Return the sound system of this computer.

    Raises
    ------
    SoundError
        If Qt's multimedia module, or a system library that it loads, is not installed.
    """
    try:
        # Only here and only now: the import fails where a system library is missing, and the window
        # opens without sound all the same.
        module = importlib.import_module("gui.sound.qt_backend")
    except ImportError as error:
        raise SoundError(SoundFault.LIBRARY, str(error)) from error
    backend: Backend = module.QtBackend()
    return backend

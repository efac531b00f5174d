"""What families share that take no settings: those that refuse to stream, and those that just do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from sensor.errors import SettingError
from sensor.families.base import Capabilities
from sensor.types import StreamSettings


def refuse(name: str, capabilities: Capabilities) -> NoReturn:
    """Raise the ``SettingError`` that says why the family cannot be streamed."""
    raise SettingError("family", name, f"another one: {capabilities.refused}")


@dataclass(frozen=True, slots=True)
class QuietPeripheral:
    """A virtual device that takes nothing and answers nothing.

    ``streaming`` are the settings with which it streams to whoever listens, None if it never does.
    """

    streaming: StreamSettings | None = None

    def write(self, characteristic: str, data: bytes) -> Sequence[tuple[str, bytes]]:
        """Answer nothing."""
        del characteristic, data
        return []

    def read(self, characteristic: str) -> bytes:
        """Return nothing."""
        del characteristic
        return b""

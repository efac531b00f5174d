"""What families share that are recognised, and decoded, but not streamed."""

from collections.abc import Sequence
from typing import NoReturn

from sensor.errors import SettingError
from sensor.families.base import Capabilities
from sensor.types import StreamSettings


def refuse(name: str, capabilities: Capabilities) -> NoReturn:
    """Raise the ``SettingError`` that says why the family cannot be streamed."""
    raise SettingError("family", name, f"another one: {capabilities.refused}")


class SilentPeripheral:
    """A virtual device that nobody configures."""

    def write(self, characteristic: str, data: bytes) -> Sequence[tuple[str, bytes]]:
        """Answer nothing."""
        del characteristic, data
        return []

    def read(self, characteristic: str) -> bytes:
        """Return nothing."""
        del characteristic
        return b""

    @property
    def streaming(self) -> StreamSettings | None:
        """None: it never streams."""
        return None

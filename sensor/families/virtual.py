"""Virtual devices that serve several families: a silent one, and one that keeps what is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sensor.families.base import Message
from sensor.types import StreamSettings


@dataclass(frozen=True, slots=True)
class SilentPeripheral:
    """A virtual device that ignores every write and has nothing to read."""

    streaming: StreamSettings | None = None
    """The settings with which it streams to any listener, None if it never streams."""

    def write(self, characteristic: str, data: bytes) -> Sequence[Message]:
        """Answer nothing."""
        del characteristic, data
        return []

    def read(self, characteristic: str) -> bytes:
        """Return nothing."""
        del characteristic
        return b""


@dataclass(slots=True)
class MemoryPeripheral:
    """A virtual device whose characteristics keep what is written to them."""

    values: dict[str, bytes]
    """The value read from each characteristic, at first the factory's."""
    accepts: Callable[[str, bytes], bool]
    """Whether the device accepts a value for a characteristic; others leave the old one."""
    settings_of: Callable[[Mapping[str, bytes]], StreamSettings | None]
    """Returns the settings in force with these values, None while it does not stream."""

    def write(self, characteristic: str, data: bytes) -> Sequence[Message]:
        """Keep ``data`` if the device accepts it; answer nothing."""
        if self.accepts(characteristic, data):
            self.values[characteristic] = data
        return []

    def read(self, characteristic: str) -> bytes:
        """Return the value of a characteristic, ``b""`` if it has none."""
        return self.values.get(characteristic, b"")

    @property
    def streaming(self) -> StreamSettings | None:
        """The settings in force while the device streams, else None."""
        return self.settings_of(self.values)

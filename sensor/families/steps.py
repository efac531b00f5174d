"""The steps by which a sensor is configured.

A configuration is a generator: it yields steps, is sent the answer of each, and returns what came
out of it. It knows no radio, so the Bluetooth link, a test and a virtual sensor can all run it.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from typing import NoReturn, TypeAlias

from sensor.errors import SettingError
from sensor.types import StreamSettings


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Switch on notifications (or indications) of a characteristic."""

    characteristic: str
    """UUID of the characteristic."""


@dataclass(frozen=True, slots=True)
class Write:
    """Write to a characteristic."""

    characteristic: str
    """UUID of the characteristic."""
    data: bytes
    """The bytes to write."""
    response: bool = False
    """Whether the device acknowledges the write."""
    service: str | None = None
    """UUID of the service, where several services have a characteristic with that UUID."""


@dataclass(frozen=True, slots=True)
class Read:
    """Read a characteristic; its value is the answer."""

    characteristic: str
    """UUID of the characteristic."""
    optional: bool = False
    """Whether a device without the characteristic answers ``b""`` instead of an error."""


@dataclass(frozen=True, slots=True)
class Expect:
    """Wait for a notification; its payload is the answer."""

    characteristic: str
    """UUID of the characteristic."""
    prefix: bytes
    """The bytes that the notification starts with; others are passed over."""
    timeout_s: float = 2.0
    """Time to wait, s."""
    optional: bool = False
    """Whether a time-out answers ``b""`` instead of ending the configuration."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Send the device nothing for a while."""

    seconds: float
    """Duration, s."""


Step: TypeAlias = Subscribe | Write | Read | Expect | Pause


@dataclass(frozen=True, slots=True)
class Configured:
    """The result of a configuration: the settings in force, and what the device is."""

    settings: StreamSettings
    """The settings in force, which may differ from those asked for."""
    identity: str | None = None
    """The device's own identity, such as a serial number; None if it names none."""
    battery_percent: float | None = None
    """Charge from 0 to 100; None if the device does not tell."""
    firmware: str | None = None
    """Firmware version; None if the device does not tell."""


Script: TypeAlias = Generator[Step, bytes, Configured]
"""Yields steps, is sent the answer of each (``b""`` where a step has none), returns the result."""


def refuse(family: str, allowed: str) -> Callable[[StreamSettings], NoReturn]:
    """Return the configuration of a family that cannot be streamed from a radio.

    Parameters
    ----------
    family
        Name of the family.
    allowed
        The end of "it must be …", which is raised as ``SettingError`` for any settings.
    """
    return partial(_refuse, family, allowed)


def _refuse(family: str, allowed: str, _settings: StreamSettings) -> NoReturn:
    raise SettingError("family", family, allowed)

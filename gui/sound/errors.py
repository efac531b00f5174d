"""The errors of sound output."""

from enum import StrEnum

from sensor.errors import ToepointError


class SoundFault(StrEnum):
    """The causes of missing sound."""

    LIBRARY = "library"
    """Qt's multimedia module or a system library that it needs is not installed."""
    NO_DEVICE = "no device"
    FORMAT = "format"
    """The device takes no samples of a kind that we can make."""
    NOT_OPENED = "not opened"
    LOST = "lost"
    """The device went away or stopped with an error."""
    PACK = "pack"
    """The voice pack is missing or damaged."""


REMEDIES = {
    SoundFault.LIBRARY: "install the system's PulseAudio library (Debian: libpulse0)",
    SoundFault.NO_DEVICE: "connect a loudspeaker or headphones",
    SoundFault.FORMAT: "choose another output",
    SoundFault.NOT_OPENED: "close programs that hold the output, or choose another one",
    SoundFault.LOST: "connect it again, or choose another output",
    SoundFault.PACK: "install Toepoint again",
}


class SoundError(ToepointError):
    """There is no sound; everything is still shown.

    Attributes
    ----------
    fault
        The kind of trouble.
    detail
        The message of the system, or the device or file concerned.
    remedy
        The way to put it right.
    """

    def __init__(self, fault: SoundFault, detail: str) -> None:
        self.fault = fault
        self.detail = detail
        self.remedy = REMEDIES[fault]
        super().__init__(f"no sound ({fault}: {detail}); {self.remedy}")

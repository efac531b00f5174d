"""The error of a link, and the one place that maps Bleak's errors to it.

Bleak raises errors of its own, ``TimeoutError`` and ``OSError``, and each operating system words
them differently. :func:`link_error` turns all of them into :class:`LinkError` at the boundary.
"""

import sys
from dataclasses import dataclass

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakCharacteristicNotFoundError,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
    BleakGATTProtocolErrorCode,
)

from sensor.ble.remedies import REMEDIES, LinkFault
from sensor.errors import ToepointError

RADIO_ERRORS = (BleakError, TimeoutError, OSError, EOFError)
"""All errors that Bleak raises: its own, time-outs, and those of the D-Bus socket."""

AdapterReason = BleakBluetoothNotAvailableReason
"""Bleak's reasons why Bluetooth is not available."""

_FAULT_OF_REASON = {
    AdapterReason.NO_BLUETOOTH: LinkFault.NO_ADAPTER,
    AdapterReason.NO_BLE_CENTRAL_ROLE: LinkFault.NO_ADAPTER,
    AdapterReason.POWERED_OFF: LinkFault.ADAPTER_OFF,
    AdapterReason.DENIED_BY_USER: LinkFault.NO_PERMISSION,
    AdapterReason.DENIED_BY_SYSTEM: LinkFault.NO_PERMISSION,
    AdapterReason.DENIED_BY_UNKNOWN: LinkFault.NO_PERMISSION,
    AdapterReason.UNKNOWN: LinkFault.OTHER,
}

_FAULT_OF_DBUS_ERROR = {
    "org.bluez.Error.NotReady": LinkFault.ADAPTER_OFF,
    "org.bluez.Error.InProgress": LinkFault.BUSY,
    "org.bluez.Error.NotConnected": LinkFault.DISCONNECTED,
    "org.bluez.Error.AuthenticationFailed": LinkFault.NOT_PAIRED,
    "org.bluez.Error.AuthenticationRejected": LinkFault.NOT_PAIRED,
    "org.freedesktop.DBus.Error.AccessDenied": LinkFault.NO_PERMISSION,
    "org.freedesktop.DBus.Error.NameHasNoOwner": LinkFault.NO_BLUETOOTH_SERVICE,
    "org.freedesktop.DBus.Error.NoReply": LinkFault.NO_BLUETOOTH_SERVICE,
    "org.freedesktop.DBus.Error.ServiceUnknown": LinkFault.NO_BLUETOOTH_SERVICE,
    "org.freedesktop.DBus.Error.UnknownObject": LinkFault.NOT_FOUND,
}

# BlueZ has these words in the text of org.bluez.Error.Failed, Windows and macOS in Bleak's text.
_FAULT_OF_TEXT = (
    ("busy", LinkFault.BUSY),
    ("abort-by-remote", LinkFault.BUSY),
    ("abort-by-local", LinkFault.TIMEOUT),
    ("not connected", LinkFault.DISCONNECTED),
    ("disconnected", LinkFault.DISCONNECTED),
    ("unreachable", LinkFault.DISCONNECTED),
    ("service discovery has not been performed", LinkFault.DISCONNECTED),
    ("access denied", LinkFault.NO_PERMISSION),
    ("is bluetooth turned on", LinkFault.ADAPTER_OFF),
    ("adapter", LinkFault.NO_ADAPTER),
)

_WINDOWS_NOT_READY = -2147020577
"""Windows' error "The device is not ready for use", which it gives while the radio is off."""


@dataclass(frozen=True, slots=True)
class Cause:
    """The error of the layers below."""

    error: str
    """Its type and text."""
    reason: AdapterReason | BleakGATTProtocolErrorCode | str | None = None
    """Bleak's enum if it has one; on Linux otherwise the name of the D-Bus error."""


class LinkError(ToepointError):
    """A sensor that cannot be found, connected, configured or heard.

    Attributes
    ----------
    fault
        The kind of fault.
    subject
        The sensor that it concerns, or ``Bluetooth``.
    detail
        Details of the fault in the words of a device or the system; may be empty.
    what
        The fault in a few words.
    remedy
        What to do about it on this operating system.
    cause
        The error of Bleak or the adapter; None if there was none.
    """

    def __init__(
        self, fault: LinkFault, subject: str, detail: str = "", cause: Cause | None = None
    ) -> None:
        self.fault = fault
        self.subject = subject
        self.detail = detail
        self.cause = cause
        known = REMEDIES[fault]
        self.what = f"{known.what}: {detail}" if detail else known.what
        self.remedy = known.to_do(sys.platform)
        super().__init__(f"{subject}: {self.what}. {self.remedy}")


def link_error(error: BaseException, subject: str) -> LinkError:
    """Return ``error`` as a :class:`LinkError` about ``subject``."""
    if isinstance(error, LinkError):
        return error
    text = str(error)
    reason: AdapterReason | BleakGATTProtocolErrorCode | str | None = None
    if isinstance(error, BleakBluetoothNotAvailableError):
        fault = _FAULT_OF_REASON[error.reason]
        reason = error.reason
        text = str(error.args[0])
    elif isinstance(error, BleakDBusError):
        # BlueZ reports most faults as "Failed", with the reason in the text.
        fault = _FAULT_OF_DBUS_ERROR.get(error.dbus_error) or _fault_of_text(text)
        reason = error.dbus_error
    elif isinstance(error, BleakDeviceNotFoundError):
        fault = LinkFault.NOT_FOUND
    elif isinstance(error, BleakCharacteristicNotFoundError):
        fault = LinkFault.WRONG_SERVICES
    elif isinstance(error, BleakGATTProtocolError):
        fault = LinkFault.CONFIGURATION
        reason = error.code
    elif isinstance(error, BleakError):
        fault = _fault_of_text(text)
    elif isinstance(error, TimeoutError):
        fault = LinkFault.TIMEOUT
    else:
        fault = _fault_of_system_error(error)
    cause = Cause(f"{type(error).__name__}: {text}", reason)
    # Only an unknown fault is shown in the words of the system; the others have plainer ones.
    detail = cause.error if fault is LinkFault.OTHER else ""
    return LinkError(fault, subject, detail, cause)


def _fault_of_text(text: str) -> LinkFault:
    lowered = text.lower()
    return next((fault for words, fault in _FAULT_OF_TEXT if words in lowered), LinkFault.OTHER)


def _fault_of_system_error(error: BaseException) -> LinkFault:
    if isinstance(error, PermissionError):
        return LinkFault.NO_PERMISSION
    if getattr(error, "winerror", None) == _WINDOWS_NOT_READY:
        return LinkFault.ADAPTER_OFF
    # The socket of the system D-Bus is missing, refuses or broke; on Linux it leads to BlueZ.
    return LinkFault.NO_BLUETOOTH_SERVICE if sys.platform == "linux" else LinkFault.OTHER

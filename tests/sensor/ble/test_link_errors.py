"""Tests of the mapping of Bleak's and the system's errors to one error with cause and remedy."""

import pytest
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

from sensor.ble.link_errors import RADIO_ERRORS, link_error
from sensor.ble.remedies import REMEDIES, LinkFault
from sensor.errors import ToepointError

Reason = BleakBluetoothNotAvailableReason


@pytest.mark.parametrize(
    ("raised", "fault"),
    [
        (BleakBluetoothNotAvailableError("No adapters", Reason.NO_BLUETOOTH), "no adapter"),
        (BleakBluetoothNotAvailableError("off", Reason.POWERED_OFF), "adapter off"),
        (BleakBluetoothNotAvailableError("denied", Reason.DENIED_BY_USER), "no permission"),
        (BleakDBusError("org.freedesktop.DBus.Error.ServiceUnknown", []), "no Bluetooth service"),
        (BleakDBusError("org.bluez.Error.NotReady", ["Resource Not Ready"]), "adapter off"),
        (BleakDBusError("org.bluez.Error.Failed", ["br-connection-busy"]), "busy"),
        (BleakDBusError("org.bluez.Error.Failed", ["le-connection-abort-by-local"]), "time-out"),
        (BleakDBusError("org.bluez.Error.Failed", ["Not connected"]), "disconnected"),
        (BleakDBusError("org.freedesktop.DBus.Error.AccessDenied", ["rule"]), "no permission"),
        (BleakDeviceNotFoundError("AA:BB", "gone"), "not found"),
        (BleakCharacteristicNotFoundError("2a19"), "wrong services"),
        (BleakGATTProtocolError(BleakGATTProtocolErrorCode.WRITE_NOT_PERMITTED), "configuration"),
        (BleakError("failed to discover services, device disconnected"), "disconnected"),
        (BleakError("Could not read characteristic value: Unreachable"), "disconnected"),
        (BleakError("Could not start notify: Access Denied"), "no permission"),
        (BleakError("something quite new"), "other"),
        (TimeoutError(), "time-out"),
        (PermissionError(13, "Permission denied"), "no permission"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value),
)
def test_every_error_has_its_fault(raised: Exception, fault: str) -> None:
    assert isinstance(raised, RADIO_ERRORS)
    error = link_error(raised, "shin sensor AA:BB")
    assert error.fault.value.startswith(fault)
    assert isinstance(error, ToepointError)
    assert str(error).startswith("shin sensor AA:BB: ")
    assert error.cause is not None
    assert type(raised).__name__ in error.cause.error


def test_an_unknown_error_is_shown_in_the_words_of_the_system() -> None:
    assert "something quite new" in str(link_error(BleakError("something quite new"), "foot"))


def test_the_reasons_of_bleak_stay_enums() -> None:
    off = link_error(BleakBluetoothNotAvailableError("off", Reason.POWERED_OFF), "Bluetooth")
    assert off.cause is not None
    assert off.cause.reason is Reason.POWERED_OFF
    denied = link_error(BleakGATTProtocolError(0x03), "shin")
    assert denied.cause is not None
    assert denied.cause.reason is BleakGATTProtocolErrorCode.WRITE_NOT_PERMITTED


def test_a_missing_dbus_socket_is_a_missing_service_on_linux(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    error = link_error(FileNotFoundError(2, "No such file"), "Bluetooth")
    assert error.fault is LinkFault.NO_BLUETOOTH_SERVICE
    assert "systemctl" in error.remedy


@pytest.mark.parametrize("fault", LinkFault)
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_every_fault_has_a_cause_and_a_remedy_on_every_system(
    fault: LinkFault, platform: str
) -> None:
    remedy = REMEDIES[fault]
    assert remedy.what
    assert not remedy.what.endswith(".")
    assert remedy.to_do(platform).endswith(".")


def test_faults_of_the_computer_have_a_remedy_for_each_system() -> None:
    for fault in (LinkFault.ADAPTER_OFF, LinkFault.NO_PERMISSION, LinkFault.NO_BLUETOOTH_SERVICE):
        remedies = {REMEDIES[fault].to_do(system) for system in ("linux", "darwin", "win32")}
        assert len(remedies) == 3

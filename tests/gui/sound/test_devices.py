"""Names of outputs on real systems, with and without Bluetooth."""

import pytest

from gui.sound.devices import OutputDevice


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ("bluez_sink.AC_12_2F_50_BB_3A.a2dp_sink", "WH-1000XM4"),
        ("bluez_output.AC_12_2F_50_BB_3A.1", "Headset"),
        ("AC-12-2F-50-BB-3A:output", "Anna's headphones"),
        ("{0.0.0.00000000}.{11111111-2222}", "Headset (Jabra Elite 75t Hands-Free AG Audio)"),
        ("{0.0.0.00000000}.{11111111-2222}", "Headphones (AirPods Pro)"),
        ("{0.0.0.00000000}.{11111111-2222}", "Galaxy Buds2 Pro"),
        ("x", "Bluetooth Speaker"),
    ],
)
def test_bluetooth_outputs_are_recognised_by_name(identity: str, name: str) -> None:
    assert OutputDevice(identity, name).seems_bluetooth


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ("alsa_output.pci-0000_00_1f.3.analog-stereo", "Built-in Audio Analog Stereo"),
        ("alsa_output.usb-Generic_USB_Audio-00.analog-stereo", "USB Audio Analog Stereo"),
        ("AppleHDAEngineOutput:1B,0,1,1:0", "MacBook Pro Speakers"),
        ("{0.0.0.00000000}.{11111111-2222}", "Speakers (Realtek(R) Audio)"),
        ("{0.0.0.00000000}.{11111111-2222}", "Headphones (High Definition Audio Device)"),
        ("hdmi-stereo", "DELL U2720Q (NVIDIA High Definition Audio)"),
    ],
)
def test_other_outputs_are_not_taken_for_bluetooth(identity: str, name: str) -> None:
    assert not OutputDevice(identity, name).seems_bluetooth

"""Parts of the contract tests: random motion, the messages that carry it, the samples they hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from sensor.errors import DecodeError
from sensor.families.base import Decode, DeviceSamples, Family, Message
from sensor.types import STANDARD_GRAVITY_MPS2, FloatArray, Packet, StreamSettings
from tests.sensor.families.driver import stream_settings

Notifications: TypeAlias = list[Message]
"""The notifications that one call of an encoder returns."""


@dataclass(frozen=True)
class Stream:
    """Samples and the messages that carry them."""

    settings: StreamSettings
    """The settings of the stream."""
    per_message: int
    """Samples in a message."""
    acc: FloatArray
    """Specific force (messages, per message, 3) in m/s²."""
    gyr: FloatArray
    """Angular rate (messages, per message, 3) in rad/s."""
    messages: list[Notifications]
    """The notifications of each message."""

    def from_message(self, first: int) -> Notifications:
        """Return the notifications of message ``first`` and all after it."""
        return [notification for message in self.messages[first:] for notification in message]

    @property
    def acc_atol_mps2(self) -> float:
        """A thousandth of the range: more than any quantisation, less than any wrong scale."""
        return self.settings.acc_range_g * STANDARD_GRAVITY_MPS2 / 1000.0

    @property
    def gyr_atol_rad_s(self) -> float:
        return float(np.deg2rad(self.settings.gyr_range_dps)) / 1000.0


def encoded_stream(
    family: Family,
    messages: int = 8,
    *,
    scale: float = 0.8,
    first_sample: int = 0,
    first_time_s: float = 0.0,
) -> Stream:
    """Return random motion, encoded by the family's device side.

    Parameters
    ----------
    family
        The family, which streams with its default settings.
    messages
        How many times the encoder is called.
    scale
        Largest value as a fraction of the range.
    first_sample
        Number of the first sample since the device was switched on.
    first_time_s
        The device's clock at the first sample.
    """
    settings = stream_settings(family)
    encoder = family.encoder(settings)
    n = encoder.samples_per_notification
    rng = np.random.default_rng(1)
    shape = (messages, n, 3)
    acc = rng.uniform(-scale, scale, shape) * settings.acc_range_g * STANDARD_GRAVITY_MPS2
    gyr = rng.uniform(-scale, scale, shape) * np.deg2rad(settings.gyr_range_dps)
    period_s = 1.0 / settings.rate_hz
    encoded = [
        list(
            encoder.encode(
                DeviceSamples(acc[i], gyr[i], first_sample + i * n, first_time_s + i * n * period_s)
            )
        )
        for i in range(messages)
    ]
    return Stream(settings, n, acc, gyr, encoded)


def feed(decode: Decode, notifications: Iterable[Message]) -> list[Packet]:
    """Return the packets of notifications that must all be good."""
    packets: list[Packet] = []
    for characteristic, payload in notifications:
        packets += decode(characteristic, [payload])
    for packet in packets:
        assert_sound(packet)
    return packets


def feed_anything(
    decode: Decode, notifications: Iterable[Message]
) -> tuple[list[Packet], list[DecodeError]]:
    """Return packets and errors of notifications; anything raised but ``DecodeError`` fails."""
    packets: list[Packet] = []
    errors: list[DecodeError] = []
    for characteristic, payload in notifications:
        try:
            packets += decode(characteristic, [payload])
        except DecodeError as error:
            errors.append(error)
    for packet in packets:
        assert_sound(packet)
    return packets, errors


def first_of(marks: Sequence[int] | None) -> int | None:
    """Return the tick or the number of a packet's first message."""
    return None if marks is None else marks[0]


def samples(packets: Iterable[Packet]) -> tuple[FloatArray, FloatArray]:
    """Return all ``acc`` and ``gyr`` of the packets, each (n, 3)."""
    empty = np.zeros((0, 3))
    listed = list(packets)
    return (
        np.vstack([empty, *(p.acc for p in listed)]),
        np.vstack([empty, *(p.gyr for p in listed)]),
    )


def assert_sound(packet: Packet) -> None:
    """Assert what must hold of every packet, whatever the bytes were."""
    n = max(len(packet.acc), len(packet.gyr))
    for array in (packet.acc, packet.gyr):
        assert array.dtype == np.float64
        assert array.shape in {(n, 3), (0, 3)}
        assert array.flags.c_contiguous
        assert not array.flags.writeable
        assert np.isfinite(array).all()
    assert packet.clipped.dtype == np.bool_
    assert packet.clipped.shape == (n,)
    assert not packet.clipped.flags.writeable
    assert packet.skipped_bytes >= 0
    assert packet.messages >= 1
    assert n % packet.messages == 0
    for marks in (packet.ticks, packet.sequences):
        assert marks is None or len(marks) == packet.messages
    assert packet.period_s is None or packet.period_s > 0
    assert packet.battery_percent is None or 0 <= packet.battery_percent <= 100


def assert_ends_with(stream: Stream, packets: Iterable[Packet], message: int) -> None:
    """Assert that the newest samples of ``packets`` are exactly those of one message."""
    acc, gyr = samples(packets)
    n = stream.per_message
    assert len(acc) >= n
    assert len(gyr) >= n
    np.testing.assert_allclose(acc[-n:], stream.acc[message], rtol=0, atol=stream.acc_atol_mps2)
    np.testing.assert_allclose(gyr[-n:], stream.gyr[message], rtol=0, atol=stream.gyr_atol_rad_s)


def assert_prefix(stream: Stream, packets: Iterable[Packet]) -> None:
    """Assert that ``packets`` hold nothing but the first samples of the stream, or fewer."""
    acc, gyr = samples(packets)
    true_acc, true_gyr = stream.acc.reshape(-1, 3), stream.gyr.reshape(-1, 3)
    np.testing.assert_allclose(acc, true_acc[: len(acc)], rtol=0, atol=stream.acc_atol_mps2)
    np.testing.assert_allclose(gyr, true_gyr[: len(gyr)], rtol=0, atol=stream.gyr_atol_rad_s)


def assert_all(stream: Stream, packets: Iterable[Packet]) -> None:
    """Assert that ``packets`` hold every sample of the stream."""
    listed = list(packets)
    assert_prefix(stream, listed)
    acc, gyr = samples(listed)
    assert len(acc) == len(gyr) == stream.acc.shape[0] * stream.per_message

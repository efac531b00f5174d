"""The shape of a family's stream on the air, and whether its messages arrive whole."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sensor.ble.conversation import same_uuid
from sensor.errors import DecodeError
from sensor.families.base import DeviceSamples, Family
from sensor.types import StreamSettings

FEW_SAMPLES = 0.7
"""A stream that delivers less than this fraction of its samples lost some on the way; ordinary
radio loss stays well above it."""


@dataclass(frozen=True, slots=True)
class StreamShape:
    """The messages of a stream."""

    characteristics: frozenset[str]
    """UUIDs of the characteristics that carry samples."""
    longest: int
    """Length of the longest message, in bytes."""

    def carries(self, characteristic: str) -> bool:
        """Return whether ``characteristic`` carries samples."""
        return any(same_uuid(characteristic, own) for own in self.characteristics)


def stream_shape(family: Family, settings: StreamSettings) -> StreamShape:
    """Return the shape of a family's stream, from the family's own encoder."""
    # The lengths of messages do not depend on their values, so any samples will do.
    encoder = family.encoder(settings)
    still = np.zeros((encoder.samples_per_notification, 3))
    messages = encoder.encode(DeviceSamples(still, still))
    return StreamShape(
        frozenset(characteristic for characteristic, _ in messages),
        max(len(payload) for _, payload in messages),
    )


def cut_short(
    messages: Sequence[tuple[str, bytes]],
    seconds: float,
    limit: int,
    family: Family,
    settings: StreamSettings,
) -> bool:
    """Return whether a connection cuts a stream's messages short.

    With a small MTU some sensors send shorter messages; of others the ends are missing. The ends
    are missing if every message has exactly the length that the connection carries, and few of the
    samples are in them.

    Parameters
    ----------
    messages
        Characteristic and payload of the messages that arrived.
    seconds
        Time within which they arrived.
    limit
        Longest message that the connection carries, in bytes.
    family, settings
        The family of the sensor, and the settings of its stream.
    """
    shape = stream_shape(family, settings)
    stream = [(c, payload) for c, payload in messages if shape.carries(c)]
    if shape.longest <= limit or any(len(payload) != limit for _, payload in stream):
        return False
    decode = family.decoder(settings)
    samples = 0
    for characteristic, payload in stream:
        try:
            packets = decode(characteristic, [payload])
        except DecodeError:
            continue
        samples += sum(max(len(packet.acc), len(packet.gyr)) for packet in packets)
    return samples < FEW_SAMPLES * seconds * settings.rate_hz

"""What a family's stream looks like on the air, and whether it arrives whole."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sensor.ble.conversation import same_uuid
from sensor.errors import DecodeError
from sensor.families.base import Family
from sensor.types import StreamSettings

FEW = 0.7
"""A stream that delivers less than this fraction of its samples has lost some on the way."""


@dataclass(frozen=True, slots=True)
class StreamShape:
    """The characteristics that carry a stream, and its longest message in bytes."""

    characteristics: frozenset[str]
    longest: int

    def carries(self, characteristic: str) -> bool:
        """Return whether ``characteristic`` carries samples."""
        return any(same_uuid(characteristic, own) for own in self.characteristics)


def stream_shape(family: Family, settings: StreamSettings) -> StreamShape:
    """Return the shape of a family's stream, from the family's own encoder."""
    encoder = family.encoder(settings)
    still = np.zeros((encoder.samples_per_notification, 3))
    messages = encoder.encode(still, still, 0, 0.0)
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
    """Return whether a connection cuts a stream's messages.

    A connection with a small MTU carries ``limit`` bytes a message. Some sensors send shorter
    messages then; from others the ends are missing. It is the latter if every one of ``messages``,
    which arrived within ``seconds``, has that very length and few of the samples are in them.
    """
    shape = stream_shape(family, settings)
    stream = [(c, payload) for c, payload in messages if shape.carries(c)]
    if shape.longest <= limit or any(len(payload) != limit for _, payload in stream):
        return False
    decoder = family.decoder(settings)
    samples = 0
    for characteristic, payload in stream:
        try:
            packets = decoder.feed(characteristic, payload)
        except DecodeError:
            continue
        samples += sum(max(len(packet.acc), len(packet.gyr)) for packet in packets)
    return samples < FEW * seconds * settings.rate_hz

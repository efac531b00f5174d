"""A device gone mad: what a family's stream looks like after bytes were changed, cut and mixed."""

from collections.abc import Callable

from sensor.families.base import Decoder, Family
from tests.sensor.families.contract import Message, assert_sound, encoded_stream, feed_anything

MAX_RETAINED_BYTES = 64 * 1024

Take = Callable[[int], bytes]
"""Returns up to so many bytes that the fuzzer chose, and fewer when it has no more."""


def stream_of(family: Family) -> Message:
    """Return a short good stream as the base of mutations."""
    return encoded_stream(family, messages=6).from_message(0)


def mutated(good: Message, take: Take) -> Message:
    """Return notifications made of the good ones as the chosen bytes say."""
    out: Message = []
    while choice := take(4):
        what, which, where, value = choice.ljust(4, b"\0")
        characteristic, payload = good[which % len(good)]
        at = where * max(1, len(payload)) // 256
        match what % 8:
            case 0:
                pass
            case 1:
                payload = payload[:at]
            case 2:
                payload = payload[at:]
            case 3:
                payload = payload[:at] + bytes([value]) + payload[at + 1 :]
            case 4:
                payload = payload[:at] + take(value) + payload[at:]
            case 5:
                payload = take(value)
            case 6:
                payload = (payload + good[value % len(good)][1]) * (1 + where % 4)
            case 7:
                characteristic = good[value % len(good)][0]
        out.append((characteristic, payload))
    return out


def check_decoder(family: Family, decoder: Decoder, notifications: Message) -> None:
    """Feed anything; assert that nothing but the typed error comes out and little is kept."""
    packets, errors = feed_anything(decoder, notifications)
    for packet in packets:
        assert_sound(packet)
    for error in errors:
        assert error.family == family.name
        assert error.reason
    assert retained_bytes(decoder) <= MAX_RETAINED_BYTES


def retained_bytes(thing: object, depth: int = 6) -> int:
    """Return about how much memory hangs on an object of ours."""
    if isinstance(thing, bytes | bytearray | memoryview | str):
        return len(thing)
    if hasattr(thing, "nbytes"):
        return int(thing.nbytes)
    if depth == 0 or isinstance(thing, type) or callable(thing):
        return 0
    if isinstance(thing, dict):
        return sum(retained_bytes(v, depth - 1) + 64 for v in thing.values())
    if isinstance(thing, list | tuple | set | frozenset):
        return sum(retained_bytes(v, depth - 1) + 8 for v in thing)
    own = dict(getattr(thing, "__dict__", {}))
    own |= {s: getattr(thing, s, None) for s in getattr(type(thing), "__slots__", ())}
    return sum(retained_bytes(v, depth - 1) for v in own.values())

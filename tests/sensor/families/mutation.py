"""Damaged streams: a family's messages with bytes changed, cut and mixed."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping

from sensor.families.base import Decode, Family
from tests.sensor.families.contract import (
    Notifications,
    assert_sound,
    encoded_stream,
    feed_anything,
)

MAX_RETAINED_BYTES = 64 * 1024
"""Far more than one unfinished message of any family."""

Choose = Callable[[int], bytes]
"""Returns so many bytes that the fuzzer chose, or fewer when it has no more."""


def stream_of(family: Family) -> Notifications:
    """Return a short good stream to be damaged."""
    return encoded_stream(family, messages=6).from_message(0)


def mutated(good: Notifications, choose: Choose) -> Notifications:
    """Return damaged copies of good notifications; four chosen bytes decide on each."""
    out: Notifications = []
    while choice := choose(4):
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
                payload = payload[:at] + choose(value) + payload[at:]
            case 5:
                payload = choose(value)
            case 6:
                payload = (payload + good[value % len(good)][1]) * (1 + where % 4)
            case 7:
                characteristic = good[value % len(good)][0]
        out.append((characteristic, payload))
    return out


def check_decoder(family: Family, decode: Decode, notifications: Notifications) -> None:
    """Assert that any bytes raise only the typed error, give sound packets and are not kept."""
    packets, errors = feed_anything(decode, notifications)
    for packet in packets:
        assert_sound(packet)
    for error in errors:
        assert error.family == family.name
        assert error.reason
    assert retained_bytes(decode) <= MAX_RETAINED_BYTES


def retained_bytes(thing: object, depth: int = 6) -> int:
    """Return about how many bytes of memory an object of ours holds on to."""
    if isinstance(thing, bytes | bytearray | memoryview | str):
        return len(thing)
    if hasattr(thing, "nbytes"):
        return int(thing.nbytes)
    if depth == 0 or isinstance(thing, type):
        return 0
    return sum(retained_bytes(part, depth - 1) + cost for part, cost in _parts(thing))


def _parts(thing: object) -> Iterator[tuple[object, int]]:
    """Yield what an object holds on to, and the bytes that each entry costs besides."""
    if callable(thing):
        # A bound method, a closure or a partial function.
        yield getattr(thing, "__self__", None), 0
        yield from ((cell.cell_contents, 0) for cell in getattr(thing, "__closure__", None) or ())
        yield getattr(thing, "func", None), 0
        yield getattr(thing, "args", None), 0
    elif isinstance(thing, Mapping):
        yield from ((value, 64) for value in thing.values())
    elif isinstance(thing, list | tuple | set | frozenset | deque):
        yield from ((value, 8) for value in thing)
    else:
        yield from ((value, 0) for value in getattr(thing, "__dict__", {}).values())
        slots = getattr(type(thing), "__slots__", ())
        yield from ((getattr(thing, slot, None), 0) for slot in slots)

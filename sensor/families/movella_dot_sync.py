"""Synchronise the clocks of several Movella DOTs, as a script without a radio.

The sensors synchronise among themselves, over their own radio and only while nobody is connected
to them. So the script speaks to several sensors and disconnects all of them in between; the caller
holds the connections::

    script = synchronise({"shin": "D4:22:CD:AA:BB:CC", "foot": "D4:22:CD:AA:BB:DD"}, 60.0)
    action = next(script)        # then script.send(answer) until StopIteration.value

Source: "Movella DOT BLE Service Specification" XD0506P rev C, July 2023.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sensor.errors import DecodeError, SettingError
from sensor.families import movella_dot_messages as messages
from sensor.families.movella_dot import set_rate
from sensor.families.movella_dot_messages import NAME, SyncResult
from sensor.families.steps import Expect, Pause, Read, Step, Subscribe, Write

ALONE_S = 14.0
"""Seconds without a connection: the synchronisation takes about 12, and the vendor asks for 14."""


@dataclass(frozen=True, slots=True)
class On:
    """Do one step with one sensor; the answer is the step's."""

    source: str
    """The sensor."""
    step: Step
    """The step."""


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Disconnect one sensor."""

    source: str
    """The sensor."""


@dataclass(frozen=True, slots=True)
class Connect:
    """Connect one sensor, and try again until it is connected."""

    source: str
    """The sensor."""


Action: TypeAlias = On | Disconnect | Connect | Pause


def synchronise(
    addresses: Mapping[str, str], rate_hz: float
) -> Generator[Action, bytes, dict[str, SyncResult]]:
    """Yield the actions that give connected sensors one clock; return the outcome for each.

    Parameters
    ----------
    addresses
        The Bluetooth address that each sensor names in its device information, by source. The
        first becomes the root; a sensor that is worn between the others is best.
    rate_hz
        The output rate, which must be set before the synchronisation and stay afterwards.

    Raises
    ------
    SettingError
        If there are fewer than two sensors.
    DecodeError
        If a sensor's answer is no message of the synchronisation.
    DeviceError
        If a sensor cannot stream at the rate in force.
    """
    if len(addresses) < 2:
        raise SettingError("sensors", len(addresses), "two or more for a synchronisation")
    root = next(iter(addresses.values()))
    for source in addresses:
        yield from _on(source, set_rate(rate_hz))
        yield from _on(source, _leave_sync())
    # The root is started like the others, with its own address.
    for source in addresses:
        yield On(source, _say(messages.start_sync(root)))
    for source in addresses:
        yield Disconnect(source)
    yield Pause(ALONE_S)
    results = {}
    for source in addresses:
        yield Connect(source)
        results[source] = _result((yield On(source, Read(messages.MESSAGE_ACKNOWLEDGE))))
    return results


def _leave_sync() -> Generator[Step, bytes, None]:
    yield Subscribe(messages.MESSAGE_NOTIFICATION)
    yield _say(messages.get_sync_status())
    status = yield _hear(messages.SYNC_STATUS)
    # Only a synchronised sensor answers a stop; the state survives several measurements.
    if status == messages.sync_status(synced=True):
        yield _say(messages.stop_sync())
        yield _hear(messages.STOP_SYNC_RESULT)


def _say(message: bytes) -> Write:
    return Write(messages.MESSAGE_CONTROL, message, response=True)


def _hear(kind: int) -> Expect:
    prefix = bytes((messages.SYNC, 2, kind))
    return Expect(messages.MESSAGE_NOTIFICATION, prefix)


def _on(source: str, script: Generator[Step, bytes, object]) -> Generator[Action, bytes, None]:
    try:
        step = next(script)
        while True:
            step = script.send((yield On(source, step)))
    except StopIteration:
        return


def _result(acknowledge: bytes) -> SyncResult:
    message = messages.decode_message(messages.MESSAGE_ACKNOWLEDGE, acknowledge)
    known = {bytes((messages.START_SYNC_RESULT, result)): result for result in SyncResult}
    if message.id != messages.SYNC or message.data not in known:
        reason = "not the result of a synchronisation"
        raise DecodeError(NAME, messages.MESSAGE_ACKNOWLEDGE, acknowledge, reason)
    return known[message.data]

"""The states of a link as a table. Every change of state goes through :func:`next_state`."""

from collections.abc import Mapping
from enum import StrEnum


class LinkState(StrEnum):
    """The state of a link. The words are those of the ``link`` events in a recording."""

    SEARCHING = "searching"
    FOUND = "found"
    CONNECTING = "connecting"
    DISCOVERING = "discovering"
    CONFIGURING = "configuring"
    STREAMING = "streaming"
    STALLED = "stalled"
    LOST = "lost"
    RETRYING = "retrying"
    REFUSED = "refused"
    STOPPED = "stopped"


class LinkInput(StrEnum):
    """An input of the table: something that changes the state of a link."""

    SEEN = "its advertisement was received"
    CONNECT = "it is its turn to connect"
    CONNECTED = "the connection is open"
    RECOGNISED = "it has its family's services"
    DATA = "samples arrive"
    QUIET = "no samples for a short while"
    SILENT = "no samples for long"
    AGAIN = "it must be configured again over the same connection"
    BROKEN = "the attempt or the connection failed"
    REFUSED = "it failed in a way that trying again does not heal"
    CLOSED = "the person ends the session"


S, I = LinkState, LinkInput  # noqa: E741 - short names keep the table a table

TRANSITIONS: Mapping[LinkState, Mapping[LinkInput, LinkState]] = {
    S.SEARCHING: {I.SEEN: S.FOUND, I.BROKEN: S.RETRYING, I.REFUSED: S.REFUSED},
    S.FOUND: {I.CONNECT: S.CONNECTING, I.BROKEN: S.RETRYING, I.REFUSED: S.REFUSED},
    S.CONNECTING: {I.CONNECTED: S.DISCOVERING, I.BROKEN: S.RETRYING, I.REFUSED: S.REFUSED},
    S.DISCOVERING: {I.RECOGNISED: S.CONFIGURING, I.BROKEN: S.RETRYING, I.REFUSED: S.REFUSED},
    S.CONFIGURING: {I.DATA: S.STREAMING, I.BROKEN: S.RETRYING, I.REFUSED: S.REFUSED},
    S.STREAMING: {I.QUIET: S.STALLED, I.BROKEN: S.LOST, I.AGAIN: S.CONFIGURING},
    S.STALLED: {
        I.DATA: S.STREAMING,
        I.SILENT: S.LOST,
        I.BROKEN: S.LOST,
        I.AGAIN: S.CONFIGURING,
    },
    # Data may still arrive: when the radio was disturbed, the sensor kept them and sends them late.
    S.LOST: {
        I.DATA: S.STREAMING,
        I.BROKEN: S.RETRYING,
        I.REFUSED: S.REFUSED,
        I.AGAIN: S.CONFIGURING,
    },
    S.RETRYING: {I.SEEN: S.FOUND, I.BROKEN: S.RETRYING, I.REFUSED: S.REFUSED},
    S.REFUSED: {},
    S.STOPPED: {},
}


def next_state(state: LinkState, link_input: LinkInput) -> LinkState:
    """Return the state that follows ``state`` after ``link_input``.

    Raises
    ------
    ValueError
        If ``state`` has no such input: then the program is wrong, not the sensor.
    """
    if link_input is LinkInput.CLOSED:
        return LinkState.STOPPED
    try:
        return TRANSITIONS[state][link_input]
    except KeyError:
        raise ValueError(f"a link that is {state} cannot take: {link_input}") from None

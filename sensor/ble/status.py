"""Where a link stands, and how it says so: every change of state is an event in the stream."""

import asyncio
import time
from collections.abc import Callable

from sensor.ble.link_errors import LinkError
from sensor.ble.remedies import LinkFault
from sensor.ble.states import LinkInput, LinkState, next_state
from sensor.types import Event, EventKind, Item, JsonValue, Segment

SETTLED = (LinkState.STREAMING, LinkState.REFUSED, LinkState.STOPPED)


class LinkStatus:
    """The state of the link to ``source`` on ``segment``; changes go out through ``emit``.

    Attributes
    ----------
    state
        Where the link stands.
    changed
        Is set at every change; whoever waits for one clears it.
    settled
        Is set once the link has streamed, or never will.
    note
        What is to be said of a stream that runs, but not as it was asked for; else empty.
    """

    def __init__(self, source: str, segment: Segment, emit: Callable[[Item], None]) -> None:
        self.source = source
        self.segment = segment
        self.state = LinkState.SEARCHING
        self.changed = asyncio.Event()
        self.settled = asyncio.Event()
        self.note = ""
        self._emit = emit
        self._fault: LinkFault | None = None

    def enter(
        self, happened: LinkInput, reason: LinkError | str | None = None, t_ns: int | None = None
    ) -> None:
        """Change the state as the table says, and say so.

        Another attempt that fails as the one before is not said: nothing changed for the person.
        """
        before = self.state
        self.state = next_state(before, happened)
        self.changed.set()
        if self.state in SETTLED:
            self.settled.set()
        fault = reason.fault if isinstance(reason, LinkError) else None
        if before is self.state and fault is self._fault:
            return
        self._fault = fault
        self.say(
            reason,
            t_ns,
            # Only a new connection makes a decoder start anew: after a stall the bytes go on.
            resumed=self.state is LinkState.STREAMING and before is not LinkState.CONFIGURING,
        )

    def say(
        self,
        reason: LinkError | str | None = None,
        t_ns: int | None = None,
        *,
        resumed: bool = False,
    ) -> None:
        """Put the present state into the stream, with a reason if there is one."""
        data: dict[str, JsonValue] = {
            "source": self.source,
            "segment": self.segment.value,
            "state": self.state.value,
        }
        if isinstance(reason, LinkError):
            data |= {"fault": reason.fault.value, "reason": reason.what, "remedy": reason.remedy}
        elif reason is not None:
            data["reason"] = reason
        elif self.note and self.state is LinkState.STREAMING:
            data["reason"] = self.note
        if resumed:
            data["resumed"] = True
        self._emit(Event(time.monotonic_ns() if t_ns is None else t_ns, EventKind.LINK, data))

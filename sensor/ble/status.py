"""The status of a link: it reports every change of state as an event in the stream."""

import asyncio
import time
from collections.abc import Callable

from sensor.ble.link_errors import LinkError
from sensor.ble.remedies import LinkFault
from sensor.ble.states import LinkInput, LinkState, next_state
from sensor.types import Event, EventKind, Item, JsonValue, Segment

SETTLED = (LinkState.STREAMING, LinkState.REFUSED, LinkState.STOPPED)
"""The states in which opening a link is over, well or not."""


class LinkStatus:
    """The state of the link to one sensor.

    Parameters
    ----------
    source, segment
        The sensor, and the part of the leg that wears it.
    emit
        Receives an event for each change of state.

    Attributes
    ----------
    state
        The present state.
    changed
        Set at every change; a task that waits for one clears it first.
    settled
        Set when the link has streamed for the first time, or never will.
    note
        Reason to report with a stream that does not run as asked; else empty.
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
        self, link_input: LinkInput, reason: LinkError | str | None = None, t_ns: int | None = None
    ) -> None:
        """Change the state as the table says, and report it.

        An attempt that fails like the one before is not reported: nothing changed for the person.

        Parameters
        ----------
        link_input
            The input of the table.
        reason
            The reason to report, if there is one.
        t_ns
            Time of the change on the host's monotonic clock; None for now.
        """
        before = self.state
        self.state = next_state(before, link_input)
        self.changed.set()
        if self.state in SETTLED:
            self.settled.set()
        fault = reason.fault if isinstance(reason, LinkError) else None
        if before is self.state and fault is self._fault:
            return  # a recording would fill with the same line
        self._fault = fault
        self.report(
            reason,
            t_ns,
            # Decoder and clock go on after a stall; only a new connection resets them.
            resumed=self.state is LinkState.STREAMING and before is not LinkState.CONFIGURING,
        )

    def report(
        self,
        reason: LinkError | str | None = None,
        t_ns: int | None = None,
        *,
        resumed: bool = False,
    ) -> None:
        """Emit the present state as an event.

        Parameters
        ----------
        reason
            The reason for the state; None if there is none.
        t_ns
            Time of the event on the host's monotonic clock; None for now.
        resumed
            Whether a stream goes on over the same connection.
        """
        data: dict[str, JsonValue] = {
            "source": self.source,
            "segment": self.segment.value,
            "state": self.state.value,
        }
        if isinstance(reason, LinkError):
            data |= {"fault": reason.fault.value, "reason": reason.what, "remedy": reason.remedy}
            if reason.detail:
                data["detail"] = reason.detail
        elif reason is not None:
            data["reason"] = reason
        elif self.note and self.state is LinkState.STREAMING:
            data["reason"] = self.note
        if resumed:
            data["resumed"] = True
        self._emit(Event(time.monotonic_ns() if t_ns is None else t_ns, EventKind.LINK, data))

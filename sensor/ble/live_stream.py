"""A running stream: it passes its notifications on at once, and notices its own silence."""

import asyncio
import contextlib
import time
from collections.abc import Callable

from sensor.ble.conversation import Conversation
from sensor.ble.link_errors import LinkError
from sensor.ble.remedies import LinkFault
from sensor.ble.states import LinkInput, LinkState
from sensor.ble.status import LinkStatus
from sensor.ble.stream_shape import cut_short, stream_shape
from sensor.families.base import Family
from sensor.types import Item, Notification, StreamSettings

STALLED_S = 0.3
"""A stream without data for this long is stalled: longer than the stalls of an ordinary link."""
LOST_S = 1.0
"""A stream without data for this long is lost, and this is reported."""
ABANDON_S = 2.0
"""A stream without data for this long is given up for a new connection. Until then the messages
that a disturbed radio held back may still arrive."""
FIRST_DATA_S = 3.0
"""A new stream must begin within this time."""
CHECK_S = 1.5
"""The messages of this long after the start show whether the connection cuts them short."""


def _silence_limit(state: LinkState) -> tuple[float, LinkInput | None]:
    """Return how many seconds of silence ``state`` allows, and the input then (None: the end)."""
    match state:
        case LinkState.STREAMING:
            return STALLED_S, LinkInput.QUIET
        case LinkState.STALLED:
            return LOST_S, LinkInput.SILENT
        case LinkState.LOST:
            return ABANDON_S, None
        case _:
            return FIRST_DATA_S, None


class LiveStream:
    """The stream of one connection.

    Parameters
    ----------
    conversation
        The conversation with the configured sensor.
    family
        The family of the sensor.
    settings
        The settings of its stream.
    status
        The link's state, which follows the data.
    emit
        Receives the notifications.

    Attributes
    ----------
    fault
        Why the sensor must be configured again; None if it need not.
    """

    def __init__(
        self,
        conversation: Conversation,
        family: Family,
        settings: StreamSettings,
        status: LinkStatus,
        emit: Callable[[Item], None],
    ) -> None:
        self.conversation = conversation
        self.family = family
        self.settings = settings
        self.status = status
        self.shape = stream_shape(family, settings)
        # While a device collects samples for its next message, it is silent but not lost.
        self._collects_s = family.capabilities.held_back_samples / settings.rate_hz
        self.fault: LinkFault | None = None
        self._emit = emit
        self._last_s = time.monotonic()
        self._first: list[tuple[str, bytes]] | None = []

    def deliver(self, notification: Notification) -> None:
        """Pass a notification on; if it carries samples, the link is alive."""
        if self.shape.carries(notification.characteristic):
            self._last_s = time.monotonic()
            if self._first is not None:
                self._first.append((notification.characteristic, notification.payload))
            if self.status.state is not LinkState.STREAMING:
                self.status.enter(LinkInput.DATA, t_ns=notification.t_ns)
        self._emit(notification)

    def end(self, fault: LinkFault) -> None:
        """Let :meth:`watch` end, since ``fault`` asks for another configuration."""
        self.fault = fault
        self.status.changed.set()

    async def watch(self) -> None:
        """Change the state when no data arrive, until :meth:`end`.

        Raises
        ------
        LinkError
            If the stream stays silent, or its messages are cut short.
        """
        # Nothing reports that a connection cuts messages short, so the first ones are checked.
        check = asyncio.create_task(self._check_messages())
        try:
            while self.fault is None and not (check.done() and check.exception()):
                limit_s, link_input = _silence_limit(self.status.state)
                limit_s += self._collects_s
                if await self._silent(limit_s):
                    if link_input is None:
                        subject = self.conversation.subject
                        raise LinkError(LinkFault.SILENT, subject, f"nothing for {limit_s:g} s")
                    self.status.enter(link_input, f"no data for {limit_s:g} s")
            if check.done():
                check.result()
        finally:
            check.cancel()

    async def _silent(self, limit_s: float) -> bool:
        """Wait for a change of state or the end of the limit; return whether no data arrived."""
        self.status.changed.clear()
        wait_s = self._last_s + limit_s - time.monotonic()
        if wait_s > 0.0:
            # The state may change in between, and with it the limit.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self.status.changed.wait()
            return False
        # A blocked loop is not a silent sensor: first read the messages that wait in the socket.
        await asyncio.sleep(0)
        return self._last_s + limit_s <= time.monotonic()

    async def _check_messages(self) -> None:
        """Check once whether whole messages arrive.

        Raises
        ------
        LinkError
            If the connection cuts them short.
        """
        await asyncio.sleep(CHECK_S)
        messages, self._first = self._first or [], None
        limit = min(
            c.max_write_without_response_size
            for c in self.conversation.subscribed
            if self.shape.carries(c.uuid)
        )
        if cut_short(messages, CHECK_S, limit, self.family, self.settings):
            self.status.changed.set()
            detail = f"{limit} of up to {self.shape.longest} bytes arrive"
            raise LinkError(LinkFault.MESSAGES_CUT, self.conversation.subject, detail)

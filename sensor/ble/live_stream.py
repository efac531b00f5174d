"""A running stream: its notifications go on at once, and its silence is noticed."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from sensor.ble.conversation import Conversation
from sensor.ble.link_errors import LinkError
from sensor.ble.remedies import LinkFault
from sensor.ble.states import LinkInput, LinkState
from sensor.ble.status import LinkStatus
from sensor.ble.stream_shape import cut_short, stream_shape
from sensor.families.base import Family
from sensor.types import Item, Notification, StreamSettings


@dataclass(frozen=True, slots=True)
class Patience:
    """How long silence is borne.

    Without data a stream is stalled after ``stalled_s``, lost after ``lost_s``, and given up for a
    new connection after ``abandon_s``: what a disturbed radio held back until then still arrives.
    A new stream has ``first_data_s`` to begin, and is looked at for ``check_s``.
    """

    stalled_s: float = 0.3
    lost_s: float = 1.0
    abandon_s: float = 2.0
    first_data_s: float = 3.0
    check_s: float = 1.5

    def of(self, state: LinkState) -> tuple[float, LinkInput | None]:
        """Return how long ``state`` bears silence, and what happens then (None: the end)."""
        match state:
            case LinkState.STREAMING:
                return self.stalled_s, LinkInput.QUIET
            case LinkState.STALLED:
                return self.lost_s, LinkInput.SILENT
            case LinkState.LOST:
                return self.abandon_s, None
            case _:
                return self.first_data_s, None


class LiveStream:
    """The stream of one connection.

    Parameters
    ----------
    talk
        The configured sensor.
    family, settings
        What streams, and how.
    status
        The link's state, which follows the data.
    emit
        Where the notifications go.
    """

    def __init__(
        self,
        talk: Conversation,
        family: Family,
        settings: StreamSettings,
        status: LinkStatus,
        emit: Callable[[Item], None],
        patience: Patience,
    ) -> None:
        self.talk = talk
        self.family = family
        self.settings = settings
        self.status = status
        self.patience = patience
        self.shape = stream_shape(family, settings)
        # While a device collects samples for its next message, it is silent but not lost.
        self._collects_s = family.capabilities.held_back_samples / settings.rate_hz
        self._emit = emit
        self._last_s = time.monotonic()
        self._first: list[tuple[str, bytes]] | None = []

    def deliver(self, notification: Notification) -> None:
        """Pass a notification on; samples show that the link is alive."""
        if self.shape.carries(notification.characteristic):
            self._last_s = time.monotonic()
            if self._first is not None:
                self._first.append((notification.characteristic, notification.payload))
            if self.status.state is not LinkState.STREAMING:
                self.status.enter(LinkInput.DATA, t_ns=notification.t_ns)
        self._emit(notification)

    async def watch(self) -> None:
        """Change the state when data stay away.

        Raises
        ------
        LinkError
            When they stay away for good, or come cut short.
        """
        check = asyncio.create_task(self._check_messages())
        try:
            while not (check.done() and check.exception()):
                limit_s, happened = self.patience.of(self.status.state)
                limit_s += self._collects_s
                if await self._silent(limit_s):
                    if happened is None:
                        raise LinkError(
                            LinkFault.SILENT, self.talk.subject, f"nothing for {limit_s:g} s"
                        )
                    self.status.enter(happened, f"no data for {limit_s:g} s")
            check.result()
        finally:
            check.cancel()

    async def _silent(self, limit_s: float) -> bool:
        """Wait for a change of state or the end of the limit; return whether all was silent."""
        self.status.changed.clear()
        wait_s = self._last_s + limit_s - time.monotonic()
        if wait_s > 0.0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self.status.changed.wait()
            return False
        # A blocked loop is not a silent sensor: first read what has come meanwhile.
        await asyncio.sleep(0)
        return self._last_s + limit_s <= time.monotonic()

    async def _check_messages(self) -> None:
        """Look once whether the connection lets the messages through whole.

        Raises
        ------
        LinkError
            If it does not.
        """
        await asyncio.sleep(self.patience.check_s)
        messages, self._first = self._first or [], None
        limit = min(
            c.max_write_without_response_size
            for c in self.talk.subscribed
            if self.shape.carries(c.uuid)
        )
        if cut_short(messages, self.patience.check_s, limit, self.family, self.settings):
            self.status.changed.set()
            detail = f"{limit} of up to {self.shape.longest} bytes arrive"
            raise LinkError(LinkFault.MESSAGES_CUT, self.talk.subject, detail)

"""Give several Movella DOTs one clock: runs the family's script over Bluetooth.

Other families have nothing of the kind; their clocks are fitted while they stream.
"""

import asyncio
import time
from collections.abc import Sequence

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic

from sensor.ble.conversation import Conversation
from sensor.ble.link import LinkConfig
from sensor.ble.link_errors import RADIO_ERRORS, LinkError, link_error
from sensor.ble.radio import Radio
from sensor.ble.remedies import LinkFault
from sensor.errors import DecodeError, DeviceError
from sensor.families._movella_dot_messages import SyncResult
from sensor.families.base import Pause, Read
from sensor.families.movella_dot import DEVICE_INFO, identity_of
from sensor.families.movella_dot_sync import (
    Action,
    Connect,
    Disconnect,
    On,
    synchronise,
)
from sensor.types import Notification

__all__ = ["SyncResult", "synchronise_dots"]


async def synchronise_dots(
    addresses: Sequence[str], rate_hz: float, config: LinkConfig | None = None
) -> dict[str, SyncResult]:
    """Synchronise the sensors at ``addresses``; return how it ended for each.

    It takes about twenty seconds. The sensors keep the common clock until they are switched off or
    their rate is changed.

    Raises
    ------
    LinkError
        If a sensor cannot be had, or does not answer as a DOT does.
    SettingError
        If there are fewer than two.
    """
    table = _Table(config or LinkConfig())
    try:
        for address in addresses:
            await table.do(Connect(address))
        macs = {}
        for address in addresses:
            mac, _ = identity_of(await table.do(On(address, Read(DEVICE_INFO, optional=True))))
            # Only macOS hides the address, and a sensor without information has nothing else.
            macs[address] = mac or address
        script = synchronise(macs, rate_hz)
        try:
            action = next(script)
            while True:
                action = script.send(await table.do(action))
        except StopIteration as end:
            results: dict[str, SyncResult] = end.value
            return results
    finally:
        await table.clear()


class _Table:
    """The sensors that a script speaks to, each in its conversation."""

    def __init__(self, config: LinkConfig) -> None:
        self._config = config
        self._radio = Radio()
        self._talks: dict[str, Conversation] = {}

    async def do(self, action: Action) -> bytes:
        """Do what the script asks for; return the answer.

        Raises
        ------
        LinkError
            If that fails.
        """
        if isinstance(action, Pause):
            await asyncio.sleep(action.seconds)
            return b""
        source = action.source
        try:
            match action:
                case Connect():
                    self._talks[source] = await self._connect(source)
                case Disconnect():
                    await self._talks.pop(source).client.disconnect()
                case On(_, step):
                    return await self._talks[source].do(step)
        except RADIO_ERRORS as error:
            raise link_error(error, source) from error
        except (DecodeError, DeviceError) as error:
            raise LinkError(LinkFault.CONFIGURATION, source, str(error)) from error
        return b""

    async def clear(self) -> None:
        """Disconnect whoever is still there."""
        for talk in self._talks.values():
            await talk.client.disconnect()

    async def _connect(self, address: str) -> Conversation:
        config = self._config
        device, _ = await self._radio.find(address, config.search_s, address, lambda _: True)
        client = BleakClient(device, timeout=config.connect_s)

        def receive(characteristic: BleakGATTCharacteristic, payload: bytearray) -> None:
            uuid = characteristic.uuid.lower()
            talk.inbox.put(Notification(time.monotonic_ns(), address, uuid, bytes(payload)))

        talk = Conversation(client, address, receive, config.step_s)
        async with self._radio.turn_to_connect():
            await client.connect()
        return talk

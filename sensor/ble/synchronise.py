"""Synchronisation of several Movella DOTs: runs the family's script over Bluetooth.

Other families have no such command; their clocks are fitted while they stream.
"""

import asyncio
from collections.abc import Sequence

from bleak import BleakClient

from sensor.ble.conversation import Connection, Conversation
from sensor.ble.link import CONNECT_S, LinkConfig
from sensor.ble.link_errors import RADIO_ERRORS, LinkError, link_error
from sensor.ble.radio import Radio
from sensor.ble.remedies import LinkFault
from sensor.errors import DecodeError, DeviceError
from sensor.families.movella_dot import DEVICE_INFO, identity_of
from sensor.families.movella_dot_messages import SyncResult
from sensor.families.movella_dot_sync import (
    Action,
    Connect,
    Disconnect,
    On,
    synchronise,
)
from sensor.families.steps import Pause, Read

__all__ = ["SyncResult", "synchronise_dots"]


async def synchronise_dots(
    addresses: Sequence[str], rate_hz: float, config: LinkConfig | None = None
) -> dict[str, SyncResult]:
    """Synchronise the clocks of sensors, which takes about twenty seconds.

    The sensors keep the common clock until they are switched off or their rate is changed.

    Parameters
    ----------
    addresses
        The sensors, at least two.
    rate_hz
        The rate at which they will stream.
    config
        The limits of the search for each sensor.

    Returns
    -------
    dict
        The result of each sensor, by its address.

    Raises
    ------
    LinkError
        If a sensor cannot be connected, or does not answer as a DOT does.
    SettingError
        If there are fewer than two sensors.
    """
    sensors = _ConnectedSensors(config or LinkConfig())
    try:
        # All are connected first: the script needs their MACs, which only a connection shows.
        for address in addresses:
            await sensors.do(Connect(address))
        macs = {}
        for address in addresses:
            mac, _ = identity_of(await sensors.do(On(address, Read(DEVICE_INFO, optional=True))))
            # Only macOS hides the address; a sensor without information has no other name.
            macs[address] = mac or address
        script = synchronise(macs, rate_hz)
        try:
            action = next(script)
            while True:
                action = script.send(await sensors.do(action))
        except StopIteration as end:
            results: dict[str, SyncResult] = end.value
            return results
    finally:
        await sensors.disconnect()


class _ConnectedSensors:
    """The sensors of a script, each with its conversation."""

    def __init__(self, config: LinkConfig) -> None:
        self._config = config
        self._radio = Radio()
        self._conversations: dict[str, Conversation] = {}

    async def do(self, action: Action) -> bytes:
        """Do one action of the script and return the answer.

        Raises
        ------
        LinkError
            If the action fails.
        """
        if isinstance(action, Pause):
            await asyncio.sleep(action.seconds)
            return b""
        source = action.source
        try:
            match action:
                case Connect():
                    self._conversations[source] = await self._connect(source)
                case Disconnect():
                    await self._conversations.pop(source).client.disconnect()
                case On(_, step):
                    return await self._conversations[source].do(step)
        except RADIO_ERRORS as error:
            raise link_error(error, source) from error
        except (DecodeError, DeviceError) as error:
            raise LinkError(LinkFault.CONFIGURATION, source, str(error)) from error
        return b""

    async def disconnect(self) -> None:
        """Disconnect the sensors that are still connected."""
        for conversation in self._conversations.values():
            await conversation.client.disconnect()

    async def _connect(self, address: str) -> Conversation:
        device, _ = await self._radio.find(address, self._config.search_s, address, lambda _: True)
        client = BleakClient(device, timeout=CONNECT_S)
        conversation = Conversation(client, address, Connection(address))
        async with self._radio.turn_to_connect():
            await client.connect()
        return conversation

"""A Bleak backend over a Bumble host, for the second virtual Bluetooth.

Bleak's public classes are used unmodified; only the backend of the platform is replaced.
"""

from collections.abc import Callable
from typing import Any

from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakError
from bumble.core import AdvertisingData
from bumble.device import Advertisement, Connection, Device, Peer

MTU = 247
ATT_HEADER_BYTES = 3


class Computer:
    """The host that is common to all scanners and clients of a test."""

    device: Device


class BumbleScanner(BaseBleakScanner):
    """A scanner that reports the advertisements of the host."""

    def __init__(
        self,
        detection_callback: Callable[..., Any] | None,
        service_uuids: list[str] | None,
        scanning_mode: str,
        **_: Any,
    ) -> None:
        del scanning_mode
        super().__init__(detection_callback, service_uuids)

    async def start(self) -> None:
        """Start to scan."""
        Computer.device.on("advertisement", self._on_advertisement)
        await Computer.device.start_scanning(filter_duplicates=False)

    async def stop(self) -> None:
        """Stop scanning."""
        Computer.device.remove_listener("advertisement", self._on_advertisement)
        await Computer.device.stop_scanning()

    def _on_advertisement(self, seen: Advertisement) -> None:
        name = seen.data.get(AdvertisingData.COMPLETE_LOCAL_NAME) or seen.data.get(
            AdvertisingData.SHORTENED_LOCAL_NAME
        )
        listed = seen.data.get(AdvertisingData.INCOMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS)
        address = str(seen.address).partition("/")[0]
        advertisement = AdvertisementData(
            local_name=name if isinstance(name, str) else None,
            manufacturer_data={},
            service_data={},
            service_uuids=[str_uuid(uuid) for uuid in listed or []],
            tx_power=None,
            rssi=seen.rssi,
            platform_data=(),
        )
        device = self.create_or_update_device(
            address, address, advertisement.local_name, seen.address, advertisement
        )
        self.call_detection_callbacks(device, advertisement)


class BumbleClient(BaseBleakClient):
    """A connection of the host to one device."""

    def __init__(
        self,
        address_or_ble_device: BLEDevice,
        *,
        disconnected_callback: Callable[[], None] | None,
        timeout: float,
        **_: Any,
    ) -> None:
        super().__init__(
            address_or_ble_device, disconnected_callback=disconnected_callback, timeout=timeout
        )
        self._target = address_or_ble_device.details
        self._connection: Connection | None = None
        self._peer: Peer | None = None

    @property
    def mtu_size(self) -> int:
        """The ATT MTU of the connection."""
        return int(self._connected().connection.att_mtu)

    @property
    def is_connected(self) -> bool:
        """Whether the connection stands."""
        return self._connection is not None

    def _connected(self) -> Peer:
        if self._peer is None:
            raise BleakError("Not connected")
        return self._peer

    async def connect(self, pair: bool, **_: Any) -> None:
        """Connect, agree on an MTU and discover the services."""
        del pair
        self._connection = await Computer.device.connect(self._target, timeout=self._timeout)
        self._connection.on("disconnection", self._on_disconnection)
        self._peer = Peer(self._connection)
        await self._peer.request_mtu(MTU)
        self.services = BleakGATTServiceCollection()
        for service in await self._peer.discover_services():
            known = BleakGATTService(service, service.handle, str_uuid(service.uuid))
            self.services.add_service(known)
            for one in await service.discover_characteristics():
                await one.discover_descriptors()
                names = [
                    str(flag.name).lower().replace("_", "-")
                    for flag in type(one.properties)
                    if flag in one.properties
                ]
                self.services.add_characteristic(
                    BleakGATTCharacteristic(
                        one,
                        one.handle,
                        str_uuid(one.uuid),
                        names,  # type: ignore[arg-type]  # Bumble has the same names
                        lambda: self.mtu_size - ATT_HEADER_BYTES,
                        known,
                    )
                )

    def _on_disconnection(self, _: int) -> None:
        self._connection = self._peer = None
        self.services = None
        if self._disconnected_callback is not None:
            self._disconnected_callback()

    async def disconnect(self) -> None:
        """End the connection."""
        if self._connection is not None:
            await self._connection.disconnect()

    async def pair(self, *_: Any, **__: Any) -> None:
        """Do nothing: no sensor needs it."""
        raise NotImplementedError

    async def unpair(self) -> None:
        """Do nothing: no sensor needs it."""
        raise NotImplementedError

    async def read_gatt_char(self, characteristic: BleakGATTCharacteristic, **_: Any) -> bytearray:
        """Read a value."""
        return bytearray(await self._connected().read_value(characteristic.obj))

    async def read_gatt_descriptor(self, descriptor: BleakGATTDescriptor, **_: Any) -> bytearray:
        """Read a descriptor."""
        return bytearray(await self._connected().read_value(descriptor.handle))

    async def write_gatt_char(
        self, characteristic: BleakGATTCharacteristic, data: Any, response: bool
    ) -> None:
        """Write a value."""
        await self._connected().write_value(characteristic.obj, bytes(data), response)

    async def write_gatt_descriptor(self, descriptor: BleakGATTDescriptor, data: Any) -> None:
        """Write a descriptor."""
        await self._connected().write_value(descriptor.handle, bytes(data), True)

    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: NotifyCallback, **_: Any
    ) -> None:
        """Subscribe."""
        self._connected()
        await characteristic.obj.subscribe(lambda value: callback(bytearray(value)))

    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        """Unsubscribe."""
        self._connected()
        await characteristic.obj.unsubscribe()


def str_uuid(uuid: Any) -> str:
    """Return a Bumble UUID as Bleak writes it."""
    digits = uuid.to_bytes(force_128=True)[::-1].hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

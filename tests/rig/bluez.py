"""The org.bluez service as Bleak sees it: one adapter, its devices and their GATT objects.

Only the parts that a central uses are here. The behaviour follows BlueZ's own documents of the D-Bus API
(``org.bluez.Adapter``, ``Device``, ``GattCharacteristic``).
"""

import asyncio
import time
from typing import Any

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from tests.rig.motion import Motion
from tests.rig.objects import Methods, ObjectTree
from tests.rig.sensor import SensorSpec, VirtualSensor, WriteRefusedError

ADAPTER_PATH = "/org/bluez/hci0"
ADAPTER = "org.bluez.Adapter1"
DEVICE = "org.bluez.Device1"
SERVICE = "org.bluez.GattService1"
CHARACTERISTIC = "org.bluez.GattCharacteristic1"

ADVERTISING_INTERVAL_S = 0.1
CONNECT_S = 0.05
DISCOVER_S = 0.05


class BlueZError(Exception):
    """An error reply, with the last part of its D-Bus name and its text."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = f"org.bluez.Error.{name}"
        self.text = text


class FakeBlueZ:
    """A BlueZ service that shows virtual sensors to every program on ``bus``."""

    def __init__(self, bus: MessageBus) -> None:
        self.bus = bus
        self.sensors: dict[str, VirtualSensor] = {}
        self._tree = ObjectTree(bus)
        self._seekers: set[str] = set()
        self._subscribers: dict[str, str] = {}
        self._connecting: dict[str, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._characteristics: dict[str, tuple[VirtualSensor, str]] = {}
        self._paths: dict[tuple[str, str], str] = {}
        self._methods: Methods = {
            **self._tree.methods,
            (ADAPTER, "SetDiscoveryFilter"): _nothing,
            (ADAPTER, "StartDiscovery"): self._start_discovery,
            (ADAPTER, "StopDiscovery"): self._stop_discovery,
            (DEVICE, "Connect"): self._connect,
            (DEVICE, "Disconnect"): self._disconnect,
            (CHARACTERISTIC, "StartNotify"): self._start_notify,
            (CHARACTERISTIC, "StopNotify"): self._stop_notify,
            (CHARACTERISTIC, "WriteValue"): self._write_value,
            (CHARACTERISTIC, "ReadValue"): self._read_value,
        }

    async def start(self) -> None:
        """Join the bus, with an adapter that is switched on."""
        self.plug_adapter()
        self.bus.add_message_handler(self._handle)
        await self.bus.request_name("org.bluez")
        rule = "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'"
        await self.bus.call(
            Message(
                destination="org.freedesktop.DBus",
                path="/org/freedesktop/DBus",
                interface="org.freedesktop.DBus",
                member="AddMatch",
                signature="s",
                body=[rule],
            )
        )
        self._spawn(self._advertise())

    # Commands of a test

    def plug_adapter(self) -> None:
        """Plug the adapter in, switched on."""
        self._tree.add(
            ADAPTER_PATH,
            {
                ADAPTER: {
                    "Address": Variant("s", "00:00:5E:00:53:00"),
                    "Name": Variant("s", "rig"),
                    "Alias": Variant("s", "rig"),
                    "Powered": Variant("b", True),
                    "Discovering": Variant("b", False),
                    "Roles": Variant("as", ["central"]),
                }
            },
        )

    def unplug_adapter(self) -> None:
        """Pull the adapter out, and all of its devices with it."""
        for sensor in self.sensors.values():
            self.link_down(sensor)
            self._tree.remove(device_path(sensor), DEVICE)
        self._tree.remove(ADAPTER_PATH, ADAPTER)
        self._seekers.clear()

    def power(self, on: bool) -> None:
        """Switch the adapter on or off; off drops every link and ends every scan."""
        if not on:
            self._seekers.clear()
            for sensor in self.sensors.values():
                self.link_down(sensor)
        self._tree.change(ADAPTER_PATH, ADAPTER, {"Powered": Variant("b", on)})

    def add_sensor(self, spec: SensorSpec, motion: Motion | None = None) -> VirtualSensor:
        """Switch a virtual sensor on, in range; without ``motion`` it moves in curls."""
        sensor = VirtualSensor(
            spec,
            send=lambda characteristic, payload: self._notify(sensor, characteristic, payload),
            drop=lambda: self.link_down(sensor),
            motion=motion,
        )
        self.sensors[spec.address] = sensor
        self._spawn(self._stream(sensor))
        return sensor

    def clear(self) -> None:
        """Remove every sensor and restore the adapter."""
        self.unplug_adapter()
        self.sensors.clear()
        self.plug_adapter()

    def link_down(self, sensor: VirtualSensor) -> None:
        """Drop the connection."""
        if not sensor.connected:
            return
        sensor.link_down()
        device = device_path(sensor)
        for path in sorted(self._tree.objects, reverse=True):
            if path.startswith(f"{device}/"):
                self._characteristics.pop(path, None)
                self._tree.remove(path, *self._tree.objects[path])
        self._tree.change(
            device,
            DEVICE,
            {"ServicesResolved": Variant("b", False), "Connected": Variant("b", False)},
        )

    def hold(self, sensor: VirtualSensor) -> None:
        """Connect a sensor without a program that uses it."""
        self._advertisement(sensor, sensor.spec.rssi)
        sensor.connected = True
        self._tree.change(device_path(sensor), DEVICE, {"Connected": Variant("b", True)})
        self._show_services(sensor)
        self._tree.change(device_path(sensor), DEVICE, {"ServicesResolved": Variant("b", True)})

    async def vanish(self, sensor: VirtualSensor, seconds: float) -> None:
        """Take a sensor out of range for some seconds; its link lasts for the supervision time."""
        sensor.present = False
        back = time.monotonic() + seconds
        await asyncio.sleep(min(sensor.spec.supervision_s, seconds))
        self.link_down(sensor)
        await asyncio.sleep(back - time.monotonic())
        sensor.present = True

    # The side of the sensors

    async def _stream(self, sensor: VirtualSensor) -> None:
        at = time.monotonic()
        while self.sensors.get(sensor.spec.address) is sensor:
            at = max(at + sensor.spec.interval_s, time.monotonic())
            await asyncio.sleep(at - time.monotonic())
            sensor.connection_event(time.monotonic())

    async def _advertise(self) -> None:
        flicker = 0
        while True:
            await asyncio.sleep(ADVERTISING_INTERVAL_S)
            flicker = (flicker + 1) % 3
            if self._seekers:
                for sensor in self.sensors.values():
                    if sensor.present and not sensor.connected:
                        self._advertisement(sensor, sensor.spec.rssi + flicker - 1)

    def _advertisement(self, sensor: VirtualSensor, rssi: int) -> None:
        path = device_path(sensor)
        if path in self._tree.objects:
            self._tree.change(path, DEVICE, {"RSSI": Variant("n", rssi)})
            return
        advertisement = sensor.advertisement
        manufacturer = {
            key: Variant("ay", data) for key, data in advertisement.manufacturer_data.items()
        }
        properties = {
            "Address": Variant("s", sensor.spec.address),
            "AddressType": Variant("s", "random"),
            "Alias": Variant("s", advertisement.name or sensor.spec.address.replace(":", "-")),
            "Adapter": Variant("o", ADAPTER_PATH),
            "Paired": Variant("b", False),
            "Connected": Variant("b", False),
            "ServicesResolved": Variant("b", False),
            "UUIDs": Variant("as", list(advertisement.service_uuids)),
            "ManufacturerData": Variant("a{qv}", manufacturer),
            "RSSI": Variant("n", rssi),
        }
        if advertisement.name:
            properties["Name"] = Variant("s", advertisement.name)
        self._tree.add(path, {DEVICE: properties})

    def _notify(self, sensor: VirtualSensor, characteristic: str, payload: bytes) -> None:
        path = self._paths[sensor.spec.address, characteristic]
        self._tree.change(path, CHARACTERISTIC, {"Value": Variant("ay", payload)})

    # The side of the program

    def _handle(self, message: Message) -> Message | bool:
        if message.member == "NameOwnerChanged" and not message.body[2]:
            self._forget_program(message.body[0])
        if message.message_type is not MessageType.METHOD_CALL:
            return False
        method = self._methods.get((message.interface or "", message.member or ""))
        if method is None:
            return False
        if message.path != "/" and message.path not in self._tree.objects:
            return Message.new_error(
                message, "org.freedesktop.DBus.Error.UnknownObject", f"no {message.path}"
            )
        try:
            # None: the reply comes later.
            return method(message) or True
        except BlueZError as error:
            return Message.new_error(message, error.name, error.text)

    def _forget_program(self, sender: str) -> None:
        # As in BlueZ, scans and notifications end with their program, but connections do not.
        self._seekers.discard(sender)
        for path, subscriber in list(self._subscribers.items()):
            if subscriber == sender:
                self._unsubscribe(path)

    def _unsubscribe(self, path: str) -> None:
        self._subscribers.pop(path, None)
        if known := self._characteristics.get(path):
            sensor, characteristic = known
            sensor.subscribed.discard(characteristic)

    def _start_discovery(self, message: Message) -> Message:
        if not self._tree.objects[ADAPTER_PATH][ADAPTER]["Powered"].value:
            raise BlueZError("NotReady", "Resource Not Ready")
        if message.sender in self._seekers:
            raise BlueZError("InProgress", "Operation already in progress")
        self._seekers.add(message.sender or "")
        return Message.new_method_return(message)

    def _stop_discovery(self, message: Message) -> Message:
        if message.sender not in self._seekers:
            raise BlueZError("Failed", "No discovery started")
        self._seekers.discard(message.sender)
        return Message.new_method_return(message)

    def _connect(self, message: Message) -> None:
        self._spawn(self._connect_later(message))

    async def _connect_later(self, message: Message) -> None:
        sensor = self._sensor_at(message)
        path = device_path(sensor)
        given_up = self._connecting[path] = asyncio.Event()
        if sensor.present and not sensor.busy:
            await asyncio.sleep(CONNECT_S)
        elif not sensor.busy:
            # The controller searches for it until the program stops it.
            await given_up.wait()
        del self._connecting[path]
        if sensor.busy or given_up.is_set():
            sensor.busy = max(sensor.busy - 1, 0)
            reason = "le-connection-abort-by-local" if given_up.is_set() else "br-connection-busy"
            self.bus.send(Message.new_error(message, "org.bluez.Error.Failed", reason))
            return
        sensor.connected = True
        self._tree.change(path, DEVICE, {"Connected": Variant("b", True)})
        self.bus.send(Message.new_method_return(message))
        await asyncio.sleep(DISCOVER_S)
        if sensor.connected:
            self._show_services(sensor)
            self._tree.change(path, DEVICE, {"ServicesResolved": Variant("b", True)})

    def _disconnect(self, message: Message) -> Message:
        if event := self._connecting.get(message.path or ""):
            event.set()
        self.link_down(self._sensor_at(message))
        return Message.new_method_return(message)

    def _show_services(self, sensor: VirtualSensor) -> None:
        handle = 1
        for service in sensor.services:
            service_path = f"{device_path(sensor)}/service{handle:04x}"
            handle += 1
            self._tree.add(
                service_path,
                {
                    SERVICE: {
                        "UUID": Variant("s", service.uuid),
                        "Device": Variant("o", device_path(sensor)),
                        "Primary": Variant("b", True),
                    }
                },
            )
            for characteristic in service.characteristics:
                path = f"{service_path}/char{handle:04x}"
                handle += 2
                self._characteristics[path] = (sensor, characteristic.uuid)
                self._paths[sensor.spec.address, characteristic.uuid] = path
                self._tree.add(
                    path,
                    {
                        CHARACTERISTIC: {
                            "UUID": Variant("s", characteristic.uuid),
                            "Service": Variant("o", service_path),
                            "Flags": Variant("as", list(characteristic.properties)),
                            "Notifying": Variant("b", False),
                            "MTU": Variant("q", sensor.spec.mtu),
                        }
                    },
                )

    def _start_notify(self, message: Message) -> Message:
        sensor, characteristic = self._characteristics[message.path or ""]
        sensor.subscribed.add(characteristic)
        self._subscribers[message.path or ""] = message.sender or ""
        return Message.new_method_return(message)

    def _stop_notify(self, message: Message) -> Message:
        self._unsubscribe(message.path or "")
        return Message.new_method_return(message)

    def _write_value(self, message: Message) -> None:
        sensor, characteristic = self._characteristics[message.path or ""]
        try:
            answers = sensor.write(characteristic, bytes(message.body[0]))
        except WriteRefusedError:
            reason = (
                "Operation failed with ATT error: 0x80" if sensor.connected else "Not connected"
            )
            raise BlueZError("Failed", reason) from None
        # The acknowledgement goes first, the notifications of the device follow it.
        self.bus.send(Message.new_method_return(message))
        for answer in answers:
            sensor.emit(*answer)

    def _read_value(self, message: Message) -> Message:
        sensor, characteristic = self._characteristics[message.path or ""]
        value = sensor.read(characteristic)
        # BlueZ sets a value that was read as the value of the characteristic, so subscribers get it too.
        self._tree.change(message.path or "", CHARACTERISTIC, {"Value": Variant("ay", value)})
        return Message.new_method_return(message, "ay", [value])

    def _sensor_at(self, message: Message) -> VirtualSensor:
        return next(s for s in self.sensors.values() if device_path(s) == message.path)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def device_path(sensor: VirtualSensor) -> str:
    """Return the object path of a sensor's device."""
    return f"{ADAPTER_PATH}/dev_{sensor.spec.address.replace(':', '_')}"


def _nothing(message: Message) -> Message:
    return Message.new_method_return(message)

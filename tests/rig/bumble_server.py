"""The second virtual Bluetooth: sensors with a real ATT, GATT and L2CAP from Google's Bumble.

It is a separate process: ``python -m tests.rig.bumble_server SPEC``, where SPEC is a JSON list of the
arguments of :class:`tests.rig.sensor.SensorSpec`. It prints the TCP port on which the controller of the
computer speaks HCI, and ends when its standard input ends. It has the commands of
:mod:`tests.rig.server` that a test of this layer needs: ``{"do": "sent", "address": …}``.
"""

import asyncio
import json
import socket
import sys
import time
from typing import Any

from bumble.controller import Controller
from bumble.core import UUID, AdvertisingData
from bumble.device import Connection, Device
from bumble.gatt import Characteristic, CharacteristicValue, Service
from bumble.hci import Address
from bumble.host import Host
from bumble.link import LocalLink
from bumble.transport import open_transport

from sensor.types import Segment
from tests.rig.sensor import SensorSpec, VirtualSensor

PROPERTIES = {
    "read": Characteristic.Properties.READ,
    "write": Characteristic.Properties.WRITE,
    "write-without-response": Characteristic.Properties.WRITE_WITHOUT_RESPONSE,
    "notify": Characteristic.Properties.NOTIFY,
    "indicate": Characteristic.Properties.INDICATE,
}
ADVERTISEMENT_BYTES = 31
PERMISSIONS = Characteristic.READABLE | Characteristic.WRITEABLE


class BumbleSensor:
    """A virtual sensor with its own controller and GATT server."""

    def __init__(self, spec: SensorSpec, link: LocalLink) -> None:
        self.sensor = VirtualSensor(spec, self._send, self._drop)
        host = Host()
        host.controller = Controller(spec.address, link=link)
        self.device = Device(name=spec.address, address=Address(spec.address), host=host)
        # Peripheral and central agree on an MTU: the smaller one applies.
        self.device.gatt_server.max_mtu = spec.mtu
        self._connection: Connection | None = None
        self._characteristics: dict[str, Characteristic[bytes]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Switch the sensor on: it advertises, and streams when it is set up."""
        for service in self.sensor.services:
            characteristics = [
                self._characteristic(c.uuid, c.properties) for c in service.characteristics
            ]
            self.device.add_service(Service(UUID(service.uuid), characteristics))
        self.device.on("connection", self._on_connection)
        await self.device.power_on()
        await self.device.start_advertising(
            auto_restart=True,
            advertising_data=bytes(AdvertisingData(self._advertised())),
        )
        self._spawn(self._stream())

    def _advertised(self) -> list[tuple[int, bytes]]:
        """Return the part that fits into an advertisement: Bumble's link passes no scan responses on."""
        advertisement = self.sensor.advertisement
        structures = [(int(AdvertisingData.FLAGS), b"\x06")]
        for uuid in advertisement.service_uuids[:1]:
            kind = AdvertisingData.INCOMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS
            structures.append((int(kind), UUID(uuid).to_bytes(force_128=True)))
        room = ADVERTISEMENT_BYTES - sum(2 + len(data) for _, data in structures) - 2
        name = advertisement.name.encode()
        whole = AdvertisingData.COMPLETE_LOCAL_NAME
        kind = whole if len(name) <= room else AdvertisingData.SHORTENED_LOCAL_NAME
        return [*structures, (int(kind), name[:room])]

    def _characteristic(self, uuid: str, properties: tuple[str, ...]) -> Characteristic[bytes]:
        flags = Characteristic.Properties(0)
        for one in properties:
            flags |= PROPERTIES[one]
        made: Characteristic[bytes] = Characteristic(
            UUID(uuid),
            flags,
            PERMISSIONS,
            CharacteristicValue(
                read=lambda _: self.sensor.read(uuid),
                write=lambda _, value: self._write(uuid, value),
            ),
        )
        made.on(
            "subscription", lambda _, notify, indicate: self._subscribe(uuid, notify or indicate)
        )
        self._characteristics[uuid] = made
        return made

    def _subscribe(self, uuid: str, on: bool) -> None:
        (self.sensor.subscribed.add if on else self.sensor.subscribed.discard)(uuid)

    def _write(self, uuid: str, value: bytes) -> None:
        for answer in self.sensor.write(uuid, value):
            asyncio.get_running_loop().call_soon(self.sensor.emit, *answer)

    def _on_connection(self, connection: Connection) -> None:
        self._connection = connection
        self.sensor.connected = True
        connection.on("disconnection", self._on_disconnection)

    def _on_disconnection(self, _: int) -> None:
        self._connection = None
        self.sensor.link_down()

    def _send(self, uuid: str, payload: bytes) -> None:
        self._spawn(self.device.notify_subscribers(self._characteristics[uuid], payload))

    def _drop(self) -> None:
        if self._connection is not None:
            self._spawn(self._connection.disconnect())

    async def _stream(self) -> None:
        while True:
            await asyncio.sleep(self.sensor.spec.interval_s)
            self.sensor.connection_event(time.monotonic())

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def serve(specs: list[dict[str, Any]]) -> None:
    """Run the sensors until standard input ends."""
    link = LocalLink()  # type: ignore[no-untyped-call]  # Bumble's own omission
    port = free_port()
    async with await open_transport(f"tcp-server:127.0.0.1:{port}") as transport:
        Controller("computer", host_source=transport.source, host_sink=transport.sink, link=link)
        sensors: dict[str, BumbleSensor] = {}
        for spec in specs:
            spec["segment"] = Segment(spec.get("segment", Segment.SHIN))
            sensor = BumbleSensor(SensorSpec(**spec), link)
            sensors[sensor.sensor.spec.address] = sensor
            await sensor.start()
        print(json.dumps({"port": port}), flush=True)
        lines = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
        )
        while line := await lines.readline():
            sent = sensors[json.loads(line)["address"]].sensor.sent
            rows = [[s.t_ns, s.characteristic, s.crc, s.samples] for s in sent]
            print(json.dumps({"result": rows}), flush=True)


def free_port() -> int:
    """Return a free TCP port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    asyncio.run(serve(json.loads(sys.argv[1])))

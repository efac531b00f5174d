"""The process of the virtual Bluetooth: commands as JSON lines in, answers as JSON lines out.

The first line out is ``{"address": …}``, the address of the private D-Bus. The process ends when its
standard input ends, so that nothing remains when a test dies.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from dbus_fast import BusType
from dbus_fast.aio import MessageBus

from sensor.types import Segment
from tests.rig.bluez import FakeBlueZ
from tests.rig.bus import private_bus
from tests.rig.sensor import SensorSpec, VirtualSensor


class Server:
    """The commands: each public method is one; its arguments are the keys of the JSON object."""

    def __init__(self, bluez: FakeBlueZ) -> None:
        self._bluez = bluez
        self._tasks: set[asyncio.Task[None]] = set()
        self._legs: list[Any] = []

    def add(self, simulation: str | None = None, **spec: Any) -> None:
        """Switch a sensor on; the keys are those of :class:`SensorSpec`.

        With ``simulation`` (``sim:…``) it is on a simulated leg, which waits for :meth:`begin`.
        """
        segment = Segment(spec.pop("segment", Segment.SHIN))
        motion = None
        if simulation is not None:
            from tests.rig.simulated import SimulatedLeg

            motion = SimulatedLeg(simulation, segment)
            self._legs.append(motion)
        self._bluez.add_sensor(SensorSpec(segment=segment, **spec), motion)

    def begin(self) -> float:
        """Let the simulated leg move; return the monotonic time (s) of its start."""
        begin_s = time.monotonic()
        for leg in self._legs:
            leg.play(begin_s)
        return begin_s

    def play(self, until_s: float) -> float:
        """Let the simulated leg go on until a time of its session, and wait there; return now, monotonic."""
        begin_s = time.monotonic()
        for leg in self._legs:
            leg.play(begin_s, until_s)
        return begin_s

    def clear(self) -> None:
        """Remove all sensors."""
        self._legs.clear()
        self._bluez.clear()

    def vanish(self, address: str, seconds: float) -> float:
        """Take a sensor out of range; return the monotonic time (s) of its return."""
        self._later(self._bluez.vanish(self._sensor(address), seconds))
        return time.monotonic() + seconds

    def power_cycle(self, address: str) -> None:
        """Reset a sensor and drop its link, as after an empty battery."""
        self._sensor(address).power_cycle()
        self._bluez.link_down(self._sensor(address))

    def disconnect(self, address: str) -> None:
        """Drop the link of a sensor."""
        self._bluez.link_down(self._sensor(address))

    def stall(self, address: str, seconds: float) -> None:
        """Hold all messages of a sensor back for some seconds, then send them in one burst."""
        self._sensor(address).stalled_until = time.monotonic() + seconds

    def emit(self, address: str, payload: str, characteristic: str | None = None) -> None:
        """Send bytes (hex) that the sensor itself would not send."""
        sensor = self._sensor(address)
        sensor.emit(characteristic or sensor.sent[-1].characteristic, bytes.fromhex(payload))

    def write(self, address: str, characteristic: str, data: str) -> None:
        """Write to a sensor (hex), as another app may have done in the meantime."""
        self._sensor(address).peripheral.write(characteristic, bytes.fromhex(data))

    def ignore(self, address: str, characteristic: str) -> None:
        """Let a sensor ignore writes to ``characteristic``."""
        self._sensor(address).ignored.add(characteristic)

    def say(self, address: str, characteristic: str, value: str) -> None:
        """Set bytes (hex) to be read from ``characteristic`` instead of the sensor's own."""
        self._sensor(address).read_values[characteristic] = bytes.fromhex(value)

    def hold(self, address: str) -> None:
        """Leave a sensor connected to this computer, as a killed program does."""
        self._bluez.hold(self._sensor(address))

    def drop_at_write(self, address: str, count: int) -> None:
        """Drop the link at the ``count``-th write from now, once."""
        self._sensor(address).writes_until_drop = count

    def set(
        self, address: str, silent: bool = False, refusing: bool = False, busy: int = 0
    ) -> None:
        """Let a sensor send no data, refuse every write, or refuse a number of connections."""
        sensor = self._sensor(address)
        sensor.silent, sensor.refusing, sensor.busy = silent, refusing, busy

    def power(self, on: bool) -> None:
        """Switch the adapter on or off."""
        self._bluez.power(on)

    def plug(self, present: bool) -> None:
        """Plug the adapter in or pull it out."""
        (self._bluez.plug_adapter if present else self._bluez.unplug_adapter)()

    def state(self, address: str) -> dict[str, Any]:
        """Return the state of the sensor."""
        sensor = self._sensor(address)
        return {
            "connected": sensor.connected,
            "subscribed": sorted(sensor.subscribed),
            "rate_hz": streaming.rate_hz if (streaming := sensor.peripheral.streaming) else None,
        }

    def sent(self, address: str) -> list[list[Any]]:
        """Return every sent notification: time (ns), characteristic, CRC-32, samples."""
        return [[s.t_ns, s.characteristic, s.crc, s.samples] for s in self._sensor(address).sent]

    def _sensor(self, address: str) -> VirtualSensor:
        return self._bluez.sensors[address]

    def _later(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def commands(server: Server) -> Mapping[str, Callable[..., Any]]:
    """Return the commands by name."""
    return {name: getattr(server, name) for name in dir(server) if not name.startswith("_")}


async def serve(address: str) -> None:
    """Run the rig on the bus at ``address`` until standard input ends."""
    bus = await MessageBus(address, BusType.SYSTEM).connect()
    bluez = FakeBlueZ(bus)
    await bluez.start()
    known = commands(Server(bluez))
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
    )
    say({"address": address})
    while line := await lines.readline():
        command = json.loads(line)
        say({"result": known[command.pop("do")](**command)})
    bus.disconnect()


def say(answer: Mapping[str, Any]) -> None:
    """Print one JSON line."""
    print(json.dumps(answer), flush=True)


def main() -> None:
    """Run the process."""
    with private_bus() as address:
        asyncio.run(serve(address))


if __name__ == "__main__":
    main()

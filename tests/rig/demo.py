"""The whole program against virtual Bluetooth sensors: ``make demo-ble`` (Linux).

Two virtual sensors are strapped to a simulated leg, with ``--thigh`` a third one. Toepoint finds them,
connects them over Bleak, calibrates, follows a set in real time, loses the foot sensor (or that of the
thigh) for three seconds, gets it back, and analyses the recording. The keys of a person, who starts
and ends the set, are simulated as well.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from gui.console.live import print_streams
from gui.console.sensors import LinkPrinter, found_table
from gui.console.tables import plain_console, print_analysis
from gui.console.updates import UpdatePrinter
from gui.texts.exports import WORDING
from processing.output.summary import summarise
from processing.review.analysis import analyse
from processing.session import Session, SessionReport
from sensor.ble.discovery import scan
from sensor.ble.source import BleSource, open_ble
from sensor.families import families
from sensor.sources import open_source
from sensor.types import Event, EventKind, Segment
from tests.rig.bus import missing_dbus
from tests.rig.client import ENVIRONMENT, Rig, running_rig
from tests.rig.simulated import simulated

ADDRESSES = {
    Segment.SHIN: "00:00:5E:00:53:01",
    Segment.FOOT: "00:00:5E:00:53:02",
    Segment.THIGH: "00:00:5E:00:53:03",
}
SIMULATION = "sim:protocol=B,sets=1,reps=6,seed=4"
LOSS_S = 3.0


def main() -> int:
    """Run the demonstration."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    known = [name for name, family in families().items() if family.services]
    parser.add_argument("--shin", choices=known, default="witmotion", metavar="FAMILY")
    parser.add_argument("--foot", choices=known, default="board", metavar="FAMILY")
    parser.add_argument(
        "--thigh", choices=known, metavar="FAMILY", help="a third sensor, for the knee"
    )
    parser.add_argument("--simulation", default=SIMULATION, help=f"the leg ({SIMULATION})")
    parser.add_argument("--window", action="store_true", help="in the window, without its end")
    parser.add_argument("-o", "--output", type=Path, help="keep the recording here")
    args = parser.parse_args()
    if missing := missing_dbus():
        print(f"No virtual Bluetooth here: {missing}.")
        return 1
    worn = {Segment.SHIN: args.shin, Segment.FOOT: args.foot}
    simulation = args.simulation
    if args.thigh:
        worn[Segment.THIGH] = args.thigh
        simulation += ",thigh=yes"
    open_source(simulation)  # An error in the text is reported before anything is started.
    with running_rig() as rig:
        os.environ[ENVIRONMENT] = rig.bus_address
        for segment, family in worn.items():
            rig.do(
                "add",
                address=ADDRESSES[segment],
                family=family,
                segment=segment,
                simulation=simulation,
            )
        text = "ble:" + ",".join(f"{segment}={ADDRESSES[segment]}" for segment in worn)
        if args.window:
            return _show_window(rig, text, [ADDRESSES[segment] for segment in worn])
        with tempfile.TemporaryDirectory() as folder:
            recording = args.output or Path(folder, "session.mcap")
            # The last one: the foot's, or that of the thigh, which costs the knee angle only.
            lost = ADDRESSES[list(worn)[-1]]
            asyncio.run(_run(rig, text, simulation, recording, lost))
            print("\nAnalysed again, from the recording:")
            print_analysis(summarise(analyse(recording), WORDING))
    return 0


async def _run(rig: Rig, text: str, simulation: str, recording: Path, lost: str) -> None:
    print("Virtual sensors on a simulated leg; Bleak, and everything behind it, is real.\n")
    plain_console().print(found_table(await scan(1.0)))
    source = open_ble(text, on_event=LinkPrinter().show)
    printer = UpdatePrinter()
    session = Session(source, printer.show, recording=recording)
    playing = asyncio.create_task(_play(rig, source, session, simulation, lost))
    report: SessionReport = await session.run()
    await playing
    printer.close(report)
    print_streams(report)


async def _play(rig: Rig, source: BleSource, session: Session, simulation: str, lost: str) -> None:
    """Let the leg move, press the keys, and take the sensor ``lost`` out of range once."""
    await source.opened.wait()
    begin_s: float = rig.do("begin")
    pressed = [
        item
        for item in simulated(simulation).items
        if isinstance(item, Event) and item.kind != EventKind.LINK
    ]
    start_ns = simulated(simulation).header.start_ns
    set_begins = [e.t_ns for e in pressed if e.kind == EventKind.SET_START]
    for event in pressed:
        await _until(begin_s + (event.t_ns - start_ns) / 1e9)
        session.add_input(event.kind, event.data)
        if event.t_ns in set_begins[:1]:
            await asyncio.sleep(10.0)
            rig.do("vanish", address=lost, seconds=LOSS_S)
    await asyncio.sleep(1.0)
    await source.close()


async def _until(monotonic_s: float) -> None:
    await asyncio.sleep(max(0.0, monotonic_s - time.monotonic()))


def _show_window(rig: Rig, text: str, addresses: Sequence[str]) -> int:
    """Show the window; the leg moves as soon as all sensors stream."""
    from gui.shell.app import run_window

    def begin_when_streaming() -> None:
        while not all(rig.do("state", address=one)["subscribed"] for one in addresses):
            time.sleep(0.2)
        rig.do("begin")

    threading.Thread(target=begin_when_streaming, daemon=True).start()
    return run_window(text)


if __name__ == "__main__":
    sys.exit(main())

"""Every ending of a recording: what is lost, whether each word is true, whether the sensors are off.

The command line and the window run in processes of their own, on the virtual Bluetooth. Lost is what the
sensors had sent before the end and the recording lacks. A power cut is tested in ``faults``.
"""

import signal
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sensor.recording import open_recording
from sensor.types import Notification
from tests.benchmarks.first_contact import REPORTED_FROM
from tests.rig.client import Rig, running_rig
from tests.rig.program import Program, program

SHIN, FOOT = "00:00:5E:00:53:01", "00:00:5E:00:53:02"
SEED = REPORTED_FROM
"""Only kills are at random moments."""
KILLS = 50
REPEATS = 3
ENDING_S, LOST_S = 2.0, 1.0
"""To reach: the time of an ending, and what it may lose."""
SLOWEST_HZ = 10.0
"""The stop of this WitMotion is its slowest rate."""
ROOM_BYTES = 12_000
"""Size that files may have on the full disk."""
FULL_LOOK_S = 0.002
"""Time between two looks at the full disk: the recording is cut back within some 20 ms."""
NOTICED_S = 3.0
"""A recording whose folder is gone is watched for this long before it is ended."""
PRLIMIT = ("prlimit", f"--fsize={ROOM_BYTES}")


@dataclass
class Row:
    """The outcomes of one kind of ending."""

    name: str
    """The ending."""
    may_leave_on: bool = False
    """Whether nobody is left to stop the sensors."""
    ended_s: list[float] = field(default_factory=list)
    """Time from the request to the end of the process, s."""
    lost_s: list[float] = field(default_factory=list)
    """The time that is missing in the recording, s."""
    left_on: int = 0
    """Runs that left a sensor on."""
    untrue: list[str] = field(default_factory=list)
    """Words that are not true, tracebacks, and damaged recordings."""

    def print(self) -> None:
        """Print the row."""
        on = f"{self.left_on}{' (may)' if self.may_leave_on else ''}"
        numbers = (
            f"{sum(values) / len(values):6.2f}{max(values):6.2f}"
            for values in (self.ended_s, self.lost_s)
        )
        print(f"{self.name:<34}{len(self.lost_s):>5}{''.join(numbers)}{on:>9}{len(self.untrue):>8}")
        for one in self.untrue[:3]:
            print(f"    {one}")


Ending = Callable[[Program, Path], int]
"""Ends a program that records into a file; returns the exit code."""


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    ArgumentParser(description=__doc__).parse_args(arguments)
    print(f"to reach: ended within {ENDING_S:g} s, at most {LOST_S:g} s lost, 0 on, 0 untrue\n")
    print(f"{'ending':<34}{'runs':>5}{'ended s':>12}{'lost s':>12}{'left on':>9}{'untrue':>8}")
    print(f"{'':<39}" + f"{'mean':>6}{'worst':>6}" * 2)
    with running_rig() as rig:
        rig.do("add", address=SHIN, family="witmotion")
        rig.do("add", address=FOOT, family="board", segment="foot")
        for front in ("record", "window"):
            for name, ending in REQUESTS.items():
                row = Row(f"{front}: {name}")
                for _ in range(REPEATS):
                    _run(rig, row, front, ending)
                row.print()
        row = Row("record: the folder is moved")
        for _ in range(REPEATS):
            _run(rig, row, "record", _lose_folder)
        row.print()
        if sys.platform.startswith("linux"):
            row = Row("record: the disk is full")
            for _ in range(REPEATS):
                _run(rig, row, "record", _fill_disk, limits=PRLIMIT)
            row.print()
        row = Row("record: kill", may_leave_on=True)
        for number in range(KILLS):
            _run(rig, row, "record", _kill_after(0.02 * ((SEED + 7 * number) % 50)))
        row.print()


REQUESTS: dict[str, Ending] = {
    "Ctrl-C": lambda running, _: running.end(signal.SIGINT),
    "Ctrl-C twice": lambda running, _: running.end(signal.SIGINT, signal.SIGINT),
    "terminate": lambda running, _: running.end(signal.SIGTERM),
    "terminal closed": lambda running, _: running.close_terminal(),
}


def _lose_folder(running: Program, recording: Path) -> int:
    recording.parent.rename(recording.parent.with_name("moved"))
    time.sleep(NOTICED_S)
    if "goes on in" not in running.printed:
        return -1
    return running.end(signal.SIGINT)


def _fill_disk(running: Program, recording: Path) -> int:
    """Wait until the recording has taken all the room, which is where its ending begins."""
    while recording.stat().st_size < ROOM_BYTES and running.process.poll() is None:
        time.sleep(FULL_LOOK_S)
    return running.wait()


def _kill_after(seconds: float) -> Ending:
    def kill(running: Program, _: Path) -> int:
        time.sleep(seconds)
        return running.end(signal.SIGKILL)

    return kill


def _run(rig: Rig, row: Row, front: str, ending: Ending, limits: tuple[str, ...] = ()) -> None:
    """Run a front end once, end it, and look at what is left."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        arguments = {
            "record": ("record", "--shin", SHIN, "--foot", FOOT, "-o", str(home / "r" / "a.mcap")),
            "window": ("window", f"ble:shin={SHIN},foot={FOOT}"),
        }[front]
        with program(rig, home, *arguments, limits=limits) as running:
            recording = running.wait_for_items()
            code = ending(running, recording)
            row.ended_s.append(running.ended_s)
            _judge(rig, row, running, code)
    for address in (SHIN, FOOT):
        # A killed program leaves its sensors connected: the next run begins with free ones.
        rig.do("disconnect", address=address)


def _judge(rig: Rig, row: Row, running: Program, code: int) -> None:
    states = [rig.do("state", address=address) for address in (SHIN, FOOT)]
    row.left_on += any(
        state["connected"] or state["subscribed"] or state["rate_hz"] not in (None, SLOWEST_HZ)
        for state in states
    )
    killed = code == -signal.SIGKILL
    printed = running.printed
    named = [line.removeprefix("recorded in ") for line in printed.splitlines()]
    claimed = [Path(path) for path in named if path.endswith(".mcap") and Path(path).is_absolute()]
    if code < 0 and not killed:
        row.untrue.append(f"exit code {code}: {printed[-200:]}")
    if "Traceback" in printed:
        row.untrue.append(printed[printed.index("Traceback") :][:300])
    row.untrue += [f"{path} is not there" for path in claimed if not path.exists()]
    recording = open_recording(claimed[-1] if claimed else running.recordings[0])
    items = [item for item in recording.items() if isinstance(item, Notification)]
    if recording.health.damages or (claimed and not recording.health.complete):
        row.untrue.append(recording.health.summary)
    row.lost_s.append(_lost_s(rig, running, items))


def _lost_s(rig: Rig, running: Program, items: list[Notification]) -> float:
    """Return the time between the last item and the request to end."""
    sent_ns = [sent.t_ns for address in (SHIN, FOOT) for sent in rig.sent(address)]
    before = [t_ns for t_ns in sent_ns if t_ns <= running.asked_ns]
    return max(0.0, (max(before) - items[-1].t_ns) / 1e9)


if __name__ == "__main__":
    main(sys.argv[1:])

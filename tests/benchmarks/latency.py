"""Measure the time from the arrival of a notification to the painted frame that shows it.

Linux only. The measurement uses two virtual sensors on a simulated leg, Bleak, a fake BlueZ, and the
whole program with Train at 1440 × 900, offscreen, 60 times a second. A notification is shown by the
first painted frame with angles up to its newest sample on the grid. An angle needs both sensors; the
time that the earlier notification waits for the later one is given separately.
"""

import os
import time
from collections.abc import Callable, Mapping
from tempfile import mkdtemp
from unittest.mock import patch

import numpy as np

from processing.motion.grid import GRID_HZ
from sensor.assembler import Assembler
from sensor.types import (
    Event,
    EventKind,
    FloatArray,
    ImuBlock,
    Item,
    JsonValue,
    Notification,
    Segment,
)
from tests.benchmarks.waiting import let_pass
from tests.rig.bus import missing_dbus
from tests.rig.client import ENVIRONMENT, Rig, running_rig
from tests.rig.simulated import simulated

ADDRESSES = {Segment.SHIN: "00:00:5E:00:53:01", Segment.FOOT: "00:00:5E:00:53:02"}
SIMULATION = "sim:protocol=B,sets=1,reps=8,seed=3"
CALIBRATED_S, MEASURED_S = 28.0, 30.0


def main() -> None:
    """Print the delays."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if missing := missing_dbus():
        print(f"no virtual Bluetooth here: {missing}")
        return
    home = mkdtemp(prefix="toepoint-bench-")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = home
    arrived: dict[str, list[tuple[float, float]]] = {address: [] for address in ADDRESSES.values()}
    feed = Assembler.feed

    def noted(self: Assembler, item: Item) -> list[ImuBlock]:
        blocks = feed(self, item)
        if isinstance(item, Notification) and blocks:
            arrived[item.source].append((item.t_ns / 1e9, float(blocks[-1].t[-1])))
        return blocks

    with running_rig() as rig, patch.object(Assembler, "feed", noted):
        os.environ[ENVIRONMENT] = rig.bus_address
        for segment, address in ADDRESSES.items():
            rig.do("add", address=address, family="board", segment=segment, simulation=SIMULATION)
        frames, used = _watch(rig)
    shin, foot = (np.array(arrived[address]) for address in ADDRESSES.values())
    parts = [_delays_ms(shin, foot, frames), _delays_ms(foot, shin, frames)]
    painted = frames[:, 1]
    for what, at in (
        ("from the notification that completes an angle to its painted frame", 0),
        ("with the wait of the earlier sensor for the later one", 1),
    ):
        delays = np.concatenate([part[at] for part in parts])
        middle, most, late = np.percentile(delays, [50, 95, 99])
        print(
            f"{what}: {middle:.0f} ms median, {most:.0f} ms p95, {late:.0f} ms p99 "
            f"({len(delays)} notifications)"
        )
    print(
        f"{len(frames) / (painted[-1] - painted[0]):.0f} frames/s with "
        f"{100 * used / (painted[-1] - painted[0]):.0f} % of one core"
    )


def _watch(rig: Rig) -> tuple[FloatArray, float]:
    """Run the session; return for every frame the time of its newest angle and the time of painting.

    Times are in s, on the clock of the session and on the monotonic clock. The used processor time is
    returned as well.
    """
    from PySide6.QtCore import QCoreApplication

    from gui.models.settings import Settings
    from gui.pages.page_name import PageName
    from gui.shell.app import make_application, make_window

    make_application()
    window = make_window(Settings(first_run_done=True))
    window.resize(1440, 900)
    window.show_page(PageName.TRAIN)
    window.show()
    state = window.state
    frames: list[tuple[float, float]] = []

    def painted() -> None:
        state.poll()
        QCoreApplication.processEvents()
        frames.append((state.live.now, time.monotonic()))

    state._timer.timeout.disconnect()
    state._timer.timeout.connect(painted)
    state.start("ble:" + ",".join(f"{s}={a}" for s, a in ADDRESSES.items()), record=False)
    while not all(rig.do("state", address=one)["subscribed"] for one in ADDRESSES.values()):
        let_pass(0.05)
    press = _keys_of(state.add_input)
    began = rig.do("begin")
    while time.monotonic() < began + CALIBRATED_S:
        press(time.monotonic() - began)
        let_pass(0.02)
    frames.clear()
    used = time.process_time()
    while time.monotonic() < began + CALIBRATED_S + MEASURED_S:
        press(time.monotonic() - began)
        let_pass(0.02)
    used = time.process_time() - used
    calibrated = state.live.calibrated is not None
    window.close()
    assert calibrated, "the session has no angles"
    return np.array(frames), used


def _keys_of(add_input: Callable[[str, Mapping[str, JsonValue]], None]) -> Callable[[float], None]:
    """Return a function that presses the person's keys when they are due."""
    session = simulated(SIMULATION)
    waiting = [
        ((item.t_ns - session.header.start_ns) / 1e9, item)
        for item in session.items
        if isinstance(item, Event) and item.kind != EventKind.LINK
    ]

    def press(now_s: float) -> None:
        while waiting and waiting[0][0] <= now_s:
            event = waiting.pop(0)[1]
            add_input(event.kind, event.data)

    return press


def _delays_ms(
    own: FloatArray, other: FloatArray, frames: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the delays (n,) in ms of a sensor's notifications, without and with the wait for the other.

    ``own`` and ``other`` (n, 2) hold the time of arrival and of the newest sample, in s.
    """
    shown_to, painted = frames[:, 0], frames[:, 1]
    end = min(shown_to[-1], other[-1, 1])
    during = own[(own[:, 0] > painted[0]) & (own[:, 1] < end)]
    # The last grid time that its samples reach; the other sensor must reach it as well.
    needed = np.floor(during[:, 1] * GRID_HZ) / GRID_HZ
    seen = painted[np.searchsorted(shown_to, needed - 0.5 / GRID_HZ)]
    complete = np.maximum(during[:, 0], other[np.searchsorted(other[:, 1], needed), 0])
    return 1e3 * (seen - complete), 1e3 * (seen - during[:, 0])


if __name__ == "__main__":
    main()

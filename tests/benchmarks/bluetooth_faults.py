"""Measure every fault with every family: lost data, time to stream again, messages."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sensor.assembler import Assembler
from sensor.ble.link import ChosenSensor, LinkConfig
from sensor.ble.link_errors import LinkError
from sensor.families import families
from sensor.types import Segment
from tests.rig.client import Rig
from tests.rig.session import LiveSession, live, missing_messages

ADDRESS = "00:00:5E:00:53:11"
OTHER = "00:00:5E:00:53:12"
QUICK = LinkConfig(search_s=1.0, attempts=1)


@dataclass(slots=True)
class Outcome:
    """The effect of a fault: ``again_s`` from the end of its cause to the stream, None without one."""

    messages: str
    again_s: float | None = None
    lost: str = "–"


Fault: TypeAlias = Callable[[Rig, LiveSession], Awaitable[float | None]]
"""Causes a fault; returns the monotonic time (s) at which its cause ends."""


async def _vanish(rig: Rig, run: LiveSession) -> float:
    back: float = rig.do("vanish", address=ADDRESS, seconds=3.0)
    await run.until_state(ADDRESS, "lost")
    return back


async def _stall(rig: Rig, run: LiveSession) -> float:
    rig.do("stall", address=ADDRESS, seconds=1.2)
    over = time.monotonic() + 1.2
    await run.until_state(ADDRESS, "lost")
    return over


async def _adapter(rig: Rig, run: LiveSession) -> float:
    rig.do("power", on=False)
    await run.until_state(ADDRESS, "retrying")
    await asyncio.sleep(1.0)
    rig.do("power", on=True)
    return time.monotonic()


async def _blocked(rig: Rig, run: LiveSession) -> None:
    del rig
    time.sleep(1.0)
    await run.until_streamed(ADDRESS, 0.3)


def _payload(payload: str) -> Fault:
    async def harm(rig: Rig, run: LiveSession) -> None:
        rig.do("emit", address=ADDRESS, payload=payload)
        await run.until_streamed(ADDRESS, 0.3)

    return harm


async def _nothing(rig: Rig, run: LiveSession) -> None:
    del rig
    await run.until_streamed(ADDRESS, 0.3)


DURING: Mapping[str, Fault] = {
    "vanishes for 3 s": _vanish,
    "stalls 1.2 s, then a burst": _stall,
    "malformed payload": _payload("ff" * 7),
    "empty payload": _payload(""),
    "over-long payload": _payload("55" * 240),
    "adapter off and on": _adapter,
    "loop blocked 1 s": _blocked,
}


def print_faults(rig: Rig, runner: asyncio.Runner) -> None:
    """Print the table."""
    print("faults × families: messages lost on the way | samples counted as lost | again after")
    for name, family in families().items():
        if not family.services or family.capabilities.refused is not None:
            continue
        print(f"{name}:")
        for fault, harm in DURING.items():
            _print(fault, runner.run(_during(rig, name, harm)))
        for fault, (spec, before) in _opening(name).items():
            _print(fault, runner.run(_at_opening(rig, name, spec, before)))


def _print(fault: str, outcome: Outcome) -> None:
    again = "–" if outcome.again_s is None else f"{outcome.again_s:.2f} s"
    print(f"  {fault:28} {outcome.lost:>14} {again:>8}  {outcome.messages}", flush=True)


def _opening(family: str) -> dict[str, tuple[dict[str, Any], Callable[[Rig], object]]]:
    """Return the faults at the opening of a sensor: its specification, and the action before."""

    def nothing(_: Rig) -> None:
        return None

    return {
        "another of the same name": (
            {},
            lambda rig: rig.do("add", address=OTHER, family=family, rssi=-30),
        ),
        "wrong service": ({"foreign": True}, nothing),
        "MTU 23": ({"mtu": 23}, nothing),
        "absent": ({"absent": True}, nothing),
        "dropped while configured": (
            {},
            lambda rig: rig.do("drop_at_write", address=ADDRESS, count=1),
        ),
    }


async def _during(rig: Rig, family: str, harm: Fault) -> Outcome:
    rig.do("clear")
    rig.do("add", address=ADDRESS, family=family)
    async with live([ChosenSensor(ADDRESS, Segment.SHIN, family)]) as run:
        await run.until_streamed(ADDRESS, 1.0)
        opened = len(run.events(ADDRESS))
        over = await harm(rig, run)
        again_s = None
        if over is not None:
            event = await run.until_state(ADDRESS, "streaming", count=2)
            again_s = event.t_ns / 1e9 - over
            await run.until_streamed(ADDRESS, 0.5)
        messages = _messages(run, opened)
        lost = _lost(rig, run)
    return Outcome(messages, again_s, lost)


async def _at_opening(
    rig: Rig, family: str, spec: dict[str, Any], before: Callable[[Rig], object]
) -> Outcome:
    rig.do("clear")
    spec = dict(spec)
    if not spec.pop("absent", False):
        rig.do("add", address=ADDRESS, family=family, **spec)
    before(rig)
    begin = time.monotonic()
    try:
        async with live(
            [ChosenSensor(ADDRESS, Segment.SHIN, family)], replace(QUICK, attempts=2)
        ) as run:
            streaming = await run.until_state(ADDRESS, "streaming")
            await run.until_streamed(ADDRESS, 2.0)
            messages = _messages(run, 0)
            return Outcome(messages, streaming.t_ns / 1e9 - begin, _lost(rig, run))
    except LinkError as error:
        return Outcome(f"refused: {error}")


def _messages(run: LiveSession, begin: int) -> str:
    """Return the messages to a person: the states, and the reason of the first trouble."""
    events = run.events(ADDRESS)[begin:]
    reasons = list(dict.fromkeys(str(e.data["reason"]) for e in events if "reason" in e.data))
    if not reasons:
        return "streaming" if begin == 0 else "nothing: the stream goes on"
    return "; ".join(reasons)


def _lost(rig: Rig, run: LiveSession) -> str:
    assembler = Assembler(run.header.sensors, run.header.start_ns)
    for item in run.items:
        assembler.feed(item)
    counted = assembler.statistics[ADDRESS]
    malformed = f" ({counted.malformed} malformed)" if counted.malformed else ""
    missing = missing_messages(rig.sent(ADDRESS), run, ADDRESS)
    return f"{missing} | {counted.lost}{malformed}"

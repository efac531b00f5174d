"""Signals that ask a command to end: the work is cancelled, and afterwards they mean what they did."""

import asyncio
import signal
from typing import Any

import pytest

from gui.console.endings import REQUESTS, run_until_ended


def handlers() -> list[Any]:
    return [signal.getsignal(one) for one in REQUESTS]


async def fail() -> None:
    raise ValueError("broken")


async def ask_to_end() -> None:
    signal.raise_signal(signal.SIGTERM)
    await asyncio.sleep(3600.0)


def test_work_that_fails_leaves_the_signals_as_they_were() -> None:
    before = handlers()
    with pytest.raises(ValueError, match="broken"):
        run_until_ended(fail())
    assert handlers() == before


def test_a_request_cancels_the_work_and_gives_the_code_of_its_signal() -> None:
    before = handlers()
    try:
        with pytest.raises(SystemExit) as ended:
            run_until_ended(ask_to_end())
        assert ended.value.code == 128 + signal.SIGTERM
    finally:
        for one, handler in zip(REQUESTS, before, strict=True):
            signal.signal(one, handler)

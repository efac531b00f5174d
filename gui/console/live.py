"""Runs a live session from the command line, and ends it so that nothing is lost."""

import asyncio
import contextlib
import signal

from processing.session import Session, SessionReport
from sensor.ble.source import BleSource


async def record_until_ended(
    session: Session, source: BleSource, seconds: float | None
) -> SessionReport:
    """Run ``session`` until Ctrl-C, the system's request to end, or ``seconds`` of recording.

    The source is ended, not the session: what has arrived is still processed and recorded. Before
    the sensors stream there is nothing to keep, and Ctrl-C breaks the session off.
    """
    this = asyncio.current_task()
    if this is not None:
        # Not on Windows, which knows no such request.
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    running = asyncio.create_task(session.run())
    ending = asyncio.create_task(_end_after(source, seconds))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        if not source.opened.is_set():
            running.cancel()
            await asyncio.wait({running})
            raise
        await source.close()
        return await running
    finally:
        ending.cancel()


async def _end_after(source: BleSource, seconds: float | None) -> None:
    if seconds is not None:
        await source.opened.wait()
        await asyncio.sleep(seconds)
        await source.close()

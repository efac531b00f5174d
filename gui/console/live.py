"""A live session on the command line, which ends without loss and prints how its streams went."""

import asyncio
from collections.abc import Mapping

from gui.console.sensors import battery_words
from gui.console.tables import rate_words
from processing.session import Session, SessionReport
from sensor.ble.source import BleSource
from sensor.types import SensorInfo


async def record_until_ended(
    session: Session, source: BleSource, seconds: float | None
) -> SessionReport:
    """Run ``session`` until it is cancelled, or for ``seconds`` of recording.

    The source is ended, not the session: what has arrived is still processed and recorded. Before
    the sensors stream there is nothing to keep, and the session is broken off.
    """
    running = asyncio.create_task(session.run())
    ending = asyncio.create_task(_end_after(source, seconds))
    try:
        # A cancelled session would lose what has arrived.
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        if not source.opened.is_set():
            running.cancel()
            await asyncio.wait({running})
            raise
        # The end of its source ends the session, after everything that has arrived.
        await source.close()
        return await running
    finally:
        ending.cancel()


async def _end_after(source: BleSource, seconds: float | None) -> None:
    if seconds is not None:
        await source.opened.wait()
        await asyncio.sleep(seconds)
        await source.close()


def print_streams(report: SessionReport) -> None:
    """Print how each sensor's stream went."""
    for sensor in report.header.sensors:
        seen = report.statistics[sensor.source]
        print(
            f"{sensor.segment} sensor: {seen.received} samples, {rate_words(seen.rate_hz)}, "
            f"{seen.lost} lost, longest gap {seen.longest_gap_s:.2f} s, "
            f"{seen.malformed} malformed messages, {battery_words(_battery_percent(report, sensor))}"
        )
    if report.recording is not None:
        print(f"recorded in {report.recording}")


def _battery_percent(report: SessionReport, sensor: SensorInfo) -> float | None:
    """Return the newest charge that the sensor reported: in its stream, or when it was connected."""
    streamed = report.statistics[sensor.source].battery_percent
    if streamed is not None:
        return streamed
    device = report.header.metadata["devices"]
    reported = device[sensor.source] if isinstance(device, Mapping) else None
    percent = reported["battery_percent"] if isinstance(reported, Mapping) else None
    return percent if isinstance(percent, float) else None

"""One session, live, replayed or simulated: source -> recorder -> assembler -> pipeline -> listener.

The recorder is told before anyone else, so that a slow listener never costs a sample.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from processing.calibration.steps import FULL, GuideUpdate, Step
from processing.coach.beginning import with_beginning
from processing.coach.coach import Coach, CoachOutput
from processing.coach.cues import Cue
from processing.coach.session_plan import PlanChange
from processing.motion.calibrated import Calibration
from processing.pipeline.guided_calibration import GuideEnded, Guiding, as_input
from processing.pipeline.pairing import segments_of
from processing.pipeline.pipeline import Config, Pipeline
from processing.pipeline.sensor_status import SensorWatch
from processing.pipeline.updates import Update
from sensor.accelerometer.trim import AccTrim, with_trims
from sensor.assembler import Assembler, StreamStatistics
from sensor.recording import RecordingWriter
from sensor.sources import Source
from sensor.types import (
    Event,
    EventKind,
    ImuBlock,
    Item,
    JsonValue,
    Segment,
    SensorInfo,
    SessionHeader,
)

_QUEUED_ITEMS = 512

SessionOutput: TypeAlias = Update | CoachOutput | GuideUpdate | GuideEnded
"""What a listener is told: what the pipeline found, what the coach makes of it, what a guide says."""
Listener = Callable[[Sequence[SessionOutput]], None]
CoachOf: TypeAlias = Callable[[SessionHeader], Coach]


@dataclass(frozen=True, slots=True)
class SessionReport:
    """How a session went: its header, what each sensor delivered, where it was recorded."""

    header: SessionHeader
    statistics: Mapping[str, StreamStatistics]
    recording: Path | None


class Session:
    """Runs a source through the one path.

    Parameters
    ----------
    source
        Where the items come from; it is opened and closed here.
    listener
        Called with every batch of updates, in the loop's thread.
    recording
        Where to record, or None.
    calibration
        The one to begin with, or what finds it, in a thread of its own before the source is opened.
    coach
        Who judges and speaks while the session runs, or who returns that for the header of the
        source, or None. What it says is recorded, but a replay makes it anew; what it begins with
        stands in the recorded header.
    batch_s
        How much session time is handed to the pipeline at once. 0 for live sensors: every
        notification at once; the result is the same whatever it is.
    trims
        What is known of the accelerometers of devices, for a source that is no recording: it is
        recorded in the header, so that a replay uses the same.

    Attributes
    ----------
    header
        That of the source, once it is open.

    Raises
    ------
    RecordingError
        From :meth:`run`, if the recording cannot be written; what was written stays readable.
    """

    def __init__(
        self,
        source: Source,
        listener: Listener,
        *,
        recording: Path | None = None,
        config: Config | None = None,
        calibration: Calibration | Callable[[], Calibration | None] | None = None,
        coach: Coach | CoachOf | None = None,
        batch_s: float = 0.0,
        trims: Sequence[tuple[SensorInfo, AccTrim]] = (),
    ) -> None:
        self.source = source
        self.listener = listener
        self.recording = recording
        self.config = config or Config()
        self.calibration = calibration
        self.coach = coach if isinstance(coach, Coach) else None
        self._choose_coach = None if isinstance(coach, Coach) else coach
        self.trims = trims
        self.batch_ns = int(batch_s * 1e9)
        self.header: SessionHeader | None = None
        self._queue: asyncio.Queue[Item | None] = asyncio.Queue()
        self._latest: tuple[int, int] | None = None
        self._writer: RecordingWriter | None = None
        self._pipeline: Pipeline | None = None
        self._guiding: Guiding | None = None
        self._said: Mapping[str, JsonValue] = {}

    def add_input(self, kind: str, data: Mapping[str, JsonValue] | None = None) -> None:
        """Put a person's input (a key, a mark) into the session, now.

        Call from the loop's thread, after the first item has come. Inputs are recorded like
        everything else, so that a replay repeats them.
        """
        if self._latest is not None:
            t_ns, seen_ns = self._latest
            now_ns = t_ns + time.monotonic_ns() - seen_ns
            self._take(Event(now_ns, kind, data or {}))

    def guide(
        self, steps: Sequence[Step] = FULL, said: Mapping[str, JsonValue] | None = None
    ) -> None:
        """Lead through the calibration from now on; what the guide decides becomes inputs.

        ``said`` is what the person tells of it: see ``EventKind.CALIBRATION_START``. Call from the loop's thread. A new zero needs a calibration: without one nothing happens.
        """
        self.end_guide()
        self._said = said or {}
        calibration = self._pipeline.calibration if self._pipeline is not None else None
        if Step.REZERO not in steps or calibration is not None:
            self._guiding = Guiding(steps, calibration, said, self._segments)

    @property
    def _segments(self) -> Sequence[Segment]:
        return segments_of(self.header.sensors if self.header is not None else ())

    def redo(self, step: Step) -> None:
        """Let the guide ask for ``step`` once more. Call from the loop's thread."""
        if self._guiding is None:
            self._guiding = Guiding(said=self._said, segments=self._segments)
        else:
            self._leave_step()
            self._guiding.redo(step)

    def end_guide(self) -> None:
        """Let the guide go; a step that is open is not used. Call from the loop's thread."""
        if self._guiding is not None:
            self._leave_step()
            self._guiding = None
            self._tell([GuideEnded()])

    def _leave_step(self) -> None:
        step = self._guiding.open_step if self._guiding is not None else None
        if step is not None:
            self.add_input(EventKind.CALIBRATION_END, {"step": step.value, "accepted": False})

    async def run(self) -> SessionReport:
        """Run until the source ends or the task is cancelled; close everything either way."""
        calibration = self.calibration
        if callable(calibration):
            calibration = await asyncio.to_thread(calibration)
        header = self.header = self._coached_header(
            with_trims(await self.source.open(), self.trims)
        )
        if self.recording is not None:
            self._writer = RecordingWriter(self.recording, header)
        assembler = Assembler(header.sensors, header.start_ns)
        pipeline = self._pipeline = Pipeline(header, self.config, calibration)
        tasks = [asyncio.create_task(self._pump())]
        if self._writer is not None:
            tasks.append(asyncio.create_task(_keep_flushed(self._writer)))
        watch = SensorWatch(header, assembler)
        pending: list[ImuBlock | Event] = []
        due_ns = header.start_ns
        try:
            self._tell([] if self.coach is None else self.coach.begin())
            while (item := await self._queue.get()) is not None:
                blocks = assembler.feed(item)
                self._lead(blocks)
                pending += blocks
                if isinstance(item, Event):
                    pending.append(item)
                self._tell(watch.feed(item, blocks))
                if pending and item.t_ns >= due_ns:
                    due_ns = item.t_ns + self.batch_ns
                    # A calibration takes seconds. In this thread it would delay the arrival times
                    # that live sensors are given, and a sensor without a clock has no others.
                    self._tell(await asyncio.to_thread(self._think, pipeline, pending))
                    pending = []
            self._tell(self._think(pipeline, pending))
            self._tell(self._coached(pipeline.finish()))
            self._tell([] if self.coach is None else self.coach.finish())
            await tasks[0]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self._writer is not None:
                self._writer.close()
            await self.source.close()
        return SessionReport(header, assembler.statistics, self.recording)

    def _coached_header(self, header: SessionHeader) -> SessionHeader:
        """Choose the coach; return the header with what it begins with."""
        if self._choose_coach is not None:
            self.coach = self._choose_coach(header)
        if self.coach is None:
            return header
        return with_beginning(header, self.coach.beginning())

    async def _pump(self) -> None:
        """Move the source's items into the queue, as fast as they are taken out of it."""
        try:
            async for item in self.source.stream():
                self._latest = item.t_ns, time.monotonic_ns()
                self._take(item)
                if self._queue.qsize() > _QUEUED_ITEMS:
                    while not self._queue.empty():
                        await asyncio.sleep(0)
        finally:
            self._queue.put_nowait(None)

    def _take(self, item: Item) -> None:
        """Record ``item``, then hand it on: whatever takes its time, it is on its way to disk."""
        if self._writer is not None:
            self._writer.write(item)
        self._queue.put_nowait(item)

    def _lead(self, blocks: Sequence[ImuBlock]) -> None:
        """Let the guide, if there is one, see ``blocks``."""
        if self._guiding is None or self._guiding.is_done():
            return
        updates = self._guiding.feed(blocks)
        for update in updates:
            if (said := as_input(update, self._guiding.said)) is not None:
                self.add_input(*said)
        self._tell(updates)
        if self._guiding.is_done():
            self._tell([GuideEnded()])

    def _think(self, pipeline: Pipeline, items: Sequence[ImuBlock | Event]) -> list[SessionOutput]:
        return self._coached(pipeline.feed(items))

    def _coached(self, updates: Sequence[Update]) -> list[SessionOutput]:
        """Return ``updates``, each followed by what the coach says of it."""
        if self.coach is None:
            return [*updates]
        told: list[SessionOutput] = []
        for update in updates:
            told += [update, *self.coach.feed(update)]
        return told

    def _tell(self, told: Sequence[SessionOutput]) -> None:
        if not told:
            return
        for one in told:
            if isinstance(one, Cue | PlanChange) and self._writer and self.header:
                event = one.to_event(self.header.start_ns)
                if event is not None:
                    self._writer.write(event)
        self.listener(told)


async def _keep_flushed(writer: RecordingWriter, every_s: float = 0.2) -> None:
    """Bring what was recorded to the disk even when nothing arrives any more."""
    while True:
        await asyncio.sleep(every_s)
        writer.flush_if_due(time.monotonic_ns())

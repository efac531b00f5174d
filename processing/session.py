"""One session, live, replayed or simulated: source -> recorder -> assembler -> pipeline -> listener.

Everything is recorded before it is processed, so that a slow listener never costs a sample.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from processing.calibration.calibration_steps import (
    FULL,
    CalibrationStep,
    GuideUpdate,
    steps_for,
)
from processing.coach.beginning import with_beginning
from processing.coach.coach import Coach, CoachOutput
from processing.coach.cues import Cue
from processing.coach.plan_change import PlanChange
from processing.exercises.exercise import Exercise
from processing.exercises.session_exercises import session_exercises, with_exercise
from processing.motion.calibrated import Calibration
from processing.pipeline.guided_calibration import GuidedCalibration, GuideEnded, as_input
from processing.pipeline.pairing import segments_of
from processing.pipeline.pipeline import Pipeline, PipelineConfig
from processing.pipeline.sensor_status import SensorWatch
from processing.pipeline.shin_ahead import ShinAhead, shin_ahead
from processing.pipeline.update_kinds import Update
from sensor.accelerometer.trim import AccTrim, with_trims
from sensor.assembler import Assembler, StreamStatistics
from sensor.compiled import load_compiled
from sensor.errors import RecordingError
from sensor.in_thread import in_thread
from sensor.recording import RecordingMoved, RecordingWriter
from sensor.recording.places import fallback_folders
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
"""A source that is faster than the pipeline (a replay) waits when more items than this are queued."""
_FLUSH_EVERY_S = 0.2
"""Recorded items are flushed this often even if nothing arrives: a crash loses less than a second."""
_SYNC_EVERY_S = 1.0
"""The recording is synchronised with the disk this often, so that a power cut loses less than 5 s even
if a slow disk takes seconds for it; and that its folder is gone is told at once."""

SessionOutput: TypeAlias = (
    Update | CoachOutput | GuideUpdate | GuideEnded | RecordingMoved | ShinAhead
)
"""An output of the pipeline, of the coach, of the guide or of the recording; or what the picture shows
ahead of the angles."""
Listener = Callable[[Sequence[SessionOutput]], None]
"""Called with the outputs of a session, in order."""
CoachOf: TypeAlias = Callable[[SessionHeader], Coach]
"""Chooses the coach for the header of a source."""


@dataclass(frozen=True, slots=True)
class SessionReport:
    """The report of a session that has ended."""

    header: SessionHeader
    """Its header."""
    statistics: Mapping[str, StreamStatistics]
    """Counts of the samples that arrived from each sensor, by its source."""
    recording: Path | None
    """The recording, None if there is none. It is whole and on the disk under this name."""


class Session:
    """One run of a source through recorder, assembler, pipeline and coach.

    Parameters
    ----------
    source
        The source of the items; it is opened and closed here.
    listener
        Called with every batch of outputs, in the loop's thread.
    recording
        The file to record to, or None. If its place fails, the recording goes on in the data folder
        of the account, and the listener gets a :class:`RecordingMoved`.
    config
        The person's choices; None for the defaults.
    calibration
        The calibration to begin with, or a function that finds it, which runs in its own thread
        before the source is opened.
    coach
        The coach, or a function that chooses it for the header of the source, or None. Its cues are
        recorded, but a replay computes them again; the settings that it begins with are in the
        recorded header.
    batch_s
        Session time that the pipeline gets at once. 0 for live sensors: every notification at once.
        The result does not depend on it.
    trims
        Known offsets and scales of accelerometers, for a source that is not a recording. They are
        recorded in the header, so that a replay uses the same.
    exercise
        What the session begins with; None: as the source says. It is recorded in the header.
    own_exercises
        A person's own exercises that may follow in the session, for the header.
    facts
        More metadata for the header, such as the alias of the athlete.
    shin_rates
        Whether the listener gets the rates of the shin ahead of the angles too, for a picture.

    Attributes
    ----------
    header
        The header of the source, once it is open.

    Raises
    ------
    RecordingError
        From :meth:`run`, if the recording cannot be written; the part that was written is readable.
    """

    def __init__(
        self,
        source: Source,
        listener: Listener,
        *,
        recording: Path | None = None,
        config: PipelineConfig | None = None,
        calibration: Calibration | Callable[[], Calibration | None] | None = None,
        coach: Coach | CoachOf | None = None,
        batch_s: float = 0.0,
        trims: Sequence[tuple[SensorInfo, AccTrim]] = (),
        exercise: Exercise | None = None,
        own_exercises: Sequence[Exercise] = (),
        facts: Mapping[str, JsonValue] | None = None,
        shin_rates: bool = False,
    ) -> None:
        self.source = source
        self.listener = listener
        self.recording = recording
        self.config = config or PipelineConfig()
        self.calibration = calibration
        self.coach = coach if isinstance(coach, Coach) else None
        self._choose_coach = None if isinstance(coach, Coach) else coach
        self.trims = trims
        self.shin_rates = shin_rates
        self.exercise = exercise
        self._others = own_exercises
        self._facts = facts or {}
        self.batch_ns = int(batch_s * 1e9)
        self.header: SessionHeader | None = None
        self._queue: asyncio.Queue[Item | None] = asyncio.Queue()
        self._latest: tuple[int, int] | None = None
        self._writer: RecordingWriter | None = None
        self._pipeline: Pipeline | None = None
        self._guide: GuidedCalibration | None = None
        self._guide_data: Mapping[str, JsonValue] = {}

    def add_input(self, kind: str, data: Mapping[str, JsonValue] | None = None) -> None:
        """Add a person's input (a key, a mark) to the session at the present time.

        Call it from the loop's thread. Before the first item it does nothing. Inputs are recorded
        like everything else, so that a replay repeats them.

        Parameters
        ----------
        kind
            One of :class:`sensor.types.EventKind`.
        data
            The fields of the event.
        """
        now_ns = self._now_ns()
        if now_ns is not None:
            # A recording that has failed raises the same error at the next item, which ends the run.
            with contextlib.suppress(RecordingError):
                self._record_and_queue(Event(now_ns, kind, data or {}))

    @property
    def now_s(self) -> float | None:
        """The present time in s since the start of the session; None before the first item.

        Any thread may read it.
        """
        now_ns = self._now_ns()
        if now_ns is None or self.header is None:
            return None
        return (now_ns - self.header.start_ns) / 1e9

    def _now_ns(self) -> int | None:
        latest = self._latest
        if latest is None:
            return None
        t_ns, seen_ns = latest
        return t_ns + time.monotonic_ns() - seen_ns

    def guide(
        self,
        steps: Sequence[CalibrationStep] | None = None,
        data: Mapping[str, JsonValue] | None = None,
    ) -> None:
        """Guide through the calibration from now on; the decisions of the guide become inputs.

        Call it from the loop's thread. A new zero needs a calibration; without one this does
        nothing.

        Parameters
        ----------
        steps
            The steps to do; None: those of the exercise in hand.
        data
            What the person states about the calibration, see ``EventKind.CALIBRATION_START``.
        """
        self.end_guide()
        self._guide_data = data or {}
        calibration = self._pipeline.calibration if self._pipeline is not None else None
        if steps is None:
            exercise = None if self._pipeline is None else self._pipeline.exercise
            steps = FULL if exercise is None else steps_for(exercise)
        if CalibrationStep.REZERO not in steps or calibration is not None:
            self._guide = GuidedCalibration(steps, data, self._segments)

    @property
    def _segments(self) -> Sequence[Segment]:
        return segments_of(self.header.sensors if self.header is not None else ())

    def redo(self, step: CalibrationStep) -> None:
        """Let the guide ask for ``step`` once more. Call it from the loop's thread."""
        if self._guide is None:
            self._guide = GuidedCalibration(data=self._guide_data, segments=self._segments)
        else:
            self._cancel_open_step()
            self._guide.redo(step)

    def end_guide(self) -> None:
        """End the guide; an open step is not used. Call it from the loop's thread."""
        if self._guide is not None:
            self._cancel_open_step()
            self._guide = None
            self._publish([GuideEnded()])

    def _cancel_open_step(self) -> None:
        step = self._guide.open_step if self._guide is not None else None
        if step is not None:
            self.add_input(EventKind.CALIBRATION_END, {"step": step.value, "accepted": False})

    async def run(self) -> SessionReport:
        """Run until the source ends or the task is cancelled; close everything either way."""
        calibration = self.calibration
        if callable(calibration):
            calibration = await in_thread(calibration)
        # Before the sensors send: on a new machine it takes seconds, in which marks would find no session.
        await in_thread(load_compiled)
        header = with_trims(await self.source.open(), self.trims)
        if self.exercise is not None:
            header = with_exercise(header, self.exercise, self._others)
        header = replace(header, metadata={**header.metadata, **self._facts})
        tasks: list[asyncio.Task[None]] = []
        try:
            header = self.header = self._choose_coach_for(header)
            assembler = Assembler(header.sensors, header.start_ns)
            pipeline = self._pipeline = Pipeline(header, self.config, calibration)
            if self.recording is not None:
                writer = self._writer = self._begin_recording(self.recording, header)
                tasks += map(
                    asyncio.create_task, (self._keep_flushed(writer), _keep_synced(writer))
                )
            tasks.append(asyncio.create_task(self._pump()))
            await self._process_items(header, assembler, pipeline)
            # Either the source has ended, or the recording has failed while nothing arrived.
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._close()
        return SessionReport(header, assembler.statistics, self._recorded())

    def _begin_recording(self, path: Path, header: SessionHeader) -> RecordingWriter:
        loop = asyncio.get_running_loop()

        def tell(moved: RecordingMoved) -> None:
            # At the end of the session another thread finds out.
            loop.call_soon_threadsafe(self._publish, [moved])

        return RecordingWriter(path, header, fallbacks=fallback_folders(), on_move=tell)

    async def _close(self) -> None:
        """Stop the sensors and close the recording, both at once: a slow disk leaves no sensor on."""
        closings = [self.source.close()]
        if self._writer is not None:
            closings.append(in_thread(self._writer.close))
        for result in await asyncio.gather(*closings, return_exceptions=True):
            if result is not None:
                raise result

    def _recorded(self) -> Path | None:
        """Return the file that holds the whole recording, or raise the error that ended it."""
        if self._writer is None:
            return None
        if self._writer.failure is not None:
            raise self._writer.failure
        return self._writer.path

    async def _process_items(
        self, header: SessionHeader, assembler: Assembler, pipeline: Pipeline
    ) -> None:
        """Process and publish the queued items until there are no more."""
        watch = SensorWatch(header, assembler)
        pending: list[ImuBlock | Event] = []
        due_ns = header.start_ns
        self._publish([] if self.coach is None else self.coach.begin())
        while (item := await self._queue.get()) is not None:
            blocks = assembler.feed(item)
            pending += blocks
            if isinstance(item, Event):
                pending.append(item)
            pending += self._advance_guide(item.t_ns, blocks)
            self._publish(watch.feed(item, blocks))
            if self.shin_rates:
                self._publish([*shin_ahead(blocks, pipeline.calibration)])
            for source, fault in watch.faults():
                self.source.configure_again(source, fault)
            if pending and item.t_ns >= due_ns:
                due_ns = item.t_ns + self.batch_ns
                if pipeline.may_calibrate(pending):
                    # A calibration takes seconds. In this thread it would delay the arrival times of
                    # live samples, and a sensor without a clock has no other times.
                    outputs = await in_thread(self._process, pipeline, pending)
                else:
                    # A change of threads for every message costs more than the message.
                    outputs = self._process(pipeline, pending)
                self._publish(outputs)
                pending = []
            self._queue.task_done()
        self._publish(self._process(pipeline, pending))
        self._publish(self._with_coach(pipeline.finish()))
        self._publish([] if self.coach is None else self.coach.finish())

    def _choose_coach_for(self, header: SessionHeader) -> SessionHeader:
        """Choose the coach for ``header``; return the header with the settings that it begins with."""
        if self._choose_coach is not None:
            self.coach = self._choose_coach(header)
        if self.coach is None:
            return header
        self.coach.use(session_exercises(header, self.config.exercise))
        return with_beginning(header, self.coach.beginning())

    async def _pump(self) -> None:
        """Move the items of the source into the queue, at the rate at which they are processed."""
        try:
            async for item in self.source.stream():
                self._latest = item.t_ns, time.monotonic_ns()
                self._record_and_queue(item)
                # While a guide decides, nothing later is recorded before its decisions, so that a replay
                # has them at the same samples.
                if self._queue.qsize() > (0 if self._is_guiding else _QUEUED_ITEMS):
                    await self._queue.join()
        finally:
            self._queue.put_nowait(None)

    def _record_and_queue(self, item: Item) -> None:
        """Record ``item``, then queue it: it is safe before anything slow sees it."""
        if self._writer is not None:
            self._writer.write(item)
        self._queue.put_nowait(item)

    @property
    def _is_guiding(self) -> bool:
        return self._guide is not None and not self._guide.is_done()

    def _advance_guide(self, t_ns: int, blocks: Sequence[ImuBlock]) -> list[Event]:
        """Give ``blocks``, which arrived at ``t_ns``, to the guide, if there is one.

        Its decisions are inputs at that time: a source may be far ahead of what is processed.
        """
        if self._guide is None or not self._is_guiding:
            return []
        updates = self._guide.feed(blocks)
        decided = [as_input(update, self._guide.data) for update in updates]
        events = [Event(t_ns, *event) for event in decided if event is not None]
        for event in events:
            self._record(event)
        self._publish(updates)
        if self._guide.is_done():
            self._publish([GuideEnded()])
        return events

    async def _keep_flushed(self, writer: RecordingWriter) -> None:
        """Flush recorded items to the system, also while nothing arrives."""
        try:
            while True:
                await asyncio.sleep(_FLUSH_EVERY_S)
                writer.flush_if_due(time.monotonic_ns())
        finally:
            # A recording that has failed ends the session.
            self._queue.put_nowait(None)

    def _process(
        self, pipeline: Pipeline, items: Sequence[ImuBlock | Event]
    ) -> list[SessionOutput]:
        """Return what ``pipeline`` and coach make of ``items``."""
        return self._with_coach(pipeline.feed(items))

    def _with_coach(self, updates: Sequence[Update]) -> list[SessionOutput]:
        """Return ``updates``, each followed by the coach's outputs on it."""
        if self.coach is None:
            return [*updates]
        outputs: list[SessionOutput] = []
        for update in updates:
            outputs += [update, *self.coach.feed(update)]
        return outputs

    def _publish(self, outputs: Sequence[SessionOutput]) -> None:
        """Record the cues and plan changes among ``outputs``, then call the listener."""
        if not outputs:
            return
        for output in outputs:
            if isinstance(output, Cue | PlanChange) and self.header:
                event = output.to_event(self.header.start_ns)
                if event is not None:
                    self._record(event)
        self.listener(outputs)

    def _record(self, event: Event) -> None:
        """Record what was decided here; a failure keeps nothing back, and ends the run afterwards."""
        if self._writer is not None:
            with contextlib.suppress(RecordingError):
                self._writer.write(event)


async def _keep_synced(writer: RecordingWriter) -> None:
    """Synchronise the recording with the disk, in other threads so that nothing waits for it."""
    while True:
        await asyncio.sleep(_SYNC_EVERY_S)
        await in_thread(writer.sync)

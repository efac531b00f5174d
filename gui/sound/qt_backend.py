"""The only module that imports QtMultimedia: the outputs, and the stream to one of them.

Importing it fails where that module or a system library that it needs is missing;
``backend.load_backend`` turns that into a :class:`SoundError`.
"""

import os
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QCoreApplication,
    QIODevice,
    QMetaObject,
    QObject,
    Qt,
    QThread,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from gui.sound.backend import Failed, Started
from gui.sound.devices import OutputDevice
from gui.sound.errors import SoundError, SoundFault
from gui.sound.host_load import HostLoad
from gui.sound.mixer import Mixer
from gui.sound.pulse_audio import LATENCY, ask_for_buffer, is_kept_waiting
from gui.sound.reserve import BUSY, BUSY_DEVICE, CALM, CAPACITY_S, SHORTEST_S, missing_frames
from gui.sound.stream_clock import StreamClock
from sensor.types import FloatArray

EVERY_MS = 5
"""The stream is filled this often: it delays a sound by half of it, and takes 2 % of one core."""
_SCALES: dict[QAudioFormat.SampleFormat, tuple[np.dtype[Any], float]] = {
    QAudioFormat.SampleFormat.Int16: (np.dtype(np.int16), 32767.0),
    QAudioFormat.SampleFormat.Int32: (np.dtype(np.int32), 2147483000.0),
    QAudioFormat.SampleFormat.Float: (np.dtype(np.float32), 1.0),
}
"""The formats that can be written, and full scale in each: never above the largest integer, beyond
which a rounded sample would wrap around."""


class QtBackend:
    """The outputs of this computer. Make it in the thread of the window."""

    def __init__(self) -> None:
        self._system = QMediaDevices()

    def devices(self) -> list[OutputDevice]:
        """Return the outputs that the system offers now."""
        return [_described(device) for device in QMediaDevices.audioOutputs()]

    def watch(self, changed: Callable[[], None]) -> None:
        """Call ``changed`` whenever an output or the default one comes or goes."""
        self._system.audioOutputsChanged.connect(changed)

    def open(self, identity: str, started: Started, failed: Failed) -> "Output":
        """Return a stream to an output; see :class:`Output`."""
        return Output(_find(identity), started, failed)


def _described(device: QAudioDevice) -> OutputDevice:
    # As text: the settings remember the delay of an output under its identity.
    identity = bytes(device.id().data()).decode("utf-8", "replace")
    return OutputDevice(identity, device.description(), device.isDefault())


def _find(identity: str) -> QAudioDevice:
    """Return the output with this identity; the system's default if it is empty or gone."""
    for device in QMediaDevices.audioOutputs():
        if identity and _described(device).id == identity:
            return device
    default = QMediaDevices.defaultAudioOutput()
    if default.isNull():
        raise SoundError(SoundFault.NO_DEVICE, "the system names no sound output")
    return default


class Output(QObject):
    """A stream to one output, mixed in a thread of its own, so that a busy window is not heard.

    Raises
    ------
    SoundError
        If it takes no samples of a kind that we make.
    """

    def __init__(self, device: QAudioDevice, started: Started, failed: Failed) -> None:
        super().__init__()
        form = device.preferredFormat()
        self.device = _described(device)
        if form.sampleFormat() not in _SCALES or form.channelCount() < 1:
            raise SoundError(SoundFault.FORMAT, f"{self.device.name} wants {form.sampleFormat()}")
        self.mixer = Mixer(form.sampleRate())
        self.clock = StreamClock(form.sampleRate())
        self._failed = failed
        self._thread = QThread()
        self._thread.setObjectName("toepoint-sound")
        self._stream = _Stream(device, form, self.mixer, self.clock, started)
        self._stream.moveToThread(self._thread)
        self._stream.failed.connect(self._report)
        self._thread.started.connect(self._stream.start)
        if (app := QCoreApplication.instance()) is not None:
            # A thread that still runs when the process ends would abort it.
            app.aboutToQuit.connect(self.close)
        # Its reserve is short: a busy window must not hold up the thread that fills it.
        self._thread.start(QThread.Priority.TimeCriticalPriority)

    @property
    def reserve_s(self) -> float:
        """The delay of a sound that begins in silence, s, without that of the device."""
        return SHORTEST_S + self._stream.reserve.device_s

    def close(self) -> None:
        """End the stream; returns when its thread has ended."""
        if self._thread.isRunning():
            # The sink lives in that thread and is stopped there, before the thread's loop ends.
            stop = Qt.ConnectionType.BlockingQueuedConnection
            QMetaObject.invokeMethod(self._stream, "stop", stop)
            self._thread.quit()
            self._thread.wait()

    @Slot(str)
    def _report(self, detail: str) -> None:
        # The report comes through a queue and may arrive after the output was closed.
        if not self._thread.isRunning():
            return
        # A stream that has handed over samples was open, so its device went away.
        fault = SoundFault.LOST if self.mixer.position else SoundFault.NOT_OPENED
        self._failed(SoundError(fault, f"{self.device.name}: {detail}"))


class _Stream(QObject):
    """The sink and the timer that fills it; both live in the thread of the output."""

    failed = Signal(str)

    def __init__(
        self,
        device: QAudioDevice,
        form: QAudioFormat,
        mixer: Mixer,
        clock: StreamClock,
        started: Started,
    ) -> None:
        super().__init__()
        self.reserve = CALM
        self._busy = BUSY
        self._device, self._form = device, form
        self._mixer, self._clock, self._started = mixer, clock, started
        self._load = HostLoad(1e-3 * EVERY_MS)
        self._own_buffer = os.environ.get(LATENCY)
        self._sink: QAudioSink | None = None
        self._into: QIODevice | None = None
        self._timer: QTimer | None = None

    @Slot()
    def start(self) -> None:
        self._open()
        # Made here, because a timer belongs to the thread in which it was made.
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._fill)
        self._timer.start(EVERY_MS)

    @Slot()
    def stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._close()

    def _open(self) -> None:
        ask_for_buffer(self.reserve.device_s, self._own_buffer)
        self._sink = QAudioSink(self._device, self._form, self)
        self._sink.setBufferSize(self._form.bytesForDuration(round(CAPACITY_S * 1e6)))
        self._sink.stateChanged.connect(self._check)
        self._into = self._sink.start()
        # Only now does the thread that refills the device surely run.
        self._busy = BUSY_DEVICE if is_kept_waiting() else BUSY
        self._check()

    def _close(self) -> None:
        if self._sink is not None:
            # An end on purpose is not reported as a failure.
            self._sink.stateChanged.disconnect(self._check)
            self._sink.reset()
            self._sink = self._into = None

    def _fill(self) -> None:
        if self._sink is None or self._into is None:
            return
        now_s = time.monotonic()
        self._load.called(now_s, time.process_time())
        reserve = self._busy if self._load.is_busy else CALM
        if reserve.device_s == self.reserve.device_s:
            self.reserve = reserve
        # The device's buffer changes only with a new stream, whose beginning is a gap.
        elif self._mixer.sounding_until(self._mixer.position) == self._mixer.position:
            self._close()
            self.reserve = reserve
            self._open()
            return
        free = self._form.framesForBytes(self._sink.bytesFree())
        left = self._form.framesForBytes(self._sink.bufferSize()) - free
        # The clock tells when a sound of a silent moment is handed over, so not how far one is ahead.
        shortest = round(SHORTEST_S * self._mixer.rate_hz)
        self._clock.take(self._mixer.position - left + shortest, now_s)
        count = min(free, missing_frames(self._mixer, left, self.reserve))
        if count > 0:
            block = self._mixer.render(count)
            self._into.write(self.encoded(block.samples))
            if block.started:
                self._started(block.started, time.monotonic())

    def encoded(self, samples: FloatArray) -> bytes:
        """Return ``samples`` (n,) as the bytes of the sink's format, the same in each channel."""
        dtype, scale = _SCALES[self._form.sampleFormat()]
        scaled = np.rint(samples * scale) if scale != 1.0 else samples
        return np.repeat(scaled.astype(dtype), self._form.channelCount()).tobytes()

    @Slot()
    def _check(self) -> None:
        if self._sink is not None and self._sink.state() == QtAudio.State.StoppedState:
            self.failed.emit(self._sink.error().name)

"""The only module that imports QtMultimedia: the outputs, and the stream to one of them.

Importing it fails where that module or a system library that it needs is missing;
``backend.load_backend`` turns that into a :class:`SoundError`.
"""

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
    Signal,
    Slot,
)
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from gui.sound.backend import Failed, Started
from gui.sound.devices import OutputDevice
from gui.sound.errors import SoundError, SoundFault
from gui.sound.mixer import Mixer
from gui.sound.reserve import Reserve
from gui.sound.stream_clock import StreamClock
from sensor.types import FloatArray

Buffer = bytes | bytearray | memoryview
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
        """The sound that is handed over ahead of the loudspeaker, s."""
        return self._stream.reserve.length_s

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
    """The sink and what it reads from; both live in the thread of the output."""

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
        self._device, self._form = device, form
        self._mixer = mixer
        self.reserve = Reserve()
        self._dry = False
        self._feed = _Feed(self, form, mixer, clock, started)
        self._sink: QAudioSink | None = None

    @Slot()
    def start(self) -> None:
        self._sink = QAudioSink(self._device, self._form, self)
        self._sink.setBufferSize(self._form.bytesForDuration(round(self.reserve.length_s * 1e6)))
        self._sink.stateChanged.connect(self._check)
        # Without this flag QIODevice reads 16 kB ahead, which is a delay of 0.1 s and more.
        self._feed.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)
        self._sink.start(self._feed)
        self._check()

    @Slot()
    def stop(self) -> None:
        if self._sink is not None:
            # An end on purpose is not reported as a failure.
            self._sink.stateChanged.disconnect(self._check)
            self._sink.stop()
            self._sink = None
        self._feed.close()

    def asked(self, now_s: float) -> None:
        """Note a request for samples; a reserve that ran dry is made longer when nothing sounds."""
        self._dry |= self.reserve.asked(self._mixer.position / self._form.sampleRate(), now_s)
        if self._dry and self._mixer.is_idle and (longer := self.reserve.longer()) is not None:
            self._dry, self.reserve = False, longer
            # Queued, because this runs inside the sink that it replaces.
            QMetaObject.invokeMethod(self, "_open_again", Qt.ConnectionType.QueuedConnection)

    @property
    def block(self) -> int:
        """The frames that are mixed at once, 0 for as many as are asked for."""
        return round(self.reserve.block_s * self._form.sampleRate())

    @Slot()
    def _open_again(self) -> None:
        # The output may have been closed meanwhile.
        if self._sink is not None:
            self.stop()
            self.start()

    @Slot()
    def _check(self) -> None:
        if self._sink is not None and self._sink.state() == QtAudio.State.StoppedState:
            self.failed.emit(self._sink.error().name)


class _Feed(QIODevice):
    """The mixer's stream as the bytes of the sink's format."""

    def __init__(
        self,
        stream: "_Stream",
        form: QAudioFormat,
        mixer: Mixer,
        clock: StreamClock,
        started: Started,
    ) -> None:
        super().__init__(stream)
        self._stream = stream
        self._dtype, self._scale = _SCALES[form.sampleFormat()]
        self._channels = form.channelCount()
        self._mixer, self._clock, self._started = mixer, clock, started
        self._ready = b""

    def readData(self, wanted: int) -> bytes:
        count = wanted // (self._channels * self._dtype.itemsize)
        # Before the block is mixed, which moves the position on.
        now_s = time.monotonic()
        self._clock.take(self._mixer.position, now_s)
        self._stream.asked(now_s)
        frame = self._channels * self._dtype.itemsize
        if len(self._ready) < count * frame:
            # A mixed block costs nearly the same whatever its length: few long ones on a busy machine.
            missing = count - len(self._ready) // frame
            block = self._mixer.render(max(missing, self._stream.block))
            self._ready += self._encoded(block.samples)
            if block.started:
                self._started(block.started, time.monotonic())
        data, self._ready = self._ready[: count * frame], self._ready[count * frame :]
        return data

    def writeData(self, data: Buffer, length: int) -> int:
        return -1

    def bytesAvailable(self) -> int:
        # The stream never runs out: the mixer fills it with silence.
        return 1 << 20

    def isSequential(self) -> bool:
        return True

    def _encoded(self, samples: FloatArray) -> bytes:
        scaled = np.rint(samples * self._scale) if self._scale != 1.0 else samples
        return np.repeat(scaled.astype(self._dtype), self._channels).tobytes()

"""The export of a clip: the drawn half is painted by the window, the rest happens in a thread."""

import queue
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QImage, QPainter

from gui.models.job import Job
from gui.models.review import Moment
from gui.models.video.clip import ClipPlan
from gui.models.worker import Worker
from gui.pages.review.moment_words import MomentWords
from gui.translations.decimals import decimal
from gui.widgets.figure import FigureWidget, LegPose
from gui.widgets.theme import Theme
from sensor.types import FloatArray

_BUDGET_S = 0.006
"""Time that the window paints for the clip in each of its frames; the rest is its own."""
_WAITING = 8
"""Drawn halves that wait to be encoded."""
_FIGURE = 0.58
"""Share of the height that the leg gets; the words stand below it."""
_SMALL, _LARGE = 0.045, 0.17
"""Heights of the words and of the angle, as shares of the height."""

DrawnMoment = tuple[Moment, MomentWords, LegPose]


class ClipSide(QObject):
    """The drawn half of a clip: the leg, its angle and its phase, at any size.

    ``figure`` is a leg of its own that is never in a window.
    """

    def __init__(self, theme: Theme, figure: FigureWidget, size: tuple[int, int]) -> None:
        super().__init__()
        self._theme, self._figure, self._size = theme, figure, size
        figure.resize(size[0], round(_FIGURE * size[1]))

    def paint(self, moment: Moment, words: MomentWords, pose: LegPose) -> npt.NDArray[np.uint8]:
        """Return the half (height, width, 4) at a moment."""
        wide, high = self._size
        image = QImage(wide, high, QImage.Format.Format_RGB32)
        image.fill(self._theme.color("panel"))
        self._figure.show_pose(pose)
        self._figure.render(image, QPoint(0, 0))
        painter = QPainter(image)
        self._write(painter, moment, words)
        painter.end()
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(high, -1, 4)
        return rows[:, :wide].copy()

    def _write(self, painter: QPainter, moment: Moment, words: MomentWords) -> None:
        wide, high = self._size
        at = _FIGURE * high
        minutes, seconds = divmod(moment.t, 60.0)
        when = f"{minutes:.0f}:{decimal(seconds).rjust(4, '0')}"
        if moment.rep is not None:
            when = f"{self.tr('rep {number}').format(number=moment.rep)} · {when}"
        lines = (
            (_LARGE, "text", words.angle or "–"),
            (_SMALL, "muted", words.way),
            (_SMALL, "text", words.phase),
            (_SMALL, "muted", when),
        )
        for size, color, text in lines:
            room = QRectF(0.0, at, wide, 1.25 * size * high)
            font = self._theme.font(15, bold=color == "text")
            font.setPixelSize(max(round(size * high), 1))
            painter.setFont(font)
            painter.setPen(self._theme.color(color))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
            at += room.height()


class ClipExport(QObject):
    """The running export of one clip.

    Parameters
    ----------
    worker
        Runs the encoder.
    path, video
        The file to write, and the video.
    plan
        The sizes and times.
    side
        The drawn half.
    drawn
        Returns the moment, its words and the pose at a session time in s.
    added
        Returns the sound that is added to that of the video, in the thread of the encoder; None for none.
    """

    def __init__(
        self,
        worker: Worker,
        path: Path,
        video: Path,
        plan: ClipPlan,
        side: ClipSide,
        drawn: Callable[[float], DrawnMoment],
        added: Callable[[], FloatArray | None],
    ) -> None:
        super().__init__()
        halves: queue.Queue[npt.NDArray[np.uint8]] = queue.Queue(_WAITING)
        self._halves, self._plan, self._side, self._drawn = halves, plan, side, drawn
        self._painted = 0

        def write(progress: Callable[[float], None]) -> Path:
            from gui.models.video.clip_writer import write_clip  # noqa: PLC0415 - slow to load

            return write_clip(path, video, plan, halves, progress, added)

        self.job = Job(worker, write)
        self._timer = QTimer(self)
        self._timer.setInterval(8)
        self._timer.timeout.connect(self._paint)
        self._timer.start()

    def give_up(self) -> None:
        """End it; nothing is left of the file."""
        self._timer.stop()
        self.job.give_up()

    def _paint(self) -> None:
        end = time.monotonic() + _BUDGET_S
        while not self._halves.full() and time.monotonic() < end:
            if self._painted == self._plan.count or self.job.done:
                self._timer.stop()
                return
            self._halves.put(self._side.paint(*self._drawn(self._plan.t(self._painted))))
            self._painted += 1

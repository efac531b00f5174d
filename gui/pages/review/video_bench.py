"""The video beside the leg: its picture, its place on the time of the session, and its export."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from gui.models.player import Player
from gui.models.video.attached import AttachedVideo
from gui.models.video.clip import ClipPlan, plan_clip
from gui.models.video.impacts import Impact
from gui.models.worker import Worker
from gui.pages.review.clip_export import ClipExport, ClipSide, DrawnMoment
from gui.pages.review.jolt_strip import NUDGE_S, JoltStrip
from gui.pages.review.video_view import VideoView
from gui.pages.review.video_words import impact_words, missing_words, place_words, trouble_words
from gui.widgets.card import Card, label
from gui.widgets.figure import FigureWidget
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.folder_button import FolderButton
from gui.widgets.progress_line import ProgressLine
from gui.widgets.theme import Theme
from processing.review.video_link import Found
from sensor.errors import ToepointError
from sensor.types import FloatArray

USUAL_FRAME_S = 1.0 / 30.0
"""Step of the keys until the video is open."""
_JUST_BEFORE_S = 0.001
"""Just before a frame is shown, the one before it is."""


class VideoBench(Card):
    """A card with the video of the session; hidden where there is none."""

    shown = Signal(bool)
    """Whether there is a video to show."""
    aligning = Signal(bool)
    """The person begins or ends laying the video on the time."""
    seek_wanted = Signal(float)
    """The session time to show, s."""
    clip_wanted = Signal(str)
    """A clip of the ``rep`` or of the ``set`` is wanted."""
    written = Signal(object)
    """The path of the clip that has been written."""

    def __init__(self, theme: Theme, video: AttachedVideo, worker: Worker) -> None:
        super().__init__(theme, self.tr("Video"), " ")
        self._theme, self._worker, self.video = theme, worker, video
        self._t = 0.0
        self._clip: ClipExport | None = None
        self._figure: FigureWidget | None = None
        self._visible: bool | None = None
        self._offered: Path | None = None
        self.view, self.strip = VideoView(theme), JoltStrip(theme)
        self.progress = ProgressLine(theme)
        self._make()
        self.strip.dragged.connect(self._drag)
        self.strip.dropped.connect(self.video.drop)
        self.strip.stepped.connect(self._step_samples)
        self.strip.chosen.connect(self.match)
        # A page that is rebuilt paints no more halves.
        self.destroyed.connect(lambda: video.export.give_up() if video.export else None)
        self._show_whether()

    # Actions of the person

    def ask(self) -> None:
        """Ask for a video of the session."""
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Attach a video of this session"),
            str(self.video.path.parent) if self.video.path is not None else "",
            self.tr("Videos (*.mp4 *.mov *.m4v *.mkv *.webm *.avi *.3gp *.mts);;All files (*)"),
        )
        # Empty after Cancel.
        if name:
            self.video.attach(Path(name))

    def align(self, wanted: bool) -> None:
        """Begin or end laying the video on the time."""
        self.align_button.setChecked(wanted)
        self._tools.setVisible(wanted)
        self.aligning.emit(wanted)

    def step_frame(self, way: int) -> None:
        """Show the next frame (1) or the one before (-1)."""
        picture, link = self.view.picture, self.video.link
        if picture is None or link is None:
            return
        t = picture.until if way > 0 else picture.t - _JUST_BEFORE_S
        # After the last frame there is none.
        if t < float("inf"):
            self.seek_wanted.emit(t + link.alignment.offset_s)

    def shift(self, by_s: float) -> None:
        """Show a picture that is ``by_s`` s later at the same moment of the session."""
        self.video.shift(-by_s)

    def shift_frames(self, frames: int) -> None:
        """Show a picture that is some frames later at the same moment of the session."""
        self.shift(frames * self._frame_s())

    def match(self, impact: Impact) -> None:
        """Lay the picture in view on an impact."""
        picture, link = self.view.picture, self.video.link
        if picture is None or link is None:
            return
        self.video.match(picture, impact)
        # The picture stays, and the moment of the session comes to it.
        if self.video.link is not None:
            self.seek_wanted.emit(picture.t + self.video.link.alignment.offset_s)

    def offer(self) -> None:
        """Open the menu of the impacts that may belong to the picture in view."""
        if self.align_button.isChecked():
            self.lands.showMenu()

    def write_clip(
        self,
        path: Path,
        stretch: tuple[float, float],
        figure: FigureWidget,
        drawn: Callable[[float], DrawnMoment],
        cues: Callable[[ClipPlan], FloatArray | None],
    ) -> None:
        """Write a clip.

        Parameters
        ----------
        path
            The file.
        stretch
            Start and end, session time in s.
        figure
            A leg in the scene of the exercise, which is drawn into the clip.
        drawn
            Returns the moment, its words and the pose at a session time in s.
        cues
            Returns the sound of the cues in the clip; None for none.
        """
        facts, link, video = self.video.facts, self.video.link, self.video.path
        if facts is None or link is None or video is None or self._clip is not None:
            return
        plan = plan_clip(facts, link.alignment.offset_s, *stretch)
        wanted = self.cues_action.isChecked()
        added = partial(cues, plan) if wanted else (lambda: None)
        # It must live as long as the export.
        self._figure = figure
        side = ClipSide(self._theme, figure, plan.side)
        self._clip = ClipExport(self._worker, path, video, plan, side, drawn, added)
        self.video.export = self._clip.job
        self._said.hide()

    def give_up_clip(self) -> None:
        """Stop writing the clip; nothing is left of it."""
        if self._clip is not None:
            self._clip.give_up()

    # State that is shown

    def refresh(self, t: float, player: Player) -> None:
        """Show the picture at ``t``, session time in s, as the player needs it."""
        video = self.video
        video.poll()
        self._take_clip()
        self._show_whether()
        self._t = t
        if video.link is None and video.trouble is None:
            return
        picture = video.picture(t, self.view.room, playing=player.playing, loop=player.loop)
        self.view.show_picture(picture, "" if picture is not None else self._words())
        self.set_note(place_words(video.link.alignment) if video.link is not None else " ")
        if self.align_button.isChecked():
            video.read_impacts()
        self.strip.show_impacts(video.impacts)
        self.strip.show_time(t)
        ready = video.facts is not None
        self.align_button.setEnabled(ready)
        self.clip_button.setEnabled(ready and self._clip is None)
        self._back.setEnabled(video.can_go_back)
        if video.facts is not None and video.path != self._offered:
            self._offered = video.path
            # A microphone in the room has heard the cues already, if they came from a loudspeaker.
            self.cues_action.setChecked(not video.facts.sound)

    def _words(self) -> str:
        """Return why there is no picture."""
        video = self.video
        error = video.trouble or video.error
        if error is not None:
            return trouble_words(error)
        if video.found not in (None, Found.HERE) and video.path is not None:
            return missing_words(video.found, video.path)
        if video.looking or video.link is None or video.facts is None:
            return self.tr("Opening the video …")
        if video.time_in_video(self._t) is not None:
            return self.tr("Looking for the picture …")
        if self._t < video.link.alignment.offset_s:
            return self.tr("The video begins later.")
        return self.tr("The video is over.")

    def _show_whether(self) -> None:
        """Show the card only where there is a video, or trouble with one."""
        wanted = self.video.link is not None or self.video.trouble is not None
        if wanted is not self._visible:
            self._visible = wanted
            self.setVisible(wanted)
            if not wanted:
                self.align(False)
            self.shown.emit(wanted)

    def _take_clip(self) -> None:
        if self._clip is None:
            return
        if not self._clip.job.done:
            self.progress.show_progress(self._clip.job.share, self.tr("Writing the clip"))
            self._cancel.show()
            return
        job = self._clip.job
        self._clip = self._figure = self.video.export = None
        self.progress.show_progress(None)
        self._cancel.hide()
        try:
            path = job.result()
        except ToepointError as error:
            self._say(trouble_words(error))
            return
        if path is None:
            self._say(self.tr("No clip was written."))
        else:
            self._say(self.tr("{name} is written").format(name=path.name))
            self.folder.show_for(path)
            self.written.emit(path)

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self.folder.show_for(None)
        self._said.setAccessibleName(words)
        self._said.show()

    def _frame_s(self) -> float:
        facts = self.video.facts
        return facts.frame_s if facts is not None else USUAL_FRAME_S

    def _drag(self, by_s: float) -> None:
        # The picture stays, and the samples move under it.
        self.video.drag(-by_s)
        self.seek_wanted.emit(self._t - by_s)
        self._t -= by_s

    def _step_samples(self, frames: int) -> None:
        self._drag(frames * self._frame_s())
        self.video.drop()

    def _offer(self) -> None:
        """Fill the menu of impacts with the largest ones near."""
        self._landings.clear()
        found = self.video.offered(self._t)
        for impact in found:
            words = impact_words(impact.segment, impact.jolt, impact.t)
            self._landings.addAction(words).triggered.connect(partial(self._match_at, impact))
        if not found:
            reading = self.video.impacts is None
            words = self.tr("Looking for jolts …") if reading else self.tr("There is no jolt near")
            self._landings.addAction(words).setEnabled(False)

    def _match_at(self, impact: Impact, _checked: bool = False) -> None:
        self.match(impact)

    # Building

    def _make(self) -> None:
        px = self._theme.px
        self.body.setSpacing(px(8))
        self.view.setMinimumHeight(px(130))
        self.body.addWidget(self.view, 1)
        self._tools = self._make_tools()
        self._tools.hide()
        self.body.addWidget(self._tools)
        self._said = label("", "muted")
        self._said.setWordWrap(True)
        self._said.hide()
        self.folder = FolderButton()
        self._cancel = self._button(self.tr("Cancel"), self.tr("Stop writing the clip"))
        self._cancel.clicked.connect(self.give_up_clip)
        self._cancel.hide()
        writing = QHBoxLayout()
        writing.addWidget(self.progress, 1)
        writing.addWidget(self._cancel)
        self.body.addWidget(self._said)
        self.body.addLayout(FlowLayout(px(8), self.folder))
        self.body.addLayout(writing)
        self.align_button = self._button(
            self.tr("Align"), self.tr("Lay the video on the time of the session")
        )
        self.align_button.setCheckable(True)
        # Its text is bold while it is checked.
        bold = QFontMetrics(self._theme.font(15, bold=True))
        words = bold.horizontalAdvance(self.align_button.text())
        self.align_button.setMinimumWidth(words + self._theme.px(24))
        self.align_button.clicked.connect(self.align)
        self.clip_button = self._button(
            self.tr("Clip"), self.tr("Write the video with the leg beside it")
        )
        clips = QMenu(self)
        clips.addAction(self.tr("This rep (MP4)…")).triggered.connect(
            lambda: self.clip_wanted.emit("rep")
        )
        clips.addAction(self.tr("This set (MP4)…")).triggered.connect(
            lambda: self.clip_wanted.emit("set")
        )
        clips.addSeparator()
        self.cues_action = clips.addAction(self.tr("With the cues of the coach"))
        self.cues_action.setCheckable(True)
        self.clip_button.setMenu(clips)
        self.more_button = self._button(self.tr("More"), "")
        more = QMenu(self)
        more.addAction(self.tr("Attach another video…")).triggered.connect(self.ask)
        self._back = more.addAction(self.tr("Back to the place before"))
        self._back.triggered.connect(self.video.go_back)
        more.addAction(self.tr("Take the video away")).triggered.connect(self.video.detach)
        self.more_button.setMenu(more)
        self.body.addLayout(
            FlowLayout(px(6), self.align_button, self.clip_button, self.more_button)
        )

    def _make_tools(self) -> QWidget:
        tools = QWidget()
        column = QVBoxLayout(tools)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(8))
        before = self._button("◀", self.tr("Previous frame (comma)"))
        after = self._button("▶", self.tr("Next frame (full stop)"))
        before.clicked.connect(lambda: self.step_frame(-1))
        after.clicked.connect(lambda: self.step_frame(1))
        self.lands = self._button(
            self.tr("It lands here"),
            self.tr("Choose the jolt that belongs to the picture in view (M)"),
        )
        self._landings = QMenu(self)
        self._landings.aboutToShow.connect(self._offer)
        self.lands.setMenu(self._landings)
        nudges = [
            (self.tr("−0.1 s"), self.tr("Picture 0.1 s earlier (Alt+Shift+Left)"), -NUDGE_S, 0),
            (self.tr("−1"), self.tr("Picture one frame earlier (Alt+Left)"), 0.0, -1),
            (self.tr("+1"), self.tr("Picture one frame later (Alt+Right)"), 0.0, 1),
            (self.tr("+0.1 s"), self.tr("Picture 0.1 s later (Alt+Shift+Right)"), NUDGE_S, 0),
        ]
        buttons = []
        for text, tip, by_s, frames in nudges:
            button = self._button(text, tip)
            button.clicked.connect(partial(self._nudge, by_s, frames))
            buttons.append(button)
        column.addWidget(self.strip)
        column.addLayout(FlowLayout(self._theme.px(6), before, after, self.lands, *buttons))
        return tools

    def _nudge(self, by_s: float, frames: int, _checked: bool = False) -> None:
        self.shift(by_s + frames * self._frame_s())

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "tool")
        if tip:
            button.setToolTip(tip)
            button.setAccessibleName(tip if len(text) < 3 else text)
        return button

"""Review: the recorded sessions, their numbers, and one set rep by rep."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.models.corrections import Corrections
from gui.models.limits import limits_of
from gui.models.review import ReviewedSession
from gui.models.session_export import SessionExport
from gui.pages.app_state import AppState
from gui.pages.library_page import LibraryPage
from gui.pages.page_name import PageName
from gui.pages.review.edit_button import Editable, EditButton
from gui.pages.review.export_button import ExportButton
from gui.pages.review.no_set_card import NoSetCard
from gui.pages.review.notes_panel import NotesPanel, note_words
from gui.pages.review.session_notice import notice_of
from gui.pages.review.session_numbers_row import SessionNumbersRow
from gui.pages.review.session_side import SessionSide
from gui.pages.review.set_desk import SetDesk
from gui.pages.review.set_list import SetList
from gui.pages.review.set_words import day_words, one_rm_words, self_report_words
from gui.pages.review.side_panels import SidePanels
from gui.pages.review.video_bench import VideoBench
from gui.texts.exports import wording_in
from gui.translations import texts
from gui.widgets.banner import Banner
from gui.widgets.card import Card, label
from gui.widgets.columns import scrolled
from gui.widgets.empty_card import EmptyCard
from gui.widgets.ends import Ends
from gui.widgets.folder_button import FolderButton
from gui.widgets.plain_text import plain_tip
from processing.library.own_best import own_best
from processing.review.judged_sets import JudgedSet
from sensor.errors import ToepointError


class ReviewPage(LibraryPage):
    """The page of a coach: sessions and sets at the left, numbers and one set on the desk."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self.model = state.review
        self.corrections = Corrections(self.model, self.library)
        self._export = SessionExport(state.worker)
        self._shown_trouble = ""
        self._shown: ReviewedSession | None = None
        self._make()
        self._connect()
        state.session_ended.connect(self._look)
        if self.model.session is not None:
            self._show_session(self.model.session)
        self._show_state()

    def refresh(self) -> None:
        """Show the session that has been read, and the next moment of the replay."""
        library, state = self.library, self.state
        library.poll(state.recording if state.session else None, may_read=state.session is None)
        if library.opened is not None:
            session, library.opened = library.opened, None
            self.model.show(session)
        # While sensors stream, nothing is analysed without being asked.
        elif self.model.session is None and state.session is None:
            library.open_newest()
        # The card of a session reads recordings too, and may have put one here.
        if self.model.session is not None and self.model.session is not self._shown:
            self._show_session(self.model.session)
        self._take_export()
        self._show_state()
        self.state.video.show_session(self.model.session)
        self.desk.refresh()

    # Actions of the person

    def open(self, path: object) -> None:
        """Open a recording."""
        self.library.open(Path(str(path)))

    def go_back(self) -> None:
        """Show the person's own sessions again."""
        self.model.close()
        self.library.visit(None)

    def choose_set(self, index: int) -> None:
        """Show another set of the session."""
        if index >= 0 and index != self.model.set_index:
            self.model.choose_set(index)
            self._show_set()

    def show_time(self, t: float) -> None:
        """Move the replay to a moment of the session, and choose its set."""
        sets = self.model.session.sets if self.model.session is not None else ()
        for index, judged in enumerate(sets):
            if judged.source.t_start <= t <= judged.source.t_end:
                self.choose_set(index)
        self.desk.seek(t)

    def show_card(self) -> None:
        """Show the card of the session."""
        if self.model.session is not None:
            self.state.end.show(self.model.session.recording.path)
            self.state.page_wanted.emit(PageName.END)

    def compare(self) -> None:
        """Compare the chosen set with another one, on a page of its own."""
        if self.model.session is not None:
            self.state.compare.begin(self.model.session, self.model.set_index)
            self.state.page_wanted.emit(PageName.COMPARE)

    def note(self, text: str) -> None:
        """Add a note at the moment of the replay."""
        self.corrections.note(self.desk.player.t, text)

    def export_angles(self, path: Path) -> None:
        """Write the offline angles of the session as a table."""
        if self.model.session is not None:
            self._export.angles(path, self.model.session)

    def export_ranges(self, path: Path) -> None:
        """Write the measured ranges of the session as a table."""
        if self.model.session is not None:
            self._export.ranges(path, self.model.session)

    def export_report(self, folder: Path) -> None:
        """Write a report with pictures into ``folder``."""
        if self.model.session is not None:
            wording = wording_in(self.state.settings.language)
            self._export.report(folder, self.model.session, self._title.text(), wording)

    def ask_delete(self) -> None:
        """Ask before deleting the session."""
        box = QMessageBox(self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Delete this session"))
        box.setText(
            self.tr("{day}: delete the recording and all of its corrections and notes?").format(
                day=self._title.text()
            )
        )
        box.setInformativeText(self.tr("You can bring it back until you close the window."))
        box.setStandardButtons(QMessageBox.StandardButton.Cancel)
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        # The return key must not delete anything.
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        if box.clickedButton() is delete:
            self.delete_session()

    def delete_session(self) -> None:
        """Delete the visible session; it can be brought back until the window is closed."""
        if self.model.session is None:
            return
        try:
            self.library.remove(self.model.session.recording.path)
        except ToepointError as error:
            self.library.trouble = str(error)
        else:
            self.model.close()

    def bring_back(self) -> None:
        """Bring the session back that was deleted last, and open it."""
        try:
            path = self.library.bring_back()
        except ToepointError as error:
            self.library.trouble = str(error)
        else:
            if path is not None:
                self.library.open(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that no widget took."""
        # Plain keys are handled here and not as shortcuts: a text field must be able to take them.
        does: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Space: self.desk.play,
            Qt.Key.Key_Delete: self.corrections.delete_rep,
            Qt.Key.Key_Comma: lambda: self.bench.step_frame(-1),
            Qt.Key.Key_Period: lambda: self.bench.step_frame(1),
            Qt.Key.Key_M: self.bench.offer,
        }
        if event.key() in does:
            does[event.key()]()
        else:
            super().keyPressEvent(event)

    # State that is shown

    def _look(self) -> None:
        """Look for the session that has just ended."""
        self.library.look()

    def _show_session(self, session: ReviewedSession) -> None:
        self._shown = session
        self.folder.show_for(None)
        header, health = session.recording.header, session.recording.health
        self._title.setText(day_words(session.when))
        minutes, seconds = divmod(round(session.recording.duration_s), 60)
        parts = [f"{minutes}:{seconds:02d} min"]
        parts += self_report_words(session.analysis.self_reports, session.analysis.duration_s)
        parts += one_rm_words(session.sets, self.state.settings.unit)
        turns, why = session.analysis.foot_turns, []
        if turns is not None and turns.second_axis:
            parts.append(texts().calibration.foot_turns(turns))
            why = [texts().calibration.foot_turns_why(turns)]
        if session.analysis.calibration is None:
            parts.append(self.tr("not calibrated"))
        if not health.complete:
            parts.append(self.tr("damaged"))
        if not session.whole:
            parts.append(self.tr("the first set; the rest is being read"))
        self._about.setText(" · ".join(parts))
        remarks = [
            *session.analysis.problems,
            *map(texts().exercises.exercise_trouble, session.analysis.exercise_troubles),
            *map(texts().calibration.angle_remark, session.analysis.angle_remarks),
            *why,
        ]
        self._about.setToolTip(plain_tip("\n".join([str(session.recording.path), *remarks])))
        self._simulated.setVisible(header.simulated)
        self.export.suggested = session.recording.path
        self.desk.settings, unit = self.state.settings, self.state.settings.unit
        self.numbers.show_session(session.numbers, unit)
        self.sets.show_sets(session.sets, unit)
        self.notes.show_notes(session.notes)
        said = [(note.t, note_words(note)) for note in session.notes]
        self.desk.replay.slider.show_notes(said)
        self.no_set.show_ranges(session.analysis.ranges)
        self.export.ranges.setVisible(bool(session.analysis.ranges))
        self._show_set()

    def _show_set(self) -> None:
        self.sets.mark_row(self.model.set_index)
        self.desk.show_set()

    def _earlier_best(self, judged: JudgedSet) -> float | None:
        """Return the largest height of the set's leg in the sessions before this one, rad."""
        session = self.model.session
        if session is None:
            return None
        return own_best(
            self.library.sessions,
            judged.source.exercise.key,
            judged.side,
            session.when,
            simulated=session.recording.header.simulated,
        )

    def _show_choice(self) -> None:
        model, session, current = self.model, self.model.session, self.model.current
        if session is None or current is None:
            return
        selected = model.selected
        self.edit.show_editable(
            Editable(
                rep=selected.rep.number if selected is not None else None,
                partial=selected is not None and selected.rep.partial,
                last_of_set=model.rep_index + 1 >= len(current.verdicts),
                last_set=model.set_index + 1 >= len(session.sets),
                load_kg=current.load_kg,
                unit=self.state.settings.unit,
                type=current.type,
                undo=self.corrections.can_undo,
                redo=self.corrections.can_redo,
                deletable=self.library.holds(session.recording.path),
                whole=session.whole,
                limits=limits_of(current),
            )
        )

    def _show_state(self) -> None:
        """Show the sessions, the progress of a job, and what went wrong."""
        library, session = self.library, self.model.session
        shown = session.recording.path if session is not None else None
        self.side.show_library(library, library.opening or shown)
        if library.opening is not None:
            words = self.tr("Opening {name}").format(name=library.opening.name)
            self.side.progress.show_progress(library.share, words)
        elif self._export.share is not None:
            self.side.progress.show_progress(self._export.share, self.tr("Writing"))
        else:
            self.side.progress.show_progress(None)
        self._show_trouble(
            *((library.trouble, "") if library.trouble else notice_of(session, library.stays_large))
        )
        self._empty.show_reading(self.reading_words())
        self.notes.setVisible(session is not None)
        self.video_button.setVisible(self.state.video.link is None)
        with_sets = session is not None and bool(session.sets)
        for part in (self._sets_card, self.numbers, self.compare_button):
            part.setVisible(with_sets)
        self._stack.setCurrentIndex(0 if session is None else 1)
        self._bodies.setCurrentIndex(0 if self.model.current is None else 1)

    def _show_trouble(self, trouble: str, why: str = "") -> None:
        """Show what is wrong, once: the person may close the banner."""
        if trouble != self._shown_trouble:
            self._shown_trouble = trouble
            self.banner.say(trouble, why)

    def _take_export(self) -> None:
        try:
            written = self._export.take()
        except ToepointError as error:
            self.library.trouble = str(error)
            return
        if written is not None:
            self._about.setText(self.tr("{name} is written").format(name=written.name))
            self.folder.show_for(written)
            self._about.setToolTip(plain_tip(str(written)))

    # Building

    def _make(self) -> None:
        theme, px = self.theme, self.theme.px
        self.side, self.notes = SessionSide(theme), NotesPanel(theme)
        self.sets = SetList(theme)
        self._sets_card = Card(theme, self.tr("Sets"))
        self._sets_card.body.addWidget(self.sets)
        self.banner = Banner(theme)
        self._empty = EmptyCard(
            theme,
            self.tr("Nothing to review yet"),
            self.tr("Record a session on Train, or open a recording: drop a file here."),
            self.go_home,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_session())
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(6))
        inner.addWidget(self.banner)
        inner.addWidget(self._stack, 1)
        panels = SidePanels(theme, (self.side, self._sets_card), self.notes, body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(panels))

    def _make_session(self) -> QWidget:
        theme, px = self.theme, self.theme.px
        # Built first, so that the tab key reaches it first.
        head = self._make_head()
        self.numbers: SessionNumbersRow = SessionNumbersRow(theme)
        self.bench = VideoBench(theme, self.state.video, self.state.worker)
        self.desk = SetDesk(theme, self.model, self.bench)
        self.desk.earlier_best = self._earlier_best
        self.video_button = self.desk.replay.video_button
        settings = self.state.settings
        self.desk.replay.use(settings.posture, mirrored=settings.mirrored)
        self._bodies = QStackedWidget()
        self.no_set = NoSetCard(theme)
        self._bodies.addWidget(self.no_set)
        self._bodies.addWidget(self.desk)
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(12))
        whole.addWidget(head)
        whole.addWidget(self.numbers)
        whole.addWidget(self._bodies, 1)
        return content

    def _make_head(self) -> QWidget:
        head = Ends(self.theme.px(10))
        self._title = label("", "title")
        self._simulated = label(self.tr("simulated"))
        self._about = label("", "muted")
        self.compare_button = QPushButton(self.tr("Compare"))
        self.compare_button.setToolTip(
            self.tr(
                "This set beside another one: of this session, the other leg, last time or the best"
            )
        )
        self.edit, self.export = EditButton(), ExportButton()
        self.folder = FolderButton()
        for widget in (self._title, self._simulated, self._about, self.folder):
            head.left.addWidget(widget)
        for button in (self.compare_button, self.edit, self.export):
            button.setProperty("role", "place")
            head.right.addWidget(button)
        return head

    def _connect(self) -> None:
        self.desk.other_set.connect(self._show_set)
        self.desk.other_rep.connect(self._show_choice)
        self.side.open_wanted.connect(self.open)
        self.side.back_wanted.connect(self.go_back)
        self.side.undelete_wanted.connect(self.bring_back)
        self.sets.chosen.connect(self.choose_set)
        self.export.card_wanted.connect(self.show_card)
        self.compare_button.clicked.connect(self.compare)
        self.export.angles_wanted.connect(self.export_angles)
        self.export.ranges_wanted.connect(self.export_ranges)
        self.export.report_wanted.connect(self.export_report)
        self.video_button.clicked.connect(self.bench.ask)
        self.notes.written.connect(self.note)
        self.notes.chosen.connect(self.show_time)
        self.notes.changed.connect(self.corrections.change_note)
        self.desk.replay.slider.note_chosen.connect(self.notes.mark_note)
        edit, corrections = self.edit, self.corrections
        edit.delete_rep_wanted.connect(corrections.delete_rep)
        edit.accept_rep_wanted.connect(corrections.accept_rep)
        edit.load_wanted.connect(corrections.change_load)
        edit.type_wanted.connect(corrections.change_type)
        edit.bands_wanted.connect(corrections.change_bands)
        edit.limits_wanted.connect(corrections.change_limits)
        edit.split_wanted.connect(corrections.split_set)
        edit.merge_wanted.connect(corrections.merge_sets)
        edit.delete_set_wanted.connect(corrections.delete_set)
        edit.undo_wanted.connect(corrections.undo)
        edit.redo_wanted.connect(corrections.redo)
        edit.delete_session_wanted.connect(self.ask_delete)
        for keys, do in (
            ("Ctrl+O", self.side.ask),
            ("Ctrl+E", self.export.showMenu),
            ("Ctrl+L", lambda: self.desk.loop(self.desk.player.loop is None)),
            ("Ctrl+Z", corrections.undo),
            ("Ctrl+Shift+Z", corrections.redo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            # Other pages may use the same keys.
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

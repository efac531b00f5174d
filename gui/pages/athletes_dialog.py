"""The dialog of the athletes: add one, train as another, export one whole, delete one whole."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from gui.models import wall_clock
from gui.models.athlete_files import AthleteFiles, delete_athlete, export_athlete, files_of
from gui.models.athletes import AthleteEntry, add_athlete, athletes, goals_of, new_first
from gui.models.job import Job
from gui.models.settings import analyses_folder
from gui.pages.app_state import AppState
from gui.translations.decimals import decimal
from gui.widgets.buttons import push_button
from gui.widgets.card import label
from gui.widgets.columns import scrolled
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.folder_button import FolderButton
from gui.widgets.plain_text import PlainLabel
from processing.library import KeptAnalyses
from sensor.errors import SettingError, ToepointError

_POLL_MS = 100
_MEGABYTE = 1e6


class AthleteRow(QFrame):
    """An athlete with what can be done: ``train``, ``export``, and ``delete`` with its confirmation."""

    delete_wanted = Signal()

    def __init__(self, entry: AthleteEntry, files: AthleteFiles, *, now: bool, free: bool) -> None:
        super().__init__()
        self.entry, self.files, self._now = entry, files, now
        edge = self.fontMetrics().height()
        self.alias = PlainLabel(entry.alias or self.tr("me"))
        font = self.alias.font()
        font.setBold(True)
        self.alias.setFont(font)
        self.words = label(self._words(), "muted")
        self.words.setWordWrap(True)
        self.train = push_button(self.tr("Train"), lambda: None)
        self.export = push_button(self.tr("Export…"), lambda: None)
        self.delete = push_button(self.tr("Delete…"), self._ask)
        self.confirm = push_button(self.tr("Delete for good"), self.delete_wanted.emit, "stop")
        self.keep = push_button(self.tr("Keep"), self._keep)
        name = entry.alias or self.tr("me")
        for button in (self.train, self.export, self.delete, self.confirm, self.keep):
            button.setAccessibleName(f"{button.text()} {name}")
            # Enter in the field of a new alias must press none of them.
            button.setAutoDefault(False)
        self.train.setEnabled(free and not entry.trouble)
        self.delete.setEnabled(free)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.alias)
        texts.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, edge // 2, 0, edge // 2)
        row.setSpacing(edge // 2)
        row.addLayout(texts, 1)
        for button in (self.train, self.export, self.delete, self.confirm, self.keep):
            row.addWidget(button)
        self._show_question(asked=False)

    def _words(self) -> str:
        parts = [self.tr("trains now")] if self._now else []
        count = len(self.files.recordings)
        if count:
            one, many = self.tr("1 session"), self.tr("{n} sessions").format(n=count)
            size = self.tr("{size} MB").format(size=decimal(self.files.size_bytes / _MEGABYTE))
            parts += [one if count == 1 else many, size]
        else:
            parts.append(self.tr("no session yet"))
        if self.files.shared:
            parts.append(self.tr("another athlete records into the same folder"))
        return " · ".join([*parts, *([self.entry.trouble] if self.entry.trouble else [])])

    def _ask(self) -> None:
        self._show_question(asked=True)
        count = len(self.files.recordings)
        if self.files.shared or not count:
            words = self.tr("Delete settings and goals for good?")
        else:
            words = self.tr(
                "Delete {n} sessions with all corrections, the goals and the settings for good?"
            ).format(n=count)
        self.words.setText(words)
        # A second press of the same key must not delete.
        self.keep.setFocus()

    def _keep(self) -> None:
        self.words.setText(self._words())
        self._show_question(asked=False)
        self.delete.setFocus()

    def _show_question(self, *, asked: bool) -> None:
        self.confirm.setVisible(asked)
        self.keep.setVisible(asked)
        self.train.setVisible(not asked and not self._now)
        self.export.setVisible(not asked)
        self.delete.setVisible(not asked)


class AthletesDialog(QDialog):
    """All athletes of this account. An export or a deletion runs in a thread; the dialog shows how far it is."""

    def __init__(self, parent: QWidget, state: AppState) -> None:
        super().__init__(parent)
        self._state = state
        self._job: Job[Any] | None = None
        self._after = ""
        self._target: Path | None = None
        self.rows: list[AthleteRow] = []
        self.setWindowTitle(self.tr("Athletes"))
        edge = self.fontMetrics().height()
        # At a large text size the dialog must still fit on the screen.
        self.resize(min(edge * 40, round(0.9 * parent.width())), edge * 24)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        inside = QWidget()
        inside.setLayout(self._list)
        self.alias = QLineEdit()
        self.alias.setPlaceholderText(self.tr("Alias of another athlete"))
        self.alias.setAccessibleName(self.tr("Alias of another athlete"))
        self.alias.returnPressed.connect(self._add)
        self.add = push_button(self.tr("Add"), self._add)
        self.add.setAutoDefault(False)
        new = QHBoxLayout()
        new.setSpacing(edge // 2)
        new.addWidget(self.alias, 1)
        new.addWidget(self.add)
        note = label(
            self.tr(
                "Each athlete has sessions, goals, loads and a plan of their own. Sensors belong to all."
            ),
            "muted",
        )
        note.setWordWrap(True)
        self.said = label("")
        self.said.setWordWrap(True)
        self.folder = FolderButton()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setVisible(False)
        self.shut = push_button(self.tr("Close"), self.reject)
        self.shut.setAutoDefault(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(edge, edge, edge, edge)
        outer.setSpacing(edge // 2)
        outer.addWidget(note)
        outer.addWidget(scrolled(inside), 1)
        outer.addLayout(new)
        outer.addWidget(self.said)
        outer.addLayout(FlowLayout(edge // 2, self.folder))
        outer.addWidget(self.bar)
        outer.addWidget(self.shut, alignment=Qt.AlignmentFlag.AlignRight)
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._poll)
        self.refresh()

    def refresh(self) -> None:
        """List the athletes again."""
        settings = self._state.settings
        everybody = athletes(settings)
        while self._list.count():
            item = self._list.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                # Hidden at once: it is deleted only after this event.
                widget.hide()
                widget.deleteLater()
        self.rows = []
        for entry in everybody:
            row = AthleteRow(
                entry,
                files_of(entry, everybody),
                now=entry.key == settings.athlete_key,
                free=self._state.session is None,
            )
            row.train.clicked.connect(lambda _=False, e=entry: self._switch(e))
            row.export.clicked.connect(lambda _=False, r=row: self._ask_export(r))
            row.delete_wanted.connect(lambda r=row: self._delete(r))
            self.rows.append(row)
            self._list.addWidget(row)
        self._list.addStretch(1)

    def reject(self) -> None:
        """Close; a running export is given up, a running deletion goes on."""
        if self._job is not None:
            self._job.give_up()
        self._timer.stop()
        super().reject()

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.folder.show_for(None)
        self.said.setAccessibleName(words)

    def _add(self) -> None:
        try:
            entry = add_athlete(self.alias.text(), self._state.settings)
        except SettingError:
            self._say(self.tr("An alias has 1 to 40 letters, and nobody else has it."))
            return
        except ToepointError as error:
            self._say(str(error))
            return
        self.alias.clear()
        self._say(self.tr("{alias} was added.").format(alias=entry.alias))
        self.refresh()

    def _switch(self, entry: AthleteEntry) -> None:
        try:
            self._state.switch_to(entry)
        except ToepointError as error:
            self._say(str(error))
            return
        self._say(self._state.trouble)
        self.refresh()

    def _ask_export(self, row: AthleteRow) -> None:
        day = wall_clock.now().strftime("%Y-%m-%d")
        alias = "".join(c for c in row.entry.alias if c.isalnum()) or "athlete"
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Write everything of this athlete into one file"),
            str(Path.home() / f"toepoint_{alias}_{day}.zip"),
            self.tr("Archives (*.zip)"),
        )
        if name:
            self.export_to(row, Path(name))

    def export_to(self, row: AthleteRow, target: Path) -> None:
        """Write everything of the athlete of ``row`` into the zip file ``target``."""
        words = self.tr("Everything of this athlete is in {path}").format(path=target)
        self._run(
            Job(
                self._state.worker, lambda tell: export_athlete(row.entry, row.files, target, tell)
            ),
            words,
            target,
        )

    def _delete(self, row: AthleteRow) -> None:
        state = self._state
        if state.session is not None:
            return
        if row.entry.key == state.settings.athlete_key:
            try:
                self._leave(row.entry)
            except ToepointError as error:
                self._say(str(error))
                return
        kept = KeptAnalyses(analyses_folder())
        words = self.tr("Everything of this athlete was deleted.")
        self._run(Job(state.worker, lambda _: delete_athlete(row.entry, row.files, kept)), words)

    def _leave(self, entry: AthleteEntry) -> None:
        """Let somebody else train, whose files are not about to be deleted."""
        everybody = athletes(self._state.settings)
        others = [one for one in everybody if one.key != entry.key and not one.trouble]
        self._state.switch_to(others[0] if others else new_first(self._state.settings))

    def _run(self, job: Job[Any], words: str, target: Path | None = None) -> None:
        self._job, self._after, self._target = job, words, target
        for row in self.rows:
            row.setEnabled(False)
        self.add.setEnabled(False)
        self._say("")
        self.bar.setVisible(True)
        self._timer.start()

    def _poll(self) -> None:
        job = self._job
        if job is None:
            return
        self.bar.setValue(round(100.0 * job.share))
        if not job.done:
            return
        self._job = None
        self._timer.stop()
        self.bar.setVisible(False)
        self.add.setEnabled(True)
        try:
            result = job.result()
        except ToepointError as error:
            self._say(str(error))
        else:
            self._say(self._after if result is not None else "")
            self.folder.show_for(self._target if result is not None else None)
        state = self._state
        # Goals that were deleted must not come back with those who train next.
        state.goals.use(goals_of(state.settings.athlete_key))
        state.train.use_goals(state.goals.goals)
        state.library.visit(None)
        self.refresh()

"""The end of a session: its card, the last question, a picture to share and a page to print."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.models import wall_clock
from gui.models.end import SAVED
from gui.models.figure import scene_of
from gui.models.session_card import SessionCard
from gui.pages.app_state import AppState
from gui.pages.end import page_words
from gui.pages.end.card_view import CardView
from gui.pages.end.question_card import QuestionCard
from gui.pages.end.save_card import SaveCard
from gui.pages.end.session_page import write_page
from gui.pages.end.sets_card import SetsCard
from gui.pages.end.share_picture import save_picture, share_picture
from gui.pages.library_page import LibraryPage
from gui.pages.page_name import PageName
from gui.widgets.banner import Banner
from gui.widgets.columns import Columns, scrolled
from gui.widgets.empty_card import EmptyCard
from processing.coach.plan_events import SessionState
from sensor.errors import ToepointError
from sensor.types import EventKind

_WITH_FIGURE_PX = 470
"""A page that is lower, at 100 % text size, does without the figure."""


class EndPage(LibraryPage):
    """The page of a session that ends, or of an older one."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        theme = self.theme
        self.model = state.end
        self.view, self.question = CardView(theme), QuestionCard(theme)
        self.sets, self.save = SetsCard(theme), SaveCard(theme)
        self.banner = Banner(theme)
        self.empty = EmptyCard(
            theme,
            self.tr("No session yet"),
            self.tr("After a training the card of its session stands here."),
            self.go_home,
        )
        self._make()
        self._connect()
        self._pending = ""
        self._saved: Path | None = None
        self._shown: tuple[object, ...] = ()
        self._trouble = ""
        self._asked: tuple[Path | None, Path] | None = None
        self._own = True
        self.refresh()

    # Actions of the person

    def answer(self, value: int | None) -> None:
        """Answer the question that is shown."""
        question = self.state.train.question
        if question is not None and (value is None or value <= question.most):
            self.state.add_input(question.value, question.answer(value))

    def one_more_set(self) -> None:
        """Start another set, if the session still runs."""
        if self._runs:
            self.state.add_input(EventKind.SET_START, self.state.train.announcement())

    def done(self) -> None:
        """Close the session, if it still runs, and go Home."""
        self._close()
        self.model.leave()
        self.state.page_wanted.emit(PageName.HOME)

    def save_picture(self) -> None:
        """Save the picture to share, as soon as the numbers are final."""
        self._want("picture")

    def save_page(self) -> None:
        """Save the page to print, as soon as the numbers are final."""
        self._want("page")

    def open_review(self) -> None:
        """Open the session on Review, as soon as its recording is closed."""
        self._want("review")

    # State that is shown

    def refresh(self) -> None:
        """Show the session as far as it is known."""
        library, state, model = self.library, self.state, self.model
        library.poll(state.recording if state.session else None, may_read=state.session is None)
        if library.opened is not None:
            session, library.opened = library.opened, None
            state.review.show(session)
            model.take(session)
        closed = model.take_closed()
        if closed is not None and model.follows:
            library.open(closed)
        if model.answered(state.train):
            self._close()
        if self._runs and state.train.state is not SessionState.DONE:
            # One more set has begun.
            state.page_wanted.emit(PageName.TRAIN)
            return
        self._open_newest()
        self._do_pending()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the session of the card as it is now: it may have been corrected in Review."""
        super().showEvent(event)
        self._saved, self._pending = None, ""
        self.save.folder.show_for(None)
        if self.model.path is not None and not self.model.follows:
            self.library.open(self.model.path)
        self.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what was to be done when the numbers are final."""
        super().hideEvent(event)
        self._pending = ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the figure where the page is low."""
        super().resizeEvent(event)
        self.view.set_low(low=event.size().height() < self.theme.px(_WITH_FIGURE_PX))

    @property
    def _runs(self) -> bool:
        """Whether the session of the card still runs."""
        return self.model.follows and self.state.session is not None and self.state.train.running

    def _close(self) -> None:
        if self._runs:
            self.state.stop()

    def _want(self, what: str) -> None:
        self._close()
        self._pending = what
        self._do_pending()
        self._show()

    def _do_pending(self) -> None:
        """Do what was asked for, once it can be done."""
        session, path = self.model.session, self.model.path
        if self._pending == "review" and path is not None:
            self._pending = ""
            self.model.leave()
            self.library.open(path)
            self.state.page_wanted.emit(PageName.REVIEW)
        elif self._pending in ("picture", "page") and session is not None:
            what, self._pending = self._pending, ""
            card = self._card()
            if card is not None:
                self._write(card, what)

    def _write(self, card: SessionCard, what: str) -> None:
        settings, session = self.state.settings, self.model.session
        name = f"{card.when:%Y-%m-%d_%H-%M}_{card.exercise.key}"
        folder, scene = (
            settings.recordings_folder / SAVED,
            scene_of(card.exercise, settings.posture),
        )
        try:
            if what == "picture":
                path = folder / f"{name}.png"
                save_picture(share_picture(card, scene, settings.unit), path)
            elif session is not None:
                path = folder / f"{name}.pdf"
                write_page(path, session, card, scene, settings.unit)
        except ToepointError as error:
            self.banner.say(str(error))
        else:
            self._saved = path
            self.save.say_saved(path)

    def _card(self) -> SessionCard | None:
        state = self.state
        return self.model.card(
            state.train,
            wall_clock.now(),
            simulated=state.simulated,
            alias=self._alias(),
        )

    def _alias(self) -> str:
        """Return the alias of the athlete, empty for a recording from elsewhere."""
        asked = self.model.path, self.state.settings.recordings_folder
        # Asked for with every frame, and the disk must not be.
        if asked != self._asked:
            self._asked = asked
            self._own = asked[0] is None or self.library.holds(asked[0])
        return self.state.settings.athlete if self._own else ""

    def _open_newest(self) -> None:
        """Show the newest session where none was asked for."""
        model, library = self.model, self.library
        if model.path is not None or model.follows or library.visited is not None:
            return
        newest = next((s for s in library.sessions if not s.problem and s.sets), None)
        if newest is not None and self.state.session is None:
            model.show(newest.path)
            library.open(newest.path)

    def _show(self) -> None:
        library, model = self.library, self.model
        card, settings = self._card(), self.state.settings
        reading = self.reading_words() if library.opening is not None or card is None else ""
        question = self.state.train.question if self._runs else None
        if library.trouble != self._trouble:
            self._trouble = library.trouble
            self.banner.say(library.trouble)
        self.question.ask(question)
        self.save.more.setVisible(self._runs)
        if self._saved is None:
            self.save.say(self._status(card))
        # Called with every frame; filling in texts lays the page out again.
        now = (id(card), settings, reading)
        if now == self._shown:
            return
        self._shown = now
        self.empty.show_reading(reading)
        self.stack.setCurrentIndex(0 if card is None else 1)
        if card is None:
            return
        self.view.show_card(card, settings)
        pictures = model.pictures(self.state.train)
        if pictures:
            self.sets.show_pictures(pictures, page_words.pictures_note(card))
        else:
            self.sets.waits_for(self.tr("The curves of the sets come with the final numbers."))

    def _status(self, card: SessionCard | None) -> str:
        """Return what the numbers are, and what is still awaited."""
        if card is None or card.final:
            return ""
        if self._runs:
            return self.tr("Counted live. The final numbers come when the session is closed.")
        percent = f"{100.0 * self.library.share:.0f}"
        text = self.tr("Counted live. The final numbers are being computed: {percent} %")
        return text.format(percent=percent)

    # Building

    def _make(self) -> None:
        theme, px = self.theme, self.theme.px
        content = QWidget()
        columns = Columns(theme, (58, 42))
        columns.column(0).addWidget(self.view, 1)
        columns.column(1).addWidget(self.question)
        columns.column(1).addWidget(self.sets, 1)
        columns.column(1).addWidget(self.save)
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(columns)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(scrolled(content))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(10))
        outer.addWidget(self.banner)
        outer.addWidget(self.stack, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("The end of a session"))

    def _connect(self) -> None:
        save = self.save
        self.question.answered.connect(self.answer)
        save.done.clicked.connect(self.done)
        save.more.clicked.connect(self.one_more_set)
        save.picture.clicked.connect(self.save_picture)
        save.page.clicked.connect(self.save_page)
        save.review.clicked.connect(self.open_review)
        for key, act in (
            ("Return", self.done),
            ("Enter", self.done),
            ("Space", self.one_more_set),
            ("P", self.save_picture),
            ("D", self.save_page),
            ("N", partial(self.answer, None)),
            *((str(n), partial(self.answer, n)) for n in range(10)),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

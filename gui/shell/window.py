"""The main window: the pages, the buttons that lead to them, and what is always in sight."""

import time

from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.models.first_steps import FirstStep
from gui.pages.app_state import AppState
from gui.pages.first_run.first_run_page import FirstRunPage
from gui.pages.page import Page
from gui.pages.page_name import BESIDE, PageName
from gui.shell.drops import dropped
from gui.shell.gear import gear
from gui.shell.head import Head
from gui.shell.mute_button import MuteButton
from gui.shell.page_table import PAGES
from gui.shell.round_button import RoundButton
from gui.shell.steps_bar import PAGE_OF, StepsBar
from gui.sound.errors import SoundFault
from gui.texts.catalogue import TEXTS
from gui.translations.sound_words import SoundWords
from gui.widgets.announce import announce
from gui.widgets.banner import Banner
from gui.widgets.buttons import Toggle
from gui.widgets.card import tag
from gui.widgets.plain_text import NamedLabel
from gui.widgets.sensor_pill import pills_of, show_pills
from gui.widgets.window_geometry import place_of
from sensor.recording import RecordingMoved

MAIN = "main"
"""The name under which the place of the window is saved."""
SMALLEST = (1000, 640)
"""Least size of the window; every page is tested in it."""
LARGEST_EDGE = 1.25
"""The text size up to which the margins of the window grow with it."""


class MainWindow(QMainWindow):
    """The window with its pages; each is made when it is first shown."""

    def __init__(self, state: AppState) -> None:
        super().__init__()
        self.state = state
        self.setWindowTitle("Toepoint")
        self.setMinimumSize(*SMALLEST)
        self._look = _look(state)
        self._welcomed = state.settings.first_run_done
        self.setAcceptDrops(True)
        self._build(self._first_shown())
        state.frame.connect(self._refresh)
        state.session_ended.connect(self._show_error)
        state.recording_moved.connect(self._say_moved)
        state.not_saved.connect(self.say)
        state.sound.changed.connect(self._say_sound)
        self._sound_words = SoundWords()
        self._sound_faults: set[SoundFault] = set()
        # Fonts, colours and texts are set when a widget is made, so another look needs new
        # widgets.
        state.settings_changed.connect(self._rebuild)
        state.page_wanted.connect(self.show_page)
        if state.trouble:
            self.say(state.trouble)

    def show_page(self, name: PageName) -> None:
        """Show the page called ``name``."""
        button = self._buttons.button(list(PAGES).index(name))
        # A page that wants the keys takes them when it is shown.
        button.setFocus()
        button.click()

    def _shows(self, name: PageName) -> bool:
        return self._stack.currentIndex() == list(PAGES).index(name)

    def say(self, text: str) -> None:
        """Show a message that concerns the whole window."""
        self.banner.say(text)
        announce(self, text, urgent=True)

    @property
    def page(self) -> Page:
        """The visible page."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)  # noqa: S101 - only pages are added
        return page

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the session and close its recording, without a question: nothing is lost."""
        # First, so that the sensors are stopped in their thread while the windows close.
        self.state.stop()
        for other in self.findChildren(QWidget):
            if other.isWindow() and other.isVisible():
                other.close()
        # The system and the person may both ask for it.
        if not self.state.closed:
            self.state.keep_place(MAIN, place_of(self))
            self.state.close()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept recordings and folders of recordings."""
        if dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a recording or folder that is dropped anywhere on the window."""
        path = dropped(event)
        if path is None:
            return
        event.acceptProposedAction()
        if path.is_dir():
            # The session that is shown belongs to the other folder.
            self.state.review.close()
            self.state.library.visit(path)
        else:
            self.state.library.open(path)
        self.show_page(PageName.REVIEW)

    def _first_shown(self) -> int:
        """Return the place of the page of the first step that is left, else that of Home."""
        page = PAGE_OF.get(FirstStep(self.state.settings.first_step), PageName.HOME)
        return list(PAGES).index(page)

    def _build(self, shown: int) -> None:
        theme = self.state.theme
        # With large text the room is needed for the text, not for the margins.
        edge = min(theme.text_scale, LARGEST_EDGE)
        central = QWidget()
        central.setObjectName("page")
        outer = QVBoxLayout(central)
        outer.setContentsMargins(*(round(n * edge) for n in (24, 14, 24, 20)))
        outer.setSpacing(round(14 * edge))
        self._stack = QStackedWidget()
        self._buttons = QButtonGroup(central)
        self.banner, self.steps = Banner(theme), StepsBar(self.state)
        self._head = head = Head(theme)
        gear = self._add_pages(head, central)
        self.simulated_tag = tag(theme, self.tr("simulated"))
        self.simulated_tag.hide()
        head.right.addWidget(self.simulated_tag)
        self._pills = pills_of(theme)
        head.add_pills(self._pills.values())
        self._clock = NamedLabel(self.tr("Recording"))
        self._clock.setFont(theme.font(15, bold=True))
        head.right.addWidget(self._clock)
        self.mute = MuteButton(theme)
        self.mute.clicked.connect(lambda on: self.state.change(sound=on))
        QShortcut(QKeySequence("Ctrl+M"), central).activated.connect(self.mute.click)
        self.mute.show_sound(on=self.state.settings.sound)
        head.right.addWidget(self.mute)
        head.right.addWidget(gear)
        outer.addWidget(head)
        outer.addWidget(self.steps)
        outer.addWidget(self.banner)
        outer.addWidget(self._stack, 1)
        if not self._welcomed:
            head.hide()
            self._stack.setCurrentIndex(self._stack.addWidget(FirstRunPage(self.state)))
        else:
            self._buttons.button(shown).setChecked(True)
            self._show(shown)
        self.setCentralWidget(central)

    def _add_pages(self, head: Head, central: QWidget) -> RoundButton:
        """Add a place and a button for each page; return the button of Settings, the gear."""
        settings = RoundButton(
            self.state.theme, self.tr(PAGES[PageName.SETTINGS].title), gear, lit=True
        )
        for at, (name, entry) in enumerate(PAGES.items()):
            button: QPushButton = settings
            if name is not PageName.SETTINGS:
                button = Toggle(self.tr(entry.title), "nav")
                if name in BESIDE:
                    button.setParent(central)
                    button.hide()
                else:
                    head.left.addWidget(button)
            self._buttons.addButton(button, at)
            self._stack.addWidget(QWidget())
            shortcut = QShortcut(QKeySequence(entry.shortcut), central)
            shortcut.activated.connect(button.click)
        self._made: set[int] = set()
        self._buttons.idClicked.connect(self._show)
        return settings

    def _show(self, at: int) -> None:
        """Show a page. It is made when it is first shown, so that the window starts quickly.

        A session that is named on the command line opens its page without the welcome.
        """
        if not self._welcomed:
            self._welcomed = True
            self._head.show()
        if at not in self._made:
            self._made.add(at)
            entry = list(PAGES.values())[at]
            page = entry.make(self.state)
            if not page.accessibleName():
                page.setAccessibleName(self.tr(entry.title))
            self._stack.insertWidget(at, page)
            # The empty widget that kept the place of the page.
            if (place := self._stack.widget(at + 1)) is not None:
                self._stack.removeWidget(place)
                place.deleteLater()
        self._stack.setCurrentIndex(at)

    def _rebuild(self) -> None:
        """Rebuild everything in another look or for another athlete; other settings change no page.

        The focus returns to the control of the same name.
        """
        self.mute.show_sound(on=self.state.settings.sound)
        look = _look(self.state)
        if look == self._look:
            return
        shown = self._stack.currentIndex() if self._welcomed else 0
        if look[-1] != self._look[-1]:
            self._welcomed = self.state.settings.first_run_done
        self._look = look
        focused: QWidget | None = self.focusWidget()
        name = focused.objectName() if focused else ""
        self._build(shown)
        if self.state.trouble:
            self.say(self.state.trouble)
        for control in self._stack.findChildren(QWidget, name)[:1] if name else ():
            control.setFocus()

    def _refresh(self) -> None:
        state = self.state
        live = state.session is not None
        show_pills(self._pills, state.live.sensors if live else {}, state.live.losses.of)
        if state.session is not None:
            minutes, seconds = divmod(int(time.monotonic() - state.started_s), 60)
            dot = "●" if state.recording is not None and not state.watched.running else ""
            # In a rest Train has a clock of its own, and the page one clock.
            resting = state.train.rest() is not None and self._shows(PageName.TRAIN)
            clock = "" if resting else f"{minutes}:{seconds:02d}"
            self._clock.setText(f"{dot} {clock}".strip())
        else:
            self._clock.setText("")
        self._clock.setVisible(state.session is not None)
        self.steps.refresh()
        self.simulated_tag.setVisible(state.session is not None and state.simulated)
        self.page.refresh()
        # After the page: the far view has then shown the end of the last set.
        if state.end.arrives(state.train):
            self.show_page(PageName.END)

    def _say_sound(self) -> None:
        """Show once why nothing can be heard."""
        error = self.state.sound.error
        # Devices come and go; the same trouble again is no news.
        if error is not None and error.fault not in self._sound_faults:
            self._sound_faults.add(error.fault)
            self.say(self._sound_words.fault(error.fault))

    def _say_moved(self, moved: RecordingMoved) -> None:
        self.say(TEXTS[self.state.settings.language].plan.recording_moved(moved))

    def _show_error(self, error: str) -> None:
        if error:
            self.say(error)


def _look(state: AppState) -> tuple[object, ...]:
    """Return the settings from which every widget is built; those of another athlete are others."""
    settings = state.settings
    look = (settings.theme, settings.text_scale, settings.language, settings.athlete_key)
    return *look, settings.first_run_done

"""The plan as a protocol of one's own: a name, and a question before a file is replaced."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from gui.translations import texts
from gui.widgets.buttons import push_button
from gui.widgets.card import Card, label
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.marked_text import MarkedText
from gui.widgets.shapes import Mark
from gui.widgets.theme import Theme
from processing.coach.own_protocols import LONGEST_NAME, free_name, has_comments, name_flaw, path_of


class SavePlanCard(Card):
    """A card that asks for a name, and says what became of it."""

    save = Signal(str, bool)
    """The name, and whether a file of that name may be replaced."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Keep it as your own plan"))
        self._folder = Path()
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of your plan"))
        # One more than allowed, so that a name that is too long is said and not cut.
        self.name.setMaxLength(LONGEST_NAME + 1)
        self.name.textEdited.connect(lambda: self._say("", Mark.GOOD))
        self.name.returnPressed.connect(self._press)
        self.button = push_button(self.tr("Save"), self._press, "primary")
        self.replace_button = push_button(
            self.tr("Replace it"), lambda: self.save.emit(self.name.text(), True), "place"
        )
        self.both_button = push_button("", self._save_both, "place")
        self._said = MarkedText(theme, Mark.GOOD)
        self.said = self._said.text
        self.kept = label("", "muted")
        self.kept.setWordWrap(True)
        self.body.addWidget(self.name)
        self.body.addWidget(self._said)
        self.body.addLayout(
            FlowLayout(theme.px(8), self.button, self.replace_button, self.both_button)
        )
        self.body.addWidget(self.kept)
        self._say("", Mark.GOOD)

    def use(self, folder: Path, name: str) -> None:
        """Offer ``name`` for a file in ``folder``."""
        self._folder = folder
        self.name.setText(name)
        self._say("", Mark.GOOD)

    def show_kept(self, text: str) -> None:
        """Say which features of the protocol are kept without being shown."""
        if self.kept.text() != text:
            self.kept.setText(text)
            self.kept.setVisible(bool(text))

    def say_saved(self, name: str) -> None:
        """Say that the plan is saved."""
        self._say(self.tr("Saved as “{name}”.").format(name=name), Mark.GOOD)

    def say_trouble(self, text: str) -> None:
        """Say why it is not saved."""
        self._say(text, Mark.MISS)

    def _press(self) -> None:
        name = self.name.text()
        flaw = name_flaw(name)
        path = None if flaw is not None else path_of(self._folder, name)
        if flaw is not None:
            self._say(texts().sheet.name_flaw(flaw), Mark.MISS)
        elif path is not None and path.exists():
            asks = self.tr("There is a plan “{name}” already.").format(name=path.stem)
            if has_comments(path):
                asks += " " + self.tr("Replacing it loses the comments in its file.")
            self._say(asks, Mark.NEAR)
            other = self.tr("Save as “{name}”").format(name=free_name(self._folder, name))
            self.both_button.setText(other)
            self.both_button.setAccessibleName(other)
            for button in (self.replace_button, self.both_button):
                button.show()
        else:
            self.save.emit(name, False)

    def _save_both(self) -> None:
        self.name.setText(free_name(self._folder, self.name.text()))
        self.save.emit(self.name.text(), False)

    def _say(self, text: str, mark: Mark) -> None:
        self._said.mark.show_mark(mark)
        self._said.say(text)
        self._said.setVisible(bool(text))
        self.name.setAccessibleDescription(text)
        for button in (self.replace_button, self.both_button):
            button.hide()

"""The reminders of Home: one quiet line, and the offer of an easier week."""

from datetime import date

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.models.settings import Settings
from gui.translations import texts
from gui.widgets.buttons import push_button
from gui.widgets.card import label
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.marked_text import MarkedText
from gui.widgets.shapes import Mark
from gui.widgets.theme import Theme
from processing.library.reminders import Reminders


class ReminderLine(QWidget):
    """A line of reminders; hidden while there is nothing to say, or the person wants none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.line = label("", "muted")
        self.line.setWordWrap(True)
        self.offer = MarkedText(theme, Mark.NEAR)
        self.accept = push_button(self.tr("Half the sets for a week"), lambda: None, "place")
        self.decline = push_button(self.tr("No, as planned"), lambda: None, "place")
        self._answers = QWidget()
        answers = FlowLayout(theme.px(8), self.accept, self.decline)
        self._answers.setLayout(answers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for part in (self.line, self.offer, self._answers):
            column.addWidget(part)
        # The room of the drawing, where there is none, is not for these words.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.show_reminders(Reminders(), Settings(), date.min)

    def show_reminders(self, found: Reminders, settings: Settings, today: date) -> None:
        """Show what is found and wanted."""
        words = texts()
        parts = []
        if found.streak is not None and settings.show_streak:
            parts.append(words.reminders.streak(found.streak))
        if found.following is not None and settings.show_next_day:
            parts.append(words.reminders.next_day(found.following, today))
        text = " · ".join(parts)
        self.line.setText(text[:1].upper() + text[1:])
        self.line.setVisible(bool(parts))
        jump = found.easy_week if settings.offer_easy_week else None
        if jump is not None and settings.easy_week_answered >= jump.when.date().isoformat():
            jump = None
        if jump is not None:
            self.offer.say(words.reminders.easy_week(), words.weeks.dose_jump(jump))
        for part in (self.offer, self._answers):
            part.setVisible(jump is not None)
        self.setVisible(bool(parts) or jump is not None)

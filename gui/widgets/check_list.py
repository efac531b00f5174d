"""What was checked before a session: each line says what was found and how to mend it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.sensor_words import in_words, with_commands
from gui.theme import Theme
from gui.widgets.card import label
from gui.widgets.shapes import Mark, MarkWidget

if TYPE_CHECKING:  # It brings Bleak, which the first paint does not wait for.
    from sensor.ble.doctor import Check

_MARKS = {True: Mark.GOOD, False: Mark.MISS, None: Mark.NOT_JUDGED}


class CheckList(QWidget):
    """Shows the checks of ``sensor.ble.doctor``, in their order.

    While there is a problem, what could not be found out because of it is left out.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._checks: tuple[Check, ...] = ()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(10))

    def show_checks(self, checks: "Sequence[Check]") -> None:
        """Show ``checks``."""
        if tuple(checks) == self._checks:
            return
        self._checks = tuple(checks)
        while (item := self._box.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.deleteLater()
        problem = any(check.ok is False for check in checks)
        for check in checks:
            if problem and check.ok is None:
                continue
            self._box.addWidget(self._line(check))

    def _line(self, check: "Check") -> QWidget:
        px = self._theme.px
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, px(2), 0, 0)
        row.setSpacing(px(10))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        name = in_words(check.name)
        what = in_words(check.what)
        text = label(f"{name[:1].upper()}{name[1:]}: {what}")
        text.setWordWrap(True)
        words.addWidget(text)
        remedy = in_words(check.remedy)
        if check.remedy:
            more = label(with_commands(remedy), "muted")
            more.setWordWrap(True)
            more.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(more)
        mark = MarkWidget(self._theme, _MARKS[check.ok], 12.0)
        state = {True: self.tr("fine"), False: self.tr("problem"), None: self.tr("not known")}
        mark.setAccessibleName(state[check.ok])
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        line.setAccessibleName(f"{state[check.ok]}: {text.text()}. {remedy}")
        return line

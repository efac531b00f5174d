"""The checks of the computer: the passed ones in one line, a problem with its remedy."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.texts.check_words import finding, remedy
from gui.translations import texts
from gui.widgets.marked_text import MarkedText
from gui.widgets.plain_text import plain_tip
from gui.widgets.shapes import Mark
from gui.widgets.theme import Theme
from sensor.ble.host_findings import HostCheck

_MARKS = {True: Mark.GOOD, False: Mark.MISS, None: Mark.NOT_JUDGED}


class CheckList(QWidget):
    """The list of the checks of ``sensor.ble.host_checks``.

    While there is a problem, checks that could not be made because of it are left out.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._checks: tuple[HostCheck, ...] = ()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.px(10))

    def show_checks(self, checks: Sequence[HostCheck]) -> None:
        """Show ``checks``."""
        # Called with every frame: building the lines again would make them flicker.
        if tuple(checks) == self._checks:
            return
        self._checks = tuple(checks)
        while (item := self._box.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.deleteLater()
        problem = any(check.ok is False for check in checks)
        fine = [check for check in checks if check.ok and not remedy(check, texts().sensors)]
        for check in checks:
            if check not in fine and not (problem and check.ok is None):
                self._box.addWidget(self._line(check))
        if fine:
            self._box.addWidget(self._fine(fine, every=len(fine) == len(checks)))

    def _fine(self, checks: Sequence[HostCheck], *, every: bool) -> QWidget:
        text = (
            self.tr("All {count} checks are fine") if every else self.tr("{count} checks are fine")
        )
        text = self.tr("1 check is fine") if len(checks) == 1 else text.format(count=len(checks))
        details = "\n".join(_sentence(check) for check in checks)
        line = MarkedText(self._theme, Mark.GOOD, text)
        line.setToolTip(plain_tip(details))
        line.setAccessibleName(text)
        line.setAccessibleDescription(details)
        return line

    def _line(self, check: HostCheck) -> QWidget:
        to_do = remedy(check, texts().sensors)
        line = MarkedText(self._theme, _MARKS[check.ok], _sentence(check), to_do)
        state = {True: self.tr("fine"), False: self.tr("problem"), None: self.tr("not known")}
        line.mark.setAccessibleName(state[check.ok])
        line.setAccessibleName(f"{state[check.ok]}: {_sentence(check)}. {to_do}")
        return line


def _sentence(check: HostCheck) -> str:
    name = texts().sensors.check_name(check.key)
    return f"{name[:1].upper()}{name[1:]}: {finding(check, texts().sensors)}"

"""The parts of a goal, each with its value and a bar."""

from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from gui.models.goals import loads_in
from gui.translations.decimals import plain
from gui.widgets.card import label
from gui.widgets.theme import Theme
from processing.library.goals import GoalPart, GoalProgress, PartProgress

_STEPS = 1000


class GoalParts(QWidget):
    """The parts of a goal side by side."""

    def __init__(self, theme: Theme, progress: GoalProgress, unit: str) -> None:
        super().__init__()
        self._unit = unit
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(4))
        for at, part in enumerate(progress.parts):
            words = label(self.part_words(part))
            words.setWordWrap(True)
            bar = QProgressBar()
            bar.setRange(0, _STEPS)
            bar.setTextVisible(False)
            bar.setFixedHeight(theme.px(6))
            bar.setValue(round(_STEPS * part.share))
            bar.setAccessibleName(words.text())
            grid.addWidget(words, 0, at)
            grid.addWidget(bar, 1, at)
            grid.setColumnStretch(at, 1)

    def part_words(self, part: PartProgress) -> str:
        """Return the value of a part and its goal."""
        value, goal, decimals = part.value, part.goal, 0
        texts = {
            GoalPart.LOAD: self.tr("load {value} of {goal} {unit}"),
            GoalPart.QUALITY: self.tr("good {value} of {goal} %"),
            GoalPart.LOWERING: self.tr("lowered {value} of {goal} s"),
        }
        unit = ""
        if part.part is GoalPart.LOAD:
            per_kg, unit = loads_in(self._unit)
            value, goal = None if value is None else value * per_kg, goal * per_kg
        if part.part is not GoalPart.QUALITY:
            decimals = 1
        now = "–" if value is None else plain(round(value, decimals))
        return texts[part.part].format(value=now, goal=plain(round(goal, decimals)), unit=unit)

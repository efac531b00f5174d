"""The dialog in which a goal is set or changed."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from gui.models.goals import loads_in
from gui.translations.set_words import exercise_words, kind_words, side_words
from gui.widgets.card import label
from processing.coach.protocol import SetType
from processing.library.goals import Goal
from processing.library.own_weeks import SetKind

_MOST_LOAD, _MOST_S = 1000.0, 30.0
_SIDES = ("", "L", "R", "BOTH")


class GoalDialog(QDialog):
    """A dialog with the parts of ``goal``, to be changed; loads are in the person's ``unit``."""

    def __init__(self, parent: QWidget, goal: Goal, exercises: Sequence[str], unit: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Goal"))
        self._goal = goal
        self._per_kg, load_unit = loads_in(unit)
        self.exercise = _choice(
            [(key, exercise_words(key)) for key in dict.fromkeys((*exercises, goal.kind.exercise))],
            goal.kind.exercise,
        )
        self.type = _choice([(kind, kind_words(kind.value)) for kind in SetType], goal.kind.type)
        either = self.tr("either leg")
        self.side = _choice([(s, side_words(s) or either) for s in _SIDES], goal.kind.side)
        self.quality = _number(1.0, 100.0, 5.0, " %", 0)
        self.quality.setValue(goal.quality_percent)
        self.load = _number(0.0, _MOST_LOAD, 2.5, f" {load_unit}", 1)
        self.load.setValue((goal.load_kg or 0.0) * self._per_kg)
        self.lowering = _number(0.0, _MOST_S, 0.5, " s", 1)
        self.lowering.setValue(goal.lowering_s or 0.0)
        for number in (self.load, self.lowering):
            number.setSpecialValueText(self.tr("any"))
        form = QFormLayout()
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Exercise"), self.exercise),
            (self.tr("Kind of set"), self.type),
            (self.tr("Leg"), self.side),
            (self.tr("Good reps, at least"), self.quality),
            (self.tr("Load, at least"), self.load),
            (self.tr("Mean lowering, at least"), self.lowering),
        )
        for name, field in rows:
            field.setAccessibleName(name)
            form.addRow(name, field)
        words = label(
            self.tr("Progress is counted in the sessions of the last eight weeks."), "muted"
        )
        words.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        # A dialog has no theme; the height of its text stands for the text size.
        edge = self.fontMetrics().height()
        outer.setContentsMargins(edge, edge, edge, edge)
        outer.setSpacing(edge)
        form.setHorizontalSpacing(edge)
        outer.addLayout(form)
        outer.addWidget(words)
        outer.addWidget(self.buttons)

    def wanted(self) -> Goal:
        """Return the goal as it is set now."""
        kind = SetKind(
            self.exercise.currentData(), SetType(self.type.currentData()), self.side.currentData()
        )
        load, before = self.load.value(), self._goal.load_kg
        # The field rounds: a rounded value alone is no change.
        if before is not None and round(before * self._per_kg, 1) == load:
            load_kg: float | None = before
        else:
            load_kg = load / self._per_kg or None
        # Shorter lowerings than half a second cannot be a goal.
        lowering_s = max(self.lowering.value(), 0.5) if self.lowering.value() else None
        return Goal(kind, self.quality.value(), load_kg, lowering_s)


def _choice(options: Sequence[tuple[object, str]], value: object) -> QComboBox:
    field = QComboBox()
    for option, word in options:
        field.addItem(word, option)
    field.setCurrentIndex(max([option for option, _ in options].index(value), 0))
    return field


def _number(least: float, most: float, step: float, suffix: str, decimals: int) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setDecimals(decimals)
    field.setRange(least, most)
    field.setSingleStep(step)
    field.setSuffix(suffix)
    return field

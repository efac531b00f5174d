"""The choice among the variants of the exercise, such as a heel raise on a step with bent knees."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.models.chosen_exercise import exercise_of, variant_of
from gui.models.settings import Settings
from gui.translations import texts
from gui.widgets.choice import Choice
from gui.widgets.field import Field
from gui.widgets.theme import Theme
from processing.exercises.variants import VariantName


class VariantFields(QWidget):
    """A choice for each variant that the exercise of the settings has; hidden where it has none."""

    chosen = Signal(str, str, str)
    """The exercise, the variant and its value that the person chose."""

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(15))
        self.choices: dict[str, Choice] = {}
        self._listed_for = ""
        self.show_settings(settings)

    def show_settings(self, settings: Settings) -> None:
        """Show the variants of the exercise, and those that are chosen."""
        exercise = exercise_of(settings)
        if exercise.key != self._listed_for:
            self._listed_for = exercise.key
            self._make(exercise.key, exercise.variants.options())
        for name, value in variant_of(settings, exercise).items():
            self.choices[name].show_value(value)
        self.setVisible(bool(self.choices))

    def _make(self, key: str, options: dict[VariantName, tuple[str, ...]]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.choices.clear()
        words = texts().exercises
        for name, values in options.items():
            title = words.variant_title(name)
            pairs = [(value, words.variant(name, value)) for value in values]
            choice = Choice(self._theme, title, pairs)
            choice.chosen.connect(lambda value, name=name: self.chosen.emit(key, name, str(value)))
            # By this name the window finds the control again after it was rebuilt.
            choice.setObjectName(f"variant_{name}")
            self.choices[name] = choice
            self._column.addWidget(Field(self._theme, title, choice))

"""The dialog of the limits by which a session is judged: bands of the toes, and tempo."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from gui.models.limits import Limit
from gui.widgets.card import label


class LimitsDialog(QDialog):
    """A dialog with a field for each :class:`Limit`, in :attr:`fields` by its key."""

    def __init__(self, parent: QWidget, limits: Sequence[Limit]) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Limits of the verdicts"))
        self._limits = tuple(limits)
        self.fields: dict[str, QDoubleSpinBox] = {}
        titles = {
            "df_percent": self.tr("Toes up, share of the own range"),
            "pf_percent": self.tr("Toes pointed, share of the own range"),
            "hold_good_percent": self.tr("Good: toes there, share of the time"),
            "eccentric_under_s": self.tr("Good: lowering shorter than its target by"),
            "eccentric_over_s": self.tr("Good: lowering longer than its target by"),
            "eccentric_least_percent": self.tr("Too fast: below this share of the target"),
        }
        form = QFormLayout()
        for limit in limits:
            field = self._field(limit)
            field.setAccessibleName(titles[limit.key])
            self.fields[limit.key] = field
            form.addRow(titles[limit.key], field)
        words = label(
            self.tr("All verdicts of the session are computed again. Undo restores the old ones."),
            "muted",
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

    def wanted(self) -> list[Limit]:
        """Return the changed limits."""
        found = []
        for limit in self._limits:
            field = self.fields[limit.key]
            # The field rounds: a rounded value alone is no change.
            if field.value() != round(limit.value, field.decimals()):
                found.append(replace(limit, value=field.value()))
        return found

    @staticmethod
    def _field(limit: Limit) -> QDoubleSpinBox:
        seconds = limit.key.endswith("_s")
        field = QDoubleSpinBox()
        field.setDecimals(1)
        field.setRange(*limit.range)
        field.setSingleStep(0.1 if seconds else 5.0)
        field.setSuffix(" s" if seconds else " %")
        field.setValue(limit.value)
        return field

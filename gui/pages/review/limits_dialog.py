"""Asks by which limits a session shall be judged: the bands of the toes, and the tempo."""

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
    """One field a :class:`Limit`, found in :attr:`fields` by its key."""

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
            self.tr("The verdicts of the whole session are made anew. Undo brings the old back."),
            "muted",
        )
        words.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        # No theme is handed to a dialog; a line of its text is what its edges are measured by.
        edge = self.fontMetrics().height()
        outer.setContentsMargins(edge, edge, edge, edge)
        outer.setSpacing(edge)
        form.setHorizontalSpacing(edge)
        outer.addLayout(form)
        outer.addWidget(words)
        outer.addWidget(self.buttons)

    def wanted(self) -> list[Limit]:
        """Return the limits that are others than they were."""
        found = []
        for limit in self._limits:
            field = self.fields[limit.key]
            # What only the field rounded is not changed.
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

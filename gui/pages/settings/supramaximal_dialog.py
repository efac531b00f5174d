"""The dialog before supramaximal sets: what is missing of the ramp-in, or the warning to understand."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from gui.translations import texts
from gui.widgets.card import label
from processing.coach.plan_reasons import Gate


class SupramaximalDialog(QDialog):
    """A dialog that is accepted only by the button "I understand", and only if the gate is open."""

    def __init__(self, parent: QWidget, gate: Gate) -> None:
        super().__init__(parent)
        plan = texts().plan
        self.words = label(
            plan.supramaximal_warning() if gate.is_open else plan.ramp_in_missing(gate), "body"
        )
        self.words.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.rejected.connect(self.reject)
        if gate.is_open:
            self.understood = self.buttons.addButton(
                plan.understood(), QDialogButtonBox.ButtonRole.AcceptRole
            )
            self.buttons.accepted.connect(self.accept)
        # Enter must not accept what nobody has read.
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)
        cancel.setFocus()
        outer = QVBoxLayout(self)
        edge = self.fontMetrics().height()
        outer.setContentsMargins(edge, edge, edge, edge)
        outer.setSpacing(edge)
        outer.addWidget(self.words)
        outer.addWidget(self.buttons)

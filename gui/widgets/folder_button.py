"""A button that shows a file where it lies, in the file manager of the system."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton


class FolderButton(QPushButton):
    """A button that opens the folder of a file; hidden while there is no file."""

    def __init__(self) -> None:
        super().__init__(self.tr("Show in folder"))
        self.setProperty("role", "place")
        self.setAccessibleName(self.text())
        self.path: Path | None = None
        self.clicked.connect(self.open)
        self.hide()

    def show_for(self, path: Path | None) -> None:
        """Offer the folder of another file; None: of none."""
        self.path = path
        self.setVisible(path is not None)

    def open(self) -> None:
        """Open the folder."""
        if self.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path.parent)))

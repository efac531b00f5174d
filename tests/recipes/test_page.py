"""The recipe for a page: a diary, with a title, a shortcut and a German name."""

from pathlib import Path

from tests.recipes.working_copy import Edit, Insertion, Replacement, WorkingCopy

NAME, TABLE = "gui/pages/page_name.py", "gui/shell/page_table.py"
ROOM, PAGE = "gui/pages/diary/__init__.py", "gui/pages/diary/diary_page.py"
CONTRACTS, GERMAN = "pyproject.toml", "gui/translations/toepoint_de.ts"

WIDGET: tuple[Edit, ...] = (
    Insertion(ROOM, '"""The page Diary."""\n'),
    Insertion(
        PAGE,
        '''"""Diary: a text of the person's own."""

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout

from gui.pages.app_state import AppState
from gui.pages.page import Page


class DiaryPage(Page):
    """The page of the diary."""

    def __init__(self, state: AppState) -> None:
        super().__init__(state)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("What you noticed"))
        self.text.setTabChangesFocus(True)
        QVBoxLayout(self).addWidget(self.text)
''',
    ),
)
ENTRY: tuple[Edit, ...] = (
    Insertion(NAME, '    DIARY = "diary"\n', after='HISTORY = "history"'),
    Replacement(
        TABLE,
        "    PageName.SETTINGS: PageEntry(",
        """    PageName.DIARY: PageEntry(
        str(QT_TRANSLATE_NOOP("MainWindow", "Diary")),
        "Ctrl+6",
        "gui.pages.diary.diary_page",
        "DiaryPage",
    ),
    PageName.SETTINGS: PageEntry(""",
    ),
)
CONTRACT: tuple[Edit, ...] = (
    Replacement(CONTRACTS, "| first_run | history |", "| first_run | diary | history |"),
)


def translated(source: str, german: str) -> Edit:
    """Return the edit that translates a text which ``python -m gui.translations`` has listed."""
    listed = f'<source>{source}</source>\n        <translation type="unfinished"></translation>'
    done = f"<source>{source}</source>\n        <translation>{german}</translation>"
    return Replacement(GERMAN, listed, done)


OPENED = """
from gui.models.settings import Settings
from gui.pages.page_name import PageName
from gui.shell.app import make_window
from PySide6.QtWidgets import QPushButton

window = make_window(Settings(first_run_done=True, language="de"))
window.show()
window.show_page(PageName.DIARY)
print(type(window.page).__name__, window.page.isVisible())
print(*(button.text() for button in window.findChildren(QPushButton) if button.isChecked()))
window.close()
"""
LAYOUT = ("-m", "pytest", "tests/gui/test_page_layout.py", "-k", "DIARY and keyboard")


def test_a_page_opens_in_german_and_is_in_a_room_of_its_own(tmp_path: Path) -> None:
    copy = WorkingCopy.make(tmp_path)
    copy.edit((*WIDGET, *ENTRY))
    contracts = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    assert "gui.pages.diary" in copy.failure("-c", contracts)
    copy.edit(CONTRACT)
    copy.output("-c", contracts)
    copy.output("-m", "gui.translations")
    copy.edit([translated("Diary", "Tagebuch"), translated("What you noticed", "Bemerkungen")])
    copy.output("-m", "gui.translations")
    assert copy.output("-c", OPENED).split() == ["DiaryPage", "True", "Tagebuch"]
    assert copy.files_by_hand == {NAME, TABLE, ROOM, PAGE, CONTRACTS, GERMAN}


def test_the_layout_tests_demand_a_scene_of_the_page(tmp_path: Path) -> None:
    copy = WorkingCopy.make(tmp_path)
    copy.edit((*WIDGET, *ENTRY))
    assert "KeyError: <PageName.DIARY" in copy.failure(*LAYOUT)

"""The recipe for a setting: seconds to get ready before a set."""

import json
from pathlib import Path

from tests.recipes.working_copy import Edit, Insertion, Replacement, WorkingCopy

SETTINGS, PAGE = "gui/models/settings.py", "gui/pages/settings/settings_page.py"
GERMAN = "gui/translations/toepoint_de.ts"

SETTING: tuple[Edit, ...] = (
    Replacement(
        SETTINGS,
        '    protocol: str = "B"\n',
        """    countdown_s: Annotated[float, Meta(ge=0.0, le=30.0)] = 5.0
    \"""Time to get ready before a set, s.\"""
    protocol: str = "B"
""",
    ),
)
FIELD: tuple[Edit, ...] = (
    Insertion(
        PAGE,
        '        card.body.addWidget(self._number("countdown_s", self.tr("Get ready, s")))\n',
        after='self._number("load_step", self.tr("Smallest step of the load"))',
    ),
)
TRANSLATION: tuple[Edit, ...] = (
    Replacement(
        GERMAN,
        '<source>Get ready, s</source>\n        <translation type="unfinished"></translation>',
        "<source>Get ready, s</source>\n        <translation>Bereitmachen, s</translation>",
    ),
)

KEPT = """
from gui.models.settings import changed, load_settings, range_of, save_settings
save_settings(changed(load_settings(), countdown_s=12, language="de"))
print(load_settings().countdown_s, *range_of("countdown_s"))
"""
SHOWN = """
from gui.pages.page_name import PageName
from gui.shell.app import make_window

window = make_window()
window.show()
window.show_page(PageName.SETTINGS)
field = window.page.fields["countdown_s"]
print(field.control.accessibleName(), field.control.text())
for text in ("31", "7,5"):
    field.control.setText(text)
    field.control.editingFinished.emit()
    print(field.trouble.text() or "kept", window.state.settings.countdown_s)
window.close()
"""
REFUSED = "from gui.models.settings import load_settings; load_settings()"
COMPLETE = ("-m", "pytest", "tests/gui/pages/test_settings_page.py", "-k", "every_setting")


def test_a_setting_is_kept_shown_in_german_and_refused_out_of_range(tmp_path: Path) -> None:
    copy = WorkingCopy.make(tmp_path)
    copy.edit((*SETTING, *FIELD))
    copy.output("-m", "gui.translations")
    copy.edit(TRANSLATION)
    copy.output("-m", "gui.translations")
    assert copy.output("-c", KEPT).split() == ["12.0", "0.0", "30.0"]
    assert copy.output("-c", SHOWN).splitlines() == [
        "Bereitmachen, s 12",
        "Das muss zwischen 0 und 30 liegen. 12.0",
        "kept 7.5",
    ]
    (file,) = (copy.root / "home").rglob("settings.json")
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"countdown_s": 31}))
    refusal = copy.failure("-c", REFUSED).splitlines()[-1]
    assert str(file) in refusal
    assert "countdown_s: 31 must be a number from 0 to 30" in refusal
    assert copy.files_by_hand == {SETTINGS, PAGE, GERMAN}


def test_a_setting_that_the_page_forgets_is_named(tmp_path: Path) -> None:
    copy = WorkingCopy.make(tmp_path)
    copy.edit(SETTING)
    assert "countdown_s" in copy.failure(*COMPLETE)

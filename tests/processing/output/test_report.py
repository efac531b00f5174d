"""The report is light, in the language of the person, and says angles in words."""

import re
from pathlib import Path

import pytest

from gui.texts.exports import wording_in
from processing.output.report import write_report
from processing.review.analysis import Analysis, analyse

RECORDING = Path(__file__).parents[3] / "recordings" / "b_faults.mcap"


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(RECORDING)


def cells_of(page: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", page)
    return [re.findall(r"<t[dh]>(.*?)</t[dh]>", row) for row in rows]


def test_a_german_report_says_angles_and_verdicts_in_german_words(
    tmp_path: Path, analysis: Analysis
) -> None:
    path, _ = write_report(tmp_path, analysis, "Montag <1>", wording_in("de"))
    page = path.read_text(encoding="utf-8")
    assert '<html lang="de">' in page
    assert "Montag &lt;1&gt;" in page
    heads, first, *rows = cells_of(page)
    assert heads[:3] == ["Wdh.", "Urteil", "Heben s"]
    assert first[1] == "gut"
    assert re.fullmatch(r"\d,\d", first[2])
    # Toes up to lift, pointed to lower: a way, and no sign.
    assert re.fullmatch(r"\d+° hoch", first[6])
    assert re.fullmatch(r"\d+° gestreckt", first[7])
    assert {row[1] for row in (first, *rows)} <= {"gut", "knapp", "verfehlt", "Teil"}
    # The fast lowering of the second rep.
    assert "gesenkt" in rows[0][-1]
    assert not re.search(r">(rep|verdict|good|miss|near|never)<", page)


def test_a_report_is_light_on_the_screen_and_on_paper(tmp_path: Path, analysis: Analysis) -> None:
    path, picture = write_report(tmp_path, analysis, "Monday", wording_in("en"))
    page = path.read_text(encoding="utf-8")
    assert "background: #FFFFFF" in page
    assert "@media print" in page
    assert "break-inside: avoid" in page
    # Not one colour of the dark theme, in the page or in its pictures.
    assert not re.search("#(0f1318|171d24|2a333e|eef2f6)", page, re.IGNORECASE)
    assert picture.exists()
    again, _ = write_report(tmp_path / "again", analysis, "Monday", wording_in("en"))
    assert again.read_text(encoding="utf-8") == page, "the same session, another page"

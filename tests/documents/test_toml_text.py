"""The text of a TOML file, read by the reader of Python itself."""

import tomllib
from typing import Any

import pytest

from sensor.documents.toml_text import toml_text

SIGNS = "".join(map(chr, (*range(0x01, 0x300), 0x2028, 0x202E, 0x7F, 0xE000, 0x1F9B5)))


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"a": 1, "b": 2.5, "c": 150.0, "d": True, "e": "x", "f": [5, 8], "g": [], "h": 1e300},
        {"text": 'two\nlines, "quoted", a \\ and a # sign\t', "signs": SIGNS},
        {"a key": 1, "": 2, 'with "': 3, "ä": 4},
        {"set": [{"type": "B", "stop": {"control_loss_percent": 25.0}}, {"type": "A"}], "last": 1},
        {"ratio": {"start": 0.9, "x": {"y": [1, 2]}}, "set": [{"a": ["b"]}], "first": 0},
    ],
)
def test_every_table_is_read_as_it_was_written(table: dict[str, Any]) -> None:
    assert tomllib.loads(toml_text(table)) == table


def test_nothing_has_no_text() -> None:
    with pytest.raises(TypeError):
        toml_text({"a": None})

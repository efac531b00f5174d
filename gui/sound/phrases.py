"""The catalogue of what can be said, by its English wording, and its texts in each language."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

LARGEST = 999
NUMBERS = (*range(101), *range(200, LARGEST, 100))
"""Numbers with a clip of their own; the pack joins the others from these."""
LANGUAGES = ("en", "de")


def phrases(language: str) -> Mapping[str, str]:
    """Return the text of every phrase in ``language``, by its English wording.

    Raises
    ------
    KeyError
        If the catalogue has no such language.
    """
    tables = tomllib.loads(files("gui.sound").joinpath("phrases.toml").read_text("utf-8"))
    if language == "en":
        return {key: key for key in tables["de"]}
    return dict(tables[language])


def number_words(value: float, decimals: int = 0) -> tuple[str, ...]:
    """Return the words of a number from 0 to 999, for example ``("3", "point", "6")``.

    Raises
    ------
    ValueError
        If it is negative or 1000 or more: no load and no count is.
    """
    whole, _, fraction = f"{value:.{decimals}f}".partition(".")
    if value < 0 or int(whole) > LARGEST:
        raise ValueError(f"{value} cannot be said: 0 to {LARGEST} can")
    hundreds, rest = divmod(int(whole), 100)
    words = [str(hundreds * 100)] if hundreds else []
    if rest or not hundreds:
        words.append(str(rest))
    if fraction.strip("0"):
        words += ["point", *fraction.rstrip("0")]
    return tuple(words)

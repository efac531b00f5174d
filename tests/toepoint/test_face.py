"""``import toepoint``: quick to import, complete and typed."""

import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path

import pytest

import toepoint

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> str:
    """Return the output of a new Python process with ``arguments``."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def test_importing_loads_nothing_heavy() -> None:
    loaded = json.loads(run("-c", "import json, sys, toepoint; print(json.dumps([*sys.modules]))"))
    assert not {"numpy", "scipy", "mcap", "bleak", "PySide6", "processing", "sensor"} & {*loaded}


def test_every_public_name_is_there() -> None:
    star: dict[str, object] = {}
    exec("from toepoint import *", star)  # noqa: S102 - what a notebook does
    for name in toepoint.__all__:
        assert getattr(toepoint, name) is star[name]
        assert name in dir(toepoint)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'analyze'"):
        toepoint.analyze  # type: ignore[attr-defined]  # noqa: B018


def test_version_is_that_of_the_distribution() -> None:
    assert toepoint.__version__ == importlib.metadata.version("toepoint")
    assert run("-m", "toepoint", "--version").strip() == f"toepoint {toepoint.__version__}"


def test_errors_have_one_base() -> None:
    with pytest.raises(toepoint.ToepointError, match="no-such-file"):
        toepoint.analyse("no-such-file.mcap")
    with pytest.raises(toepoint.ToepointError, match="sets"):
        toepoint.simulate("sets=no")

"""Make ``docs/analysis.schema.json`` from the types: ``python -m processing.output.schema``."""

import ast
import inspect
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from processing.output import summary_types
from processing.output.summary_types import SCHEMA_NAME, Summary

SCHEMA_PATH = Path(__file__).parents[2] / "docs" / "analysis.schema.json"
"""The committed schema; a test compares it with the types."""


def analysis_schema() -> str:
    """Return the JSON Schema of :class:`Summary` as text, each field with its description."""
    (root,), parts = msgspec.json.schema_components([Summary], ref_template="#/$defs/{name}")
    for name, words in _field_texts().items():
        part = parts[name]
        # Strict, so that a field of the output that the schema does not know fails a test.
        part["additionalProperties"] = False
        part["description"] = " ".join(part["description"].replace("``", "`").split())
        for field, text in words.items():
            part["properties"][field] = {"description": text} | part["properties"][field]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA_NAME}
    return json.dumps(head | root | {"$defs": parts}, indent=2, ensure_ascii=False) + "\n"


def _field_texts() -> dict[str, dict[str, str]]:
    """Return the strings below the fields of each class of the summary, which Python does not keep."""
    module = ast.parse(inspect.getsource(summary_types))
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    return {node.name: dict(filter(None, map(_text, pairwise(node.body)))) for node in classes}


def _text(neighbours: tuple[Any, Any]) -> tuple[str, str] | None:
    match neighbours:
        case (
            ast.AnnAssign(target=ast.Name(id=field)),
            ast.Expr(value=ast.Constant(value=str() as text)),
        ):
            return field, " ".join(text.split())
    return None


if __name__ == "__main__":
    SCHEMA_PATH.write_text(analysis_schema(), encoding="utf-8")

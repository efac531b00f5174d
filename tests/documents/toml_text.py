"""Writes TOML for the tests."""

import json
import math
from typing import Any


def toml_text(table: dict[str, Any]) -> str:
    """Return ``table`` as TOML with inline tables; None is left out."""
    return "".join(
        f"{json.dumps(key)} = {_value(value)}\n"
        for key, value in table.items()
        if value is not None
    )


def _value(value: Any) -> str:
    if isinstance(value, dict):
        items = (f"{json.dumps(k)} = {_value(v)}" for k, v in value.items() if v is not None)
        return "{" + ", ".join(items) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value if item is not None) + "]"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return json.dumps(value, ensure_ascii=True)

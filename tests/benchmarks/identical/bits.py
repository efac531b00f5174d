"""Print every number of an analysis to the last bit: ``python bits.py RECORDING``.

It runs in the environment of any checkout, whose modules and fields may have other names. So it looks
for the two functions by their names, and prints numbers without the names of their fields.
"""

import hashlib
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np

READ = ("sensor", ("open_recording",))
ANALYSE = ("processing", ("analyse",))
"""A package, and the present and former names of the function in it."""


def find(package: str, names: tuple[str, ...]) -> Callable[..., Any]:
    """Return the function of ``package`` that has one of ``names``.

    Raises
    ------
    LookupError
        If there is not exactly one.
    """
    found: dict[str, Callable[..., Any]] = {}
    folders = importlib.import_module(package).__path__
    for module in pkgutil.walk_packages(folders, f"{package}."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if name in names and inspect.isfunction(value) and value.__module__ == module.name:
                found[module.name] = value
    if len(found) != 1:
        raise LookupError(f"{' or '.join(names)} in {package}: found in {sorted(found) or 'none'}")
    return next(iter(found.values()))


def numbers(node: object) -> Iterator[str]:
    """Yield every array and every float in ``node``, exactly."""
    if isinstance(node, np.ndarray):
        data = np.ascontiguousarray(node)
        digest = hashlib.sha256(data.tobytes()).hexdigest()[:16]
        yield f"array {data.dtype} {data.shape} {digest}"
    elif isinstance(node, float):
        yield f"number {float(node).hex()} ({float(node):.9g})"
    elif is_dataclass(node):
        for field in fields(node):
            yield from numbers(getattr(node, field.name))
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from numbers(value)
    elif isinstance(node, Iterable) and not isinstance(node, str | bytes):
        for value in node:
            yield from numbers(value)


def main() -> None:
    """Analyse and print, each number once and sorted."""
    recording = find(*READ)(Path(sys.argv[1]))
    print("\n".join(sorted(set(numbers(find(*ANALYSE)(recording))))))


if __name__ == "__main__":
    main()

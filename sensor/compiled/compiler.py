"""Machine code from Python, by numba. It takes long to load, and is only loaded where the cache has nothing."""

from collections.abc import Callable
from typing import Any

import llvmlite.binding as llvm
import numba
from numba.np import linalg

from sensor.compiled.entry import CALLED, entry_text
from sensor.compiled.machine import target_machine
from sensor.compiled.signature import read_signature

MATHEMATICS = frozenset(["atan2", "cos", "exp", "fmod", "hypot", "log", "pow", "sin", "sqrt"])
"""Functions of C's own library that compiled ones may use: every process has loaded it."""


def _no_blas() -> None:
    raise ImportError


# Before its first function numba looks for the matrix product of SciPy, which takes as long to load as all
# else. No function here multiplies by it: its sums have no order of their own.
linalg.ensure_blas = _no_blas


def typed(function: Callable[..., Any], signature: str) -> Any:
    """Return numba's form of ``function``, which others that numba compiles may call."""
    return numba.njit(signature)(function)


def machine_code(typed_function: Any, signature: str, entry: str) -> bytes:
    """Return an object file that holds a function of :func:`typed` and its entry called ``entry``.

    Raises
    ------
    NotImplementedError
        If the function needs more of numba than its code, such as for sorting: it would not run without
        numba then.
    """
    (types,) = typed_function.signatures
    compiled = typed_function.overloads[types]
    module = llvm.parse_assembly(typed_function.inspect_llvm(types))
    text = entry_text(entry, compiled.fndesc.llvm_func_name, read_signature(signature))
    module.link_in(llvm.parse_assembly(text))
    for one in module.functions:
        # All else is only for the entry, or for calls that nobody makes and that would need more of numba.
        if not one.is_declaration and one.name != entry:
            one.linkage = llvm.Linkage.internal
    machine = target_machine()
    passes = llvm.create_new_module_pass_manager()
    passes.add_global_dead_code_eliminate_pass()
    passes.run(
        module,
        llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=0)),
    )
    needed = {one.name for one in module.functions if one.is_declaration}
    missing = {
        name for name in needed - CALLED.keys() - MATHEMATICS if not name.startswith("llvm.")
    }
    if missing:
        raise NotImplementedError(f"{entry} needs {', '.join(sorted(missing))}")
    object_file: bytes = machine.emit_object(module)
    return object_file

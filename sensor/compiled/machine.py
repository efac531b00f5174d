"""Machine code for this processor: how it is described to LLVM, and loaded, which needs no numba."""

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

import llvmlite.binding as llvm
import numpy as np

from sensor.compiled.entry import CALLED

_FASTCALL = 0x80
"""Python's way to call a function of C with the place and the number of its arguments."""
_SELF = (np.ndarray, TypeError, ArithmeticError, True, False)


class _MethodDef(ctypes.Structure):
    """Python's description of a function of C."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("function", ctypes.c_void_p),
        ("flags", ctypes.c_int),
        ("doc", ctypes.c_char_p),
    )


_described: list[_MethodDef] = []
"""Kept for as long as the program runs: Python does not copy them."""


def processor() -> str:
    """Return the processor and all that its code may use, as LLVM names them."""
    return f"{llvm.get_process_triple()} {llvm.get_host_cpu_name()} {llvm.get_host_cpu_features().flatten()}"


def target_machine() -> Any:
    """Return LLVM's description of this processor, for code that is loaded into this process."""
    _initialize()
    target = llvm.Target.from_triple(llvm.get_process_triple())
    return target.create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=3,
        # Code of x86 that is loaded at a place of its own cannot count on tables of distant addresses.
        reloc="static" if target.name.startswith("x86") else "default",
        codemodel="jitdefault",
        jit=True,
    )


def load(object_file: bytes, entry: str) -> Callable[..., Any]:
    """Return the function of an object file whose entry has that name."""
    engine = _engine()
    engine.add_object_file(llvm.ObjectFileRef.from_data(object_file))
    engine.finalize_object()
    described = _MethodDef(entry.encode(), engine.get_function_address(entry), _FASTCALL, None)
    _described.append(described)
    new = ctypes.pythonapi.PyCFunction_NewEx
    new.restype = ctypes.py_object
    new.argtypes = (ctypes.POINTER(_MethodDef), ctypes.py_object, ctypes.c_void_p)
    function: Callable[..., Any] = new(described, _SELF, None)
    return function


@cache
def _engine() -> Any:
    """Return the one that holds all machine code for as long as the program runs."""
    for name in CALLED:
        # Not found by its name on every system.
        address = ctypes.cast(getattr(ctypes.pythonapi, name), ctypes.c_void_p).value
        llvm.add_symbol(name, address)
    return llvm.create_mcjit_compiler(llvm.parse_assembly(""), target_machine())


@cache
def _initialize() -> None:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()

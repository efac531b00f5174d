"""The way from Python into machine code: a function that takes Python's objects and calls a compiled one.

It is written in the language of LLVM, and becomes machine code together with the function that it calls.
Each argument is checked first. The fields of an array are read at the places of
:mod:`sensor.compiled.layout`, and memory for arrays within the function comes from Python.
"""

import sys
from collections.abc import Sequence

import numpy as np

from sensor.compiled import layout
from sensor.compiled.signature import ArrayType, Number, Signature

CALLED = {
    "PyType_IsSubtype": "i32 (ptr, ptr)",
    "PyErr_SetString": "void (ptr, ptr)",
    "PyErr_Occurred": "ptr ()",
    "PyFloat_AsDouble": "double (ptr)",
    "PyLong_AsLongLong": "i64 (ptr)",
    "PyObject_IsTrue": "i32 (ptr)",
    "Py_BuildValue": "ptr (ptr, ...)",
    "PyMem_RawMalloc": "ptr (i64)",
    "PyMem_RawFree": "void (ptr)",
}
"""The functions of Python that are called from machine code, with their types."""

_TYPE = {Number.FLOAT: "double", Number.INTEGER: "i64", Number.BOOLEAN: "i8"}
_DTYPE = {Number.FLOAT: np.float64, Number.INTEGER: np.int64, Number.BOOLEAN: np.bool_}
_FORMAT = {Number.FLOAT: "d", Number.INTEGER: "L", Number.BOOLEAN: "O"}
_ASKED = {
    Number.FLOAT: ("PyFloat_AsDouble", "fcmp oeq double", "-1.0"),
    Number.INTEGER: ("PyLong_AsLongLong", "icmp eq i64", "-1"),
    Number.BOOLEAN: ("PyObject_IsTrue", "icmp eq i32", "-1"),
}
"""Python's function for a number, the comparison with what it returns for an error, and that value."""
_C_CONTIGUOUS, _ALIGNED, _WRITEABLE = 0x1, 0x100, 0x400
"""Flags of NumPy's arrays."""
_SWAPPED = ord(">" if sys.byteorder == "little" else "<")

_HELP = f"""
define internal ptr @item(ptr %tuple, i64 %i) alwaysinline {{
  %items = getelementptr i8, ptr %tuple, i64 {layout.ITEMS}
  %at = getelementptr ptr, ptr %items, i64 %i
  %item = load ptr, ptr %at
  ret ptr %item
}}
define internal i64 @entry_of(ptr %array, i64 %field, i64 %i) alwaysinline {{
  %field_at = getelementptr i8, ptr %array, i64 %field
  %numbers = load ptr, ptr %field_at
  %at = getelementptr i64, ptr %numbers, i64 %i
  %number = load i64, ptr %at
  ret i64 %number
}}
define internal i1 @fits(ptr %array, ptr %ndarray, i32 %number, i32 %dimensions, i32 %flags) {{
  %type_at = getelementptr i8, ptr %array, i64 {layout.TYPE}
  %type = load ptr, ptr %type_at
  %exact = icmp eq ptr %type, %ndarray
  br i1 %exact, label %an_array, label %perhaps
perhaps:
  %below = call i32 @PyType_IsSubtype(ptr %type, ptr %ndarray)
  %is_one = icmp ne i32 %below, 0
  br i1 %is_one, label %an_array, label %no
an_array:
  %dimensions_at = getelementptr i8, ptr %array, i64 {layout.DIMENSIONS}
  %own_dimensions = load i32, ptr %dimensions_at
  %same_dimensions = icmp eq i32 %own_dimensions, %dimensions
  %flags_at = getelementptr i8, ptr %array, i64 {layout.FLAGS}
  %own_flags = load i32, ptr %flags_at
  %asked = and i32 %own_flags, %flags
  %same_flags = icmp eq i32 %asked, %flags
  %dtype_at = getelementptr i8, ptr %array, i64 {layout.DTYPE}
  %dtype = load ptr, ptr %dtype_at
  %number_at = getelementptr i8, ptr %dtype, i64 {layout.NUMBER}
  %own_number = load i32, ptr %number_at
  %same_number = icmp eq i32 %own_number, %number
  %order_at = getelementptr i8, ptr %dtype, i64 {layout.ORDER}
  %order = load i8, ptr %order_at
  %native = icmp ne i8 %order, {_SWAPPED}
  %same_shape = and i1 %same_dimensions, %same_flags
  %same_type = and i1 %same_number, %native
  %same = and i1 %same_shape, %same_type
  ret i1 %same
no:
  ret i1 false
}}
define internal ptr @taken(i64 %size, i64 %align) {{
  %more = add i64 %size, %align
  %whole = add i64 %more, 48
  %head = call ptr @PyMem_RawMalloc(i64 %whole)
  %nothing = icmp eq ptr %head, null
  br i1 %nothing, label %end, label %fill
fill:
  %begin = getelementptr i8, ptr %head, i64 48
  %number = ptrtoint ptr %begin to i64
  %less_one = sub i64 %align, 1
  %beyond = add i64 %number, %less_one
  %mask = sub i64 0, %align
  %aligned = and i64 %beyond, %mask
  %data = inttoptr i64 %aligned to ptr
  store i64 1, ptr %head
  %data_at = getelementptr i8, ptr %head, i64 24
  store ptr %data, ptr %data_at
  %size_at = getelementptr i8, ptr %head, i64 32
  store i64 %size, ptr %size_at
  br label %end
end:
  ret ptr %head
}}
define ptr @NRT_MemInfo_alloc(i64 %size) {{
  %head = call ptr @taken(i64 %size, i64 16)
  ret ptr %head
}}
define ptr @NRT_MemInfo_alloc_aligned(i64 %size, i32 %align) {{
  %wide = zext i32 %align to i64
  %head = call ptr @taken(i64 %size, i64 %wide)
  ret ptr %head
}}
define void @NRT_MemInfo_call_dtor(ptr %head) {{
  call void @PyMem_RawFree(ptr %head)
  ret void
}}
"""
"""Functions that every entry uses. The last three are called by numba's code: a block of memory begins with the
number of its users, and has the place of its data in its fourth field, its size in the fifth."""


def entry_text(name: str, function: str, signature: Signature) -> str:
    """Return the entry called ``name`` in the language of LLVM.

    Its ``self`` is the tuple ``(ndarray, TypeError, ArithmeticError, True, False)``.

    Parameters
    ----------
    function
        The function that numba compiled, by the name that it has in its module. It takes a place for its
        results and one for an error, then the arguments, and returns 0 if it went well.
    """
    steps: list[str] = []
    native: list[str] = []
    for i, argument in enumerate(signature.arguments):
        steps.append(
            f"  %at{i} = getelementptr ptr, ptr %arguments, i64 {i}\n  %o{i} = load ptr, ptr %at{i}"
        )
        if isinstance(argument, ArrayType):
            native += _array(steps, i, argument)
        else:
            native.append(_number(steps, i, argument))
    kinds = ", ".join(["ptr", "ptr", *(value.split()[0] for value in native)])
    given = ", ".join(["ptr %results", "ptr %error", *native])
    count = len(signature.arguments)
    lines = [
        *(f"declare {kind.replace(' ', f' @{one}', 1)}" for one, kind in CALLED.items()),
        f'declare i32 @"{function}"({kinds})',
        _HELP,
        _words("refusal", f"{name} takes {count} arguments of the types that it was compiled for"),
        _words("failure", f"{name}: a division by zero, or too little memory"),
        _words("format", _result_format(signature)),
        f'define ptr @"{name}"(ptr %self, ptr %arguments, i64 %count) {{',
        f"  %results = alloca [{max(1, len(signature.results))} x i64]",
        "  %error = alloca ptr",
        "  %ndarray = call ptr @item(ptr %self, i64 0)",
        f"  %enough = icmp eq i64 %count, {count}",
        "  br i1 %enough, label %begin, label %refused",
        "begin:",
        *steps,
        f'  %status = call i32 @"{function}"({given})',
        "  %is_value = icmp eq i32 %status, 0",
        "  %is_none = icmp eq i32 %status, -2",
        "  %well = or i1 %is_value, %is_none",
        *_result(signature),
        "refused:",
        "  %type_error = call ptr @item(ptr %self, i64 1)",
        "  call void @PyErr_SetString(ptr %type_error, ptr @refusal)",
        "  ret ptr null",
        "failed:",
        "  %arithmetic_error = call ptr @item(ptr %self, i64 2)",
        "  call void @PyErr_SetString(ptr %arithmetic_error, ptr @failure)",
        "  ret ptr null",
        "told:",
        "  ret ptr null",
        "}",
    ]
    return "\n".join(lines)


def _words(name: str, text: str) -> str:
    """Return a constant text."""
    raw = text.encode()
    escaped = "".join(f"\\{byte:02x}" for byte in raw)
    return f'@{name} = internal constant [{len(raw) + 1} x i8] c"{escaped}\\00"'


def _array(steps: list[str], i: int, argument: ArrayType) -> list[str]:
    """Add the check of argument ``i``; return it as numba takes arrays."""
    flags = _ALIGNED
    flags |= _C_CONTIGUOUS if argument.contiguous else 0
    flags |= _WRITEABLE if argument.changed else 0
    dtype: np.dtype[np.generic] = np.dtype(_DTYPE[argument.number])
    steps += [
        f"  %fits{i} = call i1 @fits(ptr %o{i}, ptr %ndarray, i32 {dtype.num}, i32 {argument.dimensions}, i32 {flags})",
        f"  br i1 %fits{i}, label %take{i}, label %refused",
        f"take{i}:",
        f"  %data_at{i} = getelementptr i8, ptr %o{i}, i64 {layout.DATA}",
        f"  %data{i} = load ptr, ptr %data_at{i}",
    ]
    axes = range(argument.dimensions)
    for axis in axes:
        steps += [
            f"  %shape{i}_{axis} = call i64 @entry_of(ptr %o{i}, i64 {layout.SHAPE}, i64 {axis})",
            f"  %stride{i}_{axis} = call i64 @entry_of(ptr %o{i}, i64 {layout.STRIDES}, i64 {axis})",
        ]
    size = "1"
    for axis in axes:
        steps.append(f"  %size{i}_{axis} = mul i64 {size}, %shape{i}_{axis}")
        size = f"%size{i}_{axis}"
    # The first two are the owner of the memory, which stays the caller.
    return [
        "ptr null", "ptr null", f"i64 {size}", f"i64 {dtype.itemsize}", f"ptr %data{i}",
        *(f"i64 %shape{i}_{axis}" for axis in axes),
        *(f"i64 %stride{i}_{axis}" for axis in axes),
    ]  # fmt: skip


def _number(steps: list[str], i: int, argument: Number) -> str:
    """Add the check of argument ``i``; return it as numba takes numbers."""
    function, compare, error = _ASKED[argument]
    kind = CALLED[function].split()[0]
    steps += [
        f"  %n{i} = call {kind} @{function}(ptr %o{i})",
        f"  %perhaps_none{i} = {compare} %n{i}, {error}",
        f"  br i1 %perhaps_none{i}, label %ask{i}, label %take{i}",
        f"ask{i}:",
        f"  %told{i} = call ptr @PyErr_Occurred()",
        f"  %is_number{i} = icmp eq ptr %told{i}, null",
        f"  br i1 %is_number{i}, label %take{i}, label %told",
        f"take{i}:",
    ]
    if argument is Number.BOOLEAN:
        steps.append(f"  %byte{i} = trunc i32 %n{i} to i8")
        return f"i8 %byte{i}"
    return f"{kind} %n{i}"


def _result_format(signature: Signature) -> str:
    """Return the results as ``Py_BuildValue`` wants them described; nothing makes None."""
    text = "".join(_FORMAT[number] for number in signature.results)
    return f"({text})" if signature.is_tuple else text


def _result(signature: Signature) -> Sequence[str]:
    """Return the end of an entry that went well: its results become Python's objects."""
    steps = ["  br i1 %well, label %done, label %failed", "done:"]
    given = ["ptr @format"]
    for i, number in enumerate(signature.results):
        steps += [
            f"  %place{i} = getelementptr i64, ptr %results, i64 {i}",
            f"  %result{i} = load {_TYPE[number]}, ptr %place{i}",
        ]
        if number is Number.BOOLEAN:
            steps += [
                f"  %is{i} = icmp ne i8 %result{i}, 0",
                f"  %which{i} = select i1 %is{i}, i64 3, i64 4",
                f"  %object{i} = call ptr @item(ptr %self, i64 %which{i})",
            ]
            given.append(f"ptr %object{i}")
        else:
            given.append(f"{_TYPE[number]} %result{i}")
    called = f"call ptr (ptr, ...) @Py_BuildValue({', '.join(given)})"
    return [*steps, f"  %made = {called}", "  ret ptr %made"]

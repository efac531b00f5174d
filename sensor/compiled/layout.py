"""The places of the fields that machine code reads in objects of Python and NumPy, in bytes.

They are part of the binary interface of CPython and of NumPy's arrays (``PyArrayObject_fields`` and the head of
``PyArray_Descr``), which another build of Python need not share.
"""

import ctypes
import sys
from functools import cache

import numpy as np

TYPE, ITEMS = 8, 24
"""The type of an object; the first item of a tuple."""
DATA, DIMENSIONS, SHAPE, STRIDES, DTYPE, FLAGS = 16, 24, 32, 40, 56, 64
"""Of an array; shape and strides are the places of 64-bit numbers."""
ORDER, NUMBER = 26, 28
"""Of a dtype: the character of its byte order, and its number."""


@cache
def is_as_known() -> bool:
    """Return whether the fields of this Python and this NumPy stand at these places."""
    if sys.implementation.name != "cpython" or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    array = np.zeros((2, 3))
    items = (array, np.float64)
    at, dtype_at = id(array), id(array.dtype)
    seen = (
        _pointer(at + TYPE),
        _pointer(id(items) + ITEMS),
        _pointer(id(items) + ITEMS + 8),
        _pointer(at + DATA),
        ctypes.c_int.from_address(at + DIMENSIONS).value,
        _pointer(at + DTYPE),
        ctypes.c_int.from_address(at + FLAGS).value,
        ctypes.c_byte.from_address(dtype_at + ORDER).value,
        ctypes.c_int.from_address(dtype_at + NUMBER).value,
    )
    expected = (
        id(np.ndarray),
        id(array),
        id(np.float64),
        array.ctypes.data,
        array.ndim,
        dtype_at,
        array.flags.num,
        ord(array.dtype.byteorder),
        array.dtype.num,
    )
    # Only then are the next two the places of numbers that may be read.
    return seen == expected and all(
        tuple((ctypes.c_int64 * array.ndim).from_address(_pointer(at + place))) == numbers
        for place, numbers in ((SHAPE, array.shape), (STRIDES, array.strides))
    )


def _pointer(address: int) -> int:
    return ctypes.c_void_p.from_address(address).value or 0

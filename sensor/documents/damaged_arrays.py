"""Files of arrays (NumPy's ``.npz``) that may be damaged."""

import tokenize
import zipfile
import zlib

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,  # a method of compression that zipfile does not know
    RuntimeError,  # a member that says it is encrypted, or content that is nested too deeply
    MemoryError,  # an array that says it is huge
    OSError,
    EOFError,
    SyntaxError,
    tokenize.TokenError,  # both from a header of an array, which NumPy reads as Python's words
    ValueError,  # also an array of objects, which only pickle could read
    KeyError,
    TypeError,
)
"""The errors of reading a file of arrays that is damaged or of another kind."""

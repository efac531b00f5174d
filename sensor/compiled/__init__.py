"""Functions over numbers and arrays that become machine code.

numba compiles them once for each machine; what it makes is kept in the person's cache folder, and later
starts load that without numba. Nothing is loaded or compiled before the first call, or before
:func:`load_compiled`, which a session calls before its sensors connect. With ``NUMBA_DISABLE_JIT=1`` the
same functions run as plain Python, for a debugger and for coverage.
"""

from sensor.compiled.cache import cache_folder
from sensor.compiled.function import Compiled, compiled, load_compiled, preparing

__all__ = ["Compiled", "cache_folder", "compiled", "load_compiled", "preparing"]

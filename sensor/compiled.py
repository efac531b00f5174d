"""Functions over numbers and arrays that numba compiles to machine code.

numba and its compiler take a third of a second to load, so nothing is loaded or compiled before the
first call, or before :func:`load_compiled`, which a session calls before its sensors connect. The
machine code is kept in the person's cache folder. With ``NUMBA_DISABLE_JIT=1`` the same functions run
as plain Python, for a debugger and for coverage.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from pickle import UnpicklingError
from threading import RLock
from typing import Any, Generic, ParamSpec, TypeVar

import platformdirs

_P = ParamSpec("_P")
_R = TypeVar("_R")

_DAMAGED = (
    UnpicklingError, EOFError, AttributeError, ImportError, IndexError, KeyError, TypeError, ValueError,
)  # fmt: skip
"""Errors by which a damaged file of numba's cache shows."""

_compiling = RLock()
"""One function is compiled at a time: numba's compiler is not made for more."""
_functions: "list[Compiled[Any, Any]]" = []
"""All compiled functions of the modules that are imported."""


class Compiled(Generic[_P, _R]):
    """A function that is compiled at its first call.

    Parameters
    ----------
    function
        The function. It may call other compiled functions and read numbers that are constants of a module:
        machine code in the cache is renewed when any of these changes.
    signature
        Its types as numba writes them, such as ``f8(f8[::1], i8)``. Arguments of other types are refused,
        so nothing is compiled again in the middle of a session.
    """

    # Python finds what a call runs in this slot; a method would cost a third of a live kernel's call.
    __slots__ = ("__call__", "__dict__", "__weakref__")
    __call__: Callable[_P, _R]
    """Calls the compiled function."""

    def __init__(self, function: Callable[_P, _R], signature: str) -> None:
        self.__doc__ = function.__doc__
        self._function = function
        self._signature = signature
        self._dispatcher: Any = None
        self.__call__ = self._first_call

    def load(self) -> None:
        """Load the machine code from the cache, or compile the function and keep it there."""
        with _compiling:
            if self._dispatcher is None:
                self._dispatcher = _dispatcher(self._function, self._signature, self.sources())
                self.__call__ = self._dispatcher

    def sources(self) -> set[bytes]:
        """Return all from which the machine code follows: files, and constants of other files."""
        path = Path(self._function.__code__.co_filename)
        constants = {n: v for n, v in self._used.items() if isinstance(v, int | float)}
        out = {path.read_bytes(), repr(sorted(constants.items())).encode()}
        return out.union(*(one.sources() for one in self.calls))

    @property
    def calls(self) -> "list[Compiled[Any, Any]]":
        """The compiled functions that it calls; its own machine code includes theirs."""
        return [one for one in self._used.values() if isinstance(one, Compiled)]

    @property
    def _used(self) -> dict[str, Any]:
        """The names of its module that it uses, and what they stand for."""
        names = self._function.__globals__
        return {name: names[name] for name in self._function.__code__.co_names if name in names}

    @property
    def _numba_type_(self) -> Any:
        """The type by which numba knows the function where another compiled one calls it."""
        self.load()
        return self._dispatcher._numba_type_

    def _first_call(self, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        self.load()
        return self(*args, **kwargs)


def compiled(signature: str) -> Callable[[Callable[_P, _R]], Compiled[_P, _R]]:
    """Return a decorator that compiles a function; ``signature`` as of :class:`Compiled`."""

    def wrap(function: Callable[_P, _R]) -> Compiled[_P, _R]:
        out = Compiled(function, signature)
        _functions.append(out)
        return out

    return wrap


def load_compiled() -> None:
    """Load or compile the functions of all modules that are imported, so that no call waits for it.

    Those that only others call are compiled with these, and need not be loaded.
    """
    inner = {id(one) for function in _functions for one in function.calls}
    for function in _functions:
        if id(function) not in inner:
            function.load()


def cache_folder() -> Path:
    """Return the folder of the machine code: that of NUMBA_CACHE_DIR, or in the person's cache folder."""
    asked = os.environ.get("NUMBA_CACHE_DIR")
    return Path(asked or platformdirs.user_cache_path("toepoint", appauthor=False) / "compiled")


def _dispatcher(function: Callable[..., Any], signature: str, sources: set[bytes]) -> Any:
    """Return numba's compiled ``function``, from the cache where it can be read and written."""
    numba = _numba()
    # numba makes the names of its settings as it reads them, where mypy sees none.
    config: Any = numba.config
    if config.DISABLE_JIT:
        return function
    # numba looks at one file only, so each state of the sources has a folder of its own.
    digest = sha256(b"".join(sorted(sources))).hexdigest()[:16]
    config.CACHE_DIR = str(cache_folder() / digest)
    try:
        return _cached(numba.njit(cache=True)(function), signature)
    except (OSError, RuntimeError):
        # No folder can be written: then the functions are compiled at each start.
        return numba.njit(signature)(function)


def _numba() -> Any:
    """Return numba, which does not load SciPy."""
    import numba  # noqa: PLC0415 - slow to load
    from numba.np import linalg  # noqa: PLC0415

    # Before its first function numba looks for the matrix product of SciPy, which takes as long to load as all
    # else. No function here multiplies by it: its sums have no order of their own.
    linalg.ensure_blas = _no_blas
    return numba


def _no_blas() -> None:
    raise ImportError


def _cached(dispatcher: Any, signature: str) -> Any:
    try:
        dispatcher.compile(signature)
    except _DAMAGED:
        dispatcher._cache.flush()  # noqa: SLF001 - numba has no other way
        dispatcher.compile(signature)
    dispatcher.disable_compile()
    return dispatcher

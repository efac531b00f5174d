"""A compiled function, and all of them."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import RLock
from typing import Any, Generic, ParamSpec, TypeVar

from sensor.compiled.cache import keep, kept

_P = ParamSpec("_P")
_R = TypeVar("_R")

_compiling = RLock()
"""One function is compiled at a time: numba's compiler is not made for more."""
_functions: "list[Compiled[Any, Any]]" = []
"""All compiled functions of the modules that are imported."""


@dataclass(slots=True)
class _Progress:
    """The progress of :func:`load_compiled`."""

    done: int = 0
    count: int = 0
    compiles: bool = False


_progress = _Progress()


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

    # Python finds what a call runs in this slot; a method would cost more than a short kernel.
    __slots__ = ("__call__", "__dict__", "__weakref__")
    __call__: Callable[_P, _R]
    """Calls the compiled function."""

    def __init__(self, function: Callable[_P, _R], signature: str) -> None:
        self.__doc__ = function.__doc__
        self._function = function
        self._signature = signature
        self._typed: Any = None
        self.__call__ = self._first_call

    def load(self) -> None:
        """Load the machine code from the cache, or compile the function and keep it there."""
        with _compiling:
            if self.__call__ == self._first_call:
                self.__call__ = self._function if _is_plain() else self._loaded()

    def sources(self) -> set[bytes]:
        """Return all from which the machine code follows: files, and constants of other files."""
        constants = {n: v for n, v in self._used.items() if isinstance(v, int | float)}
        own = {
            _content(self._function.__code__.co_filename),
            repr(sorted(constants.items())).encode(),
        }
        return own.union(*(one.sources() for one in self.calls))

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
        return self._made()._numba_type_

    def _made(self) -> Any:
        """Return numba's form of the function, from which its machine code is made."""
        if self._typed is None:
            from sensor.compiled.compiler import typed  # noqa: PLC0415 - numba is slow to load

            self._typed = typed(self._function, self._signature)
        return self._typed

    def _loaded(self) -> Callable[_P, _R]:
        from sensor.compiled import layout  # noqa: PLC0415 - `--help` does without NumPy
        from sensor.compiled.machine import load, processor  # noqa: PLC0415 - as above

        if not layout.is_as_known():
            # Such a Python waits for numba at each start, and computes the same.
            by_numba: Callable[_P, _R] = self._made()
            return by_numba

        name = self._function.__name__
        state = {
            processor().encode(),
            _compiler().encode(),
            self._signature.encode(),
            *self.sources(),
        }
        digest = sha256(b"".join(sorted(state))).hexdigest()[:16]
        file_name = f"{name.strip('_')}-{digest}"
        code = kept(file_name)
        if code is None:
            from sensor.compiled.compiler import machine_code  # noqa: PLC0415 - as above

            _progress.compiles = True
            try:
                code = machine_code(self._made(), self._signature, file_name)
            finally:
                _progress.compiles = False
            keep(file_name, code)
        return load(code, file_name)

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
    outer = [function for function in _functions if id(function) not in inner]
    _progress.count = len(outer)
    for done, function in enumerate(outer):
        _progress.done = done
        function.load()


def preparing() -> float | None:
    """Return the share that is done while a function is compiled; None while none is.

    Any thread may ask. All of them take a minute, once on a computer and again after an update.
    """
    return _progress.done / max(_progress.count, 1) if _progress.compiles else None


def _is_plain() -> bool:
    """Return whether functions are to run as plain Python."""
    return os.environ.get("NUMBA_DISABLE_JIT", "0") not in {"", "0"}


@cache
def _compiler() -> str:
    """Return the compiler, so that another one compiles again."""
    parts = ("compiler", "entry", "machine", "signature")
    own = [_content(str(Path(__file__).with_name(f"{part}.py"))).hex() for part in parts]
    return f"numba {version('numba')}, llvmlite {version('llvmlite')}, {own}"


@cache
def _content(path: str) -> bytes:
    return sha256(Path(path).read_bytes()).digest()

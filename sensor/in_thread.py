"""Long work of a coroutine, done in another thread."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do ``work`` in another thread; return its result, or raise its error here.

    Raises
    ------
    RuntimeError
        In place of a StopIteration: a future cannot hold one, and its reader would wait for ever.
    """

    def done() -> T:
        try:
            return work(*args, **kwargs)
        except StopIteration as error:
            raise RuntimeError(f"{work} raised StopIteration") from error

    return await asyncio.to_thread(done)

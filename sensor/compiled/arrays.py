"""Work of compiled functions on whole arrays.

numba has it all, but with the making of the texts of its errors and with every layout of memory, which takes
longer to compile than the functions themselves and needs numba where they run.
"""

from sensor.compiled.function import compiled
from sensor.types import FloatArray


@compiled("void(f8[:], Array(f8, 1, 'A', True))")
def copy_row(target: FloatArray, source: FloatArray) -> None:
    """Copy ``source`` (n,) into ``target`` (n,)."""
    for i in range(len(source)):
        target[i] = source[i]


@compiled("void(f8[:, :], Array(f8, 2, 'A', True))")
def copy_matrix(target: FloatArray, source: FloatArray) -> None:
    """Copy ``source`` (m, n) into ``target`` (m, n)."""
    for i in range(source.shape[0]):
        for k in range(source.shape[1]):
            target[i, k] = source[i, k]


@compiled("f8(Array(f8, 1, 'A', True))")
def lowest(values: FloatArray) -> float:
    """Return the lowest of ``values`` (n,), n >= 1."""
    found = float(values[0])
    for i in range(1, len(values)):
        found = min(found, float(values[i]))
    return found


@compiled("f8(Array(f8, 1, 'A', True))")
def highest(values: FloatArray) -> float:
    """Return the highest of ``values`` (n,), n >= 1."""
    found = float(values[0])
    for i in range(1, len(values)):
        found = max(found, float(values[i]))
    return found

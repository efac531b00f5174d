"""The ankle angle against references, simulations and peers: ``python -m tests.benchmarks.accuracy``."""

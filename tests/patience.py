"""The longest wait of a test for something that will happen."""

PATIENCE_S = 300.0
"""Far longer than anything takes on a busy machine: only what never happens takes so long."""

"""What people would use instead of this planner, on the same problems and under the same judge."""

MOST_BYTES = 8 * 2**30
"""Data that a solver may hold; what does not fit is told."""

"""Benchmarks as declarations: one file, one subject; `python -m benchmarks` measures and writes the page."""

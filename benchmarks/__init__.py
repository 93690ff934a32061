"""Time and memory that gridemp takes: run `python -m benchmarks`."""

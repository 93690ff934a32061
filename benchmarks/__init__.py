"""How long gridemp takes: run `python -m benchmarks`."""

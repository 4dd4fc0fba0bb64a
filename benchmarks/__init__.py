"""Benchmarks of the pipeline: what it costs, and what it survives. See `README.md`."""

"""The parts of the benchmark suite; `Benchmarks/suite.py` runs them."""

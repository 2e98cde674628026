"""The figures of docs/benchmarks.md, measured now, each beside a baseline of the same run."""

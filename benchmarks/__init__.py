"""How fast Merestone is, beside what one would use otherwise: `python -m benchmarks`."""

"""Two lines: matched, measured, and the zones between them."""

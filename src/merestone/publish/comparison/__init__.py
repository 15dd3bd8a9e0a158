"""A comparison of two lines as bytes that others read: `formats.write` by the end of a file's name.

Everything here is a pure function of a `ComparisonExport`. Neither line comes first but by the order of the inputs:
swapping them swaps the pairs that are shown and nothing else.
"""

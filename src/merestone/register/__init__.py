"""The register: what is in force, since when, signed by whom. It knows bytes, not boundaries.

Two parties keep one append-only log of acts, each in a replica of its own. The formats and the rules are laid down in
`docs/formats/register`; `rules` is the one place where an entry is judged, and `store` the one place that keeps.
"""

"""All boundaries of the world compared, as bytes that others read: `formats.write` by the end of a file's name.

Everything here is a pure function of a `WorldExport`. Pairs are ranked by how much two versions differ, never by whose
version it is; no boundary is drawn that neither version has.
"""

"""The report of a comparison: one self-contained page with map, profiles and tables tied together, and a picture."""

"""States as polygons, and the boundary that two of them have in common."""

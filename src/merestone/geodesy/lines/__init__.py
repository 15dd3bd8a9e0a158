"""One module for each kind of line on the ellipsoid; they do not know one another."""

"""One module for each kind of leg that can be said; they do not know one another."""

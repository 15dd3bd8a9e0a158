"""One module for each kind of leg that can be compiled; they do not know one another."""

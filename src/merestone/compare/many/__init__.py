"""Three and more lines at once: which agree where."""

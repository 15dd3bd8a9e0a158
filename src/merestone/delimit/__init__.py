"""From a resolved description to a boundary line."""

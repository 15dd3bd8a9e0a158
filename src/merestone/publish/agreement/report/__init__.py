"""The page and the picture of a comparison of many lines."""

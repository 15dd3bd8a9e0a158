"""A comparison of many lines as others read it: text, JSON, CSV, a picture, a page."""

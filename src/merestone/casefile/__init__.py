"""The case: files in and out, settings, cache, and the use cases that command line and server share."""

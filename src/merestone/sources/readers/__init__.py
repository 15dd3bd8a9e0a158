"""One module for each format: a path in, a `RawLayer` out. They run in the child process only."""

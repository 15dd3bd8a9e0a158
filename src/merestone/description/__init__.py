"""The `.boundary` language: its tree, its parser, its printer, and what a description means once names are resolved."""

"""The `.boundary` language: its tree, parser, printer and rules."""

"""The ways in which a text defines a point."""

"""Merestone: from the words of a treaty to an exact boundary line."""

__version__ = "0.1.0"

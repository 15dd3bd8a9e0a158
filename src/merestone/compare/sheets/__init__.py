"""A line digitised from a map sheet as a claim."""

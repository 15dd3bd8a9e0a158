"""Lines against lines: where two lines of one boundary agree, where they part, by how much, and what lies between."""

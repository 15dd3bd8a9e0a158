"""What lies between two lines, and what crosses them: settlements, roads, railways, waters, buildings."""

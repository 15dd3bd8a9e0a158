"""What others made, read safely."""

"""What travels with every export: the independent verifier, one file that needs nothing of this package."""

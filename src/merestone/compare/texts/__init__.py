"""Two versions of a description: what the texts say differently, and how far each leg moved."""

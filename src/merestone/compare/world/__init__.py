"""The boundaries of every pair of States in two versions, compared pair by pair."""

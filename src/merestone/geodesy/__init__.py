"""Values and mathematics: angles, frames, positions, kinds of line, uncertainty."""

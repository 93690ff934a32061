"""Pictures of mazes: their pixels, and the cells that explain these."""
